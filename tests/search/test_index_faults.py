"""Damaged files and killed programs: the index says that it is broken, or answers rightly."""

import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.papers.query import Word
from readinglist.search.paper_index import IndexBrokenError, PaperIndex
from tests.search.making import made_up

WORDS = ("ba", "co", "multi-modal", "studies", "cobahal")


def answers(index: PaperIndex) -> list[list[int]]:
    found = [index.ids().tolist()]
    for leaf in (*map(Word, WORDS), *(Word(word[:3], prefix=True) for word in WORDS)):
        scored = index.scores(leaf)
        assert scored is not None
        found.append(scored[0].tolist())
    return found


def answers_of(folder: Path) -> list[list[int]]:
    with closing(PaperIndex(folder, "library")) as index:
        return answers(index)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "index"
    index = PaperIndex(folder, "library")
    index.build(made_up(120)[:100])
    index.add(made_up(120)[100:])
    index.remove([3])
    index.close()
    return folder


def index_files(folder: Path) -> list[Path]:
    """All but the lock, and what is noted beside the segments, without which all goes on."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".lock", ".notes", ".rows"))
    return sorted(path for path in files if path.stat().st_size)


@pytest.mark.expects_log
@pytest.mark.parametrize("harm", ["empty", "half", "garbage", "gone", "zeros"])
def test_a_damaged_file_is_found_out_and_healed(whole: Path, tmp_path: Path, harm: str) -> None:
    right = answers_of(whole)
    for number in range(len(index_files(whole))):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        _damage(index_files(folder)[number], harm)
        index = PaperIndex(folder, "library")
        with pytest.raises(IndexBrokenError):
            answers(index)
        index.build(made_up(120)[:2] + made_up(120)[3:])
        assert answers(index) == right
        index.close()


@pytest.mark.expects_log
def test_a_file_damaged_while_it_is_open_is_found_out_at_the_next_look(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    index = PaperIndex(folder, "library")
    assert answers(index)
    (folder / "index.json").write_text("{")
    with pytest.raises(IndexBrokenError):
        answers(index)


def _damage(path: Path, harm: str) -> None:
    data = path.read_bytes()
    path.unlink()
    if harm != "gone":
        changed = {"empty": b"", "half": data[: len(data) // 2], "zeros": bytes(len(data))}
        path.write_bytes(changed.get(harm) if harm in changed else random.Random(1).randbytes(len(data)))  # type: ignore[arg-type]


INDEXING = """
import sys, pathlib
from readinglist.search.paper_index import PaperIndex
from tests.search.making import made_up
index = PaperIndex(pathlib.Path(sys.argv[1]), "library")
papers = made_up(400)
print("ready", flush=True)
for start in range(0, 400, 20):
    index.add(papers[start : start + 20])
    if start % 80 == 60:
        index.fold()
    if start == 200:
        index.build(papers[:220])
    print(start + 20, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_program_leaves_an_index_that_opens(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "index"
    PaperIndex(folder, "library").build([])
    program = subprocess.Popen([sys.executable, "-c", INDEXING, str(folder)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0.05, 0.9))
    program.kill()
    done = max([0, *map(int, program.stdout.read().split())])
    program.wait()
    program.stdout.close()

    index = PaperIndex(folder, "library", lock_seconds=1)
    ids = index.ids().tolist()
    assert ids == list(range(1, len(ids) + 1))
    assert done <= len(ids) <= done + 20
    papers = made_up(400)
    index.add(papers[len(ids) :])
    complete = PaperIndex(tmp_path / "complete", "library")
    complete.build(papers)
    assert answers(index) == answers(complete)
    index.close()
    complete.close()


@pytest.mark.expects_log
def test_every_flipped_bit_is_found_before_anything_is_answered(whole: Path, tmp_path: Path) -> None:
    right = answers_of(whole)
    with closing(PaperIndex(whole, "library")) as index:
        index.verify()
    dice = random.Random(5)
    for number in range(60):
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        path = dice.choice([file for file in index_files(folder) if file.suffix in (".seg", ".toc")])
        data = bytearray(path.read_bytes())
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(data)
        with pytest.raises(IndexBrokenError):
            answers_of(folder)
    assert answers_of(whole) == right


@pytest.mark.expects_log
def test_a_bit_that_flips_while_the_index_is_open_is_found_by_a_check(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(whole, folder)
    index = PaperIndex(folder, "library")
    index.verify()
    path = next(file for file in index_files(folder) if file.suffix == ".seg")
    with path.open("r+b") as file:
        middle = path.stat().st_size // 2
        file.seek(middle)
        flipped = file.read(1)[0] ^ 8
        file.seek(middle)
        file.write(bytes([flipped]))
    with pytest.raises(IndexBrokenError):
        index.verify()


def test_a_file_in_place_of_the_index_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"somebody's")
    index = PaperIndex(tmp_path / "index", "library")
    with pytest.raises(IndexBrokenError):
        index.ids()
    index.build(made_up(3))
    assert index.ids().tolist() == [1, 2, 3]
    assert (tmp_path / "index.not-an-index").read_bytes() == b"somebody's"
    index.close()
