"""The page of the settings with the places that links lead to without a question."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from readinglist.ui.keyed_rows import KeyedRow, KeyedRows, keyed_list
from readinglist.ui.link_opening import KNOWN_HOSTS
from readinglist.ui.settings import LINK_HOSTS
from readinglist.ui.settings_rows import Page
from readinglist.ui.small_parts import Words

if TYPE_CHECKING:
    from readinglist.ui.main_window import MainWindow

translate = QCoreApplication.translate


class LinksPage(Page):
    """The places whose links are opened without a question; any of them can be taken off."""

    def __init__(self, window: "MainWindow", parent: QWidget | None = None) -> None:
        always = ", ".join(sorted(KNOWN_HOSTS))
        lead = translate(
            "Settings",
            "The first time that a link leads to a place, you are shown where before it is opened. These are opened at "
            "once, because you said so. {hosts} always are.",
        )
        super().__init__(translate("Settings", "Links"), lead.format(hosts=always), parent)
        self._settings = window.settings
        self._rows = KeyedRows(self)
        self.list = keyed_list(self, self._rows)
        self.list.setObjectName("framed")
        self.list.setAccessibleName(translate("Settings", "Places whose links are opened at once"))
        self._none = Words(translate("Settings", "There is none yet."), tone="faint")
        self.remove_button = QPushButton(translate("Settings", "&Ask again"))
        self.remove_button.setToolTip(translate("Settings", "Ask again before links to this place are opened"))
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self.remove)
        QShortcut(QKeySequence("Del"), self.list, self.remove).setContext(Qt.ShortcutContext.WidgetShortcut)
        self.add(self._none)
        self.fill(self.list)
        self.add_line(self.remove_button)
        self.list.selectionModel().currentChanged.connect(self._follow)
        window.settings.changed.connect(self._show)
        self._show(LINK_HOSTS.key)

    def remove(self) -> None:
        """Ask again before links to the chosen place are opened."""
        row = self.list.currentIndex().row()
        hosts = self._hosts()
        if 0 <= row < len(hosts):
            self._settings.set(LINK_HOSTS, " ".join([*hosts[:row], *hosts[row + 1 :]]))

    def _hosts(self) -> list[str]:
        return sorted(set(self._settings.get(LINK_HOSTS).split()))

    def _show(self, key: str) -> None:
        if key != LINK_HOSTS.key:
            return
        hosts, row = self._hosts(), self.list.currentIndex().row()
        self._rows.show_rows([KeyedRow(host) for host in hosts])
        self._none.setVisible(not hosts)
        if hosts:
            self.list.setCurrentIndex(self._rows.index(min(max(row, 0), len(hosts) - 1)))
        self._follow()

    def _follow(self) -> None:
        self.remove_button.setEnabled(self.list.currentIndex().isValid())
