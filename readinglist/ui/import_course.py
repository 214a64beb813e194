"""What happens in an import off the window's thread: finding what there is, looking at it, and importing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readinglist.errors import ExpectedError
from readinglist.library.answers import ImportOptions, Progress
from readinglist.library.inputs import Column, Inputs, has_columns
from readinglist.library.ledger import Ledger
from readinglist.library.previewing import Preview, Verdict

if TYPE_CHECKING:
    from readinglist.library.library import Library

# When an import is looked at before it is made.
ALWAYS, WHEN_NEEDED, NEVER = LOOKS = ("always", "when-needed", "never")

Sources = Callable[[Progress], Inputs]
ColumnMemory = Mapping[tuple[str, ...], Mapping[str, str]]
"""What the reader said of tables before: fields by header, by all headers of the table."""

_TO_DECIDE = frozenset({Verdict.PROBABLE, Verdict.SKIPPED})


@dataclass(frozen=True, slots=True)
class Table:
    """A table among what is imported: the number of its text from 0, and its columns as they are taken."""

    number: int
    columns: tuple[Column, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """What the table is known by."""
        return tuple(column.header for column in self.columns)

    @property
    def has_titles(self) -> bool:
        """Whether it can be imported as it is."""
        return any(column.field == "title" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, what would become of it, and the tables in it."""

    inputs: Inputs
    preview: Preview
    tables: tuple[Table, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could be imported."""
        return not self.preview.records and all(not table.columns for table in self.tables)

    @property
    def asks(self) -> bool:
        """Whether the reader should see it: something can be decided, or is left out."""
        if self.is_empty:
            return False
        troubled = self.inputs.troubles or self.preview.errors
        return bool(troubled) or any(record.verdict in _TO_DECIDE for record in self.preview.records)


def run(library: "Library", sources: Sources, look: str, memory: ColumnMemory, progress: Progress) -> Looked | Ledger:
    """Find what there is; look at it first, as the reader wants it; import it where nothing is to be decided.

    Raises:
        CancelledError: `progress` raised it.
        ExpectedError: the library cannot be written.
    """
    inputs = sources(progress)
    if look != NEVER and inputs.texts:
        looked = look_at(library, inputs, memory, progress)
        if (look == ALWAYS and not looked.is_empty) or looked.asks:
            return looked
        inputs = looked.inputs
    return import_inputs(library, inputs, ImportOptions(), progress)


def look_at(
    library: "Library", inputs: Inputs, memory: ColumnMemory, progress: Progress, *, personal: bool = True
) -> Looked:
    """What would become of some inputs; tables with the columns that the reader gave such tables before."""
    preview = library.preview(inputs.texts, progress, personal=personal)
    tables = _tables(library, inputs, preview)
    known = {table.number: memory[table.headers] for table in tables if table.headers in memory}
    news = {number: columns for number, columns in known.items() if not inputs.texts[number].columns}
    if not news:
        return Looked(inputs, preview, tables)
    inputs = with_columns(inputs, news)
    preview = library.preview(inputs.texts, progress, personal=personal)
    return Looked(inputs, preview, _tables(library, inputs, preview))


def with_columns(inputs: Inputs, columns: Mapping[int, Mapping[str, str]]) -> Inputs:
    """The inputs with other columns of some tables, by the numbers of their texts."""
    texts = (replace(text, columns=columns.get(number, text.columns)) for number, text in enumerate(inputs.texts))
    return replace(inputs, texts=tuple(texts))


def without(inputs: Inputs, numbers: Sequence[int]) -> Inputs:
    """The inputs without some texts."""
    return replace(inputs, texts=tuple(text for number, text in enumerate(inputs.texts) if number not in numbers))


def import_inputs(library: "Library", inputs: Inputs, options: ImportOptions, progress: Progress) -> Ledger:
    """Import; what could not even be opened is an error of the account too."""
    ledger = library.import_texts(inputs.texts, progress, options) if inputs.texts else Ledger()
    return replace(ledger, errors=(*inputs.troubles, *ledger.errors), looked_at=inputs.looked_at)


def _tables(library: "Library", inputs: Inputs, preview: Preview) -> tuple[Table, ...]:
    found = []
    for number, (text, file) in enumerate(zip(inputs.texts, preview.files, strict=True)):
        if not has_columns(file.format):
            continue
        try:
            found.append(Table(number, library.columns(text)))
        except ExpectedError:
            continue  # the preview tells that it cannot be read
    return tuple(found)
