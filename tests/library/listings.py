"""Listings in the shape of the Hugging Face papers page, made up for the tests of the library."""

from collections.abc import Iterable, Mapping, Sequence

from readinglist.library.answers import InputText

ABSTRACTS = {
    "Hungry Hungry Hippos: Towards Language Modeling with State Space Models": (
        "State space models fall behind attention when they have to recall earlier tokens. We study the gap on "
        "synthetic language modeling tasks and close most of it with a new layer. Code is at "
        "https://github.com/example/hippos."
    ),
    "Attention Is All You Need": (
        "We present a network for sequences that is built from attention alone, without recurrence or convolution. "
        "It trains faster than earlier translation models and reaches better results by 2\\%."
    ),
    "GPT-4 Technical Report": (
        "We report on a large multimodal model that takes images and text and answers in text. It passes a number of "
        "professional exams at the level of strong human candidates."
    ),
    "Multi-modal Müller Networks for Señor Robots": (
        "A network named after its first user learns from pictures and touch at once. It is small, and it works in a "
        "kitchen, where earlier robots broke most of the cups."
    ),
}
TITLES = tuple(ABSTRACTS)


def listing(titles: Sequence[str], day: str = "Mar 14", name: str = "monday.txt", end: str = "") -> InputText:
    """A listing of these papers on a day; a title may come twice."""
    return _listing([(title, ABSTRACTS[title]) for title in titles], day, name, end)


def listing_of(abstracts: Mapping[str, str], day: str = "Mar 14", name: str = "monday.txt") -> InputText:
    """A listing of papers with these titles and abstracts on a day."""
    return _listing(abstracts.items(), day, name, "")


def _listing(papers: Iterable[tuple[str, str]], day: str, name: str, end: str) -> InputText:
    header = ["new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community", day]
    body = [part for paper in papers for part in paper]
    return InputText(name, ("\n\n".join(header + body) + end).encode())
