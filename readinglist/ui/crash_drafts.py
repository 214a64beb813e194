"""What is typed and not saved, kept in a small file in the library's folder: not even a crash takes it.

Where that folder does not take it, because it is gone or its disk is full, the file is beside the settings of the user
instead, from that moment on.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from readinglist.errors import ExpectedError
from readinglist.paths import settings_folder, write_then_rename

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.ui.background import Background

FILE = "drafts.json"
FORM = 1
LOOK_MS = 1000  # what is typed is on the disk a second later


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What is typed of a note: of which paper and note ("" for a new one), and the text that the library has of it."""

    paper_id: int
    note_id: str
    saved: str
    text: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that is typed and not saved: details by the paper's id and their names, and notes."""

    details: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    notes: Sequence[NoteDraft] = ()

    def __bool__(self) -> bool:
        return bool(self.details or self.notes)


def load(folder: Path) -> Drafts:
    """The drafts that were left in a library's folder, or for it elsewhere; none where no file can be read."""
    return _read(_elsewhere(folder)) or _read(folder / FILE)  # what is elsewhere is all that there was at the end


def save(folder: Path, drafts: Drafts) -> bool:
    """Keep drafts in a library's folder, or elsewhere where it does not take them; whether that could be done.

    Where there are none, no file is left.
    """
    here, elsewhere = folder / FILE, _elsewhere(folder)
    with suppress(OSError, ExpectedError):
        _write(here, drafts)
        elsewhere.unlink(missing_ok=True)
        return True
    with suppress(OSError, ExpectedError):
        elsewhere.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(elsewhere, drafts)
        return bool(drafts)
    return False


def _elsewhere(folder: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:20]
    return settings_folder() / "drafts" / f"{digest}.json"


def _read(path: Path) -> Drafts:
    """The drafts in a file; one that cannot be read, or is of a later version, is put aside and not written over."""
    try:
        plain = json.loads(path.read_bytes())
        if plain["form"] == FORM:
            return _from_plain(plain)
    except OSError:
        return Drafts()
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    with suppress(OSError):
        path.replace(path.with_name(f"{path.stem}-not-read{path.suffix}"))
    return Drafts()


def _write(path: Path, drafts: Drafts) -> None:
    if drafts:
        write_then_rename(path, json.dumps(_to_plain(drafts)).encode(), private=True)
    elif path.is_symlink() or path.is_file():
        path.unlink()


def save_notes(library: "Library", drafts: Drafts) -> list[int]:
    """Save the notes that were being written when the program ended; gives the ids of their papers.

    A note that was changed since by someone else stays as it is, and what was typed becomes a note beside it. Where the
    paper is gone, nothing is saved.
    """
    saved = []
    for draft in drafts.notes:
        papers = library.papers([draft.paper_id])
        if not papers or not draft.text.strip():
            continue
        texts = {note.id: note.text for note in papers[0].notes}
        if draft.text in texts.values():
            continue
        if texts.get(draft.note_id) == draft.saved and draft.note_id:
            library.edit_note(draft.paper_id, draft.note_id, draft.text)
        else:
            library.add_note(draft.paper_id, draft.text)
        saved.append(draft.paper_id)
    return saved


class DraftKeeper(QObject):
    """Writes down each second what is typed and not saved, off the GUI thread."""

    def __init__(
        self, folder: Path, collect: Callable[[], Drafts], background: "Background", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._collect = collect
        self._background = background
        self._kept: Drafts | None = load(folder)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Write down what is typed, if that is not what stands there."""
        drafts = self._collect()
        if drafts != self._kept:
            self._kept = drafts
            folder = self._folder
            self._background.ask("drafts", lambda: save(folder, drafts), self._judge)

    def close(self) -> None:
        """Write down here and now what could not be saved, and look no more. The work in the background has ended."""
        self._timer.stop()
        save(self._folder, self._collect())

    def _judge(self, saved: bool) -> None:
        if not saved:
            self._kept = None  # it is tried again


def _to_plain(drafts: Drafts) -> dict[str, Any]:
    return {
        "form": FORM,
        "details": {str(paper_id): dict(texts) for paper_id, texts in drafts.details.items()},
        "notes": [[note.paper_id, note.note_id, note.saved, note.text] for note in drafts.notes],
    }


def _from_plain(plain: Mapping[str, Any]) -> Drafts:
    details = {
        int(paper_id): {str(name): str(text) for name, text in texts.items()}
        for paper_id, texts in plain["details"].items()
    }
    notes = tuple(
        NoteDraft(int(paper_id), str(note_id), str(saved), str(text))
        for paper_id, note_id, saved, text in plain["notes"]
    )
    return Drafts(details, notes)
