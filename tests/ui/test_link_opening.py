"""Following links: what may be opened, and what is asked before."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.link_opening import LinkQuestion, Links, target_of
from readinglist.ui.settings import Settings
from readinglist.ui.small_parts import Words


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def take(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def links(qtbot: QtBot, tmp_path: Path, said: list[str]) -> Links:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Links(window, Settings(tmp_path / "settings"), tmp_path / "library", said.append)


def question(links: Links) -> LinkQuestion:
    window = links.parent()
    assert isinstance(window, QWidget)
    return window.findChildren(LinkQuestion)[-1]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,<script>", "ftp://example.org/x", "smb://host/share", "mailto:a@b.org",
        "file:///etc/passwd", "/etc/passwd", "C:\\windows\\system32", "vbscript:x", "", "http://", "https:///path",
        "notes", "https://example.org/\n.evil", "search-ms:x", "x" * 5000, "https://doi.org@evil.test/", "ms-msdt:/id", "steam://run/1",
    ],
)  # fmt: skip
def test_nothing_but_web_pages_and_files_of_the_library_is_opened(
    links: Links, opened: list[str], said: list[str], address: str
) -> None:
    links.open(address)
    assert opened == []
    assert len(said) == 1
    assert len(said[0]) < 500


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://doi.org/10.1145/3292500", "https://doi.org/10.1145/3292500"),
        ("doi:10.1145/3292500", "https://doi.org/10.1145/3292500"),
        ("http://www.arxiv.org/abs/1706.03762", "http://www.arxiv.org/abs/1706.03762"),
    ],
)
def test_known_places_are_opened_at_once(links: Links, opened: list[str], address: str, leads_to: str) -> None:
    links.open(address)
    assert opened == [leads_to]


def test_another_place_is_shown_before_and_remembered_if_one_likes(links: Links, opened: list[str]) -> None:
    links.open("https://example.org/a?b=<b>c")
    assert opened == []
    shown = question(links)
    texts = [label.text() for label in shown.findChildren(Words)]
    assert texts == ["Open example.org in the browser?", "https://example.org/a?b=%3Cb%3Ec"]
    shown.reject()
    assert opened == []
    links.open("https://example.org/two")
    again = question(links)
    again.remember.setChecked(True)
    again.open_button.click()
    assert opened == ["https://example.org/two"]
    links.open("https://www.example.org/three")
    assert opened[-1] == "https://www.example.org/three"
    assert not links.knows("example.org.evil.test")


def test_the_host_is_shown_as_it_really_is(links: Links) -> None:
    links.open("https://\u0430rxiv.org/")  # the first letter is Cyrillic
    texts = [label.text() for label in question(links).findChildren(Words)]
    assert texts[0] == "Open xn--rxiv-43d.org in the browser?"
    assert "xn--" in texts[1]


def test_what_is_not_opened_is_told_without_letters_that_mislead(links: Links, said: list[str]) -> None:
    links.open("ftp://example.org/\u202egpj.exe\u200b")
    links.open("notes\u202eelif")
    assert said[0].endswith("ftp://example.org/%E2%80%AEgpj.exe%E2%80%8B")
    assert said[1].endswith("notes<U+202E>elif")


def test_another_port_of_a_known_place_is_another_place(links: Links, opened: list[str]) -> None:
    links.open("https://arxiv.org:8443/x")
    assert opened == []
    assert question(links).findChildren(Words)[0].text() == "Open arxiv.org:8443 in the browser?"
    links.open("https://arxiv.org:443/x")
    assert opened == ["https://arxiv.org:443/x"]


@pytest.mark.parametrize("name", ["run.desktop", "run.EXE", "run.exe .", "run.sh"])
def test_a_program_among_the_files_is_not_started(tmp_path: Path, name: str) -> None:
    program = tmp_path / "files" / "ab" / name
    program.parent.mkdir(parents=True)
    program.touch()
    found = target_of(QUrl.fromLocalFile(str(program)).toString(), tmp_path)
    assert found.why_not
    assert found.url.isEmpty()


def test_files_elsewhere_are_not_even_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    is_file = Path.is_file

    def note(path: Path) -> bool:
        asked.append(str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", note)
    for address in ("file://host/share/x.pdf", "file:////host/share/x.pdf", f"file://{tmp_path}/files/../secret.txt"):
        assert target_of(address, tmp_path).why_not
    assert asked == []


def test_the_address_can_be_copied_instead(links: Links) -> None:
    links.open("https://example.org/x")
    copy = next(button for button in question(links).findChildren(QPushButton) if "Copy" in button.text())
    copy.click()
    assert QGuiApplication.clipboard().text() == "https://example.org/x"


def test_files_of_the_library_are_opened_and_no_others(tmp_path: Path) -> None:
    library = tmp_path / "library"
    (library / "files" / "ab").mkdir(parents=True)
    (library / "files" / "ab" / "one.pdf").touch()
    (library / "notes.txt").touch()
    (library / "files" / "out").symlink_to(tmp_path)
    (tmp_path / "secret.txt").touch()

    def target(path: Path) -> str:
        return target_of(QUrl.fromLocalFile(str(path)).toString(), library).why_not

    assert target(library / "files" / "ab" / "one.pdf") == ""
    for path in (library / "notes.txt", library / "files" / "out" / "secret.txt", library / "files" / "none.pdf"):
        assert target(path)
    assert target_of(QUrl.fromLocalFile(str(library / "files" / "ab" / "one.pdf")).toString()).why_not
