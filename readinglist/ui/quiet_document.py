"""Rich text that fetches nothing: no picture or style of a text is read from a file or the network, or handed on."""

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat, QTextFragment

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_FOLLOWED = frozenset({"http", "https", "doi", "file", ""})  # links of others, such as javascript:, are words


class QuietDocument(QTextDocument):
    """A document that fetches nothing.

    What is copied or dragged out of it leads other programs to fetch nothing either: words stand for pictures.
    """

    def loadResource(self, kind: int, _name: QUrl | str) -> QByteArray | QImage:
        """Nothing, where Qt would look for the file itself; for a picture one that shows nothing.

        Given no picture, Qt reads the file of that name after all.
        """
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return QByteArray()
        nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        nothing.fill(0)
        return nothing

    def show_markdown(self, text: str) -> None:
        """Show a text in Markdown, in which HTML is text."""
        self.setMarkdown(text, _FEATURES)
        if any(map(_is_foreign, self.allFormats())):
            self._put_words_for_what_is_foreign()

    def _put_words_for_what_is_foreign(self) -> None:
        cursor = QTextCursor(self)
        for fragment in reversed([each for each in self._fragments() if _is_foreign(each.charFormat())]):
            shape = fragment.charFormat()
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            words = _picture_words(shape) if shape.isImageFormat() else fragment.text()
            cursor.insertText(words, QTextCharFormat())

    def _fragments(self) -> Iterator[QTextFragment]:
        block = self.begin()
        while block.isValid():
            place = block.begin()
            while not place.atEnd():
                yield place.fragment()
                place += 1
            block = block.next()


def _is_foreign(shape: QTextFormat) -> bool:
    """Whether something is a picture, or a link to what is never opened."""
    if shape.isImageFormat():
        return True
    return shape.isCharFormat() and QUrl(shape.toCharFormat().anchorHref()).scheme().casefold() not in _FOLLOWED


def _picture_words(shape: QTextCharFormat) -> str:
    """The picture's own words, and where it is."""
    words = str(shape.property(QTextFormat.Property.ImageAltText.value) or "")
    return " ".join(filter(None, (words, f"[{shape.toImageFormat().name()}]")))
