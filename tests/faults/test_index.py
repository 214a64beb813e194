"""A short campaign; `python -m tests.faults index` runs the long one."""

import gc
from pathlib import Path

import pytest

from tests.faults.damages import HARMS
from tests.faults.index import Campaign


@pytest.fixture(autouse=True)
def no_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")


@pytest.mark.expects_log
def test_answers_are_right_whatever_happens_to_the_index_and_it_is_repaired(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=11)
    campaign.damage(len(HARMS))
    campaign.kill(3)
    figures = campaign.figures
    assert (figures.wrong, figures.unrepaired) == ([], [])
    assert figures.answers > 300


@pytest.mark.expects_log
def test_answers_are_right_while_two_programs_write(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=12)
    campaign.write_at_once()
    assert (campaign.figures.wrong, campaign.figures.unrepaired) == ([], [])


@pytest.mark.expects_log
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh drops its half-written files
def test_a_full_disk_leaves_the_answers_right(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=13)
    campaign.fill_disk()
    gc.collect()  # what was dropped is missed here, and not in a later test
    if campaign.figures.skipped:
        pytest.skip(campaign.figures.skipped[0])
    assert (campaign.figures.wrong, campaign.figures.unrepaired) == ([], [])
