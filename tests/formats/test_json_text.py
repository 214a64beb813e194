"""JSON taken safely: records one by one with their lines, and whatever is damaged costs itself alone."""

import json
import random
import time

import pytest

from readinglist.formats.json_text import Item, line_of, lines_of, load, member, records
from readinglist.formats.record import Problem, Skipped

LONG = "9" * 5000
ODD: tuple[object, ...] = (" a\n b\x00 ", 5, 2.5, True, None, [], {})


def values(text: str, *at: str) -> list[object]:
    return [entry.value for entry in records(text, at) if isinstance(entry, Item)]


def lines(text: str, *at: str) -> list[int]:
    return [entry.line for entry in records(text, at) if isinstance(entry, Item)]


def test_a_whole_text_is_loaded() -> None:
    assert load('\ufeff {"a": [1, 2.5, "x", null, true]}\n') == {"a": [1, 2.5, "x", None, True]}


@pytest.mark.parametrize(
    "text", ["", "{", "[1, 2", '{"a" 1}', "nothing", "[1] [2]", "[" * 100_000, '{"a":' * 100_000, "{'a': 1}"]
)
def test_what_is_no_json_raises_a_value_error_alone(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        load(text)


def test_numbers_that_are_too_much_stay_text_and_nan_is_nothing() -> None:
    assert load(f'[{LONG}, 1e999, -1e999, NaN, -Infinity, 12, 1{LONG}.5]') == [
        LONG, "1e999", "-1e999", None, None, 12, f"1{LONG}.5",
    ]  # fmt: skip


def test_halves_of_surrogate_pairs_become_the_replacement_character_and_pairs_stay() -> None:
    assert load(r'["\ud83d\ude00", "\ud800x", "\udc00", "\\ud800", "\ud83d\\ude00"]') == [
        "😀", "\ufffdx", "\ufffd", r"\ud800", "\ufffd\\ude00",
    ]  # fmt: skip
    assert load('["\ud800"]') == ["\ufffd"]


def test_of_a_repeated_name_the_last_counts() -> None:
    assert load('{"a": 1, "a": 2}') == {"a": 2}


def test_line_ends_within_strings_are_kept() -> None:
    assert load('["a\nb\tc"]') == ["a\nb\tc"]


def test_each_value_of_the_array_has_its_line() -> None:
    text = '[\n  {"a": 1},\n\n  {\n    "a": 2\n  }, {"a": 3}\n]\n'
    assert values(text) == [{"a": 1}, {"a": 2}, {"a": 3}]
    assert lines(text) == [2, 4, 6]


def test_the_array_of_a_member_is_found_also_within_objects() -> None:
    text = '{"status": "ok", "message": {"total": 2, "items": [\n{"a": 1},\n{"a": 2}]}, "items": [{"a": 3}]}'
    assert values(text, "items", "message") == [{"a": 1}, {"a": 2}]
    assert lines(text, "items", "message") == [2, 3]
    assert values('{"message": {"a": 1}}', "items", "message") == [{"a": 1}]
    assert values('{"items": "none", "b": 2}', "items") == [{"items": "none", "b": 2}]


def test_objects_one_after_the_other_are_values_as_in_json_lines() -> None:
    assert values('{"a": 1}\n{"a": 2}\n\n{"a": 3}\n') == [{"a": 1}, {"a": 2}, {"a": 3}]
    assert lines('{"a": 1}\n{"a": 2}\n\n{"a": 3}\n') == [1, 2, 4]


def test_an_empty_array_and_missing_or_extra_commas() -> None:
    assert values("[]") == []
    assert values('[{"a": 1} {"a": 2},,]') == [{"a": 1}, {"a": 2}]
    assert list(records("")) == []


def test_an_array_that_is_cut_off_gives_what_is_whole_and_says_so() -> None:
    entries = list(records('[\n{"a": 1},\n{"a": 2},\n{"a": "x'))
    assert [type(entry) for entry in entries] == [Item, Item, Skipped, Problem]
    assert entries[2] == Skipped(4, "This is no valid JSON: unterminated string starting at in line 4.")
    assert isinstance(entries[3], Problem)
    assert entries[3].code == "possibly_truncated"
    assert [type(entry) for entry in records('[{"a": 1}, ')] == [Item, Problem]


@pytest.mark.parametrize(
    "damage",
    ['"a": x', '"a": "quote " within"', '"a": 1, 7', f'"a": {"[" * 100_000}', '"a": ' + "[" * 2000 + "]" * 2000],
)
def test_a_damaged_record_costs_itself_alone(damage: str) -> None:
    text = f'[\n  {{"b": 1}},\n  {{{damage}}},\n  {{"b": 2}}\n]'
    entries = list(records(text))
    assert [entry.value for entry in entries if isinstance(entry, Item)] == [{"b": 1}, {"b": 2}]
    assert [entry.line for entry in entries if isinstance(entry, Skipped)] == [3]


def test_a_damaged_record_on_one_line_with_all_others_costs_itself_alone() -> None:
    assert values('[{"b": 1}, {"a": x, "c": [1, {}]}, {"b": 2}]') == [{"b": 1}, {"b": 2}]
    assert values('[{"b": 1}, oops, {"b": 2}]') == [{"b": 1}, {"b": 2}]


def test_a_text_of_damage_alone_ends_soon_and_says_so() -> None:
    text = "[" + "{x},\n" * 200_000 + "]"
    started = time.perf_counter()
    entries = list(records(text))
    assert time.perf_counter() - started < 10
    assert isinstance(entries[-1], Problem)
    assert len(entries) == 1001


@pytest.mark.parametrize(
    "text",
    ['["' + '\\"' * 500_000, "[" * 500_000, '{"items":' * 200_000, "[" + '"x' * 500_000, "{" * 200_000 + "}" * 200_000],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    started = time.perf_counter()
    list(records(text, ["items"]))
    member(text, "items")
    assert time.perf_counter() - started < 5


def test_a_member_is_found_and_anything_else_is_none() -> None:
    text = '{"config": {"a": "{"}, "collections": {"x": 1}, "items": [}'
    assert member(text, "collections") == {"x": 1}
    assert member(text, "nothing") is None
    assert member("[1]", "a") is None
    assert member("", "a") is None


def test_strings_and_numbers_are_text_and_all_else_is_none() -> None:
    assert [line_of(value) for value in ODD] == ["a b", "5", "2.5"] + [""] * 4
    assert lines_of("a\r\n\r\nb ") == "a\n\nb"


def test_no_text_raises_anything() -> None:
    seed = json.dumps({"items": [{"id": "é\ud83d", "n": [1, 2.5, None], "t": 'a "b" \\ c'}] * 3}, indent=1)
    chance = random.Random(5)
    for _ in range(2000):
        text = seed
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(text) + 1)
            end = min(len(text), start + chance.choice([0, 1, 3, 20]))
            text = text[:start] + chance.choice(["", '"', "{", "]", "\\", "\ud800", text[end : end + 9]]) + text[end:]
        for entry in records(text, ["items"]):
            if isinstance(entry, Item):
                json.dumps(entry.value, ensure_ascii=False).encode()
        member(text, "items")
