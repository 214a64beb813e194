"""Where words are held: tables and lists of papers, joined as plain dicts are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from readinglist.search.held import Held, all_of, also, best_of, held

SIZE = 40
STRENGTHS = st.lists(st.sampled_from([0, 0, 0, 0, 1, 7, 220]), min_size=SIZE, max_size=SIZE)
RARE = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 220), max_size=3).map(
    lambda places: [places.get(place, 0) for place in range(SIZE)]
)


def word(strengths: list[int]) -> Held:
    return held(np.array(strengths, np.uint8), lambda count: 1 / (1 + count))


def naive(strengths: list[int]) -> dict[int, float]:
    weight = 1 / (1 + sum(map(bool, strengths)))
    return {place: strength * weight for place, strength in enumerate(strengths) if strength}


def close(found: tuple[np.ndarray, np.ndarray], expected: dict[int, float]) -> bool:
    places, scores = found
    return places.tolist() == sorted(expected) and np.allclose(scores, [expected[place] for place in sorted(expected)])


@given(st.lists(st.one_of(STRENGTHS, RARE), min_size=1, max_size=4))
def test_papers_with_all_words_have_the_sum_of_their_scores(words: list[list[int]]) -> None:
    singles = [naive(strengths) for strengths in words]
    places = set.intersection(*(set(single) for single in singles))
    assert close(all_of(map(word, words)), {place: sum(single[place] for single in singles) for place in places})


@given(st.lists(st.one_of(STRENGTHS, RARE), min_size=1, max_size=4))
def test_papers_with_one_of_the_ways_have_the_best_of_their_scores(words: list[list[int]]) -> None:
    singles = [naive(strengths) for strengths in words]
    best = best_of([word(strengths).scored() for strengths in words], SIZE)
    places = set().union(*singles)
    assert close(best.scored(), {place: max(single.get(place, 0) for single in singles) for place in places})
    assert best.count == len(places)


@given(st.one_of(STRENGTHS, RARE))
def test_other_papers_are_not_looked_at(strengths: list[int]) -> None:
    asked = np.array([3, 4, 30])
    found = also((asked, np.ones(3, np.float32)), [word(strengths)])
    single = naive(strengths)
    assert close(found, {place: 1 + single[place] for place in (3, 4, 30) if place in single})


def test_rare_words_take_less_room_than_a_table() -> None:
    assert word([5, *[0] * 999]).memory < word([5] * 1000).memory == 1000


def test_no_papers_hold_nothing() -> None:
    assert close(all_of([word([])]), {})
