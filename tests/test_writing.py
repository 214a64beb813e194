"""No file is ever half written: whatever opens one to write goes through `paths`, or says here why not."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "readinglist"

_SCRATCH = "a file of a scratch folder, which nobody reads after a crash"
_PART = "a file of a folder that gets its name only when all of it is on the disk"
_CACHE = (
    "a cache: what is written is compared with its checksum before the first answer, and made anew where it differs"
)

# The modules that write otherwise, and why that is safe.
ALLOWED = {
    "paths.py": "the one place: a new file beside, on the disk before it takes the old one's name",
    "library/as_of.py": _SCRATCH,
    "library/complete_files.py": _PART,
    "library/complete_import.py": _PART,
    "library/exporting.py": "what is no file, such as a pipe; files go through `paths`",
    "search/row_files.py": _CACHE,
    "search/segment_notes.py": _CACHE,
    "store/aside.py": "asks for a lock, and has a whole file on the disk before it is renamed",
    "store/backup.py": _PART,
    "store/journal_rewinding.py": _SCRATCH,
    "store/opening.py": "makes a new database empty, which SQLite fills; or a copy to look at in a scratch folder",
    "store/salvage.py": _SCRATCH,
    "library/crash_reports.py": "where Python writes in its last moment, when no code of ours runs any more",
    "ui/single_window.py": "the pipe of Windows by which a later start asks the first window; no file",
    "ui/settings.py": "QSettings, which writes by QSaveFile: on the disk before it takes the old one's name",
}
_WRITERS = {
    "write_text", "write_bytes", "touch", "mkstemp", "NamedTemporaryFile", "TemporaryFile", "copyfile", "copy2",
    "copytree", "QSettings", "QFile", "QSaveFile", "QPdfWriter", "savez", "tofile",
}  # fmt: skip


def test_files_are_written_in_one_place() -> None:
    found = {path: [*_writing(path)] for path in sorted(PACKAGE.rglob("*.py"))}
    told = [
        f"{path.relative_to(PACKAGE).as_posix()}:{call.lineno}: {ast.unparse(call)}"
        for path, calls in found.items()
        for call in calls
        if path.relative_to(PACKAGE).as_posix() not in ALLOWED
    ]
    assert told == [], "use paths.write_then_rename or paths.replacing, or say in ALLOWED why this is safe"


def test_no_excuse_outlives_its_reason() -> None:
    needless = [name for name in ALLOWED if not (PACKAGE / name).exists() or not [*_writing(PACKAGE / name)]]
    assert needless == []


def _writing(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _writes(node):
            yield node


def _writes(call: ast.Call) -> bool:
    whole = ast.unparse(call.func)
    name = whole.rpartition(".")[2]
    if name == "open":
        return (whole == "os.open" and "O_RDONLY" not in ast.unparse(call)) or any(map(_is_mode, _texts(call)))
    pictured = name == "save" and any(text in {"PNG", "JPG", "SVG"} for text in _texts(call))
    return name in _WRITERS or (pictured and ast.unparse(call.args[0]) != "buffer")


def _texts(call: ast.Call) -> list[str]:
    values = (*call.args, *(keyword.value for keyword in call.keywords))
    return [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]


def _is_mode(text: str) -> bool:
    return len(text) <= 4 and set(text) <= set("rwaxbt+") and bool(set(text) & set("wax+"))
