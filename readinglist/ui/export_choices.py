"""What is to be exported and how: papers, format, citation style, and what goes with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFormLayout, QRadioButton, QSizePolicy, QWidget

from readinglist.library.citation_styles import CitationStyle
from readinglist.library.export_formats import EXPORT_FORMATS, ExportFormat, ExportOptions
from readinglist.ui import theme
from readinglist.ui.export_words import format_name, format_use
from readinglist.ui.small_parts import ChoiceBox, Words
from readinglist.ui.wording import number, papers


@dataclass(frozen=True, slots=True)
class Scope:
    """Papers that can be exported: what they are called, how many they are, a file name for them, and their ids.

    `ids` is called off the GUI thread. `query` finds them again, None where nothing does.
    """

    words: str
    count: int
    file_name: str
    ids: Callable[[], Sequence[int]]
    query: str | None = None


class ExportChoices(QWidget):
    """The choices of an export, one below the other."""

    changed = Signal()
    """Something else is chosen now."""

    def __init__(self, scopes: Sequence[Scope], format_wanted: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scopes = scopes
        self._make_scopes()
        self._make_format(format_wanted)
        self._make_boxes()
        self._lay_out()
        self._follow()
        for signal in (
            self.scope_buttons.idToggled, self.format_box.currentIndexChanged, self.style_box.currentIndexChanged,
            self.personal_box.toggled, self.keep_box.toggled,
        ):  # fmt: skip
            signal.connect(self._changed)

    def _make_scopes(self) -> None:
        self.scope_buttons = QButtonGroup(self)
        for place, scope in enumerate(self._scopes):
            button = QRadioButton(f"{scope.words.replace('&', '&&')}  ·  {number(scope.count)}")
            button.setAccessibleName(f"{scope.words}, {papers(scope.count)}")
            button.setEnabled(scope.count > 0)
            self.scope_buttons.addButton(button, place)
        first = next((place for place, scope in enumerate(self._scopes) if scope.count), None)
        if first is not None:
            self.scope_buttons.button(first).setChecked(True)

    def _make_format(self, wanted: str) -> None:
        self.format_box = ChoiceBox()
        for known in EXPORT_FORMATS:
            self.format_box.addItem(f"{format_name(known)} ({known.suffix})", known)
        names = [known.name for known in EXPORT_FORMATS]
        self.format_box.setCurrentIndex(names.index(wanted) if wanted in names else 0)
        self.format_box.setAccessibleName(self.tr("Format"))
        self.use = Words(tone="faint", step=-1)
        self.style_box = ChoiceBox()
        self.style_box.setAccessibleName(self.tr("Style"))
        self.style_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.style_box.setMinimumContentsLength(40)

    def _make_boxes(self) -> None:
        self.personal_box = QCheckBox(self.tr("With reading states, stars, ratings, tags and &notes"))
        self.personal_box.setChecked(True)
        self.keep_box = QCheckBox(self.tr("Keep the file &up to date: write it anew whenever these papers change"))
        self.open_box = QCheckBox(self.tr("&Open the file when it is written"))

    def _lay_out(self) -> None:
        self._form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.spacing(5))
        form.setVerticalSpacing(theme.spacing(2))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for place, button in enumerate(self.scope_buttons.buttons()):
            form.addRow(Words(self.tr("Papers"), tone="quiet") if place == 0 else Words(), button)
        form.addRow(Words(self.tr("Format"), tone="quiet"), self.format_box)
        form.addRow(Words(), self.use)
        form.addRow(Words(self.tr("Style"), tone="quiet"), self.style_box)
        for box in (self.personal_box, self.keep_box, self.open_box):
            form.addRow(Words(), box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def format(self) -> ExportFormat:
        """The chosen format."""
        return EXPORT_FORMATS[self.format_box.currentIndex()]

    @property
    def scope(self) -> Scope | None:
        """The chosen papers; None where there are none to choose."""
        place = self.scope_buttons.checkedId()
        return self._scopes[place] if place >= 0 else None

    @property
    def options(self) -> ExportOptions:
        """How the papers are to be written."""
        style = self.style_box.currentData() or ""
        return ExportOptions(self.format.name, self.personal_box.isChecked(), style if self.format.styled else "")

    @property
    def keeps(self) -> bool:
        """Whether the file is to be kept up to date."""
        return self.keep_box.isEnabled() and self.keep_box.isChecked()

    def show_styles(self, styles: Sequence[CitationStyle], wanted: str) -> None:
        """Offer citation styles, with the one of this name chosen."""
        self.style_box.blockSignals(True)  # noqa: FBT003 - Qt's
        self.style_box.clear()
        for style in styles:
            self.style_box.addItem(style.title, style.name)
        self.style_box.setCurrentIndex(max(self.style_box.findData(wanted), 0))
        self.style_box.blockSignals(False)  # noqa: FBT003 - Qt's
        if self.format.styled:
            self.changed.emit()

    def focus_first(self) -> None:
        """Begin with the papers."""
        button = self.scope_buttons.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, *_: object) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Show what goes with the format, and what can be done with the papers."""
        self.use.setText(format_use(self.format))
        self._form.setRowVisible(self.style_box, self.format.styled)
        self._form.setRowVisible(self.personal_box, not self.format.bare)
        can_keep = self.scope is not None and self.scope.query is not None
        self.keep_box.setEnabled(can_keep)
        reason = "" if can_keep else self.tr("A selection finds no new papers. Choose a search, or all papers.")
        self.keep_box.setToolTip(reason)
