"""The rules of the house, as tests: who may import whom, how the code looks, how large its parts may get."""

import ast
import io
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "readinglist"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Imports that the contracts excuse. The number may only fall.
EXCUSES = 0


def run(*arguments: str) -> None:
    """Run a module of this Python in the project's folder; what it says is the failure."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_imports_run_one_way(tmp_path: Path) -> None:
    command = "import sys; from importlinter.cli import lint_imports_command as main; main()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--cache-dir", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_excuses_only_fall() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    assert sum(len(contract.get("ignore_imports", ())) for contract in contracts) <= EXCUSES


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", "--quiet", ".")


def test_code_has_its_one_shape() -> None:
    run("ruff", "format", "--check", "--quiet", ".")


def test_types_are_right() -> None:
    run("mypy")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says in a line or two what it is for"
    code = code_lines(text, tree)
    assert len(code) <= 300, f"{len(code)} lines of code; 300 are allowed"
    if path.parent.name == "versions":
        return  # a migration tells one step of the database from top to bottom
    for function in functions(tree):
        lines = code & set(range(function.lineno, (function.end_lineno or 0) + 1))
        assert len(lines) <= 40, f"{function.name} has {len(lines)} lines of code; 40 are allowed"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def code_lines(text: str, tree: ast.Module) -> set[int]:
    """The numbers of the lines that hold code: neither blank, nor comment, nor docstring."""
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in silent:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines.difference_update(range(node.lineno, (node.end_lineno or 0) + 1))
    return lines


def test_command_line_loads_no_qt() -> None:
    look = (
        "import sys, pkgutil, importlib, readinglist.cli as cli\n"
        "for module in pkgutil.walk_packages(cli.__path__, 'readinglist.cli.'):\n"
        "    importlib.import_module(module.name)\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_qt_loses_no_reference_to_none() -> None:
    """PySide6 6.12.0 loses one in every call that returns nothing on Python 3.10 and 3.11, and aborts after 5,300.

    Where None is immortal, from Python 3.12 on, its count stays as it is.
    """
    from PySide6.QtCore import QTimer

    assert tuple(map(int, version("PySide6-Essentials").split(".")[:2])) < (6, 12)
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(1000):
        timer.setInterval(10)
    assert before - sys.getrefcount(None) < 100


def wanted(*groups: str) -> list[Requirement]:
    lists = [PROJECT["project"]["dependencies"], *(PROJECT["dependency-groups"][group] for group in groups)]
    return [Requirement(line) for lines in lists for line in lines]


@pytest.mark.parametrize(("lock", "groups"), [("run", ["build"]), ("test", ["build", "test"]), ("package", ["build"])])
def test_lock_holds_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE)
    for requirement in wanted(*groups):
        found = [pin for name, pin in pins if name == requirement.name]
        assert found, f"{requirement.name} is not in {lock}.lock: make lock"
        assert all(map(requirement.specifier.contains, found)), f"{found} are not {requirement}: make lock"
    unpinned = [line for line in text.splitlines() if line[:1].isalpha() and not line.endswith("\\")]
    assert not unpinned, "every package has its hashes"


def tracked_files() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("which files belong to the project is known in a git checkout only")
    done = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_project_tells_nothing_of_the_machine_it_was_made_on() -> None:
    # Written apart so that this file is not found itself.
    forbidden = re.compile(
        rb"(?<![\w.~])/(?:root|work|opt/py"
        rb"pi)/|/(?:home|Users)/(?!you\b)\w+/|/sim"
        rb"ple/|python"
        rb"hosted|index-"
        rb"url="
    )
    found = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in tracked_files()
        if path.suffix not in {".png", ".ttf", ".ico"}
        for match in forbidden.finditer(path.read_bytes())
    ]
    assert not found, "\n".join(found)


def test_help_of_make_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert named is not None
    for target in set(named[1].split()) - {"help"}:
        assert f'"make {target} ' in makefile
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
