"""From bytes to text: encodings, line ends, damage, and files that are no text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats import FORMATS
from readinglist.formats.encoding import decode

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "bibtex" / "jabref_encodings"
TEXT = "Titles and naïve abstracts – “quoted”\nin two lines.\n"


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "name"),
        [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32-le"),
         ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("utf-32-le", "utf-32-le"),
         ("utf-32-be", "utf-32-be")],
    )  # fmt: skip
    def test_are_told_without_being_named(self, encoding: str, name: str) -> None:
        decoded = decode(TEXT.encode(encoding))
        assert (decoded.text, decoded.encoding, decoded.problems, decoded.error) == (TEXT, name, (), None)

    def test_utf_16_of_chinese_with_few_latin_letters(self) -> None:
        text = "注意力就是你所需要的一切\n我们提出了一种新的网络结构，它只使用注意力。\n" * 20
        assert decode(text.encode("utf-16-le")).text == text

    def test_windows_1252_is_guessed_with_the_line_named(self) -> None:
        decoded = decode("first\r\nsecond – naïve\n".encode("cp1252"))
        assert decoded.text == "first\nsecond – naïve\n"
        assert decoded.encoding == "cp1252"
        assert [(problem.code, problem.line) for problem in decoded.problems] == [("encoding_guessed", 2)]

    @pytest.mark.parametrize(
        "data",
        [
            "naïve – “x”\nbad ".encode() + b"\xff" + " é here\n".encode(),
            b"plain\nbad \xff\xfe here\n",
            "plain\nends in the middle of –".encode()[:-1],
        ],
    )
    def test_broken_utf_8_loses_only_the_broken_bytes(self, data: bytes) -> None:
        decoded = decode(data)
        assert decoded.encoding == "utf-8"
        assert [(problem.code, problem.line) for problem in decoded.problems] == [("invalid_utf8", 2)]
        assert decoded.text.replace("\ufffd", "") == data.decode("utf-8", "ignore")
        assert "\ufffd" in decoded.text

    def test_a_stray_nul_does_not_make_utf_16(self) -> None:
        decoded = decode(b"some plain\x00 text, and more of it\n" * 3)
        assert decoded.encoding == "utf-8"
        assert decoded.text == "some plain text, and more of it\n" * 3


class TestRepairs:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029"])
    def test_line_ends_are_made_alike(self, end: str) -> None:
        assert decode(f"one{end}{end}two{end}".encode()).text == "one\n\ntwo\n"

    def test_control_characters_are_removed_and_counted(self) -> None:
        decoded = decode(b"one\r\ntw\x00o\r\nthr\x07e\x1be\n")
        assert decoded.text == "one\ntwo\nthree\n"
        assert [(problem.code, problem.line) for problem in decoded.problems] == [("control_characters_removed", 2)]
        assert "3 control characters" in decoded.problems[0].message


class TestLargeFiles:
    """Files are decoded piece by piece; what lies across the borders of pieces is read as everywhere."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "utf-32-be"])
    @pytest.mark.parametrize("shift", range(4))
    def test_letters_across_pieces(self, encoding: str, shift: int) -> None:
        text = "x" * shift + "Titles and naïve – abstracts of papers\n" * 50_000
        decoded = decode(text.encode(encoding))
        assert decoded.text == text

    @pytest.mark.parametrize("shift", range(2))
    def test_line_ends_across_pieces(self, shift: int) -> None:
        text = "x" * shift + "\r\n" * 700_000 + "end\r"
        assert decode(text.encode()).text == "x" * shift + "\n" * 700_000 + "end\n"

    def test_damage_in_a_later_piece_is_told_with_its_line(self) -> None:
        lines = b"A line of a file.\n" * 100_000
        decoded = decode(lines + b"bad \xff and \x07\n" + lines)
        assert [(problem.code, problem.line) for problem in decoded.problems] == [
            ("invalid_utf8", 100_001), ("control_characters_removed", 100_001),
        ]  # fmt: skip
        assert decoded.text == lines.decode() + "bad \ufffd and \n" + lines.decode()

    def test_windows_1252_behind_a_long_beginning_in_ascii(self) -> None:
        text = "A line of a file.\n" * 100_000 + "naïve – “x”\n"
        decoded = decode(text.encode("cp1252"))
        assert (decoded.text, decoded.encoding, decoded.problems[0].line) == (text, "cp1252", 100_001)


class TestRefusals:
    @pytest.mark.parametrize("data", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16")])
    def test_empty_files(self, data: bytes) -> None:
        error = decode(data).error
        assert error is not None
        assert error.code == "empty_file"

    @pytest.mark.parametrize(
        ("data", "look"),
        [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
            (b"PK\x03\x04\x14\x00\x00\x00", "a ZIP archive"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
            (b"SQLite format 3\x00\x10\x00", "an SQLite database"),
            (bytes(range(256)) * 4, "a binary file"),
        ],
    )
    def test_what_is_not_text_is_named(self, data: bytes, look: str) -> None:
        decoded = decode(data)
        assert decoded.error is not None
        assert decoded.error.code == "not_text"
        assert look in decoded.error.message
        assert "Hugging Face" in decoded.error.message
        assert decoded.text == ""


@given(st.binary())
def test_any_bytes_give_a_text_or_an_error(data: bytes) -> None:
    decoded = decode(data)
    assert (decoded.error is None) == bool(decoded.text)
    assert not any(control in decoded.text for control in "\x00\x07\r\x85\u2028")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    decoded = decode(("x" + text).encode())
    assert decoded.text == ("x" + text).removeprefix("\ufeff")
    assert decoded.problems == ()


class TestDeclaredEncodings:
    @pytest.mark.parametrize(
        ("head", "encoding", "name"),
        [
            ('<?xml version="1.0" encoding="ISO-8859-2"?>\n<x>{}</x>', "iso8859-2", "iso8859-2"),
            ("<?xml version='1.0' encoding='windows-1251'?>\n<x>{}</x>", "cp1251", "cp1251"),
            ('<!doctype html>\n<html><head><meta charset="gbk"></head>{}', "gb18030", "gb18030"),
            ('<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">{}', "cp1252", "cp1252"),
            ("% This file was created with JabRef 2.9.2.\n% Encoding: Cp1250\n\n@misc{{x, title = {{{}}}}}", "cp1250",
             "cp1250"),
            ("% Encoding: MacRoman\n@misc{{x, title = {{{}}}}}", "mac_roman", "mac-roman"),
            ("% -*- mode: bibtex; coding: koi8-r -*-\n{}", "koi8-r", "koi8-r"),
            ("%% Saved with string encoding Western (ISO Latin 1) \n{}", "cp1252", "cp1252"),
            ("Subject: x\nContent-Type: text/plain;\n\tcharset=iso-8859-15\n\n{}", "iso8859-15", "iso8859-15"),
            ("Subject: x\nContent-Type: text/plain; charset=iso-2022-jp\n\n{}", "iso2022_jp", "iso2022_jp"),
        ],
    )  # fmt: skip
    def test_come_before_a_guess(self, head: str, encoding: str, name: str) -> None:
        words = {"cp1251": "Чебышёв", "koi8-r": "Чебышёв", "gb18030": "注意力", "iso2022_jp": "注意力"}
        text = head.format(words.get(encoding, "ä ö Ü ß é"))
        decoded = decode(text.encode(encoding))
        assert (decoded.text, decoded.encoding, decoded.problems) == (text, name, ())

    def test_a_file_saved_anew_in_utf_8_may_still_declare_another(self) -> None:
        text = "% Encoding: windows-1252\n@misc{x, title = {Über}}\n"
        decoded = decode(text.encode())
        assert (decoded.text, decoded.encoding) == (text, "utf-8")
        assert [problem.code for problem in decoded.problems] == ["encoding_guessed"]
        assert decode(text.replace("Ü", "U").encode()).problems == ()

    @pytest.mark.parametrize("name", ["UTF-7", "punycode", "rot13", "no-such-thing", "base64", "unicode_escape"])
    def test_only_encodings_of_texts_are_trusted(self, name: str) -> None:
        text = f"% Encoding: {name}\n@misc{{x, title = {{+ADw-script+AD4-}}}}\n"
        decoded = decode(text.encode())
        assert (decoded.text, decoded.encoding, decoded.problems) == (text, "utf-8", ())

    def test_a_declaration_that_does_not_fit_is_not_trusted(self) -> None:
        decoded = decode(b"% Encoding: UTF-8\n@misc{x, title = {na\xefve}}\n")
        assert (decoded.encoding, "naïve" in decoded.text) == ("cp1252", True)
        assert [(problem.code, problem.line) for problem in decoded.problems] == [("encoding_guessed", 2)]

    @pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora (../shared/corpora) are not here")
    def test_files_of_jabref(self) -> None:
        names = {"encoding-utf-8-with-header": "utf-8", "encoding-windows-1252-with-header": "cp1252"}
        for name, encoding in names.items():
            decoded = decode((CORPUS / f"{name}.bib").read_bytes())
            assert (decoded.encoding, decoded.problems, decoded.error) == (encoding, (), None)
        assert "25\N{DEGREE SIGN} C" in decoded.text

    def test_a_listing_that_mentions_one_declares_nothing(self) -> None:
        text = 'A title\n\nAn abstract on <meta charset="koi8-r"> and naïve readers.\n'
        assert decode(text.encode()).encoding == "utf-8"
        assert decode(text.encode("cp1252")).encoding == "cp1252"


def test_what_is_refused_is_told_what_is_read() -> None:
    error = decode(b"%PDX" + bytes(range(256)) * 4).error
    assert error is not None
    for known in FORMATS:
        assert (known.short in error.message) == known.reads or not known.reads
    assert error.message.count("Reading List reads ") == 1
