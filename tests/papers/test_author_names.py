import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.author_names import author_of, author_text, authors_of
from readinglist.papers.paper import Author

DAO, FU, RUDRA = Author("Dao", "Tri"), Author("Fu", "Daniel Y."), Author("Rudra", "Atri")
OTHERS = Author(literal="others")

words = st.one_of(
    st.text(st.sampled_from("aAvBé.'-,; \n\u3000"), max_size=8).map(lambda text: " ".join(text.split())),
    st.sampled_from(["van", "Van der", "Jr.", "jr", "and", "others", "et al.", "de la", "and Co", "II", "A B"]),
)
people = st.builds(Author, words, words, words, words)
bodies = st.builds(lambda name: Author(literal=name), words)


@given(st.one_of(people, bodies).filter(lambda author: author != Author()))
def test_a_name_that_is_written_and_read_again_loses_nothing(author: Author) -> None:
    assert authors_of(author_text(author)) == (author,)


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Dao, Tri", DAO),
        ("Tri Dao", DAO),
        ("van Beethoven, Ludwig", Author("Beethoven", "Ludwig", "van")),
        ("Ludwig van Beethoven Jr.", Author("Beethoven", "Ludwig", "van", "Jr.")),
        ("King, Jr., Martin Luther", Author("King", "Martin Luther", suffix="Jr.")),
        ("King, Martin Luther, Jr.", Author("King", "Martin Luther", suffix="Jr.")),
        ("de la Cruz, Maria", Author("Cruz", "Maria", "de la")),
        ("Ortega y Gasset, José", Author("Ortega y Gasset", "José")),
        ("{Van der} Berg, Jan", Author("Berg", "Jan", "Van der")),
        ("Ludwig {van Beethoven}", Author("van Beethoven", "Ludwig")),
        ("{Barnes and Noble, Inc.}", Author(literal="Barnes and Noble, Inc.")),
        ("OpenAI", Author(literal="OpenAI")),
        ("Plato,", Author("Plato")),
        ("{Open", Author(literal="Open")),
        ("et al.", OTHERS),
    ],
)
def test_names_are_read_in_either_order(name: str, author: Author) -> None:
    assert authors_of(name) == (author,)


@pytest.mark.parametrize(
    "text",
    [
        "Dao, Tri\n\n  Daniel Y. Fu\nRudra, Atri\n",
        "Dao, Tri and Fu, Daniel Y. and Rudra, Atri",
        "Dao, Tri; Fu, Daniel Y.; Rudra, Atri",
        "Tri Dao, Daniel Y. Fu, Atri Rudra",
        "Tri Dao, Daniel Y. Fu, and Atri Rudra",
        "Dao, Tri, Fu, Daniel Y., Rudra, Atri",
    ],
)
def test_several_names_are_told_apart(text: str) -> None:
    assert authors_of(text) == (DAO, FU, RUDRA)


def test_authors_that_are_not_named_are_others() -> None:
    assert authors_of("Dao, Tri and others") == (DAO, OTHERS)


@pytest.mark.parametrize("text", ["", " \n ", "}{", "{}", ";"])
def test_nothing_is_nobody(text: str) -> None:
    assert authors_of(text) == ()


def test_names_are_written_family_first_and_braces_only_where_they_are_needed() -> None:
    assert author_text(Author("Beethoven", "Ludwig", "van", "Jr.")) == "van Beethoven, Jr., Ludwig"
    assert author_text(Author("van Beethoven", "Ludwig")) == "{van Beethoven}, Ludwig"
    assert author_text(Author("Berg", "Jan", "Van der")) == "{Van der} Berg, Jan"
    assert author_text(Author(literal="OpenAI")) == "OpenAI"
    assert author_text(Author(literal="Open AI")) == "{Open AI}"
    assert author_text(Author()) == ""


def test_a_name_on_a_page_has_its_particle_within() -> None:
    assert author_of("Charles-Jean de La Vallée Poussin") == Author("La Vallée Poussin", "Charles-Jean", "de")
