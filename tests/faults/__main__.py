"""`python -m tests.faults index --seed S --damages 100 --kills 50`: harm the index, and compare every answer."""

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.index import Campaign


def main() -> int:
    """Run a campaign; 1 where an answer was wrong or harm was not repaired."""
    options = _options()
    logging.getLogger().addHandler(logging.NullHandler())  # broken indexes are what this is about
    os.environ["READINGLIST_BACKGROUND"] = "off"
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="readinglist-faults-", ignore_cleanup_errors=True) as folder:
        campaign = Campaign(Path(folder), options.seed, print)
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
    print(f"{time.perf_counter() - started:.0f} s")
    return 0 if figures.well else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("what", choices=["index"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damages", type=int, default=100)
    parser.add_argument("--kills", type=int, default=50)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
