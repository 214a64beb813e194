"""The types of RIS and those of BibTeX and BibLaTeX, each by the nearest of the other."""

from collections.abc import Mapping
from types import MappingProxyType

# Where several types of RIS have the same counterpart, the first of them is the one that is written for it.
_NEAREST: tuple[tuple[str, str], ...] = (
    ("JOUR", "article"), ("EJOUR", "article"), ("MGZN", "article"), ("NEWS", "article"), ("INPR", "article"),
    ("ABST", "article"), ("JFULL", "periodical"),
    ("CONF", "inproceedings"), ("CPAPER", "inproceedings"),
    ("CHAP", "incollection"), ("ECHAP", "incollection"),
    ("BOOK", "book"), ("EBOOK", "book"), ("CLSWK", "book"), ("SER", "book"), ("EDBOOK", "collection"),
    ("THES", "phdthesis"),
    ("RPRT", "techreport"), ("GOVDOC", "techreport"), ("STAND", "standard"),
    ("UNPB", "unpublished"), ("MANSCPT", "unpublished"), ("UNPD", "unpublished"), ("PAMP", "booklet"),
    ("ELEC", "online"), ("WEB", "online"), ("BLOG", "online"),
    ("COMP", "software"), ("DATA", "dataset"), ("DBASE", "dataset"), ("AGGR", "dataset"),
    ("PAT", "patent"),
    ("ENCYC", "inreference"), ("DICT", "inreference"),
    ("ART", "artwork"), ("FIGURE", "image"), ("CHART", "image"), ("MAP", "image"),
    ("SOUND", "audio"), ("MUSIC", "music"), ("MPCT", "movie"), ("VIDEO", "video"), ("ADVS", "video"),
    ("MULTI", "video"),
    ("CASE", "jurisdiction"), ("STAT", "legislation"), ("BILL", "legislation"), ("LEGAL", "legal"), ("HEAR", "legal"),
    ("PCOMM", "letter"), ("ICOMM", "letter"), ("SLIDE", "unpublished"),
    ("GEN", "misc"),
)  # fmt: skip
# What is written for types of BibTeX and BibLaTeX that no type of RIS is read as.
_ALSO_WRITTEN = {
    "conference": "CONF", "proceedings": "CONF", "inbook": "CHAP", "suppbook": "CHAP", "suppcollection": "CHAP",
    "mvbook": "BOOK", "bookinbook": "CHAP", "mvcollection": "EDBOOK", "mvproceedings": "CONF", "reference": "EDBOOK",
    "mvreference": "EDBOOK", "manual": "RPRT", "mastersthesis": "THES", "thesis": "THES", "report": "RPRT",
    "electronic": "ELEC", "www": "ELEC", "suppperiodical": "JOUR", "review": "JOUR",
}  # fmt: skip

ENTRY_TYPES: Mapping[str, str] = MappingProxyType(dict(_NEAREST))
RIS_TYPES: Mapping[str, str] = MappingProxyType({**{entry: ris for ris, entry in reversed(_NEAREST)}, **_ALSO_WRITTEN})

IN_JOURNALS = frozenset({"article", "periodical", "review", "suppperiodical"})
IN_BOOKS = frozenset({"inproceedings", "conference", "incollection", "inbook", "inreference", "suppbook"})
PUBLISHED = frozenset({
    "book", "proceedings", "collection", "mvbook", "mvcollection", "mvproceedings", "reference", "mvreference",
})  # fmt: skip
BY_INSTITUTIONS = frozenset({"phdthesis", "mastersthesis", "thesis", "techreport", "report", "manual"})
# Whose page numbers count the pages.
COUNTED_PAGES = PUBLISHED | frozenset({"phdthesis", "mastersthesis", "thesis", "booklet"})


def thesis_type(kind: str) -> str:
    """The type of a thesis that calls itself so; a doctoral one where that says nothing, as in Zotero and JabRef."""
    words = kind.lower()
    if "master" in words or words.startswith(("msc", "m.sc", "ma ", "m.a.", "diplom")):
        return "mastersthesis"
    if any(word in words for word in ("bachelor", "undergraduate", "licen", "habil", "honours")):
        return "thesis"
    return "phdthesis"
