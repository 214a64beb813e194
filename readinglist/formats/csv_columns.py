"""What the columns of a table are called, in the words of many programs, and which field of a paper they hold."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

_NOT_WORD = re.compile(r"[\W_]+")

# The fields that a column can be mapped to, and what people and programs call them, signs and case aside. Sources: the
# exports of Zotero, Scopus, Web of Science, PubMed, IEEE Xplore, Dimensions, Lens, Paperpile, ASReview, rispy.
_NAMES = """
title: title papertitle articletitle documenttitle primarytitle titles nameofpaper titleofpaper titel
  titre titulo titolo tytul naslov cim 标题 题名 題名 タイトル 제목 название заголовок
authors: authors author authornames authorfullnames authorfullname firstauthors authorlist creator creators writer
  writers by autor autoren autores auteur auteurs autore autori verfasser 作者 著者 저자 авторы автор
year: year publicationyear pubyear py yearpublished yearofpublication publishedyear jahr annee ano anno rok
  年份 年 发表年份 연도 год
date: date publicationdate pubdate datepublished published publishedon publisheddate onlinedate issued datum fecha
  data
abstract: abstract abstractnote summary abstracttext notesabstract zusammenfassung resume resumen resumo riassunto
  streszczenie 摘要 要旨 초록 аннотация
venue: venue journal journalname journaltitle journalbook source sourcetitle publicationtitle publication publishedin
  booktitle proceedings proceedingstitle conference conferencename containertitle secondarytitle periodical where
  zeitschrift revue revista rivista journalorconference conferencejournal 期刊 来源 雑誌 журнал
publisher: publisher verlag editorial editeur
address: place placepublished publisherplace publishercity address city publisheraddress
doi: doi digitalobjectidentifier doilink doiurl
arxiv_id: arxiv arxivid arxivnumber eprint
url: url urls link links weblink articleurl sourceurl sourceurls website webpage documentlink pdflink linkurl
keywords: keywords keyword authorkeywords indexkeywords keywordsplus automatictags meshterms mesh subjects subject
  ieeeterms topics schlagworte schlagworter motscles palabrasclave palavraschave 关键词 キーワード 키워드
tags: tags tag manualtags labels label folders categories mytags
notes: notes note mynotes comments comment annotation annotations notizen notas remarks thoughts
state: state status readstatus readingstatus readingstate readstate
starred: starred star favorite favourite favorites
rating: rating ranking stars myrating
entry_type: type itemtype entrytype documenttype publicationtype typeofreference referencetype bibtextype pubtype
citation_key: citationkey citekey bibtexkey citekeys bibkey key
volume: volume vol volumenumber band
number: issue issuenumber number no num
pages: pages page pagination pagerange pagenumbers seiten paginas
first_page: firstpage startpage pagestart beginningpage spage pagefrom
last_page: lastpage endpage pageend endingpage epage pageto
edition: edition ausgabe
pagetotal: numpages numberofpages
eid: artno articlenumber
series: series seriestitle bookseriestitle tertiarytitle
editor: editor editors bookeditors secondaryauthors
translator: translator translators
issn: issn issns eissn printissn electronicissn
isbn: isbn isbns
pmid: pmid pubmedid pubmed
pmcid: pmcid pmc
language: language languageoforiginaldocument sprache langue idioma
shorttitle: shorttitle titleshort
shortjournal: journalabbreviation abbreviatedsourcetitle journaliso isoabbreviation journalisoabbreviation
  abbreviatedjournal
file: file fileattachments files pdf
added: added dateadded addedon
read_at: readat dateread readon readdate
urldate: accessdate accessed dateaccessed urldate
kind: thesistype reporttype kind
extra: extra
"""
_LINES = tuple(line.partition(": ") for line in _NAMES.strip().replace("\n  ", " ").split("\n"))
FIELDS: tuple[str, ...] = tuple(field for field, _, _ in _LINES)


def plain_name(header: str) -> str:
    """A header without case, accents, blanks and signs: "Author(s)" gives "authors"."""
    decomposed = unicodedata.normalize("NFKD", header.casefold())
    return _NOT_WORD.sub("", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


_FIELDS_BY_NAME: Mapping[str, str] = MappingProxyType(
    {plain_name(name): field for field, _, names in _LINES for name in names.split()}
)
# Web of Science's own two letters, where its other columns are there too.
_WEB_OF_SCIENCE: Mapping[str, str] = MappingProxyType(
    {
        "PT": "", "AU": "authors", "AF": "authors", "TI": "title", "SO": "venue", "SE": "series", "LA": "language",
        "DT": "entry_type", "DE": "keywords", "ID": "keywords", "AB": "abstract", "PU": "publisher", "PI": "address",
        "SN": "issn", "EI": "issn", "BN": "isbn", "JI": "shortjournal", "PD": "date", "PY": "year", "VL": "volume",
        "IS": "number", "BP": "first_page", "EP": "last_page", "DI": "doi", "BE": "editor", "PM": "pmid", "UR": "url",
    }
)  # fmt: skip
_ROW_NUMBERS = frozenset({"", "unnamed0", "index", "rank"})
_RELEVANT = frozenset({
    "authors", "year", "date", "abstract", "venue", "doi", "arxiv_id", "url", "keywords", "tags", "citation_key",
    "pmid", "state", "notes", "publisher", "volume",
})  # fmt: skip


def guessed_fields(headers: Sequence[str]) -> list[str]:
    """The field that each column holds, by its header; "" for one that we have no field for."""
    bare = [header.strip().strip("\ufeff").strip() for header in headers]
    if {"TI", "AU", "SO"} <= set(bare):
        return [_WEB_OF_SCIENCE.get(header, "") for header in bare]
    plain = [plain_name(header) for header in bare]
    fields = [_FIELDS_BY_NAME.get(name, "") for name in plain]
    if "title" not in fields and "name" in plain and len(_RELEVANT.intersection(fields)) > 1:
        fields[plain.index("name")] = "title"
    if "itemtype" in plain:  # Zotero: its key is no citation key, and its type is the kind of a thesis or report
        others = {
            "key": "",
            "type": "kind",
            "date": "date",
            "publicationtitle": "venue",
            "number": "number",
            "source": "",
        }
        fields = [others.get(name, field) for name, field in zip(plain, fields, strict=True)]
    if "sourcetitle" in plain or "publicationtitle" in plain or "journal" in plain:
        fields = ["" if name == "source" else field for name, field in zip(plain, fields, strict=True)]
    return fields


def is_header(headers: Sequence[str]) -> bool:
    """Whether these cells name the title of papers and something else of them."""
    fields = guessed_fields(headers)
    return len(headers) > 1 and "title" in fields and not _RELEVANT.isdisjoint(fields)


def is_row_number(header: str) -> bool:
    """Whether a column only counts the rows."""
    return header.strip() == "#" or plain_name(header) in _ROW_NUMBERS


def unknown_field(header: str, place: int) -> str:
    """The name under which a column is kept that no field takes, such as "x-csv-cited-by"; `place` counts from 1."""
    words = _NOT_WORD.sub("-", unicodedata.normalize("NFKD", header.casefold()).encode("ascii", "ignore").decode())
    return f"x-csv-{words.strip('-')[:40] or f'column-{place}'}"
