"""Where an address in a record really leads."""

import pytest

from readinglist.errors import ExpectedError
from readinglist.papers.web_address import true_address


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("HTTP://Example.ORG:8080/a b?q=1#f", "http://example.org:8080/a%20b?q=1#f"),
        ("https://\u0430rxiv.org/\xe4", "https://xn--rxiv-43d.org/%C3%A4"),
        ("https://evil.example/\u202egpj.exe", "https://evil.example/%E2%80%AEgpj.exe"),
        ("https://ex\u200bample.org/", "https://example.org/"),
        ("https://[::1]:80/x", "https://[::1]:80/x"),
    ],
)
def test_an_address_is_shown_as_it_truly_is(address: str, leads_to: str) -> None:
    assert true_address(address) == leads_to


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x", "file:///etc/passwd", "https://user@evil.example", "https://arxiv.org\\\\@evil.example/", "https://",
        "https://a b.example", "https://x.example:99999/", "https://[::1", "", "https://x.example/" + "a" * 5000,
    ],
)  # fmt: skip
def test_what_hides_where_it_leads_is_refused(address: str) -> None:
    with pytest.raises(ExpectedError, match="no web address"):
        true_address(address)
