"""One window for each library: later starts knock at its door."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui import single_window
from readinglist.ui.single_window import address, knock
from readinglist.ui.single_window_door import Door, bring_to_front

if os.name == "nt":
    pytest.skip("the tests use sockets; Windows has pipes", allow_module_level=True)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    made = Door(tmp_path / "library")
    assert made.open()
    yield made
    made.close()


def knock_beside(qtbot: QtBot, door: Door, folder: Path, files: list[Path]) -> bool:
    """Knock from another thread, as another program does, while this one runs its loop."""
    answered: list[bool] = []
    thread = threading.Thread(target=lambda: answered.append(knock(folder, files)))
    with qtbot.waitSignal(door.knocked) as told:
        thread.start()
    thread.join()
    assert told.args == [files]
    return answered[0]


def test_a_knock_hands_over_files(qtbot: QtBot, door: Door, tmp_path: Path) -> None:
    files = [tmp_path / "a b.bib", tmp_path / "é\udcff.txt"]
    assert knock_beside(qtbot, door, tmp_path / "library", files)
    assert knock_beside(qtbot, door, tmp_path / "library", [])


@pytest.mark.usefixtures("door")
def test_where_no_window_is_nobody_answers(tmp_path: Path) -> None:
    assert not knock(tmp_path / "another library")


def test_the_same_library_by_another_path_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "library")
    assert address(tmp_path / "link") == address(tmp_path / "library")
    assert address(tmp_path / "library") != address(tmp_path / "other")


def test_a_socket_left_behind_is_no_window_and_gives_way(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    left = socket.socket(socket.AF_UNIX)
    left.bind(address(folder))
    left.close()
    assert not knock(folder)
    door = Door(folder)
    assert door.open()
    door.close()
    assert not Path(address(folder)).exists()


@pytest.mark.usefixtures("qapp")
def test_of_two_windows_that_open_at_once_one_gives_way(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from readinglist.ui.single_window_door import Door
app = QCoreApplication([])
door = Door(Path(sys.argv[1]))
print(door.open(), flush=True)
door.knocked.connect(lambda _files: app.quit())
QTimer.singleShot(20_000, app.quit)
app.exec()
"""
    folder = tmp_path / "library"
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        door = Door(folder)
        assert not door.open()
        door.close()
    assert other.returncode == 0


@pytest.mark.parametrize("line", [b"nonsense\n", b"[]\n", b'{"files": 3}\n', b'{"files": [1, null]}\n', b"\xff\n"])
def test_a_request_that_makes_no_sense_brings_the_window_to_the_front_and_no_more(
    qtbot: QtBot, door: Door, tmp_path: Path, line: bytes
) -> None:
    client = socket.socket(socket.AF_UNIX)
    with qtbot.waitSignal(door.knocked) as told:
        client.connect(address(tmp_path / "library"))
        client.sendall(line)
    assert told.args == [[]]
    client.close()


@pytest.mark.usefixtures("door")
def test_others_cannot_knock(tmp_path: Path) -> None:
    path = Path(address(tmp_path / "library"))
    assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0


def test_a_long_runtime_folder_is_left_for_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    assert not address(tmp_path).startswith(str(deep))
    assert len(address(tmp_path)) < 104


def test_knocking_loads_no_qt() -> None:
    code = (
        "import sys; from pathlib import Path; from readinglist.ui.single_window import knock; "
        "knock(Path('x')); print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert run.stdout == "[]\n"


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_minimized_window_comes_to_the_front(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_to_front(window)
    assert not window.isMinimized()
    assert window.isVisible()


def test_the_request_is_one_line_of_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    Path(address(tmp_path)).touch()

    def answer(_where: str, message: bytes) -> bytes:
        asked.append(message)
        return b"ok\n"

    monkeypatch.setattr(single_window, "_ask_socket", answer)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "abc")
    assert knock(tmp_path, [Path("x.bib")])
    request = json.loads(asked[0])
    assert request == {"files": [str(Path("x.bib").absolute())], "token": ["abc"]}
    assert asked[0].count(b"\n") == 1
