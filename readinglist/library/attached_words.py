"""The words of attached files: to look into those of papers not indexed yet, and for phrases in all of them."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from readinglist.search.file_words import FileWords, Folded, fold_file, joined
from readinglist.store.paper_store import PaperStore

_LETTERS_KEPT = 64_000_000  # of a thousand papers: as many bytes, and once more when phrases were looked for


class AttachedWords:
    """Reads files' texts, and keeps as many folded as fit, those longest unused given up first. For any thread."""

    def __init__(self, store: PaperStore) -> None:
        self._store = store
        self._folded: OrderedDict[str, Folded] = OrderedDict()
        self._letters = 0
        self._lock = Lock()

    @property
    def has_room(self) -> bool:
        """Whether more can be kept without giving anything up."""
        return self._letters < _LETTERS_KEPT * 0.9

    def of(self, digests: Sequence[str]) -> FileWords:
        """The words of the files with these digests, as those of one paper."""
        return FileWords(joined([self._fold(digest) for digest in digests]), lambda: self._read(digests))

    def make_ready(self, digests: Sequence[str]) -> None:
        """Read those of some files that are not kept folded, at once."""
        lacking = [digest for digest in dict.fromkeys(digests) if digest not in self._folded]
        texts = self._store.attachment_texts(lacking) if lacking else {}
        for digest in lacking:
            self._keep(digest, texts.get(digest, ""))

    def _fold(self, digest: str) -> Folded:
        with self._lock:
            kept = self._folded.get(digest)
            if kept is not None:
                self._folded.move_to_end(digest)
                return kept
        return self._keep(digest, self._read([digest]))

    def _keep(self, digest: str, text: str) -> Folded:
        folded = fold_file(text)
        with self._lock:
            if digest not in self._folded:
                self._folded[digest] = folded
                self._letters += len(folded.text)
            while self._letters > _LETTERS_KEPT:
                self._letters -= len(self._folded.popitem(last=False)[1].text)
        return folded

    def _read(self, digests: Sequence[str]) -> str:
        texts = self._store.attachment_texts(digests)
        return "\n\n".join(texts[digest] for digest in digests if digest in texts)
