"""Citation keys: what they are made of, and that no two are the same."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.citation_key import citation_key, fits, new_keys, pattern_problem, unique_key
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


ONE = (Author(family="Newton", given="Isaac"),)
TWO = (*ONE, Author(family="Maxwell", given="James"))
THREE = (*TWO, Author(family="Einstein", given="Albert"))
FIVE = (*THREE, Author(family="Bohr", given="Niels"), Author(family="Unknown", given="Unni"))
AALST = (Author(family="Aalst", given="Wil", particle="van der"),)
JABREF = Paper(
    title="An awesome paper on JabRef", authors=TWO, year=1998, entry_type="inproceedings", venue="Great Proceedings",
    doi="10.1/Ab_c(d)", keywords=("key words", "graph"),
    extra={
        "pages": "7, 41, 73--97", "volume": "{12}", "Month": "may",
        "editor": r'M{\"u}ller, Eva and {\'E}tienne {de la} Tour',
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("marker", "authors", "key"),
    [
        ("auth", TWO, "Newton"), ("auth3", TWO, "New"), ("auth3_2", TWO, "Max"), ("auth3_5", TWO, ""),
        ("authors", THREE, "NewtonMaxwellEinstein"), ("authors2", THREE, "NewtonMaxwellEtAl"),
        ("authors3", THREE, "NewtonMaxwellEinstein"), ("authEtAl", TWO, "NewtonMaxwell"),
        ("authEtAl", THREE, "NewtonEtAl"), ("auth.etal", TWO, "Newton.Maxwell"), ("auth.etal", THREE, "Newton.etal"),
        ("auth.auth.ea", THREE, "Newton.Maxwell.ea"), ("authorLast", THREE, "Einstein"),
        ("authorIni", THREE, "NewtoME"),
        ("authIni4", THREE, "NeME"), ("authshort", ONE, "Newton"), ("authshort", FIVE, "NME+"),
        ("authorsAlpha", ONE, "New"), ("authorsAlpha", TWO, "NM"), ("authorsAlpha", FIVE, "NME+"),
        ("authorsAlpha", AALST, "vdAal"), ("authFirstFull", AALST, "vanderAalst"), ("auth", AALST, "Aalst"),
        ("authForeIni", TWO, "I"), ("authorLastForeIni", TWO, "J"), ("pureauth", TWO, "Newton"),
        ("pureauthors3", (), ""), ("pureauth", (), ""), ("auth", (), "Mueller"), ("edtr", TWO, "Mueller"),
        ("edtr3", TWO, "Mue"), ("editors", TWO, "MuellerTour"), ("editorLast", TWO, "Tour"), ("edtrForeIni", TWO, "E"),
        ("title", TWO, "AnAwesomePaperonJabRef"), ("camel", TWO, "AnAwesomePaperOnJabRef"),
        ("fulltitle", TWO, "AnawesomepaperonJabRef"), ("TITLE", TWO, "AnawesomepaperonJabRef"),
        ("shorttitle", TWO, "awesomepaperJabRef"), ("veryshorttitle", TWO, "awesome"), ("shorttitleINI", TWO, "apJ"),
        ("year", TWO, "paper1998"), ("shortyear", TWO, "paper98"), ("entrytype", TWO, "InProceedings"),
        ("firstpage", TWO, "paper7"), ("lastpage", TWO, "paper97"), ("pageprefix", TWO, ""), ("volume", TWO, "paper12"),
        ("VOLUME", TWO, "paper12"), ("month", TWO, "may"), ("booktitle", TWO, "GreatProceedings"), ("journal", TWO, ""),
        ("doi", TWO, "10.1/Ab_cd"), ("keyword2", TWO, "graph"), ("keyword9", TWO, ""),
        ("keywords2", TWO, "keywordsgraph"),
        ("title:abbr", TWO, "AAPoJ"), ("camel:abbr", TWO, "AAPOJ"), ("booktitle:abbr", TWO, "GP"),
        ("auth:lower", TWO, "newton"), ("auth:upper", TWO, "NEWTON"), ("auth:lower:truncate3", TWO, "new"),
        ("fulltitle:titlecase", TWO, "AnAwesomePaperonJabref"), ("fulltitle:capitalize", TWO, "AnAwesomePaperOnJabref"),
        ("fulltitle:sentencecase", TWO, "Anawesomepaperonjabref"), ("number:(none)", TWO, "none"),
        ("volume:(none)", TWO, "paper12"),
        (r'auth.etal:regex("\\.etal","EtAl"):regex("\\.","And")', THREE, "NewtonEtAl"),
        (r'auth.etal:regex("\.etal","EtAl"):regex("\.","And")', TWO, "NewtonAndMaxwell"),
        ('auth:regex("(N)ew", "$1:")', TWO, "N:ton"), ('auth:regex("[aeiou]", "")', TWO, "Nwtn"),
    ],
)  # fmt: skip
def test_markers_and_modifiers_as_in_jabref(marker: str, authors: tuple[Author, ...], key: str) -> None:
    assert pattern_problem(f"[{marker}]") == ""
    assert citation_key(replace(JABREF, authors=authors), f"[{marker}]") == (key or "paper")


def test_the_title_stands_for_authors_once() -> None:
    paper = Paper(title="Hungry Hungry Hippos", year=2022)
    assert citation_key(paper, "[authEtAl][year]") == "HungryHungryHippos2022"
    assert citation_key(paper, "[authorsAlpha:upper][shortyear]") == "HUN22"
    assert citation_key(paper, "[auth]_[year]_[veryshorttitle]") == "_2022_Hungry"


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("[auth", "not closed"), ("[]", "nothing between"), ("[auth:shout]", "no modifier “shout”"),
        ("[nonsense]", "no marker"), ("plain", "needs a marker"), ("", "needs a marker"),
        ('[auth:regex("(","")]', "is wrong"), ('[auth:regex("(a+)+b","")]', "repeats a repetition"),
        ('[auth:regex("a")]', "no modifier"), ("[" + "a" * 600 + "]", "at most"),
    ],
)  # fmt: skip
def test_a_pattern_that_cannot_be_meant_is_explained_and_counts_as_the_usual_one(pattern: str, problem: str) -> None:
    assert problem in pattern_problem(pattern)
    if "marker" not in problem:
        assert citation_key(JABREF, pattern) == "Newton1998"


@given(st.text(st.sampled_from('[]authyear:.()"regex,\\123lowertruncate '), max_size=40))
def test_any_pattern_gives_a_legal_key(pattern: str) -> None:
    pattern_problem(pattern)
    assert re.fullmatch(r"[A-Za-z0-9_:.+/-]+", citation_key(JABREF, pattern))


def test_a_key_fits_a_pattern_with_letters_behind_it_alone() -> None:
    assert fits("Wang2020", "Wang2020")
    assert fits("Wang2020ab", "Wang2020")
    assert not fits("Wang2020A", "Wang2020")
    assert not fits("wang2020", "Wang2020")
