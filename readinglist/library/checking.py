"""Check: what the database, the full-text index and the attached files say of each other and of themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readinglist.errors import DamagedError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.sweeping import Faulty, faulty
from readinglist.library.texts import paper_texts
from readinglist.search.fingerprints import fingerprint
from readinglist.search.paper_index import IndexBrokenError, IndexMissingError, PaperIndex
from readinglist.store.checking import in_words
from readinglist.store.paper_store import PaperStore

_PROGRESS_EVERY = 100
_BY_RECOVERING = (
    "Nothing is written to it any more. `readinglist recover` shows what can be brought back, and so does the window."
)
_BY_TRYING_AGAIN = "Try again once that is put right."
_BY_CATCHING_UP = "`readinglist reindex --pending` repairs it, and so does the window when it opens."
_BY_ATTACHING = "Put it back from a backup of the library's folder, or attach it again."
_FILES_NAMED = 3
_BY_BUILDING = "`readinglist reindex` builds the index anew; no paper is touched."


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it should be: what kind, in words, what repairs it, and the papers it is about."""

    kind: str
    message: str
    repair: str
    paper_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found. Papers that wait to be indexed are no fault: they are found all the same."""

    papers: int
    waiting: int
    differences: tuple[Difference, ...]


def check(store: PaperStore, index: PaperIndex, progress: Progress) -> Check:
    """Compare database and index, paper by paper, and attached files with their digests; nothing of them is changed.

    What is found wrong with the database is noted, and ends all writing into it.

    Raises:
        CancelledError: `progress` raised it.
    """
    found = list(_of_database(store))
    waiting = {entry.paper_id for entry in store.to_index()}
    ids = sorted({*store.ids(), *store.ids(trashed=True)})
    settled = [paper_id for paper_id in ids if paper_id not in waiting]
    try:
        index.verify()
        found += _of_index(store, index, settled, waiting, progress)
    except IndexMissingError as error:
        if settled:
            found.append(Difference("index-missing", str(error), _BY_CATCHING_UP))
    except IndexBrokenError as error:
        found.append(Difference("index-broken", str(error), _BY_CATCHING_UP))
    found += _of_files(store, progress)
    return Check(len(ids), len(waiting), tuple(found))


def _of_database(store: PaperStore) -> Iterable[Difference]:
    try:
        faults = store.faults()
    except DamagedError as error:
        store.note_check([str(error)])
        return [Difference("database", "The database is damaged, and parts of it cannot be read.", _BY_RECOVERING)]
    except ExpectedError as error:
        return [Difference("database", str(error), _BY_TRYING_AGAIN)]
    store.note_check(faults)
    return [Difference("database", f"The database is damaged: {in_words(faults)}.", _BY_RECOVERING)] if faults else []


def _of_files(store: PaperStore, progress: Progress) -> Iterable[Difference]:
    wrong = list(faulty(store, progress))
    told = (
        ("file-missing", [file for file in wrong if file.missing], "{} missing: {}."),
        ("file-changed", [file for file in wrong if not file.missing], "{} other than they were attached: {}."),
    )
    for kind, files, words in told:
        if files:
            count = "1 attached file is" if len(files) == 1 else f"{len(files):,} attached files are"
            ids = tuple(dict.fromkeys(paper_id for file in files for paper_id in file.paper_ids))
            yield Difference(kind, words.format(count, _names(files)), _BY_ATTACHING, ids)


def _names(files: Sequence[Faulty]) -> str:
    names = [f"{file.attachment.name} of paper {file.paper_ids[0]}" for file in files[:_FILES_NAMED]]
    more = len(files) - len(names)
    return ", ".join(names) + (f" and {more:,} more" if more else "")


def _of_index(
    store: PaperStore, index: PaperIndex, settled: Sequence[int], waiting: set[int], progress: Progress
) -> Iterable[Difference]:
    held = index.fingerprints()
    missing = [paper_id for paper_id in settled if paper_id not in held]
    foreign = sorted(held.keys() - set(settled) - waiting)
    stale = _stale(store, held, [paper_id for paper_id in settled if paper_id in held], progress)
    told = (
        ("missing", missing, "{} papers are not in the full-text index.", _BY_CATCHING_UP),
        ("foreign", foreign, "The full-text index holds {} papers that the library does not have.", _BY_CATCHING_UP),
        ("stale", stale, "{} papers are in the full-text index with other words than they have.", _BY_BUILDING),
    )
    return [Difference(kind, words.format(len(ids)), repair, tuple(ids)) for kind, ids, words, repair in told if ids]


def _stale(store: PaperStore, held: dict[int, int], ids: Sequence[int], progress: Progress) -> list[int]:
    stale = []
    for done, text in enumerate(paper_texts(store, ids, pdf=True), 1):
        if fingerprint(text) != held[text.id]:
            stale.append(text.id)
        if done % _PROGRESS_EVERY == 0:
            progress(done, len(ids))
    progress(len(ids), len(ids))
    return stale
