"""Says which system libraries the window lacks, and what installs them, before Qt is loaded and aborts instead.

Knows what PySide6's Qt loads from a Linux system; on other systems nothing can be missing.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple


class _Packages(NamedTuple):
    """The packages that hold a library."""

    apt: str
    dnf: str
    pacman: str


_ALWAYS = {
    "libglib-2.0.so.0": _Packages("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0.so.0": _Packages("libglib2.0-0", "glib2", "glib2"),
    "libz.so.1": _Packages("zlib1g", "zlib", "zlib"),
    "libzstd.so.1": _Packages("libzstd1", "libzstd", "zstd"),
    "libdbus-1.so.3": _Packages("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig.so.1": _Packages("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": _Packages("libfreetype6", "freetype", "freetype2"),
    "libEGL.so.1": _Packages("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": _Packages("libgl1", "libglvnd-glx", "libglvnd"),
    "libX11.so.6": _Packages("libx11-6", "libX11", "libx11"),
    "libxkbcommon.so.0": _Packages("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
}
_FOR_X11 = {
    "libX11-xcb.so.1": _Packages("libx11-xcb1", "libX11-xcb", "libx11"),
    "libxkbcommon-x11.so.0": _Packages("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libxcb.so.1": _Packages("libxcb1", "libxcb", "libxcb"),
    "libxcb-cursor.so.0": _Packages("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": _Packages("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": _Packages("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": _Packages("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": _Packages("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render.so.0": _Packages("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": _Packages("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-shape.so.0": _Packages("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": _Packages("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": _Packages("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util.so.1": _Packages("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes.so.0": _Packages("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": _Packages("libxcb-xkb1", "libxcb", "libxcb"),
}
_FOR_WAYLAND = {
    "libwayland-client.so.0": _Packages("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": _Packages("libwayland-cursor0", "libwayland-cursor", "wayland"),
    "libwayland-egl.so.1": _Packages("libwayland-egl1", "libwayland-egl", "wayland"),
}
_LIBRARIES = {"xcb": _ALWAYS | _FOR_X11, "wayland": _ALWAYS | _FOR_WAYLAND, "offscreen": _ALWAYS}
_ALL = _ALWAYS | _FOR_X11 | _FOR_WAYLAND

# The families of systems by the names in /etc/os-release.
_INSTALLERS = {
    "debian": ("sudo apt-get install", "apt"),
    "ubuntu": ("sudo apt-get install", "apt"),
    "fedora": ("sudo dnf install", "dnf"),
    "rhel": ("sudo dnf install", "dnf"),
    "arch": ("sudo pacman -S", "pacman"),
}


def why_no_window(environment: Mapping[str, str] = os.environ, *, system: str = sys.platform) -> str:
    """Why Qt could not open a window here, in a sentence or two that say what to do; "" where it could."""
    if system != "linux":
        return ""
    platforms = _platforms(environment)
    if not platforms:
        return (
            "There is no display to open the window on: neither DISPLAY nor WAYLAND_DISPLAY is set. "
            "The commands work without one; see readinglist --help, or try readinglist tour."
        )
    missing = {platform: missing_system_libraries(platform) for platform in platforms}
    complete = [platform for platform in platforms if not missing[platform]]
    if not complete:
        fewest = min(missing.values(), key=len)
        return explain_missing(fewest)
    if any(_answers(platform, environment) for platform in complete):
        return ""
    variable = "WAYLAND_DISPLAY" if complete == ["wayland"] else "DISPLAY"
    return (
        f"The display {environment.get(variable, '')!r} that {variable} names does not answer, so there is nowhere to "
        f"open the window. Set {variable} to a display that is there, or use the commands; see readinglist --help."
    )


def missing_system_libraries(platform: str) -> tuple[str, ...]:
    """The shared libraries that Qt needs for its platform "xcb", "wayland" or "offscreen" and that cannot be loaded."""
    return tuple(library for library in _LIBRARIES.get(platform, _ALWAYS) if not _loads(library))


def explain_missing(libraries: Iterable[str], os_release: Path = Path("/etc/os-release")) -> str:
    """The sentence that names the missing libraries, with the command of this system that installs them."""
    libraries = tuple(libraries)
    several = len(libraries) > 1
    what = (
        f"The window cannot open, because {'these system libraries are' if several else 'this system library is'} "
        f"missing: {', '.join(libraries)}."
    )
    installer = next((_INSTALLERS[name] for name in _system_names(os_release) if name in _INSTALLERS), None)
    if installer is None:
        return f"{what} Install the packages of your system that hold {'them' if several else 'it'}."
    command, kind = installer
    packages = dict.fromkeys(getattr(_ALL[library], kind) for library in libraries)
    return f"{what} Install {'them' if several else 'it'} with: {command} {' '.join(packages)}"


def _platforms(environment: Mapping[str, str]) -> list[str]:
    """The platforms that Qt would try: those asked for, else those that there is a display for."""
    asked = environment.get("QT_QPA_PLATFORM", "")
    if asked:
        return [name.partition(":")[0].removesuffix("-egl") for name in asked.split(";")]
    displays = {"WAYLAND_DISPLAY": "wayland", "DISPLAY": "xcb"}
    return [platform for variable, platform in displays.items() if environment.get(variable)]


def _loads(library: str) -> bool:
    from ctypes import CDLL

    try:
        CDLL(library)
    except OSError:
        return False
    return True


def _answers(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether the platform's display can be reached; where none can, Qt aborts."""
    if platform == "wayland":
        return (Path(environment.get("XDG_RUNTIME_DIR", "")) / environment.get("WAYLAND_DISPLAY", "wayland-0")).exists()
    if platform != "xcb":
        return True
    from ctypes import CDLL, c_char_p, c_void_p

    xcb = CDLL("libxcb.so.1")
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = (c_char_p, c_void_p), c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (c_void_p,)
    connection = xcb.xcb_connect(environment.get("DISPLAY", "").encode(), None)
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers


def _system_names(os_release: Path) -> Iterator[str]:
    """The system's own name, then those of the systems that it is like."""
    try:
        lines = os_release.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    for name in ("ID", "ID_LIKE"):
        yield from values.get(name, "").strip("\"'").lower().split()
