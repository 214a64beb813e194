"""Harm a library in many ways, and compare what it answers and holds with what is right.

python -m tests.faults index --seed S --damages 100 --kills 50
python -m tests.faults databases --seed S --damages 100
python -m tests.faults backups --seed S --kills 100
python -m tests.faults store --seed S --kills 300 --writes 50 --disks 50 --seconds 60 --edits 10000 --upgrades 20
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import backups, databases, index, store


def main() -> int:
    """Run a campaign; 1 where something was wrong."""
    options = _options()
    logging.getLogger().addHandler(logging.NullHandler())  # broken files are what this is about
    os.environ["READINGLIST_BACKGROUND"] = "off"
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="readinglist-faults-", ignore_cleanup_errors=True) as folder:
        well = {"backups": _backups, "databases": _databases, "index": _index, "store": _store}[options.what](
            Path(folder), options
        )
    print(f"{time.perf_counter() - started:.0f} s")
    return 0 if well else 1


def _backups(scratch: Path, options: argparse.Namespace) -> bool:
    campaign = backups.Campaign(scratch, options.seed)
    campaign.kill(options.kills)
    figures = campaign.figures
    print(f"killed in: {', '.join(f'{name} {count}' for name, count in figures.killed_in.most_common())}")
    print(f"{len(figures.wrong)} libraries, backups and exports were not right")
    for line in figures.wrong:
        print(f"  {line}")
    return not figures.wrong


def _databases(scratch: Path, options: argparse.Namespace) -> bool:
    campaign = databases.Campaign(scratch, options.seed)
    campaign.damage(options.damages)
    figures = campaign.figures
    print(f"{figures.damages} damages: {', '.join(f'{name} {count}' for name, count in figures.harms.items())}")
    print(
        f"{figures.opened_whole} opened whole, {figures.altered} but for bytes within texts, {figures.refused} refused "
        f"at the door, {figures.found_later} found by the check"
    )
    print(f"{figures.rows_recovered:,} of {figures.rows:,} rows recovered; {len(figures.wrong)} were not right")
    for line in figures.wrong:
        print(f"  {line}")
    return figures.well


def _index(scratch: Path, options: argparse.Namespace) -> bool:
    campaign = index.Campaign(scratch, options.seed, print)
    campaign.damage(options.damages)
    campaign.kill(options.kills)
    campaign.write_at_once()
    campaign.fill_disk()
    figures = campaign.figures
    print(f"{figures.damages} damages: {', '.join(f'{name} {count}' for name, count in figures.harms.items())}")
    print(f"{figures.kills} kills, {figures.killed_at_work} of them while it worked")
    print(f"{figures.answers} answers compared, {len(figures.wrong)} wrong; {len(figures.unrepaired)} not repaired")
    for line in (*figures.skipped, *figures.wrong, *figures.unrepaired):
        print(f"  {line}")
    return figures.well


def _store(scratch: Path, options: argparse.Namespace) -> bool:
    campaign = store.Campaign(scratch, options.seed, print)
    campaign.kill(options.kills)
    campaign.fail_writes(options.writes)
    campaign.fill_disk(options.disks)
    campaign.upgrade(options.upgrades)
    campaign.edit_at_once(2, options.seconds)
    campaign.edit_at_once(4, options.seconds)
    campaign.edit_and_undo(options.edits)
    figures = campaign.figures
    print(f"rounds: {', '.join(f'{name} {count}' for name, count in figures.rounds.items())}")
    print(f"killed in: {', '.join(f'{name} {count}' for name, count in figures.killed_in.most_common())}")
    print(f"{len(figures.wrong)} libraries were not right")
    for line in (*figures.skipped, *figures.wrong):
        print(f"  {line}")
    return not figures.wrong


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["backups", "databases", "index", "store"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damages", type=int, default=100, help="of the index, or of databases")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--writes", type=int, default=50, help="rounds in which writes fail")
    parser.add_argument("--disks", type=int, default=50, help="rounds in which the disk is full")
    parser.add_argument("--upgrades", type=int, default=20, help="kills while an older library is brought up to date")
    parser.add_argument("--seconds", type=int, default=60, help="during which two, then four programs edit at once")
    parser.add_argument("--edits", type=int, default=10_000, help="that are undone to the first and done again")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
