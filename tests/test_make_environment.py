"""What `make run` and `make test` say where no environment can be made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "requirements" / "make_environment.sh"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix shell")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    shutil.copy(SCRIPT, tmp_path / "requirements")
    (tmp_path / "tools").mkdir()
    return tmp_path


def pretend(project: Path, name: str, body: str) -> None:
    """Put a program into the path of the script."""
    path = project / "tools" / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def told(project: Path) -> str:
    for tool in ("dirname", "cat", "cksum"):
        found = shutil.which(tool)
        assert found
        (project / "tools" / tool).symlink_to(found)
    shell = shutil.which("sh")
    assert shell
    environment = {**os.environ, "PATH": str(project / "tools"), "PYTHON": ""}
    command = [shell, "requirements/make_environment.sh", "run"]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (project / ".venv").exists()
    return done.stderr


def test_no_python_at_all(project: Path) -> None:
    message = told(project)
    assert "Python 3.11 to 3.14 is needed, and none was found" in message
    assert "sudo apt-get install python3 python3-venv" in message


def test_python_too_old(project: Path) -> None:
    pretend(project, "python3", 'case "$2" in *version_info*) exit 1;; *python_version*) echo 3.9.2;; esac')
    assert "Python 3.11 to 3.14 is needed, and python3 is 3.9.2" in told(project)


def test_python_without_venv_names_the_package_where_apt_is(project: Path) -> None:
    pretend(project, "python3", 'case "$2" in *ensurepip*) exit 1;; *%d.%d*) echo 3.12;; esac')
    pretend(project, "apt-get", "exit 0")
    message = told(project)
    assert "its venv module is not installed" in message
    assert "sudo apt-get install python3-venv   (or python3.12-venv)" in message


def test_python_without_venv_elsewhere(project: Path) -> None:
    pretend(project, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    assert "its modules venv and ensurepip are missing" in told(project)


def test_the_first_python_that_can_is_taken(project: Path) -> None:
    pretend(project, "python3", 'case "$2" in *version_info*) exit 1;; *python_version*) echo 3.9.2;; esac')
    pretend(project, "python3.12", 'case "$1" in -m) exit 1;; esac')
    message = told(project)
    assert "The environment .venv could not be made" in message
