"""PDF documents for tests: a page of lines in Helvetica, written by hand after ISO 32000-1, section 7."""

import contextlib
from collections.abc import Iterable, Mapping
from io import BytesIO

import pypdfium2

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


def _document(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, value in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def pdf_with_pages(texts: Iterable[str]) -> bytes:
    """A document with a page for each text."""
    whole = pypdfium2.PdfDocument.new()
    for text in texts:
        with contextlib.closing(pypdfium2.PdfDocument(pdf_of([(90, 700, 12, text)]))) as page:
            whole.import_pages(page)
    written = BytesIO()
    whole.save(written)
    whole.close()
    return written.getvalue()
