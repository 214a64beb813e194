"""The words of attached files: to look into those of papers not indexed yet, and for phrases in all of them."""

from collections import OrderedDict
from collections.abc import Sequence

from readinglist.search.file_words import FileWords, fold_file
from readinglist.store.paper_store import PaperStore

_LETTERS_KEPT = 64_000_000  # bytes: a thousand papers


class AttachedWords:
    """Reads files' texts, and keeps as many folded as fit, those longest unused given up first."""

    def __init__(self, store: PaperStore) -> None:
        self._store = store
        self._folded: OrderedDict[str, str] = OrderedDict()
        self._letters = 0

    def of(self, digests: Sequence[str]) -> FileWords:
        """The words of the files with these digests, as those of one paper."""
        return FileWords("\n\n".join(map(self._fold, digests)), lambda: self._read(digests))

    def _fold(self, digest: str) -> str:
        kept = self._folded.get(digest)
        if kept is not None:
            self._folded.move_to_end(digest)
            return kept
        folded = self._folded[digest] = fold_file(self._read([digest]))
        self._letters += len(folded)
        while self._letters > _LETTERS_KEPT:
            self._letters -= len(self._folded.popitem(last=False)[1])
        return folded

    def _read(self, digests: Sequence[str]) -> str:
        texts = self._store.attachment_texts(digests)
        return "\n\n".join(texts[digest] for digest in digests if digest in texts)
