"""What holds for every test: no window on the screen, no file of the user touched, nothing unexpected logged."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

# Set before the Qt plugin of pytest loads Qt. A developer who wants to watch sets QT_QPA_PLATFORM.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import pytest

from readinglist.desktop_check import explain_missing, missing_system_libraries

# pytest-qt loads Qt for every run, and would only show a trace.
if sys.platform == "linux" and (_missing := missing_system_libraries("offscreen")):
    sys.exit(explain_missing(_missing))

# The same examples in every run, and no deadline: a noisy machine must not decide what is right.
hypothesis.settings.register_profile("same-everywhere", derandomize=True, deadline=None, max_examples=60)
hypothesis.settings.load_profile("same-everywhere")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expects_log: the test provokes log records of level WARNING and above")


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for the whole run, so that programs started by tests do not each scan the fonts anew."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, also for programs that the test starts: the user's own library and settings are out of reach."""
    folder = tmp_path_factory.mktemp("home")
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    for name, path in {
        "HOME": folder,
        "USERPROFILE": folder,
        "APPDATA": folder / "AppData" / "Roaming",
        "LOCALAPPDATA": folder / "AppData" / "Local",
        "XDG_DATA_HOME": folder / ".local" / "share",
        "XDG_CONFIG_HOME": folder / ".config",
        "XDG_STATE_HOME": folder / ".local" / "state",
        "XDG_CACHE_HOME": shared_cache,
        "XDG_RUNTIME_DIR": runtime,
    }.items():
        monkeypatch.setenv(name, str(path))
    monkeypatch.delenv("READINGLIST_LIBRARY", raising=False)
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")  # no process goes on after its test
    return folder


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """The path of a library that does not exist yet."""
    return tmp_path / "library"


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Silence is part of every test: a warning or an error in the log fails it, unless it is marked `expects_log`."""
    records = _Records()
    logging.getLogger().addHandler(records)
    yield
    logging.getLogger().removeHandler(records)
    if records.lines and request.node.get_closest_marker("expects_log") is None:
        pytest.fail("Logged, but not expected:\n" + "\n".join(records.lines))
