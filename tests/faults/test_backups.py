"""A short campaign; `python -m tests.faults backups` runs the long one."""

from pathlib import Path

import pytest

from tests.faults.backups import Campaign


@pytest.mark.expects_log
def test_whatever_has_a_name_is_whole_when_a_program_was_killed(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=11)
    campaign.kill(3)
    assert campaign.figures.wrong == []
    assert sum(campaign.figures.killed_in.values()) == 3
