"""Pictures of pages: whatever is done to a document, it is drawn or told; and several threads may ask at once."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from readinglist.formats.pdf_pages import UnreadablePdfError, open_pages
from readinglist.formats.pdf_pictures import PagePicture, draw_page
from tests.formats.pdf_making import pdf_of

WHOLE = pdf_of([(90, 760 - 12 * line, 11, f"Line {line} of a page that is damaged") for line in range(40)])


def picture_of(path: Path, data: bytes) -> PagePicture | None:
    """The first page of a document, or None where it was told that there is none."""
    path.write_bytes(data)
    try:
        return draw_page(path, 0, 120)
    except UnreadablePdfError:
        return None


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The same with some bytes changed, left out or doubled."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(broken))
        match chance.randrange(3):
            case 0:
                broken[place] = chance.randrange(256)
            case 1:
                del broken[place : place + chance.randrange(1, 60)]
            case _:
                broken[place:place] = broken[place : place + chance.randrange(1, 60)]
    return bytes(broken)


def test_damaged_documents_are_drawn_or_told(tmp_path: Path) -> None:
    chance = random.Random(4)
    drawn = [picture_of(tmp_path / "damaged.pdf", damaged(WHOLE, chance)) for _ in range(200)]
    assert 20 < sum(picture is not None for picture in drawn) < 200
    assert all(len(picture.pixels) == 4 * picture.width * picture.height for picture in drawn if picture is not None)


def test_documents_are_read_and_drawn_by_several_threads_at_once(tmp_path: Path) -> None:
    path = tmp_path / "whole.pdf"
    path.write_bytes(WHOLE)
    with ThreadPoolExecutor(4) as threads:
        pictures = [threads.submit(draw_page, path, 0, 100 + number % 7) for number in range(40)]
        texts = [threads.submit(open_pages, WHOLE) for _ in range(40)]
        assert len({text.result().text for text in texts}) == 1
        assert [picture.result().width for picture in pictures] == [100 + number % 7 for number in range(40)]
