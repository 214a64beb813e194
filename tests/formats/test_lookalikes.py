"""What no format reads: it is told what it looks like, and what is read."""

from datetime import date

import pytest

from readinglist.formats import FORMATS, open_text
from readinglist.formats.lookalikes import look_of, look_of_beginning, what_is_read


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("Dear Anna,\n\nthank you for your letter. I was glad to read it.\n\nBest regards,\nTom", "a letter"),
        ("import os\n\n\ndef main():\n    print(os.name)\n\n\nmain()\n", "source code"),
        ("<!DOCTYPE html>\n<html><body>Get trending papers in your email inbox!</body></html>", "a web page"),
        ("From: <Saved by Blink>\nSubject: A page\n\nnothing\n", "a web page saved as one file"),
        ("Return-Path: <a@example.com>\nSubject: Lunch\n\nAt noon?\n", "an e-mail"),
        ("\\documentclass{article}\n\\begin{document}\nA \\\\\n\\end{document}\n", "a LaTeX document"),
        ("%!PS-Adobe-3.0\n%%Title: A\n", "a PostScript document"),
        ("hello", "a single line"),
    ],
)
def test_what_is_refused_is_told_its_look_and_what_is_read(text: str, look: str) -> None:
    opened = open_text("file", text.encode(), date(2026, 6, 30))
    assert opened.error is not None
    assert opened.error.code == "not_recognised"
    assert look in opened.error.message
    assert opened.error.message.endswith(what_is_read())


def test_the_sentence_names_each_format_that_is_read_and_no_other() -> None:
    sentence = what_is_read()
    assert all(known.short and known.short in sentence for known in FORMATS if known.reads)
    assert not any(known.short for known in FORMATS if not known.reads)


@pytest.mark.parametrize("text", ["", "\n", "\x00", "<" * 100_000, "{" * 100_000, "@" * 100_000, "a: " * 100_000])
def test_of_whatever_text_there_is_something_to_say(text: str) -> None:
    assert look_of(text)
    assert isinstance(look_of_beginning(text), str)
