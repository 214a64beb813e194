"""A short campaign; `python -m tests.faults store` runs the long one."""

from pathlib import Path

import pytest

from tests.faults.store import Campaign


@pytest.fixture(autouse=True)
def no_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")


@pytest.mark.expects_log
def test_nothing_is_lost_and_libraries_are_whole_after_harm(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=7, steps=40)
    campaign.kill(4)
    campaign.fail_writes(3)
    campaign.fail_calls(3)
    campaign.fill_disk(3)
    campaign.upgrade(4)
    campaign.edit_at_once(2, seconds=2)
    campaign.edit_and_undo(150)
    assert campaign.figures.wrong == []
    assert sum(campaign.figures.rounds.values()) > 150
