"""The command that runs campaigns: what it says at the end, and its exit code."""

import pytest

from tests.faults import __main__ as command
from tests.faults import databases


@pytest.fixture(autouse=True)
def no_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")


@pytest.mark.expects_log
def test_a_campaign_ends_with_its_figures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["faults", "databases", "--seed", "3", "--damages", "2"])
    assert command.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["databases, seed 3:", "  damages: 2; a page of noise 1, pages of zeros 1"]
    assert lines[-1] == "  0 were not right"


@pytest.mark.expects_log
def test_what_was_not_right_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["faults", "databases", "--damages", "0"])
    monkeypatch.setattr(databases.Campaign, "damage", lambda self, _: self.figures.wrong.append("a row is gone"))
    assert command.main() == 1
    assert capsys.readouterr().out.splitlines()[-2:] == ["  1 were not right", "    a row is gone"]
