"""Which files an entry names, as other programs write it."""

import pytest

from readinglist.papers.named_files import named_files
from readinglist.papers.paper import Paper


@pytest.mark.parametrize(
    ("value", "paths"),
    [
        (":papers/Vaswani2017.pdf:PDF", ["papers/Vaswani2017.pdf"]),
        ("Preprint:/home/you/x.pdf:PDF;:y.ps:PostScript", ["/home/you/x.pdf", "y.ps"]),
        ("Full Text PDF:files/12/Vaswani et al. - 2017.pdf:application/pdf", ["files/12/Vaswani et al. - 2017.pdf"]),
        (r":C\:\\Users\\Ada\\x.pdf:PDF", [r"C:\Users\Ada\x.pdf"]),
        (r":C:\Users\Ada\x.pdf:PDF", [r"C:\Users\Ada\x.pdf"]),
        (r"C:\Users\Ada\x.pdf", [r"C:\Users\Ada\x.pdf"]),
        (r":a\;b\:c\_d.pdf:PDF", ["a;b:c_d.pdf"]),
        ("/home/you/x.pdf", ["/home/you/x.pdf"]),
        ("x.pdf", ["x.pdf"]),
        (":x.pdf:", ["x.pdf"]),
        (":x.pdf:PDF;:x.pdf:PDF", ["x.pdf"]),
        ("file:///home/you/a%20b.pdf", ["/home/you/a b.pdf"]),
        ("https://example.org/x.pdf", []),
        (r":https\://example.org/x.pdf:PDF", []),
        ("", []),
        (";;", []),
        ("::", []),
    ],
)
def test_paths(value: str, paths: list[str]) -> None:
    assert named_files(Paper(extra={"file": value})) == tuple(paths)


def test_several_fields_are_looked_at() -> None:
    paper = Paper(extra={"localfile": "/a/x.pdf", "local-url": "file://localhost/b/y.pdf", "note": "z.pdf"})
    assert named_files(paper) == ("/a/x.pdf", "/b/y.pdf")
