"""What the window needs of the system, and how it is said that something is missing."""

import re
import sys
from pathlib import Path

import pytest

from readinglist import desktop_check
from readinglist.desktop_check import explain_missing, missing_system_libraries, why_no_window

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves these libraries to the system")
ROOT = Path(__file__).parents[1]


def os_release(folder: Path, text: str) -> Path:
    path = folder / "os-release"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ("NAME=x\nID=debian\n", "sudo apt-get install libxcb-cursor0 libxcb-xkb1"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt-get install libxcb-cursor0 libxcb-xkb1"),
        ("ID=fedora\n", "sudo dnf install xcb-util-cursor libxcb"),
        ("ID='rocky'\nID_LIKE='rhel centos fedora'\n", "sudo dnf install xcb-util-cursor libxcb"),
        ("ID=endeavouros\nID_LIKE=arch\n", "sudo pacman -S xcb-util-cursor libxcb"),
    ],
)
def test_missing_libraries_are_named_with_the_command_that_installs_them(
    tmp_path: Path, release: str, command: str
) -> None:
    told = explain_missing(("libxcb-cursor.so.0", "libxcb-xkb.so.1"), os_release(tmp_path, release))
    assert told == (
        "The window cannot open, because these system libraries are missing: libxcb-cursor.so.0, libxcb-xkb.so.1. "
        f"Install them with: {command}"
    )


def test_one_package_is_named_once(tmp_path: Path) -> None:
    told = explain_missing(("libxcb-shm.so.0", "libxcb-xkb.so.1"), os_release(tmp_path, "ID=arch"))
    assert told.endswith("pacman -S libxcb")


def test_an_unknown_system_still_gets_the_names(tmp_path: Path) -> None:
    told = "this system library is missing: libEGL.so.1. Install the packages of your system that hold it."
    assert told in explain_missing(("libEGL.so.1",), os_release(tmp_path, "ID=haiku\nnonsense"))
    assert told in explain_missing(("libEGL.so.1",), tmp_path / "none")


def test_without_a_display_the_commands_are_pointed_out() -> None:
    assert "no display" in why_no_window({}, system="linux")
    assert "readinglist tour" in why_no_window({}, system="linux")
    assert why_no_window({}, system="darwin") == why_no_window({}, system="win32") == ""


@ON_LINUX
def test_a_library_that_cannot_be_loaded_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {"libnone-of-this-name.so.0": desktop_check._Packages("a", "b", "c")}
    monkeypatch.setitem(desktop_check._LIBRARIES, "xcb", gone)
    monkeypatch.setattr(desktop_check, "_ALL", gone)
    assert missing_system_libraries("xcb") == ("libnone-of-this-name.so.0",)
    told = "this system library is missing: libnone-of-this-name.so.0"
    assert told in why_no_window({"DISPLAY": ":0"}, system="linux")
    assert told in why_no_window({"QT_QPA_PLATFORM": "xcb:x=y"}, system="linux")
    assert why_no_window({"QT_QPA_PLATFORM": "xcb;offscreen"}, system="linux") == ""


@ON_LINUX
def test_a_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for platform in ("xcb", "wayland"):
        monkeypatch.setitem(desktop_check._LIBRARIES, platform, {})
    told = why_no_window({"DISPLAY": ":9417"}, system="linux")
    assert told.startswith("The display ':9417' that DISPLAY names does not answer")
    wayland = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert "'wayland-7' that WAYLAND_DISPLAY names does not answer" in why_no_window(wayland, system="linux")
    (tmp_path / "wayland-7").touch()
    assert why_no_window(wayland | {"DISPLAY": ":9417"}, system="linux") == ""


@ON_LINUX
def test_nothing_is_missing_where_these_tests_run() -> None:
    assert missing_system_libraries("offscreen") == ()


@ON_LINUX
def test_the_tables_hold_what_the_installed_qt_needs() -> None:
    import PySide6

    qt = Path(PySide6.__file__).parent / "Qt"
    gui = [qt / "lib" / f"libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "DBus", "Svg")]
    files = {
        "offscreen": [*gui, qt / "plugins/platforms/libqoffscreen.so"],
        "xcb": [*gui, qt / "plugins/platforms/libqxcb.so", qt / "lib/libQt6XcbQpa.so.6"],
        "wayland": [*gui, qt / "plugins/platforms/libqwayland.so", qt / "lib/libQt6WaylandClient.so.6"],
    }
    from_everywhere = r"lib(c|m|dl|rt|pthread|stdc\+\+|gcc_s)\.so|libQt6|libicu"
    for platform, paths in files.items():
        named = {name for path in paths for name in _library_names(path)}
        needed = {name for name in named if not re.match(from_everywhere, name)}
        assert needed <= set(desktop_check._LIBRARIES[platform]), platform


def _library_names(path: Path) -> set[str]:
    """The names of shared libraries in the string table of an ELF file."""
    found = re.findall(rb"\0(lib[A-Za-z0-9_+.-]+\.so\.\d+)(?=\0)", path.read_bytes())
    return {name.decode() for name in found}


@ON_LINUX
def test_the_test_machine_installs_what_the_tables_name() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    from_others = {"zlib1g", "libzstd1", "libfreetype6"}  # come with the system or with libfontconfig1
    packages = {names.apt for names in desktop_check._ALL.values()} - from_others
    assert packages <= set(re.findall(r"lib[\w.-]+", script))
