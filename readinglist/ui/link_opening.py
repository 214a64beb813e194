"""Following a link: what may be opened, and a question the first time that a link leads to a place on the web.

Links stand in what others wrote: only web pages, DOIs and files of the library are opened, never by themselves.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPushButton, QWidget

from readinglist.library.opening_files import is_program
from readinglist.ui import theme
from readinglist.ui.settings import LINK_HOSTS, Settings
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page
from readinglist.ui.true_address import true_address

translate = QCoreApplication.translate
# Where the program's own links lead: made from a DOI or an arXiv id, not taken from a text.
KNOWN_HOSTS = frozenset({"doi.org", "arxiv.org", "huggingface.co"})
_LONGEST = 4000
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: the address to open, and its host; or why it is not opened."""

    url: QUrl
    host: str = ""
    why_not: str = ""


def target_of(address: str, library_folder: Path | None = None) -> Target:
    """What opening an address would open.

    Args:
        address: what stands in the text, such as "https://arxiv.org/abs/1706.03762" or "doi:10.1000/182".
        library_folder: files below its folder "files" may be opened; none where it is None.
    """
    text = address.strip()
    if not text or len(text) > _LONGEST or any(ord(character) < 32 for character in text):
        return Target(QUrl(), why_not=translate("Links", "This link is no address that can be opened."))
    if text.casefold().startswith("doi:"):
        text = f"https://doi.org/{text[4:].strip()}"
    url = QUrl(text, QUrl.ParsingMode.TolerantMode)
    scheme = url.scheme().casefold()
    if scheme == "file" or url.isLocalFile():
        return _file(url, library_folder)
    if not url.isValid() or scheme not in {"http", "https"} or not url.host():
        words = translate("Links", "Only web pages, DOIs and files of the library are opened, and this link is none: ")
        return Target(QUrl(), why_not=words + shortened(text))
    if url.userInfo():  # "https://arxiv.org@elsewhere.example" looks as if it led to arXiv
        words = translate("Links", "This link names a user before its host, which hides where it leads: ")
        return Target(QUrl(), why_not=words + shortened(text))
    return Target(url, _host(url))


def shortened(address: str) -> str:
    """An address as it can be shown on a few lines, and as it truly is."""
    address = true_address(address[:_LONGEST])
    return address if len(address) <= _SHOWN else f"{address[: _SHOWN - 1]}…"


class Links(QObject):
    """Opens links for one window."""

    def __init__(
        self, window: QWidget, settings: Settings, library_folder: Path | None, say: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._library_folder = library_folder
        self._say = say

    def open(self, address: str) -> None:
        """Open an address: at once where it leads to a known place, else after showing where it leads."""
        target = target_of(address, self._library_folder)
        if target.why_not:
            self._say(target.why_not)
        elif target.host and not self.knows(target.host):
            question = LinkQuestion(target, self._window)
            question.accepted.connect(lambda: self._open_asked(target, question))
            question.open()
        else:
            self._open(target.url)

    def knows(self, host: str) -> bool:
        """Whether links to a host are opened without a question."""
        plain = host.removeprefix("www.")
        return plain in KNOWN_HOSTS or plain in self._settings.get(LINK_HOSTS).split()

    def _open_asked(self, target: Target, question: "LinkQuestion") -> None:
        if question.remember.isChecked():
            hosts = {*self._settings.get(LINK_HOSTS).split(), target.host.removeprefix("www.")}
            self._settings.set(LINK_HOSTS, " ".join(sorted(hosts)))
        self._open(target.url)

    def _open(self, url: QUrl) -> None:
        if not QDesktopServices.openUrl(url):
            words = translate("Links", "No program was found that opens {address}.")
            self._say(words.format(address=shortened(url.toDisplayString())))


class LinkQuestion(QDialog):
    """Shows where a link leads before it is followed."""

    def __init__(self, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open a link"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        address = true_address(target.url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        heading = Words(self.tr("Open {host} in the browser?").format(host=target.host), step=2, weight=SEMIBOLD)
        shown = Words(shortened(address), "quiet").wrapping()
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remember = QCheckBox(self.tr("Do not ask again for {host}").format(host=target.host.replace("&", "&&")))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.open_button = QPushButton(self.tr("Open"))
        self.open_button.setDefault(True)
        self.buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
        copy = QPushButton(self.tr("Copy the address"))
        self.buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(address))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        page = dialog_page(self, edge=5, between=3)
        for part in (heading.wrapping(), shown, self.remember):
            page.addWidget(part)
        page.addStretch(1)
        page.addWidget(self.buttons)
        self.setMinimumWidth(theme.spacing(110))


def _host(url: QUrl) -> str:
    """The host as it truly is, with its port where that is not the usual one."""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded).casefold()
    usual = {"http": 80, "https": 443}[url.scheme()]
    return host if url.port(usual) == usual else f"{host}:{url.port()}"


def _file(url: QUrl, library_folder: Path | None) -> Target:
    """A file below the library's folder "files", unless the system would start it. No other place is even looked at."""
    path = Path(os.path.normpath(url.toLocalFile()))
    if library_folder is None or not _is_within(path, library_folder / "files"):
        words = translate("Links", "Of files, only those of the library are opened, and this is none: ")
        return Target(QUrl(), why_not=words + shortened(str(path)))
    if is_program(path.name):
        words = translate("Links", "This link leads to a program, which is not started from here: ")
        return Target(QUrl(), why_not=words + shortened(path.name))
    return Target(QUrl.fromLocalFile(str(path.resolve())))


def _is_within(path: Path, folder: Path) -> bool:
    """Whether there is such a file, and it stands below a folder whatever links lead to it."""
    inside = folder.resolve()
    if not {folder, inside} & {*path.parents}:
        return False  # before it is looked for: on Windows, that alone tells another machine who asks
    return path.is_file() and inside in path.resolve().parents
