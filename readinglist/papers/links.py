"""Links in a paper's text: where they end, and whether code, data or a project stands behind them."""

import re

from readinglist.papers.paper import Link, LinkKind

_ADDRESS = r"[A-Za-z0-9][A-Za-z0-9!#$%&'()*+,\-./:;=?@\[\]_~]*"
_LINK = re.compile(r"https?://" + _ADDRESS)
_LINK_OR_BARE = re.compile(r"(?:https?://|(?<![\w./@-])www\.)" + _ADDRESS)
_NEXT_SENTENCE = re.compile(r"(?<=[\w/])\.(?=(?:The|We|Our|This|These|Code|In|It|For|All|And|Project|Data|Models?)$)")
_AT_END = ".,;:!?'*_~"
_BRACKETS = {")": "(", "]": "["}

_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "colab.research.google.com", "pypi.org")
_DATA_HOSTS = (
    "zenodo.org", "figshare.com", "kaggle.com", "osf.io", "globus.org", "dataverse.org", "openslr.org",
)  # fmt: skip
_CODE_WORDS = re.compile(
    r"\b(?:codes?|codebase|implementations?|open[- ]?sourced?|tools?|scripts?|library)\b", re.IGNORECASE
)
_DATA_WORDS = re.compile(r"\b(?:data|datasets?|data sets?|benchmarks?|corpus|corpora)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s")


def find_links(text: str) -> tuple[Link, ...]:
    """The different links of a text in the order they stand in, without the punctuation around them."""
    bare = "www." in text
    if not bare and "://" not in text:
        return ()
    found: dict[str, Link] = {}
    for match in (_LINK_OR_BARE if bare else _LINK).finditer(text):
        url = trimmed(match[0])
        if "." in url:
            address = url if url.startswith("http") else f"https://{url}"
            before = _SENTENCE_END.split(text[max(0, match.start() - 150) : match.start()])[-1]
            found.setdefault(address, Link(address, kind_of(address, before)))
    return tuple(found.values())


def trimmed(url: str) -> str:
    """A link without the punctuation of the sentence that it stands in; brackets stay where they are in pairs."""
    url = _NEXT_SENTENCE.split(url)[0]
    while url:
        last = url[-1]
        unpaired = last in _BRACKETS and url.count(last) > url.count(_BRACKETS[last])
        if last not in _AT_END and not unpaired:
            break
        url = url[:-1]
    return url


def kind_of(url: str, before: str) -> LinkKind:
    """What stands behind a link, by its host and by the words of its sentence before it."""
    address = url.split("://", 1)[-1].removeprefix("www.").lower()
    host = address.split("/", 1)[0]
    code, data = bool(_CODE_WORDS.search(before)), bool(_DATA_WORDS.search(before))
    if _is_one_of(host, _DATA_HOSTS) or "/datasets/" in address:
        return LinkKind.DATA
    if _is_one_of(host, _CODE_HOSTS):
        return LinkKind.DATA if data and not code else LinkKind.CODE
    if code and not _is_page(address):
        return LinkKind.CODE
    return LinkKind.DATA if data and not code else LinkKind.PROJECT


def _is_one_of(host: str, known: tuple[str, ...]) -> bool:
    return host in known or host.endswith(tuple(f".{name}" for name in known))


def _is_page(address: str) -> bool:
    return ".github.io" in address or address.startswith(("sites.google.com", "huggingface.co/"))
