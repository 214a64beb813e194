"""`python -m tests.benchmarks`: measure, print a table, keep it as JSON, compare it with an earlier one."""

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks import commands, duplicates, files, searching, window
from tests.benchmarks.measuring import Result, Skipped
from tests.benchmarks.workplace import Workplace

Benchmark = Callable[[Workplace], Iterator[Result | Skipped]]

BENCHMARKS: dict[str, Benchmark] = {
    "command-start": commands.command_start,
    "import": commands.import_listings,
    "import-bibtex": commands.import_bibtex,
    "index": commands.index,
    "import-memory": commands.import_memory,
    "first-search": commands.first_search,
    "check": commands.check,
    "export": commands.export,
    "star-bytes": commands.star_bytes,
    "engine": searching.engine,
    "find": searching.find,
    "related": searching.related,
    "pdf-search": files.pdf_search,
    "duplicates": duplicates.find,
    "window-start": window.start,
    "keystroke": window.keystroke,
    "star": window.star,
}


def main() -> int:
    """Run the benchmarks that are named, or all."""
    options = _options()
    earlier = _earlier(options.compare, options.papers) if options.compare else {}
    print(f"{'':44}{'median':>10}{'p95':>10}{'bar':>10}   beside it in this run")
    rows = []
    with ExitStack() as ending:
        folder = options.keep or ending.enter_context(tempfile.TemporaryDirectory(prefix="readinglist-benchmarks-"))
        workplace = Workplace(Path(folder), options.papers)
        for name in options.names or BENCHMARKS:
            for result in BENCHMARKS[name](workplace):
                rows.append(result)
                print(_line(result, earlier), flush=True)
    if options.json:
        options.json.write_text(json.dumps(_record(rows, options.papers), indent=1) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(BENCHMARKS)}")
    parser.add_argument("--papers", type=int, default=10_000, help="how many papers the large library has")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the large library there, and use it again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="figures of an earlier run to set beside these")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    return options


def _line(result: Result | Skipped, earlier: dict[str, Any]) -> str:
    if isinstance(result, Skipped):
        return f"{result.name:44}not measured: {result.reason}"
    bar = "" if result.bar is None else f"{result.bar:g}"
    line = f"{result.name:44}{result.median:>10.3g}{result.p95:>10.3g}{bar:>10} {result.unit:3}"
    beside = [f"{name} {value:.3g} (ratio {result.median / value:.2f})" for name, value in result.yardsticks.items()]
    if result.ratio_bar is not None:
        beside.append(f"ratio bar {result.ratio_bar:g}")
    if before := earlier.get(result.name):
        beside.append(_compared(result, before))
    return f"{line} {'; '.join(beside)}".rstrip()


def _compared(result: Result, before: dict[str, Any]) -> str:
    """Now against then; by ratios to the first yardstick where both have it, for the machine's mood is in both."""
    shared = [name for name in result.yardsticks if name in before["yardsticks"]]
    if not shared:
        return f"{result.median / before['median']:.2f} times the earlier median"
    now = result.median / result.yardsticks[shared[0]]
    then = before["median"] / before["yardsticks"][shared[0]]
    return f"{now / then:.2f} times the earlier ratio"


def _record(rows: Iterable[Result | Skipped], papers: int) -> dict[str, Any]:
    measured = [row for row in rows if isinstance(row, Result)]
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.platform(),
        "papers": papers,
        "results": [
            {
                "name": row.name,
                "unit": row.unit,
                "median": row.median,
                "p95": row.p95,
                "bar": row.bar,
                "ratio_bar": row.ratio_bar,
                "yardsticks": row.yardsticks,
                "values": row.values,
            }
            for row in measured
        ],
    }


def _earlier(file: Path, papers: int) -> dict[str, Any]:
    """The results of an earlier run by name."""
    record = json.loads(file.read_text(encoding="utf-8"))
    if record["papers"] != papers:
        sys.exit(f"{file} was measured with {record['papers']} papers: compare with --papers {record['papers']}")
    return {row["name"]: row for row in record["results"]}


if __name__ == "__main__":
    sys.exit(main())
