"""Export: papers as text and to files, which take the place of others only once they are proven."""

import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from readinglist.errors import CancelledError, ExpectedError, UsageError
from readinglist.formats import bibtex, csl_json
from readinglist.formats.record import WriteOptions
from readinglist.library import exporting
from readinglist.library.answers import InputText
from readinglist.library.export_formats import EXPORT_FORMATS, ExportFormat, ExportOptions, format_of_file
from readinglist.library.library import Library
from readinglist.library.proving import ProofError
from readinglist.library.replaced_files import WouldLoseError
from readinglist.library.written_files import FILE
from readinglist.papers.paper import Paper, ReadingState
from tests.library.listings import TITLES, listing

BIBTEX = ExportOptions()
MINE = "@article{mine2020, title={An Entry of My Own}, author={Me, My}, year=2020}\n"


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        yield opened


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "thesis"
    folder.mkdir()
    return folder / "papers.bib"


def test_papers_are_written_in_the_order_asked_for(library: Library) -> None:
    text = library.export([3, 1], "bibtex")
    assert text.index("Technical Report") < text.index("Hungry")
    assert text.count("@misc{") == 2


def test_ids_that_are_gone_are_left_out(library: Library) -> None:
    assert library.export([99], "bibtex").count("@") == 0


def test_what_is_the_readers_own_is_written_or_left_out(library: Library) -> None:
    library.tag([1], ["for-thesis"])
    library.set_state([1], ReadingState.READ)
    library.add_note(1, "FlashConv is the part to reuse.")
    whole, bare = library.export([1], "bibtex"), library.export([1], "bibtex", personal=False)
    for word in ("for-thesis", "readstatus", "FlashConv", "creationdate"):
        assert word in whole
        assert word not in bare
    assert library.paper("1").citation_key in bare


def test_nothing_of_any_reader_goes_out_unasked(library: Library) -> None:
    entry = "@misc{a1, title={Borrowed}, annote={He is wrong here}, x-stars={60}, mendeley-tags={secret}}"
    library.import_texts([InputText("colleague.bib", entry.encode())])
    for known in EXPORT_FORMATS:
        text = "".join(library.export_pieces(library.find("borrowed").ids, ExportOptions(known.name, personal=False)))
        assert "Borrowed" in text
        assert not any(word in text for word in ("wrong here", "x-stars", "secret"))


def test_a_format_that_we_do_not_write_is_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="bibtex"):
        library.export([1], "hf-listing")


def test_an_export_can_be_cancelled(library: Library, target: Path) -> None:
    def stop(*_: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        library.export([1], "bibtex", stop)
    with pytest.raises(CancelledError):
        library.export_to(target, [1], BIBTEX, stop)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("form", EXPORT_FORMATS, ids=lambda form: form.name)
def test_each_format_is_written_again_with_the_same_bytes_and_replaced_where_we_wrote_it(
    form: ExportFormat, library: Library, target: Path
) -> None:
    path, options, ids = target.with_suffix(form.suffix), ExportOptions(form.name), library.find().ids
    written = library.export_to(path, ids, options)
    data, when = path.read_bytes(), path.stat().st_mtime_ns
    assert (written.changed, written.papers, written.copy) == (True, 4, None)
    assert data.decode() == "".join(library.export_pieces(ids, options))
    assert not library.export_to(path, ids, options).changed
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (data, when)
    fewer = library.export_to(path, [1], options)
    assert (fewer.changed, fewer.copy) == (True, None)
    assert path.read_bytes().decode() == "".join(library.export_pieces([1], options))
    assert list(path.parent.iterdir()) == [path]


def test_names_of_files_say_the_format() -> None:
    named = {name: format_of_file(Path(name)).name for name in ("a.bib", "a.ris", "a.json", "A.CSV", "a.md", "a.html")}
    assert named == {
        "a.bib": "bibtex", "a.ris": "ris", "a.json": "csl-json", "A.CSV": "csv", "a.md": "markdown", "a.html": "html",
    }  # fmt: skip
    assert format_of_file(Path("a")).name == "bibtex"
    assert format_of_file(Path("a.html"), styled=True).name == "bibliography-html"
    assert format_of_file(Path("a.bib"), styled=True).name == "bibliography"


class TestAFileThatIsThere:
    def test_its_entries_are_counted_before_they_would_go(self, library: Library, target: Path) -> None:
        target.write_text(MINE + library.export([1], "bibtex"))
        before = target.read_bytes()
        with pytest.raises(WouldLoseError, match=r"holds 1 entry that is not among these papers \(mine2020\)"):
            library.export_to(target, library.find().ids, BIBTEX)
        assert target.read_bytes() == before
        assert list(target.parent.iterdir()) == [target]

    def test_replaced_on_demand_it_is_kept_as_a_copy(self, library: Library, target: Path) -> None:
        target.write_text(MINE)
        written = library.export_to(target, [1], BIBTEX, replace_all=True)
        assert written.copy == target.with_name("papers.bib~")
        assert written.copy.read_text() == MINE
        target.write_text(MINE + MINE)
        again = library.export_to(target, [1], BIBTEX, replace_all=True)
        assert again.copy == target.with_name("papers.bib~2")
        assert written.copy.read_text() == MINE

    def test_the_readers_own_file_of_the_same_papers_is_kept_as_a_copy_too(
        self, library: Library, target: Path
    ) -> None:
        library.import_texts([InputText("mine.bib", MINE.encode())])
        target.write_text(f"% my comment\n{MINE}")
        written = library.export_to(target, library.find().ids, BIBTEX)
        assert written.copy is not None
        assert "my comment" in written.copy.read_text()

    def test_changed_by_somebody_else_it_is_not_ours_any_more(self, library: Library, target: Path) -> None:
        library.export_to(target, [1], BIBTEX)
        target.write_text(target.read_text() + MINE)
        with pytest.raises(WouldLoseError):
            library.export_to(target, [1, 2], BIBTEX)

    @pytest.mark.parametrize("text", ["A letter to a friend.\n", "\x89PNG\r\n\x1a\n\0\0", "# Reading list\n\nMine.\n"])
    @pytest.mark.parametrize("name", ["bibtex", "markdown"])
    def test_no_file_of_papers_it_is_not_replaced_unasked(
        self, text: str, name: str, library: Library, target: Path
    ) -> None:
        target.write_bytes(text.encode("latin-1"))
        with pytest.raises(WouldLoseError, match="is there already"):
            library.export_to(target, [1], ExportOptions(name))
        assert target.read_bytes() == text.encode("latin-1")

    @pytest.mark.parametrize("text", ["", "  \n", "% an empty bibliography\n\n@comment{jabref-meta: x}\n", "[]"])
    def test_empty_it_is_replaced(self, text: str, library: Library, target: Path) -> None:
        target.write_text(text)
        assert library.export_to(target, [1], BIBTEX).changed

    def test_its_permissions_stay(self, library: Library, target: Path) -> None:
        library.export_to(target, [1], BIBTEX)
        target.chmod(0o640)
        library.export_to(target, [1, 2], BIBTEX)
        assert stat.S_IMODE(target.stat().st_mode) == 0o640

    def test_behind_a_link_it_is_replaced_and_the_link_stays(
        self, library: Library, target: Path, tmp_path: Path
    ) -> None:
        link = tmp_path / "link.bib"
        link.symlink_to(target)
        library.export_to(link, [1], BIBTEX)
        library.export_to(link, [1, 2], BIBTEX)
        assert link.is_symlink()
        assert target.read_text().count("@misc") == 2
        assert set(tmp_path.iterdir()) == {link, target.parent, library.folder}

    def test_a_folder_is_none(self, library: Library, target: Path) -> None:
        with pytest.raises(ExpectedError):
            library.export_to(target.parent, [1], BIBTEX)

    def test_damaged_notes_make_it_somebody_elses(self, library: Library, target: Path) -> None:
        library.export_to(target, [1], BIBTEX)
        for damage in ("", "[]", '{"files": {"a": 5}}', "\0"):
            (library.folder / FILE).write_text(damage)
            written = library.export_to(target, [1, 2] if target.read_text().count("@") == 1 else [1, 2, 3], BIBTEX)
            assert written.changed is (written.copy is not None)


@pytest.mark.skipif(os.name == "nt", reason="there is no /dev/null")
def test_what_is_no_file_is_written_through(library: Library) -> None:
    assert library.export_to(Path("/dev/null"), [1], BIBTEX).papers == 1
    assert Path("/dev/null").is_char_device()


class TestProof:
    """A writer that loses something is caught before anything is replaced."""

    @pytest.fixture
    def losing(self, monkeypatch: pytest.MonkeyPatch) -> object:
        def use(change: object) -> None:
            write = bibtex.write

            def worse(papers: Iterable[Paper], options: WriteOptions) -> Iterator[str]:
                return write((change(paper) for paper in papers), options)  # type: ignore[operator]

            monkeypatch.setattr(bibtex, "write", worse)

        return use

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            (lambda paper: replace(paper, title=paper.title.replace("Hungry ", "", 1)), "title"),
            (lambda paper: replace(paper, abstract=paper.abstract[:40]), "abstract"),
            (lambda paper: replace(paper, year=1999), "year"),
            (lambda paper: replace(paper, tags=()), "tags"),
            (lambda paper: replace(paper, notes=()), "notes"),
            (lambda paper: replace(paper, extra={}), "volume"),
            (lambda paper: replace(paper, extra={"volume": "8"}), "volume"),
            (lambda paper: replace(paper, citation_key="other"), "citation key"),
            (lambda paper: replace(paper, starred=False), "starred"),
        ],
    )
    def test_names_the_entry_and_its_field(
        self, change: object, named: str, library: Library, target: Path, losing: object
    ) -> None:
        library.tag([1], ["thesis"])
        library.add_note(1, "A note.")
        library.star([1])
        key = library.paper("1").citation_key
        entry = f"@misc{{{key}, title={{{library.paper('1').title}}}, volume={{7}}}}"
        library.import_texts([InputText("more.bib", entry.encode())])
        target.write_text("")
        library.export_to(target, [1], BIBTEX)
        before = target.read_bytes()
        losing(change)  # type: ignore[operator]
        with pytest.raises(ProofError, match=f"{named} of the entry {key}"):
            library.export_to(target, [1, 2], BIBTEX)
        assert target.read_bytes() == before
        assert list(target.parent.iterdir()) == [target]

    def test_finds_entries_that_are_not_there(
        self, library: Library, target: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write = csl_json.write

        def worse(papers: Iterable[Paper], options: WriteOptions) -> Iterator[str]:
            return write(list(papers)[1:], options)

        monkeypatch.setattr(csl_json, "write", worse)
        with pytest.raises(ProofError, match=library.paper("1").citation_key):
            library.export_to(target, [1, 2], ExportOptions("csl-json"))
        assert not target.exists()

    def test_goes_batch_by_batch(self, library: Library, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exporting, "_BATCH", 3)
        for form in EXPORT_FORMATS:
            library.export_to(target.with_suffix(form.suffix), library.find().ids, ExportOptions(form.name))
        assert len(json.loads(target.with_suffix(".json").read_text())) == 4

    def test_of_very_many_new_entries_is_left_out(
        self, library: Library, target: Path, losing: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(exporting, "_PROVEN", 2)
        losing(lambda paper: replace(paper, title="x"))  # type: ignore[operator]
        assert library.export_to(target, [1, 2], BIBTEX).changed
        with pytest.raises(ProofError):
            library.export_to(target, [1, 2, 3], BIBTEX)
