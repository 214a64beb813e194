"""PDF documents for tests: a page of lines in Helvetica, written by hand after ISO 32000-1, section 7."""

import hashlib
from collections.abc import Iterable, Mapping

Line = tuple[float, float, float, str]  # from the left and from the bottom, the size of the letters, the text


def pdf_of(
    lines: Iterable[Line], information: Mapping[str, str] | None = None, xmp: str = "", turned: str = ""
) -> bytes:
    """A document of one page; `turned` stands along the left margin, as arXiv stamps its papers."""
    drawn = [f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, size, text in lines]
    if turned:
        drawn.append(f"BT /F1 20 Tf 0 1 -1 0 30 200 Tm ({_escaped(turned)}) Tj ET")
    content = "\n".join(drawn).encode("cp1252")
    told = " ".join(f"/{name} ({_escaped(value)})" for name, value in (information or {}).items())
    packet = xmp.encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 8 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {told} >>".encode("cp1252"),
        b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%b\nendstream" % (len(packet), packet),
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    return _document(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _document(objects: list[bytes], more: bytes = b"/Info 6 0 R") -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, value in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, more, len(data))
    return bytes(data) + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def pdf_with_pages(texts: Iterable[str]) -> bytes:
    """A document with a page for each text."""
    objects = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    pages = []
    for text in texts:
        content = f"BT /F1 12 Tf 90 700 Td ({_escaped(text)}) Tj ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        pages.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(pages), len(pages))
    return _document(objects, b"")


def pdf_without_text() -> bytes:
    """A document whose one page is a picture, as a scanner makes them."""
    content = b"0.4 g 90 300 400 400 re f"
    return _document(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        ],
        b"",
    )


def protected_pdf(text: str, password: str) -> bytes:
    """A document with one line of text that opens with a password, "" for any reader (ISO 32000-1, 7.6.3, revision 2).

    The owner's password is another one, as publishers set it to forbid printing.
    """
    identity, allowed = bytes(16), (-44).to_bytes(4, "little", signed=True)
    owner = _rc4(_md5(_padded("the owner's"))[:5], _padded(password))
    key = _md5(_padded(password) + owner + allowed + identity)[:5]
    content = _rc4(
        _md5(key + (4).to_bytes(3, "little") + bytes(2))[:10], f"BT /F1 12 Tf 90 700 Td ({text}) Tj ET".encode()
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    lock = b"<< /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -44 >>" % (
        owner.hex().encode(),
        _rc4(key, _padded("")).hex().encode(),
    )
    return _document(objects, b"/Encrypt %b /ID [<%b> <%b>]" % (lock, *[identity.hex().encode()] * 2))


def _padded(password: str) -> bytes:
    return (password.encode() + bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A"))[:32]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
