"""Harm a library in many ways, and compare what it answers and holds with what is right.

python -m tests.faults all --seed S --rounds 300
python -m tests.faults index --seed S --damages 100 --kills 50
python -m tests.faults databases --seed S --damages 100
python -m tests.faults backups --seed S --kills 100
python -m tests.faults store --seed S --kills 300 --writes 50 --calls 50 --disks 50 --upgrades 20 --seconds 60
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults import backups, databases, index, store


@dataclass(frozen=True)
class Summary:
    """What a campaign did, a line for each kind; what was not right; and what this machine cannot do."""

    figures: Sequence[str]
    wrong: Sequence[str]
    skipped: Sequence[str] = ()


def main() -> int:
    """Run a campaign, or one after the other; 1 where something was wrong."""
    options = _options()
    logging.getLogger().addHandler(logging.NullHandler())  # broken files are what this is about
    os.environ["READINGLIST_BACKGROUND"] = "off"
    names = list(_CAMPAIGNS) if options.what == "all" else [options.what]
    if options.what == "all":
        _share_out(options, options.rounds)
    summaries = {name: _run(name, options) for name in names}
    for name, summary in summaries.items():
        print(f"{name}, seed {options.seed}:")
        for line in (*summary.figures, *(f"skipped: {each}" for each in summary.skipped)):
            print(f"  {line}")
        print(f"  {len(summary.wrong)} were not right")
        for line in summary.wrong:
            print(f"    {line}")
    return 1 if any(summary.wrong for summary in summaries.values()) else 0


def _run(name: str, options: argparse.Namespace) -> Summary:
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="readinglist-faults-", ignore_cleanup_errors=True) as folder:
        summary = _CAMPAIGNS[name](Path(folder), options)
    return Summary((*summary.figures, f"{time.perf_counter() - started:.0f} s"), summary.wrong, summary.skipped)


def _share_out(options: argparse.Namespace, rounds: int) -> None:
    """As many rounds of each kind as fit to so many kills of the store: with 300, those of the long campaigns."""
    options.kills, options.edits, options.seconds = rounds, rounds * 100 // 3, max(1, rounds // 5)
    options.writes = options.calls = options.disks = options.index_kills = max(1, rounds // 6)
    options.damages = options.backup_kills = max(1, rounds // 3)
    options.upgrades = max(2, rounds // 10)


def _backups(scratch: Path, options: argparse.Namespace) -> Summary:
    campaign = backups.Campaign(scratch, options.seed)
    campaign.kill(options.kills if options.backup_kills is None else options.backup_kills)
    figures = campaign.figures
    return Summary([f"kills: {figures.killed_in.total()}; in {_counted(figures.killed_in)}"], figures.wrong)


def _databases(scratch: Path, options: argparse.Namespace) -> Summary:
    campaign = databases.Campaign(scratch, options.seed)
    campaign.damage(options.damages)
    figures = campaign.figures
    lines = [
        f"damages: {figures.damages}; {_counted(figures.harms)}",
        f"{figures.opened_whole} opened whole, {figures.altered} but for bytes within texts",
        f"{figures.refused} refused at the door, {figures.found_later} found by the check",
        f"{figures.rows_recovered:,} of {figures.rows:,} rows recovered",
    ]
    return Summary(lines, figures.wrong)


def _index(scratch: Path, options: argparse.Namespace) -> Summary:
    campaign = index.Campaign(scratch, options.seed, print)
    campaign.damage(options.damages)
    campaign.kill(options.kills if options.index_kills is None else options.index_kills)
    campaign.write_at_once()
    campaign.fill_disk()
    figures = campaign.figures
    lines = [
        f"damages: {figures.damages}; {_counted(figures.harms)}",
        f"kills: {figures.kills}, {figures.killed_at_work} of them while it worked",
        f"{figures.answers:,} answers compared",
    ]
    return Summary(lines, [*figures.wrong, *figures.unrepaired], figures.skipped)


def _store(scratch: Path, options: argparse.Namespace) -> Summary:
    campaign = store.Campaign(scratch, options.seed, print)
    campaign.kill(options.kills)
    campaign.fail_writes(options.writes)
    campaign.fail_calls(options.calls)
    campaign.fill_disk(options.disks)
    campaign.upgrade(options.upgrades)
    campaign.edit_at_once(2, options.seconds)
    campaign.edit_at_once(4, options.seconds)
    campaign.edit_and_undo(options.edits)
    figures = campaign.figures
    lines = [f"rounds: {_counted(figures.rounds)}", f"killed in: {_counted(figures.killed_in)}"]
    return Summary(lines, figures.wrong, figures.skipped)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common()) or "none"


_CAMPAIGNS: Mapping[str, Callable[[Path, argparse.Namespace], Summary]] = {
    "store": _store, "backups": _backups, "databases": _databases, "index": _index,
}  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["all", *_CAMPAIGNS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=300, help="of all: kills of the store; the others follow it")
    parser.add_argument("--damages", type=int, default=100, help="of the index, or of databases")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--writes", type=int, default=50, help="rounds in which writes fail")
    parser.add_argument(
        "--calls", type=int, default=50, help="rounds in which system calls fail, where strace is there"
    )
    parser.add_argument("--disks", type=int, default=50, help="rounds in which the disk is full")
    parser.add_argument("--upgrades", type=int, default=20, help="kills while an older library is brought up to date")
    parser.add_argument("--seconds", type=int, default=60, help="during which two, then four programs edit at once")
    parser.add_argument("--edits", type=int, default=10_000, help="that are undone to the first and done again")
    parser.set_defaults(backup_kills=None, index_kills=None)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
