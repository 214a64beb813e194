"""Pairs of records judged by hand: what somebody who keeps a bibliography says of them.

The titles are partly those of well-known papers, since their variants are what one meets; all abstracts are made up.
"""

from typing import Any

from readinglist.papers.author_names import authors_of
from readinglist.papers.duplicates import Match
from readinglist.papers.paper import Paper

SAME, PROBABLE, DIFFERENT = Match.SAME, Match.PROBABLE, Match.DIFFERENT

ABSTRACT = (
    "We present a model that reads long documents in one pass and answers questions on them. It needs a tenth of the "
    "memory of earlier ones, since it keeps only what later sentences refer to, and we show on six public collections "
    "that its answers are as good as theirs."
)
REVISED = ABSTRACT.replace("six public collections", "seven public collections")
ANOTHER = (
    "Birds that live beside motorways sing higher than those of the forest. We recorded four hundred of them over two "
    "summers and find that it is the noise of tyres, not that of engines, which moves their songs."
)
CUT = ABSTRACT[:90] + "…"


def p(title: str, authors: str = "", year: int | None = None, **fields: Any) -> Paper:  # noqa: ANN401 - each field has its own type
    return Paper(title=title, authors=authors_of(authors), year=year, **fields)


VASWANI = "Vaswani, Ashish; Shazeer, Noam; Parmar, Niki"
DEVLIN = "Devlin, Jacob; Chang, Ming-Wei; Lee, Kenton; Toutanova, Kristina"
HE = "He, Kaiming; Zhang, Xiangyu; Ren, Shaoqing; Sun, Jian"
ATTENTION = "Attention Is All You Need"
BERT = "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"
RESNET = "Deep Residual Learning for Image Recognition"
FEW_SHOT = "Language Models are Few-Shot Learners"
LONG = "Reading Long Documents in One Pass"

JUDGED: tuple[tuple[str, Paper, Paper, Match], ...] = (
    # the same work by its identifiers
    ("DOI, case aside", p(LONG, doi="10.1000/ABC.1"), p(LONG, doi="10.1000/abc.1"), SAME),
    ("DOI under an abbreviated title", p(LONG, doi="10.1/a"), p("Reading long docs", doi="10.1/a"), SAME),
    ("DOI, one paper without authors", p(LONG, "Lee, Ann", doi="10.1/a"), p("Long documents", doi="10.1/a"), SAME),
    (
        "the proceedings' DOI on two of its papers",
        p(LONG, "Lee, Ann", doi="10.1/proc"),
        p("Songs of Birds at Motorways", "Fox, Bea", doi="10.1/proc"),
        PROBABLE,
    ),
    ("an erratum with the paper's DOI", p(LONG, doi="10.1/a"), p(f"Erratum to: {LONG}", doi="10.1/a"), PROBABLE),
    ("arXiv id, versions aside", p(LONG, arxiv_id="2403.01234v1"), p("Long", arxiv_id="2403.01234v3"), SAME),
    ("arXiv id and arXiv's DOI", p(LONG, arxiv_id="2403.01234"), p(LONG, doi="10.48550/arXiv.2403.01234"), SAME),
    ("arXiv id and its page", p(LONG, arxiv_id="2403.01234"), p("x", url="https://arxiv.org/abs/2403.01234v2"), SAME),
    ("old arXiv id, subject class aside", p(LONG, arxiv_id="math.GT/0309136"), p("x", arxiv_id="math/0309136"), SAME),
    ("PubMed id", p(LONG, extra={"pmid": "31234567"}), p("x", extra={"PMID": "31234567"}), SAME),
    (
        "ISBN of a book, of ten and thirteen digits",
        p("Deep Learning", entry_type="book", extra={"isbn": "0-262-03561-8"}),
        p("Deep Learning", entry_type="book", extra={"isbn": "978-0-262-03561-3"}),
        SAME,
    ),
    (
        "chapters of one book",
        p(
            "Linear Algebra",
            "Bengio, Yoshua",
            2016,
            entry_type="inbook",
            extra={"isbn": "9780262035613", "pages": "29"},
        ),
        p(
            "Numerical Computation",
            "Bengio, Yoshua",
            2016,
            entry_type="inbook",
            extra={"isbn": "9780262035613", "pages": "78"},
        ),
        DIFFERENT,
    ),
    # a record of a listing has a title and an abstract alone
    ("listing and bibliography", p(ATTENTION, abstract=ABSTRACT), p(ATTENTION, VASWANI, 2017), SAME),
    ("listing and listing", p(LONG, abstract=ABSTRACT), p(LONG, abstract=ABSTRACT), SAME),
    ("listing, abstract cut off", p(LONG, abstract=ABSTRACT), p(LONG, abstract=CUT), SAME),
    ("listing without abstract", p(LONG), p(LONG, abstract=ABSTRACT), SAME),
    ("listing, abstract revised", p(LONG, abstract=ABSTRACT), p(LONG, abstract=REVISED), SAME),
    ("one title, two abstracts", p(LONG, abstract=ABSTRACT), p(LONG, abstract=ANOTHER), PROBABLE),
    (
        "a word alone, two abstracts",
        p("Transformers", abstract=ABSTRACT),
        p("Transformers", abstract=ANOTHER),
        DIFFERENT,
    ),
    ("a word alone", p("Transformers", abstract=ABSTRACT), p("Transformers"), PROBABLE),
    # a preprint and what became of it
    (
        "preprint and conference paper",
        p(BERT, DEVLIN, 2018, arxiv_id="1810.04805"),
        p(BERT, DEVLIN, 2019, entry_type="inproceedings", venue="NAACL", doi="10.18653/v1/N19-1423"),
        SAME,
    ),
    (
        "preprint two years before the journal",
        p(LONG, "Lee, Ann", 2020, entry_type="article", venue="arXiv preprint arXiv:2001.01234"),
        p(LONG, "Lee, Ann", 2022, entry_type="article", venue="TACL", doi="10.1162/tacl.1"),
        SAME,
    ),
    (
        "preprint five years before",
        p(LONG, "Lee, Ann", 2015, arxiv_id="1501.01234"),
        p(LONG, "Lee, Ann", 2020, entry_type="article", venue="TACL", doi="10.1162/tacl.1"),
        PROBABLE,
    ),
    (
        "CoRR and conference",
        p(RESNET, HE, 2015, entry_type="article", venue="CoRR", extra={"volume": "abs/1512.03385"}),
        p(RESNET, HE, 2016, entry_type="inproceedings", venue="CVPR", extra={"pages": "770--778"}),
        SAME,
    ),
    (
        "bioRxiv's DOI and the journal's",
        p(LONG, "Lee, Ann", 2020, doi="10.1101/2020.01.01.123456"),
        p(LONG, "Lee, Ann", 2020, entry_type="article", venue="eLife", doi="10.7554/eLife.1"),
        PROBABLE,
    ),
    (
        "conference and journal version",
        p(LONG, "Lee, Ann", 2019, entry_type="inproceedings", venue="ACL"),
        p(LONG, "Lee, Ann", 2020, entry_type="article", venue="Computational Linguistics"),
        PROBABLE,
    ),
    (
        "two DOIs of publishers",
        p(LONG, "Lee, Ann", 2020, doi="10.1/a"),
        p(LONG, "Lee, Ann", 2020, doi="10.2/b"),
        PROBABLE,
    ),
    ("two arXiv ids", p(LONG, "Lee, Ann", arxiv_id="2001.00001"), p(LONG, "Lee, Ann", arxiv_id="2001.00002"), PROBABLE),
    (
        "thesis and paper",
        p(LONG, "Lee, Ann", 2020, entry_type="phdthesis"),
        p(LONG, "Lee, Ann", 2020, entry_type="article"),
        PROBABLE,
    ),
    (
        "editions of a book",
        p("Speech and Language Processing", "Jurafsky, Dan", 2008, entry_type="book", extra={"edition": "2"}),
        p("Speech and Language Processing", "Jurafsky, Dan", 2000, entry_type="book", extra={"edition": "1"}),
        DIFFERENT,
    ),
    (
        "a doctoral and a master's thesis",
        p(LONG, "Lee, Ann", 2020, entry_type="phdthesis"),
        p(LONG, "Lee, Ann", 2020, entry_type="mastersthesis"),
        PROBABLE,
    ),
    (
        "a thesis and a doctoral thesis",
        p(LONG, "Lee, Ann", 2020, entry_type="phdthesis"),
        p(LONG, "Lee, Ann", 2020, entry_type="thesis"),
        SAME,
    ),
    (
        "a thesis and its book",
        p(LONG, "Lee, Ann", 2020, entry_type="thesis"),
        p(LONG, "Lee, Ann", 2020, entry_type="book"),
        PROBABLE,
    ),
    (
        "a chapter in two books",
        p("Republic", "{Plato}", 1901, entry_type="incollection", venue="Clitophon, Republic, Timaeus"),
        p("Republic", "{Plato}", 1901, entry_type="incollection", venue="Opera"),
        PROBABLE,
    ),
    (
        "a talk under two types of entry",
        p(LONG, "Lee, Ann", 2020, entry_type="incollection", venue="Computer Vision – ECCV 2020"),
        p(LONG, "Lee, Ann", 2020, entry_type="inproceedings", venue="ECCV"),
        SAME,
    ),
    (
        "a working paper and the article",
        p(LONG, "Lee, Ann", 2019, entry_type="techreport", venue="NBER"),
        p(LONG, "Lee, Ann", 2020, entry_type="article", venue="American Economic Review"),
        PROBABLE,
    ),
    ("short title, a year apart", p("Birds", "Lee, Ann", 1995), p("Birds", "Lee, Ann", 1996), PROBABLE),
    ("short title, one year", p("Birds", "Lee, Ann", 1995), p("Birds", "Lee, A.", 1995), SAME),
    (
        "no titles, all else the same",
        p("", "Lee, Ann", 2019, venue="Birds"),
        p("", "Lee, Ann", 2019, venue="Birds"),
        SAME,
    ),
    (
        "no titles, other years",
        p("", "Lee, Ann", 2019, venue="Birds"),
        p("", "Lee, Ann", 2020, venue="Birds"),
        DIFFERENT,
    ),
    # titles written otherwise
    (
        "case and hyphen",
        p(FEW_SHOT, "Brown, Tom", 2020),
        p("Language models are few shot learners", "Brown, T.", 2020),
        SAME,
    ),
    ("braces", p("{BERT}: {P}re-training", DEVLIN), p("BERT: Pre-training", DEVLIN), SAME),
    (
        "LaTeX",
        p(r"The $\alpha$-Test of \emph{Drosophila}", "Lee, Ann"),
        p("The α-test of Drosophila", "Lee, Ann"),
        SAME,
    ),
    (
        "accents",
        p("Poincaré Embeddings for Trees", "Nickel, M."),
        p("Poincare embeddings for trees", "Nickel, M."),
        SAME,
    ),
    (
        "dash and quotes",
        p("“Why Should I Trust You?” – Explaining", "Ribeiro, Marco"),
        p('"Why should I trust you": Explaining', "Ribeiro, M. T."),
        SAME,
    ),
    ("ampersand", p("Search & Find in Large Texts", "Lee, Ann"), p("Search and find in large texts", "Lee, A."), SAME),
    (
        "markup left",
        p("Sleep of <i>Drosophila</i> at Noon", "Lee, Ann"),
        p("Sleep of Drosophila at Noon", "Lee, A."),
        PROBABLE,
    ),
    ("a letter missing", p(RESNET, HE, 2016), p("Deep Residual Learning for Image Recogntion", HE, 2016), PROBABLE),
    ("two letters swapped", p(RESNET, HE, 2016), p("Deep Residual Learning for Imgae Recognition", HE, 2016), PROBABLE),
    (
        "plural",
        p("A Survey of Graph Neural Network", "Wu, Zonghan"),
        p("A Survey of Graph Neural Networks", "Wu, Z."),
        PROBABLE,
    ),
    (
        "British spelling",
        p("Behaviour of Generalised Models", "Lee, Ann"),
        p("Behavior of Generalized Models", "Lee, A."),
        PROBABLE,
    ),
    (
        "an article missing",
        p("The Lottery Ticket Hypothesis", "Frankle, J."),
        p("Lottery Ticket Hypothesis", "Frankle, J."),
        PROBABLE,
    ),
    (
        "misspelt, same abstract",
        p(LONG, abstract=ABSTRACT),
        p("Reading Long Document in One Pass", abstract=ABSTRACT),
        PROBABLE,
    ),
    ("misspelt, nobody to ask", p(RESNET), p("Deep Residual Learning for Image Recogntion"), DIFFERENT),
    ("misspelt, other people", p(RESNET, HE), p("Deep Residual Learning for Image Recogntion", VASWANI), DIFFERENT),
    ("subtitle missing", p(BERT, DEVLIN, 2019), p("BERT", DEVLIN, 2018), PROBABLE),
    ("subtitle missing, no authors", p(BERT), p("BERT"), DIFFERENT),
    ("name before the colon missing", p(BERT, DEVLIN), p(BERT.removeprefix("BERT: "), DEVLIN), PROBABLE),
    ("cut off", p(BERT, DEVLIN), p("BERT: Pre-training of Deep Bidirectional Tr…", DEVLIN), PROBABLE),
    (
        "retitled with a version",
        p(LONG, abstract=ABSTRACT),
        p("Answers from Long Documents", abstract=ABSTRACT),
        PROBABLE,
    ),
    (
        "retitled by others",
        p(LONG, "Lee, Ann", abstract=ABSTRACT),
        p("Answers", "Fox, Bea", abstract=ABSTRACT),
        DIFFERENT,
    ),
    # names
    ("initials", p(RESNET, HE, 2016), p(RESNET, "He, K.; Zhang, X.; Ren, S.; Sun, J.", 2016), SAME),
    ("first author and others", p(RESNET, HE, 2016), p(RESNET, "He, Kaiming and others", 2016), SAME),
    ("particle", p("Sorting Letters by Hand", "van den Berg, Jan"), p("Sorting Letters by Hand", "Berg, Jan"), SAME),
    (
        "a body and its people",
        p("GPT-4 Technical Report", "{OpenAI}", 2023),
        p("GPT-4 Technical Report", "Achiam, Josh; Adler, Steven", 2023),
        SAME,
    ),
    (
        "other people",
        p("A Survey of Language Models", "Zhao, Wayne", 2023),
        p("A Survey of Language Models", "Min, Bonan", 2023),
        PROBABLE,
    ),
    (
        "other people, short title",
        p("Deep Learning", "LeCun, Yann", 2015),
        p("Deep Learning", "Schmidhuber, J.", 2015),
        PROBABLE,
    ),
    (
        "other people, years apart",
        p("Deep Learning", "LeCun, Yann", 2015),
        p("Deep Learning", "Tang, Yi", 2021),
        DIFFERENT,
    ),
    (
        "one family, two persons",
        p("On Sorting Large Files", "Wang, Lei"),
        p("On Sorting Large Files", "Wang, Ming"),
        PROBABLE,
    ),
    ("years apart", p(LONG, "Lee, Ann", 2010), p(LONG, "Lee, Ann", 2019), PROBABLE),
    # what is not the same
    (
        "also few-shot learners",
        p(FEW_SHOT, abstract=ABSTRACT),
        p("Bidirectional Language Models Are Also Few-shot Learners", abstract=ANOTHER),
        DIFFERENT,
    ),
    (
        "also few-shot learners, same authors",
        p(FEW_SHOT, "Lee, Ann"),
        p("Bidirectional Language Models Are Also Few-shot Learners", "Lee, Ann"),
        DIFFERENT,
    ),
    (
        "parts by Roman numbers",
        p("Sorting Files, Part I", "Lee, Ann", 2020),
        p("Sorting Files, Part II", "Lee, Ann", 2020),
        DIFFERENT,
    ),
    (
        "parts by letters",
        p("Sorting Large Files, Part A", "Lee, Ann"),
        p("Sorting Large Files, Part B", "Lee, Ann"),
        DIFFERENT,
    ),
    (
        "the whole and its second part",
        p("Sorting Large Files", "Lee, Ann"),
        p("Sorting Large Files: Part 2", "Lee, Ann"),
        DIFFERENT,
    ),
    (
        "versions of a model",
        p("GPT-3 Technical Report", "{OpenAI}"),
        p("GPT-4 Technical Report", "{OpenAI}"),
        DIFFERENT,
    ),
    (
        "years in the title",
        p("Findings of the 2019 Conference", "Lee, Ann"),
        p("Findings of the 2020 Conference", "Lee, Ann"),
        DIFFERENT,
    ),
    (
        "supervised, unsupervised",
        p("Unsupervised Learning of Trees", "Lee, Ann"),
        p("Supervised Learning of Trees", "Lee, Ann"),
        DIFFERENT,
    ),
    ("hyper, hypo", p("Treatment of Hypertension", "Lee, Ann"), p("Treatment of Hypotension", "Lee, Ann"), DIFFERENT),
    ("large, small", p("Sorting Large Files", "Lee, Ann"), p("Sorting Small Files", "Lee, Ann"), DIFFERENT),
    ("C and C++", p("A Primer of Programming in C"), p("A Primer of Programming in C++"), DIFFERENT),
    ("a reply", p(LONG, "Lee, Ann", 2020), p(f"Reply to: {LONG}", "Lee, Ann", 2020), DIFFERENT),
    ("an erratum behind the title", p(LONG, "Lee, Ann", 2020), p(f"{LONG}: Erratum", "Lee, Ann", 2020), DIFFERENT),
    (
        "a correction with the abstract",
        p(LONG, "Lee, Ann", abstract=ABSTRACT),
        p(f"Correction to: {LONG}", "Lee, Ann", abstract=ABSTRACT),
        DIFFERENT,
    ),
    (
        "a review of a book",
        p("Deep Learning", "Goodfellow, Ian"),
        p("Review of: Deep Learning", "Heaton, Jeff"),
        DIFFERENT,
    ),
    ("editorials of two years", p("Editorial", "Lee, Ann", 2019), p("Editorial", "Lee, Ann", 2020), DIFFERENT),
    (
        "editorials of two issues",
        p("Editorial", "Lee, Ann", 2019, venue="Neuron", extra={"number": "1"}),
        p("Editorial", "Lee, Ann", 2019, venue="Neuron", extra={"number": "2"}),
        DIFFERENT,
    ),
    (
        "one editorial",
        p("Editorial", "Lee, Ann", 2019, venue="Neuron", extra={"volume": "7", "pages": "1--2"}),
        p("Editorial", "Lee, A.", 2019, venue="Neuron", extra={"volume": "7", "pages": "1-2"}),
        SAME,
    ),
    (
        "introductions of two books",
        p("Introduction", "Lee, Ann", 2019, entry_type="incollection", venue="Birds", extra={"pages": "1--9"}),
        p("Introduction", "Lee, Ann", 2019, entry_type="incollection", venue="Songs", doi="10.1/b"),
        PROBABLE,
    ),
    (
        "a column in two volumes",
        p("From the President's Desk", "Lee, Ann", 2019, venue="News", extra={"volume": "7", "pages": "3"}),
        p("From the President's Desk", "Lee, Ann", 2020, venue="News", extra={"volume": "8", "pages": "5"}),
        PROBABLE,
    ),
    ("nothing in common", p(LONG, abstract=ABSTRACT), p("Songs of Birds at Motorways", abstract=ANOTHER), DIFFERENT),
    ("no titles", p(""), p("", "Lee, Ann"), DIFFERENT),
)
