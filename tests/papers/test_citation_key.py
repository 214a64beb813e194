"""Citation keys: what they are made of, and that no two are the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.citation_key import citation_key, new_keys, unique_key
from readinglist.papers.paper import Author, Paper


def by(*authors: Author, title: str = "A title of it", year: int | None = 2020) -> Paper:
    return Paper(title=title, authors=authors, year=year)


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (by(Author(family="Vaswani", given="Ashish"), Author(family="Shazeer")), "Vaswani2020"),
        (by(Author(family="Müller-Lüdenscheidt")), "MuellerLuedenscheidt2020"),
        (by(Author(family="Ångström")), "Aangstroem2020"),
        (by(Author(family="Łukasiewicz")), "Lukasiewicz2020"),
        (by(Author(family="O'Neil")), "ONeil2020"),
        (by(Author(family="Gogh", particle="van")), "Gogh2020"),
        (by(Author(family="Mu\u0308ller")), "Mueller2020"),
        (by(Author(literal="The OpenAI and Friends Company Ltd")), "OpenAIFriendsCompany2020"),
        (by(Author(given="Madonna")), "Madonna2020"),
        (by(Author(), Author(family="Second")), "Second2020"),
        (by(Author(family="Vaswani"), year=None), "Vaswani"),
        (by(title="Hungry Hungry Hippos: Towards Models", year=None), "HungryHungryHippos"),
        (by(title="On the Few-Shot of GPT-4", year=None), "FewShotGPT"),
        (by(title="What's in a 50% {brace}?", year=None), "Whats50brace"),
        (by(title="To Be or In", year=None), "Be"),
        (by(title="And or but", year=None), "Andorbut"),
        (by(title="1984", year=None), "paper1984"),
        (by(title="", year=2020), "paper2020"),
        (by(title="汉字", year=None), "paper"),
        (by(Author(family="汉"), title="A word", year=2020), "word2020"),
    ],
)
def test_key_is_made_as_jabref_makes_it(paper: Paper, key: str) -> None:
    assert citation_key(paper) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[auth]:[year]-[veryshorttitle]", "Vaswani:2017-Attention"),
        ("[auth]_[shorttitle]", "Vaswani_AttentionIsAll"),
        ("x [nonsense]{,} y", "xy"),
        ("", "paper"),
    ],
)
def test_another_pattern_can_be_asked_for(pattern: str, key: str) -> None:
    paper = by(Author(family="Vaswani"), title="Attention Is All You Need", year=2017)
    assert citation_key(paper, pattern) == key


def test_suffixes_go_on_after_z_and_ignore_case() -> None:
    taken: set[str] = set()
    keys = []
    for _ in range(30):
        keys.append(unique_key("Wang2020", taken))
        taken.add(keys[-1].casefold())
    assert keys[:3] == ["Wang2020", "Wang2020a", "Wang2020b"]
    assert keys[25:29] == ["Wang2020y", "Wang2020z", "Wang2020aa", "Wang2020ab"]
    assert unique_key("WANG2020", taken) == "WANG2020ad"


def test_papers_without_a_key_get_a_new_one_and_no_key_is_changed() -> None:
    papers = [
        Paper(id=1, title="Hippos"),
        Paper(id=2, title="Hippos", citation_key="mine"),
        Paper(id=3, title="hippos"),
    ]
    assert dict(new_keys(papers, ["mine", "HIPPOS"])) == {1: "Hipposa", 3: "hipposb"}


@given(st.text(), st.lists(st.text(), max_size=2), st.none() | st.integers(0, 3000))
def test_any_paper_gets_a_legal_key(title: str, names: list[str], year: int | None) -> None:
    paper = by(*(Author(family=name) for name in names), title=title, year=year)
    key = citation_key(paper)
    assert re.fullmatch(r"[A-Za-z0-9]+", key)
    assert not key.isdigit()
    assert key == citation_key(paper)
