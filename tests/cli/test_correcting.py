from tests.cli.conftest import Run
from tests.cli.test_editing import paper


def test_details_are_corrected_in_one_step(filled: Run) -> None:
    before = paper(filled)
    done = filled(
        "edit", "1", "--title", "A Survey of Sheep", "--author", "Dao, Tri", "--author", "{Sheep and Sons}",
        "--year", "2024", "--type", "article", "--venue", "Sheep Letters", "--doi", "https://doi.org/10.1145/3292500",
        "--arxiv", "arXiv:2212.14052", "--url", "example.org/sheep", "--keywords", "sheep, wool", "--key", "Dao2024",
        "--abstract", "About sheep.",
    )  # fmt: skip
    assert done.code == 0
    assert done.out == (
        "Edited title, authors, year, type, venue, DOI, arXiv id, web address, keywords, citation key and abstract of "
        "“A Survey of Sheep”.\nIts citation key is Dao2024.\n"
    )
    after = paper(filled, "Dao2024")
    assert (after["title"], after["year"], after["venue"]) == ("A Survey of Sheep", 2024, "Sheep Letters")
    assert (after["doi"], after["arxiv_id"]) == ("10.1145/3292500", "2212.14052")
    assert (after["url"], after["abstract"]) == ("https://example.org/sheep", "About sheep.")
    exported = filled("export", "key:Dao2024").out
    assert "author = {Dao, Tri and {Sheep and Sons}}" in exported
    assert "@article{Dao2024,\n" in exported
    assert filled("undo").out.startswith("Undone: Edit details of ")
    assert paper(filled) == before


def test_an_abstract_comes_from_standard_input_too(filled: Run) -> None:
    assert filled("edit", "1", "--abstract", "-", stdin="Über Schafe.\n".encode()).code == 0
    assert paper(filled)["abstract"] == "Über Schafe."


def test_a_detail_can_be_emptied_and_a_key_made_anew(filled: Run) -> None:
    filled("edit", "1", "--author", "Dao, Tri", "--year", "2024", "--venue", "ICLR")
    assert filled("edit", "1", "--key", "").out.endswith("\nIts citation key is Dao2024.\n")
    assert filled("edit", "1", "--venue", "", "--author", "").out.startswith("Edited authors and venue of ")
    assert (paper(filled)["venue"], paper(filled)["authors"]) == (None, [])


def test_what_cannot_be_is_told_and_changes_nothing(filled: Run) -> None:
    before, taken = paper(filled), paper(filled, "2")["citation_key"]
    for words, why in (
        (("--venue", "ICLR", "--year", "24"), "four digits"),
        (("--key", taken), f"The citation key {taken} belongs to"),
        ((), "Say what is to be changed"),
    ):
        answer = filled("edit", "1", *words)
        assert (answer.code, answer.out) == (2, "")
        assert why in answer.err
    assert filled("edit", "99", "--year", "2024").code == 1
    assert paper(filled) == before


def test_what_is_so_already_is_no_step(filled: Run) -> None:
    filled("edit", "1", "--year", "2024")
    assert filled("edit", "1", "--year", "2024").out == "Nothing to do: it was so already.\n"
    filled("undo")
    assert paper(filled)["year"] is None
