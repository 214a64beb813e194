"""A complete export makes the whole library again, every table equal; a hostile or damaged one makes nothing."""

import hashlib
import json
import random
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import InputText, no_progress
from readinglist.library.complete_export import MANIFEST, export_whole
from readinglist.library.complete_import import import_whole
from readinglist.library.complete_papers import paper_from_row, paper_to_row
from readinglist.library.library import Library
from readinglist.papers.change import Change, Remembered
from readinglist.papers.memory import DifferentPair, Feed, KeptExport
from readinglist.papers.paper import Attachment, Paper
from readinglist.paths import resource
from readinglist.store.database import FILE_NAME
from readinglist.store.paper_store import PaperStore
from tests.faults.acts import act
from tests.formats.pdf_making import pdf_of
from tests.library.listings import TITLES, listing
from tests.store.all_tables import DERIVED, tables
from tests.store.making import NOW, RICH, filled

PAGE = ((90, 760, 18, "A Paper With a File"), (90, 730, 11, "Ada Byron"))


@pytest.fixture(autouse=True)
def no_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in which everything was done that can be."""
    folder = tmp_path_factory.mktemp("lived-in") / "library"
    store = PaperStore(folder)
    filled(store)  # its source holds half of a surrogate pair
    memories = (
        DifferentPair(1, 2),
        KeptExport("k", "/somewhere/papers.bib", "bibtex", "is:starred", {"personal": False}),
        Feed("https://example.org/feed", "A feed"),
    )
    store.record(Change("Remember", tuple(Remembered(memory) for memory in memories)), NOW)
    store.close()
    with Library(folder) as library:
        library.import_texts([InputText("paper.pdf", pdf_of(PAGE)), listing(TITLES)])
        library.merge([1, 2])
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("UPDATE tags SET color = '#aa3377' WHERE name = 'architecture'")
        connection.execute("INSERT INTO library VALUES ('a setting', 'of this library')")
        connection.commit()
    for step in range(60):
        with Library(folder) as library:
            act(library, 5, step)
    return folder


def attached(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "files").glob("??/*")}


@pytest.mark.parametrize("name", ["export.zip", "export"])
def test_the_library_is_made_again_equal_in_every_table(lived_in: Path, tmp_path: Path, name: str) -> None:
    exported = export_whole(lived_in, tmp_path / name, no_progress)
    rebuilt = import_whole(tmp_path / name, tmp_path / "again", no_progress)
    before, after = tables(lived_in), tables(tmp_path / "again")
    assert before.keys() == after.keys()
    for table in before:
        rows = [row for row in before[table] if row[0] not in DERIVED]
        assert [row for row in after[table] if row[0] not in DERIVED] == rows, table
    assert all(before[table] for table in before), "every table has something to lose"
    assert attached(tmp_path / "again") == attached(lived_in)
    assert (rebuilt.papers, rebuilt.files) == (exported.papers, exported.files) == (
        len(before["papers"]), len(attached(lived_in))
    )  # fmt: skip
    assert exported.lacking == ()


def test_the_new_library_is_private_and_searches_and_undoes(lived_in: Path, tmp_path: Path) -> None:
    export_whole(lived_in, tmp_path / "export.zip", no_progress)
    assert stat.S_IMODE((tmp_path / "export.zip").stat().st_mode) == 0o600
    folder = import_whole(tmp_path / "export.zip", tmp_path / "again", no_progress).folder
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}
    with Library(lived_in) as old, Library(folder) as new:
        new.index_pending()
        assert new.check().differences == ()
        assert list(new.find("attention").ids) == list(old.find("attention").ids)
        assert new.undo_label() == old.undo_label()
        new.undo()


def test_without_its_journal(lived_in: Path, tmp_path: Path) -> None:
    export_whole(lived_in, tmp_path / "export", no_progress, journal=False)
    assert not (tmp_path / "export" / "journal.jsonl").exists()
    import_whole(tmp_path / "export", tmp_path / "again", no_progress)
    after = tables(tmp_path / "again")
    assert after["changes"] == after["change_parts"] == []
    assert after["papers"] == tables(lived_in)["papers"]


def test_what_is_edited_meanwhile_does_not_come_in(lived_in: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(lived_in, folder)
    before = tables(folder)
    edits = 0
    with Library(folder) as library:
        ids = list(library.find().ids)

        def edit(_done: int, _total: int) -> None:
            nonlocal edits
            edits += 1
            if edits % 100 == 0:
                library.add_note(ids[0], "meanwhile")

        export_whole(folder, tmp_path / "export.zip", edit)
    assert edits > 200
    import_whole(tmp_path / "export.zip", tmp_path / "again", no_progress)
    assert tables(tmp_path / "again")["notes"] == before["notes"]


def test_every_field_of_a_paper_has_its_place() -> None:
    everything = replace(
        RICH, attachments=(Attachment("a" * 64, "a.pdf", 3),), origins={"": 1, "title": 0}, trashed=NOW, looked_at=NOW
    )
    empty = Paper()
    assert [
        field.name for field in fields(Paper) if getattr(everything, field.name) == getattr(empty, field.name)
    ] == []
    days = {1: (everything.sightings[0].day, False)}
    row = json.loads(json.dumps(paper_to_row(everything)))
    assert paper_from_row(row, days) == everything


def test_help_names_every_file_and_field(lived_in: Path, tmp_path: Path) -> None:
    words = resource("help", "complete-export.md").read_text(encoding="utf-8")
    export_whole(lived_in, tmp_path / "export", no_progress)
    names = {path.name for path in (tmp_path / "export").glob("*.json*")}
    named = {f"`{name}`" for name in names}
    for path in (tmp_path / "export").glob("*.jsonl"):
        with path.open(encoding="utf-8") as lines:
            named |= {f"`{key}`" for line in lines for key in json.loads(line)}
    assert {name for name in named if name not in words} == set()


def test_missing_and_damaged_files_are_told(lived_in: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(lived_in, folder)
    with Library(folder) as library:
        path = library.attached_file(library.papers(library.find("has:pdf").ids[:1])[0].attachments[0])
    path.chmod(0o600)
    path.write_bytes(b"%PDF of something else")
    (lacking,) = export_whole(folder, tmp_path / "damaged.zip", no_progress).lacking
    assert lacking == f"{path.relative_to(folder).as_posix()} (damaged)"
    path.unlink()
    (lacking,) = export_whole(folder, tmp_path / "missing.zip", no_progress).lacking
    assert lacking.endswith("(missing)")
    assert import_whole(tmp_path / "missing.zip", tmp_path / "again", no_progress).files == len(attached(folder))


def test_only_an_earlier_export_is_replaced(lived_in: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.zip"
    with zipfile.ZipFile(mine, "w") as archive:
        archive.writestr("holiday.txt", "a picture")
    before = mine.read_bytes()
    with pytest.raises(ExpectedError, match="no complete export"):
        export_whole(lived_in, mine, no_progress)
    assert mine.read_bytes() == before
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(ExpectedError, match="something in"):
        export_whole(lived_in, tmp_path / "full", no_progress)
    (tmp_path / "empty").mkdir()
    export_whole(lived_in, tmp_path / "empty", no_progress)
    export_whole(lived_in, tmp_path / "new.zip", no_progress)
    export_whole(lived_in, tmp_path / "new.zip", no_progress)


@pytest.mark.parametrize("name", ["export.zip", "export"])
@pytest.mark.parametrize("part", [0.01, 0.5, 0.95])
def test_cancelled_nothing_is_there(lived_in: Path, tmp_path: Path, name: str, part: float) -> None:
    def cancel(done: int, total: int) -> None:
        if done > part * total:
            raise CancelledError("Stopped.")

    export_whole(lived_in, tmp_path / f"whole-{name}", no_progress)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CancelledError):
        export_whole(lived_in, tmp_path / name, cancel)
    with pytest.raises(CancelledError):
        import_whole(tmp_path / f"whole-{name}", tmp_path / "again", cancel)
    assert sorted(tmp_path.iterdir()) == before


def test_never_over_a_library(lived_in: Path, tmp_path: Path) -> None:
    export_whole(lived_in, tmp_path / "export.zip", no_progress)
    before = tables(lived_in)
    with pytest.raises(ExpectedError, match="something in"):
        import_whole(tmp_path / "export.zip", lived_in, no_progress)
    assert tables(lived_in) == before


# what is no export, or one that somebody tampered with


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small export in a folder."""
    folder = tmp_path_factory.mktemp("small")
    store = PaperStore(folder / "library")
    filled(store)
    store.close()
    with Library(folder / "library") as library:
        library.import_texts([InputText("paper.pdf", pdf_of(PAGE))])
    export_whole(folder / "library", folder / "export", no_progress)
    return folder / "export"


@pytest.fixture
def export(small: Path, tmp_path: Path) -> Path:
    """That export, to be tampered with."""
    shutil.copytree(small, tmp_path / "export")
    return tmp_path / "export"


def refused(export: Path, words: str) -> str:
    """What is said of an export that makes nothing."""
    folder = export.parent / "made" / "of it"
    with pytest.raises(ExpectedError, match=words) as refusal:
        import_whole(export, folder, no_progress)
    left = [path for path in export.parent.rglob("*") if path != export and export not in path.parents]
    assert [path for path in left if path.is_file()] == []
    assert not folder.exists()
    return str(refusal.value)


def rewrite(export: Path, name: str, change: Callable[[str], str]) -> None:
    """Change a file, and the manifest with it."""
    text = change((export / name).read_text(encoding="utf-8"))
    data = text.encode("utf-8", "surrogatepass")
    (export / name).write_bytes(data)
    manifest = json.loads((export / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"][name] = {
        "bytes": len(data), "lines": data.count(b"\n"), "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    (export / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def zipped(export: Path) -> Path:
    path = export.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(export.rglob("*")):
            if each.is_file():
                archive.write(each, each.relative_to(export).as_posix())
    shutil.rmtree(export)
    return path


def manifest_with(export: Path, **values: object) -> None:
    manifest = json.loads((export / MANIFEST).read_text(encoding="utf-8"))
    (export / MANIFEST).write_text(json.dumps(manifest | values), encoding="utf-8")


def test_no_export(tmp_path: Path, export: Path) -> None:
    (export / MANIFEST).unlink()
    refused(export, "no complete export")
    other = zipped(export)
    refused(other, "no complete export")
    other.write_bytes(b"PK nothing")
    refused(other, "damaged")
    with pytest.raises(ExpectedError, match="cannot be read"):
        import_whole(tmp_path / "nowhere.zip", tmp_path / "again", no_progress)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"format": "something"}', '{"version": 1e999}'])
def test_a_manifest_of_something_else(export: Path, text: str) -> None:
    (export / MANIFEST).write_text(text, encoding="utf-8")
    refused(export, "no complete export")


@pytest.mark.parametrize("version", [2, 99, "1", None, [1]])
def test_an_unknown_version(export: Path, version: object) -> None:
    manifest_with(export, version=version)
    refused(export, "update Reading List")


@pytest.mark.parametrize("name", ["papers.jsonl", "journal.jsonl", "sources/1.txt"])
def test_a_changed_a_short_and_a_missing_file(export: Path, name: str) -> None:
    data = (export / name).read_bytes()
    (export / name).write_bytes(data[:-2] + b"x" + data[-1:])
    refused(export, f"{name} is not what was written")
    (export / name).write_bytes(data[: len(data) // 2])
    refused(export, f"{name} is not what was written")
    (export / name).unlink()
    refused(export, f"{name} is missing")


def test_a_truncated_zip(export: Path) -> None:
    path = zipped(export)
    data = path.read_bytes()
    for part in (0.1, 0.5, 0.9, 0.99):
        path.write_bytes(data[: int(len(data) * part)])
        refused(path, "damaged")


def test_damaged_zips_make_nothing_or_the_same(export: Path, tmp_path: Path) -> None:
    path = zipped(export)
    data = path.read_bytes()
    import_whole(path, tmp_path / "right", no_progress)
    right = tables(tmp_path / "right")
    chance = random.Random(3)
    for number in range(40):
        place = chance.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :])
        folder = tmp_path / f"made-{number}"
        try:
            import_whole(path, folder, no_progress)
        except ExpectedError:
            assert not folder.exists()
        else:
            assert tables(folder) == right
            shutil.rmtree(folder)


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/evil", "files/../../evil", "files/aa/../../evil", "C:\\evil", "files/aa/" + "b" * 64]
)
def test_names_that_lead_elsewhere(export: Path, name: str) -> None:
    manifest = json.loads((export / MANIFEST).read_text(encoding="utf-8"))
    noted = {"bytes": 4, "lines": 0, "sha256": hashlib.sha256(b"evil").hexdigest()}
    manifest_with(export, files={**manifest["files"], name: noted})
    path = zipped(export)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, b"evil")
    refused(path, "not as it should be")


def test_names_that_nobody_asked_for_are_left_alone(export: Path, tmp_path: Path) -> None:
    path = zipped(export)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../evil", b"evil")
    import_whole(path, tmp_path / "a" / "again", no_progress)
    assert list(tmp_path.rglob("evil")) == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(export: Path) -> None:
    path = zipped(export)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("papers.jsonl", b"")
    refused(path, "several files of one name")


def test_a_bomb(export: Path) -> None:
    size = 256 << 20
    digest = hashlib.sha256()
    path = zipped(export)
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        kept = {name: archive.read(name) for name in archive.namelist() if name not in {MANIFEST, "journal.jsonl"}}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in kept.items():
            archive.writestr(name, data)
        with archive.open("journal.jsonl", "w") as stream:
            for _ in range(size >> 20):
                stream.write(bytes(1 << 20))
                digest.update(bytes(1 << 20))
        manifest["files"]["journal.jsonl"] = {"bytes": size, "lines": 0, "sha256": digest.hexdigest()}
        archive.writestr(MANIFEST, json.dumps(manifest))
    refused(path, "which no library does")


def test_more_bytes_than_noted(export: Path) -> None:
    manifest = json.loads((export / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"]["papers.jsonl"]["bytes"] = 10
    manifest_with(export, files=manifest["files"])
    refused(export, "papers.jsonl is not what was written")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("papers.jsonl", '"year":2022', '"year":"2022"'),
        ("papers.jsonl", '"title":"Old news"', '"title":null'),
        ("papers.jsonl", '"title":"Old news"', '"title":NaN'),
        ("papers.jsonl", '"title":"Old news"', '"title":"\\ud800"'),
        ("papers.jsonl", '"title":"Old news",', ""),
        ("papers.jsonl", '"title":"Old news"', '"titel":"Old news"'),
        ("papers.jsonl", '"state":"read"', '"state":"burnt"'),
        ("papers.jsonl", '"listing":1', '"listing":77'),
        ("papers.jsonl", '"id":2,', '"id":1,'),
        ("papers.jsonl", '"id":2,', '"id":99999999999999999999,'),
        ("papers.jsonl", '"starred":true', '"starred":1'),
        ("papers.jsonl", '"kind":"code"', '"kind":"virus"'),
        ("papers.jsonl", "+00:00", ""),
        ("papers.jsonl", '"id":1,', '"id":' + "9" * 5000 + ","),
        ("papers.jsonl", '"authors":[{', '"authors":[{"nickname":"x",'),
        ("papers.jsonl", '"digest":"', '"digest":"../../../../etc/passwd'),
        ("listings.jsonl", '"source_id":1', '"source_id":5'),
        ("listings.jsonl", '"day":"2026-03-14"', '"day":"yesterday"'),
        ("sources.jsonl", '"id":1,', '"id":"1/../../x",'),
        ("journal.jsonl", '"steps":[', '"steps":[{"step":"Burn"},'),
        ("journal.jsonl", '"made":"', '"made":"on a Tuesday '),
        ("journal.jsonl", '{"id"', "[" * 100_000 + '{"id"'),
        ("library.jsonl", '"value":"', '"value":7,"x":"'),
        ("library.jsonl", '"library_id"', '"another_id"'),
        ("papers.jsonl", '"trashed":null', '"trashed":"0001-01-01T00:00:00+14:00"'),
        ("tags.jsonl", '"name":"', '"name":3,"x":"'),
    ],
)
def test_values_that_cannot_be(export: Path, name: str, old: str, new: str) -> None:
    assert old in (export / name).read_text(encoding="utf-8")
    rewrite(export, name, lambda text: text.replace(old, new, 1))
    refused(export, "not as it should be")


def test_a_zip_file_whose_names_are_no_text(export: Path) -> None:
    path = zipped(export)
    data = bytearray(path.read_bytes())
    begin = data.index(b"papers.jsonl")
    data[begin] = 0x93
    data[begin - 30 + 7] |= 0x08  # its local header says that the name is UTF-8
    path.write_bytes(data)
    refused(path, "is damaged")


@pytest.mark.parametrize(
    "step",
    [
        {"step": "PapersAdded", "papers": [{"id": 9, "attachments": [["../../../../etc/passwd", "a.pdf", 1]]}]},
        {"step": "FieldChanged", "field": "attachments", "ids": [1], "before": [[]], "after": [[["../x", "a.pdf", 1]]]},
    ],
    ids=["a paper", "a field"],
)
def test_an_undo_that_would_lead_elsewhere(export: Path, step: dict[str, object]) -> None:
    line = {"id": 99, "made": NOW.isoformat(), "label": "Undo me", "status": "undone", "steps": [step]}
    rewrite(export, "journal.jsonl", lambda text: f"{text}{json.dumps(line)}\n")
    refused(export, "no SHA-256")


@pytest.mark.parametrize(
    "step",
    [
        {"step": "FieldChanged", "field": "id", "ids": [1], "before": [1], "after": [2]},
        {"step": "FieldChanged", "field": "title", "ids": [1], "before": ["x"], "after": []},
        {"step": "FieldChanged", "field": "starred", "ids": [1], "before": ["x"], "after": [True]},
        {"step": "FieldChanged", "field": "starred", "ids": [[1]], "before": [False], "after": [True]},
        {"step": "FieldChanged", "field": "added", "ids": [1], "before": [None], "after": [None]},
        {"step": "FieldChanged", "field": "tags", "ids": [1], "before": [[7]], "after": [[]]},
        {"step": "FieldChanged", "field": "read_at", "ids": [1], "before": [None], "after": ["2026-03-14"]},
        {"step": "PapersRemoved", "papers": [{"id": 99, "title": "x"}]},
        {"step": "PapersAdded", "papers": [{"id": 99, "rating": None}]},
        {"step": "TagChanged", "before": ["x", ""], "after": ["x", 7]},
        {"step": "Remembered", "kind": "feed", "memory": {"url": "x", "title": None}},
        {"step": "SightingsAdded", "sightings": [[1, "x"]]},
        {"step": "SmartListAdded", "list": {"id": "x", "name": "x", "query": "x", "position": 2**63}},
    ],
    ids=str,
)
def test_a_step_that_could_not_be_taken_back(export: Path, step: dict[str, object]) -> None:
    line = {"id": 99, "made": NOW.isoformat(), "label": "Undo me", "status": "done", "steps": [step]}
    rewrite(export, "journal.jsonl", lambda text: f"{text}{json.dumps(line)}\n")
    refused(export, "not as it should be")


def test_an_undo_of_what_is_no_longer_there_is_told(export: Path, tmp_path: Path) -> None:
    steps = [{"step": "FieldChanged", "field": "tags", "ids": [77], "before": [["x"]], "after": [[]]}]
    line = {"id": 99_999, "made": NOW.isoformat(), "label": "Untag", "status": "done", "steps": steps}
    rewrite(export, "journal.jsonl", lambda text: f"{text}{json.dumps(line)}\n")
    import_whole(export, tmp_path / "with-another", no_progress)
    with Library(tmp_path / "with-another") as library:
        with pytest.raises(ExpectedError, match="“Untag” cannot be undone"):
            library.undo()
        assert library.undo_label() == "Untag"


def test_a_disk_without_room(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.library.complete_import._SPARE", 1 << 62)
    refused(export, "Free some space")


def test_half_an_import_is_not_exported(tmp_path: Path) -> None:
    store = PaperStore(tmp_path / "library")
    work = store.start_import("Import", datetime.now(UTC) - timedelta(days=1))
    with pytest.raises(ExpectedError, match="import is under way"):
        export_whole(tmp_path / "library", tmp_path / "export.zip", no_progress)
    assert not (tmp_path / "export.zip").exists()
    work.roll_back()
    store.close()
