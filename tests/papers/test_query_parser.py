"""What typed searches mean: words, phrases, tests, operators, brackets; and that nothing typed is too much."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query import And, DateRange, FieldTest, Node, Not, Or, Phrase, Query, Word
from readinglist.papers.query_parser import DEEPEST_BRACKETS, parse

TODAY = date(2026, 3, 18)  # a Wednesday
EVERYTHING = And(())


def tree(text: str, typing: bool = False) -> Node:
    return parse(text, TODAY, typing).tree


def messages(query: Query) -> list[str]:
    return [problem.message for problem in query.problems]


def is_(field: str, value: str | int | DateRange, operator: str = "=") -> FieldTest:
    return FieldTest(field, operator, value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", EVERYTHING),
        ("   ", EVERYTHING),
        ("attention", Word("attention")),
        ("attention  heads", And((Word("attention"), Word("heads")))),
        ("attention and heads", And((Word("attention"), Word("heads")))),
        ("attention AND heads", And((Word("attention"), Word("heads")))),
        ('"attention heads"', Phrase("attention heads")),
        ("“attention heads”", Phrase("attention heads")),
        ("lang*", Word("lang", prefix=True)),
        ("-lang*", Not(Word("lang", prefix=True))),
        ("langage~", Word("langage", near=True)),
        ("a multi modal b", And((Word("a"), Word("multi modal"), Word("b")))),
        ("Pre training", Word("Pre training")),
        ("multi  modal", And((Word("multi"), Word("modal")))),
        ("-multi modal", And((Not(Word("multi")), Word("modal")))),
        ("multi or modal", Or((Word("multi"), Word("modal")))),
        ("multi tag:x pre", And((Word("multi"), is_("tag", "x"), Word("pre")))),
        ("title:langage~", Word("langage", "title", near=True)),
        ("langage~*", Word("langage", prefix=True)),
        ("~", EVERYTHING),
        ("tag:nl*", is_("tag", "nl*")),
        ("status:re*", Or((is_("status", "reading"), is_("status", "read")))),
        ("is:tra*", is_("is", "trashed")),
        ("has:a*", Or((is_("has", "arxiv"), is_("has", "authors"), is_("has", "abstract")))),
        ("venue:neur*", is_("venue", "neur")),
        ("a -b", And((Word("a"), Not(Word("b"))))),
        ("a not b", And((Word("a"), Word("not"), Word("b")))),
        ("a NOT b", And((Word("a"), Not(Word("b"))))),
        ('-"a b"', Not(Phrase("a b"))),
        ("--a", Not(Word("a"))),
        ("NOT NOT a", Word("a")),
        ("NOT -a", Word("a")),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("-title:a", Not(Word("a", "title"))),
        ("a or b", Or((Word("a"), Word("b")))),
        ("a OR b | c", Or((Word("a"), Word("b"), Word("c")))),
        ("a|b", Or((Word("a"), Word("b")))),
        ("a b or c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b or c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("a (b (c))", And((Word("a"), Word("b"), Word("c")))),
        ("a(b)", And((Word("a"), Word("b")))),
        ("title:a", Word("a", "title")),
        ("TITLE:a", Word("a", "title")),
        ("author:a", Word("a", "authors")),
        ("note:a", Word("a", "notes")),
        ('abstract:"a b" c', And((Phrase("a b", "abstract"), Word("c")))),
        ('title:(a "b c") d', And((Word("a", "title"), Phrase("b c", "title"), Word("d")))),
        ("title:(a or abstract:b)", Or((Word("a", "title"), Word("b", "abstract")))),
        ("multi-modal", Word("multi-modal")),
        ("C++ GPT-4", And((Word("C++"), Word("GPT-4")))),
    ],
)
def test_words_and_operators(text: str, meant: Node) -> None:
    query = parse(text, TODAY)
    assert (query.tree, query.problems) == (meant, ())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("BERT: Pre-training", And((Word("BERT"), Word("Pre-training")))),
        ("foo:bar", And((Word("foo"), Word("bar")))),
        ("Not All You Need", And((Word("Not"), Word("All"), Word("You"), Word("Need")))),
        ("Attention - a survey", And((Word("Attention"), Word("a"), Word("survey")))),
        ("Attention — & survey", And((Word("Attention"), Word("survey")))),
        ("Title: A Survey", And((Word("A"), Word("Survey")))),
        ("https://example.org/a", And((Word("https"), Word("//example.org/a")))),
    ],
)
def test_pasted_titles_and_addresses_are_words(text: str, meant: Node) -> None:
    query = parse(text, TODAY)
    assert (query.tree, query.problems) == (meant, ())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('"a b', Phrase("a b")),
        ('a "', Word("a")),
        ("(a b", And((Word("a"), Word("b")))),
        ("a b)", And((Word("a"), Word("b")))),
        (")(", EVERYTHING),
        ("a or", Word("a")),
        ("or a", Word("a")),
        ("a and", Word("a")),
        ("a | | b", Or((Word("a"), Word("b")))),
        ("a -", Word("a")),
        ("-", EVERYTHING),
        ("NOT", EVERYTHING),
        ("-() a", Word("a")),
        ("*", EVERYTHING),
        ("a:", Word("a")),
        ("title:", EVERYTHING),
    ],
)
def test_broken_syntax_still_finds(text: str, meant: Node) -> None:
    assert tree(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tag:nlp", is_("tag", "nlp")),
        ("tag:#nlp/parsing", is_("tag", "nlp/parsing")),
        ('tag:"to discuss"', is_("tag", "to discuss")),
        ('tag:"a ""b"" c"', is_("tag", 'a "b" c')),
        ("tag:a,b", Or((is_("tag", "a"), is_("tag", "b")))),
        ("-tag:a,b", Not(Or((is_("tag", "a"), is_("tag", "b"))))),
        ("status:inbox", is_("status", "inbox")),
        ("status:ToRead", is_("status", "to-read")),
        ('status:inbox,"to read"', Or((is_("status", "inbox"), is_("status", "to-read")))),
        ("status:(inbox or reading)", Or((is_("status", "inbox"), is_("status", "reading")))),
        ("is:starred", is_("is", "starred")),
        ("is:new", is_("is", "new")),
        ("is:read", is_("status", "read")),
        ("has:code", is_("has", "code")),
        ("has:notes", is_("has", "note")),
        ("rating:5", is_("rating", 5)),
        ("rating:>=4", is_("rating", 4, ">=")),
        ("seen:≥2", is_("seen", 2, ">=")),
        ("year:2020", is_("year", 2020)),
        ("year:>2019", is_("year", 2019, ">")),
        ("year:2019-2021", And((is_("year", 2019, ">="), is_("year", 2021, "<=")))),
        ("year:2019..", is_("year", 2019, ">=")),
        ("year:..2019", is_("year", 2019, "<=")),
        ("venue:ACL", is_("venue", "ACL")),
        ("doi:https://doi.org/10.1/ABC(2)d", is_("doi", "10.1/abc(2)d")),
        ("(doi:10.1/abc)", is_("doi", "10.1/abc")),
        ("arxiv:arXiv:1706.03762v2", is_("arxiv", "1706.03762v2")),
        ("arxiv:https://arxiv.org/pdf/1706.03762.pdf", is_("arxiv", "1706.03762")),
        ("key:Vaswani2017", is_("key", "Vaswani2017")),
        ("in:2026-03-14", is_("in", "2026-03-14")),
        ("in:2026-03-14#2", is_("in", "2026-03-14#2")),
        ('in:"my file, 2.txt"', is_("in", "my file, 2.txt")),
    ],
)
def test_field_tests(text: str, meant: Node) -> None:
    query = parse(text, TODAY)
    assert (query.tree, query.problems) == (meant, ())


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03-14", date(2026, 3, 14), date(2026, 3, 14)),
        (">2026-03-14", date(2026, 3, 15), None),
        (">2026-03", date(2026, 4, 1), None),
        (">=2026-03", date(2026, 3, 1), None),
        ("<2026-03", None, date(2026, 2, 28)),
        ("<=2026-03", None, date(2026, 3, 31)),
        ("2026-01..2026-03", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-01..", date(2026, 1, 1), None),
        ("..2026-01", None, date(2026, 1, 31)),
        ("today", TODAY, TODAY),
        ("yesterday", date(2026, 3, 17), date(2026, 3, 17)),
        ("this-week", date(2026, 3, 16), date(2026, 3, 22)),
        ("last-week", date(2026, 3, 9), date(2026, 3, 15)),
        ("Last-Week", date(2026, 3, 9), date(2026, 3, 15)),
        ("this-month", date(2026, 3, 1), date(2026, 3, 31)),
        ("last-month", date(2026, 2, 1), date(2026, 2, 28)),
        ("last-year", date(2025, 1, 1), date(2025, 12, 31)),
        ("last-7-days", date(2026, 3, 12), TODAY),
        (">=last-month", date(2026, 2, 1), None),
    ],
)
def test_dates(value: str, first: date | None, last: date | None) -> None:
    for field in ("added", "read", "listed"):
        assert tree(f"{field}:{value}") == is_(field, DateRange(first, last))


@pytest.mark.parametrize("word", ["best", "listed", "added", "title", "year", "rating"])
def test_sort_is_told_apart_from_what_is_looked_for(word: str) -> None:
    query = parse(f"a sort:{word} b", TODAY)
    assert (query.tree, query.sort) == (And((Word("a"), Word("b"))), word)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a status:banana b", "status:banana", "inbox, to-read, reading, read, skipped"),
        ("a is:banana b", "is:banana", "starred, new, unread, trashed"),
        ("a has:banana b", "has:banana", "code, note, pdf, doi"),
        ("a seen:>=x b", "seen:>=x", "needs a number"),
        ("a rating:6 b", "rating:6", "from 1 to 5"),
        ("a year:twenty b", "year:twenty", "2019-2021"),
        ("a added:2026-13 b", "added:2026-13", "no such date"),
        ("a added:soon b", "added:soon", "last-week"),
        ("a added:>9999-12-31 b", "added:>9999-12-31", "no days"),
        ("a added:<0001-01-01 b", "added:<0001-01-01", "no days"),
        ("a sort:color b", "sort:color", "best, listed, added"),
        ("a tag: b", "tag:", "needs a value"),
    ],
)
def test_a_wrong_value_is_a_problem_and_the_rest_counts(text: str, place: str, says: str) -> None:
    query = parse(text, TODAY)
    assert query.tree == And((Word("a"), Word("b")))
    (problem,) = query.problems
    assert text[problem.start : problem.end] == place
    assert says in problem.message


def test_of_a_list_the_good_values_count() -> None:
    query = parse("status:inbox,banana", TODAY)
    assert query.tree == is_("status", "inbox")
    assert len(query.problems) == 1


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("neural lang", And((Word("neural"), Word("lang", prefix=True)))),
        ("neural lang ", And((Word("neural"), Word("lang")))),
        ("title:lang", Word("lang", "title", prefix=True)),
        ("(neural lang", And((Word("neural"), Word("lang", prefix=True)))),
        ('"neural lang', Phrase("neural lang", prefix=True)),
        ('"neural lang"', Phrase("neural lang")),
        ("neural -lang", And((Word("neural"), Not(Word("lang"))))),
        ("neural tag:", Word("neural")),
        ("neural status:zz", Word("neural")),
        ("status:rea", Or((is_("status", "reading"), is_("status", "read")))),
        ("status:read", is_("status", "read")),
        ("is:st", is_("is", "starred")),
        ("has:pd", is_("has", "pdf")),
        ("tag:nl", FieldTest("tag", "=", "nl", unfinished=True)),
        ("tag:a,nl", Or((is_("tag", "a"), FieldTest("tag", "=", "nl", unfinished=True)))),
        ("tag:nl ", is_("tag", "nl")),
        ('tag:"nl"', is_("tag", "nl")),
        ("langage~", Word("langage", near=True)),
        ("neural added:2026-0", Word("neural")),
        ("neural status:rea b", And((Word("neural"), Word("b", prefix=True)))),
    ],
)
def test_while_typing_the_last_word_goes_on(text: str, meant: Node) -> None:
    assert tree(text, typing=True) == meant


def test_while_typing_an_unfinished_test_is_no_problem() -> None:
    assert not parse("neural status:rea", TODAY, typing=True).problems
    assert not parse("neural tag:", TODAY, typing=True).problems
    assert parse("status:rea neural", TODAY, typing=True).problems


@pytest.mark.parametrize(
    "piece", ["(", "(a ", "-(", "NOT ", "- ", "a:", '"', "a or ", 'tag:"', "status:((", "title:(", ")", ",", "tag:,"]
)
def test_no_length_and_no_depth_is_too_much(piece: str) -> None:
    query = parse(piece * (100_000 if piece == "(" else 5_000), TODAY)
    assert depth(query.tree) <= 3 * DEEPEST_BRACKETS + 3


def test_brackets_beyond_the_deepest_keep_their_partners() -> None:
    inside = "(a or " * 80 + "b" + ")" * 80
    assert isinstance(tree(f"{inside} c"), And)


def depth(node: Node) -> int:
    deepest, rest = 0, [(node, 1)]
    while rest:
        current, level = rest.pop()
        deepest = max(deepest, level)
        if isinstance(current, Not):
            rest.append((current.part, level + 1))
        elif isinstance(current, And | Or):
            rest.extend((part, level + 1) for part in current.parts)
    return deepest


OPERATORS = ['"', "“", "(", ")", "-", "|", " ", "or", "and", "NOT", ":", ",", "..", ">=", "#"]
FIELDS = ["title:", "tag:", "status:", "in:", "added:", "year:", "sort:"]
VALUES = ["a", "b*", "inbox", "2026-03", "9999", "0", "last-week", "x²", "机器", "\u0308", "\x00"]
PIECES = st.sampled_from([*OPERATORS, *FIELDS, *VALUES])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)), st.booleans())
def test_nothing_typed_raises(text: str, typing: bool) -> None:
    query = parse(text, TODAY, typing)
    assert all(0 <= problem.start <= problem.end <= len(text) and problem.message for problem in query.problems)
    assert not any(isinstance(node, Word | Phrase) and not node.text for node in nodes(query.tree))
    assert not any(isinstance(node, FieldTest) and node.field == "sort" for node in nodes(query.tree))


def nodes(node: Node) -> list[Node]:
    found: list[Node] = []
    rest = [node]
    while rest:
        current = rest.pop()
        found.append(current)
        rest.extend([current.part] if isinstance(current, Not) else [])
        rest.extend(current.parts if isinstance(current, And | Or) else [])
    return found
