"""Inspect: what an import would read, as plain data for scripts."""

import json
from datetime import date
from pathlib import Path

from readinglist.library.inspecting import inspect
from readinglist.paths import resource

TODAY = date(2026, 6, 30)


def test_the_sample_as_json(tmp_path: Path) -> None:
    path = resource("samples", "listing.txt")
    answer = json.loads(json.dumps(inspect([path], TODAY)))
    (file,) = answer["files"]
    assert (file["path"], file["format"], file["encoding"]) == (str(path), "hf-listing", "utf-8")
    assert (file["warnings"], file["errors"], len(file["papers"])) == ([], [], 25)
    first = file["papers"][0]
    assert first.pop("abstract").startswith("For years, ")
    assert first == {
        "title": "Attention Is All You Need",
        "entry_type": "misc",
        "listed_on": "2026-03-14",
        "position": 1,
        "links": [{"url": "https://github.com/tensorflow/tensor2tensor", "kind": "code"}],
    }
    assert list(tmp_path.iterdir()) == []


def test_warnings_have_a_code_a_line_and_a_message(tmp_path: Path) -> None:
    path = tmp_path / "listing.txt"
    path.write_text(
        "new\n\nSubscribe\n\nMar 14\n\nFirst Title\n\nWe do it.\n\nA Title Alone\n\nThird Title\n\nIt is so.\n"
    )
    (file,) = inspect([path], TODAY)["files"]
    (warning,) = file["warnings"]
    assert (warning["code"], warning["line"]) == ("missing_abstract", 11)
    assert "A Title Alone" in warning["message"]
    assert [paper.get("abstract") for paper in file["papers"]] == ["We do it.", None, "It is so."]


def test_authors_are_given_by_the_parts_of_their_names(tmp_path: Path) -> None:
    path = tmp_path / "listing.txt"
    path.write_text("Mar 14\n\n42\n\nA Title\n\nAda Lovelace, Ludwig van Beethoven\n\nWe do it well. It is done.\n")
    (paper,) = inspect([path], TODAY)["files"][0]["papers"]
    assert paper["authors"] == [
        {"family": "Lovelace", "given": "Ada"},
        {"family": "Beethoven", "given": "Ludwig", "particle": "van"},
    ]
    assert paper["upvotes"] == 42


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    empty = tmp_path / "empty.txt"
    empty.touch()
    folder = tmp_path / "folder"
    folder.mkdir()
    paths = [tmp_path / "missing.txt", folder, picture, empty, resource("samples", "listing.txt")]
    files = inspect(paths, TODAY)["files"]
    assert [[error["code"] for error in file["errors"]] for file in files] == [
        ["not_recognised"], ["no_papers"], ["not_text"], ["empty_file"], [],
    ]  # fmt: skip
    assert [len(file["papers"]) for file in files] == [0, 0, 0, 0, 25]
    assert "No such file" in files[0]["errors"][0]["message"]


def test_an_abstract_without_a_title_is_warned_of_once(tmp_path: Path) -> None:
    path = tmp_path / "listing.txt"
    orphan = "We study birds. They sing at dawn. We say why."
    path.write_text(f"new\n\nSubscribe\n\nMar 14\n\n{orphan}\n\nA Title\n\nWe do it. It is done.\n")
    (file,) = inspect([path], TODAY)["files"]
    assert [(warning["code"], warning["line"]) for warning in file["warnings"]] == [("orphan_abstract", 7)]
