"""What citeproc-py does otherwise than CSL 1.0.2 says, put right: its elements with the same names, where needed.

citeproc-py takes for each element of a style the last class of its name that was made directly from its base class, so
these go before its own from the moment this file is imported. Sections are those of the specification of CSL 1.0.2.
"""
# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from citeproc import model
from citeproc.model import CitationStylesElement as Element
from citeproc.source import VariableError
from citeproc.string import String

from readinglist.library.rich_text import plain
from readinglist.library.text_case import cased

OTHERS = "others"
LETTER = "letter"
MOST_STEPS = 20_000  # the longest styles take some hundred for an entry; one made to go on for ever is stopped


@dataclass
class Trace:
    """What was asked for and written while one entry is made, and how many elements of the style that took.

    `more_names` are shown than the style has, to tell a citation from others.
    """

    steps: int = 0
    more_names: int = 0
    called: int = 0
    written: list[str] = field(default_factory=list)
    suppressed: set[str] = field(default_factory=set)
    first_names: str = ""


def _search(element: Any, expression: str) -> Any:  # noqa: ANN401 - elements of citeproc-py
    """What an XPath expression finds, kept with the element: a style does not change, and is searched all the time."""
    kept: dict[str, Any] = element.__dict__.setdefault("kept", {})
    if expression not in kept:
        kept[expression] = element.xpath(expression, namespaces=element.nsmap)
    return kept[expression]


Element.xpath_search = _search  # a third of all time was spent there


def _traced(item: Any, variables: str, render: Callable[[], Any]) -> Any:  # noqa: ANN401 - text of citeproc's own kinds
    """Write variables, unless they stand elsewhere in the entry as the substitute of names (section Substitute)."""
    trace: Trace = item.reference.trace
    if variables == "year-suffix":
        return render()  # made by us, it says nothing about the item
    trace.called += 1
    if variables in trace.suppressed:
        raise VariableError
    text = render()
    if text:
        trace.written.append(variables)
    return text


def _counts(trace: Trace, before: tuple[int, int], text: object) -> bool:
    """Whether the text of a group or macro is written: one without a variable of its own, or with one that is there.

    It counts as a variable itself then.
    """
    called, written = before
    if not text or (trace.called > called and len(trace.written) == written):
        return False
    trace.called += 1
    trace.written.append("")
    return True


class _Cased:
    """Cases as the specification has them (section Text-case)."""

    def case(self, text: Any, language: str | None = None) -> Any:  # noqa: ANN401 - text of citeproc-py's own kinds
        """The text in the case that the style asks for."""
        how = self.get("text-case", "")  # type: ignore[attr-defined]
        return String(cased(str(text), how, language or "")) if how else text


class Text(_Cased, model.Text, Element):
    """A substitute is not written twice; a macro counts as a variable; page ranges as the specification has them."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the class above
        """The text and its language.

        Raises:
            RecursionError: the style goes on and on.
        """
        item.reference.trace.steps += 1
        if item.reference.trace.steps > MOST_STEPS:
            raise RecursionError
        trace: Trace = item.reference.trace
        before = trace.called, len(trace.written)
        text, language = super().process(item, context=context, **kwargs)
        if "macro" in self.attrib:
            text = text if _counts(trace, before, text) else None
        return text, language

    def _variable(self, item: Any, context: Any) -> Any:  # noqa: ANN401 - as in the class above
        text = _traced(item, self.get("variable"), lambda: super(Text, self)._variable(item, context))
        return String(text) if isinstance(text, int) else text

    def _format_last_page(self, first: str, last: str) -> str:
        return last_page(first, last, self.get_root().get("page-range-format", ""))


class Label(_Cased, model.Label, Element):
    """Cases as the specification has them; two volumes are more than one."""

    def _is_plural(self, item: Any) -> bool:  # noqa: ANN401 - as in the class above
        variable = self.get("variable")
        if variable.startswith("number-of"):
            count = str(item.reference[variable])
            return count.isdecimal() and int(count) > 1
        plural: bool = super()._is_plural(item)
        return plural


class Name_Part(_Cased, model.Name_Part, Element):  # noqa: N801 - named as the element is
    """Cases as the specification has them; names with affixes are texts as others are."""

    def format_part(self, given: Any, family: Any) -> tuple[Any, Any]:  # noqa: ANN401 - as in the class above
        """The given and the family name, each formatted where this is its part."""
        given, family = super().format_part(given, family)
        return given and str(given), family and str(family)


class Number(_Cased, model.Number, Element):
    """Counts as a variable of its group."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the class above
        """The number."""
        return _traced(item, self.get("variable"), lambda: super(Number, self).process(item, context=context, **kwargs))


class Date(model.Date, Element):
    """Counts as a variable of its group; a date of the language has its own delimiter."""

    def process(self, item: Any, variable: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the class above
        """The date."""
        if self.is_locale_date():
            return super().process(item, variable, **kwargs)
        return _traced(item, self.get("variable"), lambda: super(Date, self).process(item, variable, **kwargs))

    def render_single_date(self, date: Any, show_parts: Any = None, context: Any = None) -> Any:  # noqa: ANN401
        """One date, with what stands between its parts in the language, not in the style (section Localized Dates)."""
        parts = self.parts(date, show_parts, None if context is self else context)
        return self.join(parts) if parts else None


class Date_Part(model.Date_Part, Element):  # noqa: N801 - named as the element is
    """A part of a date that keeps its own attributes: those of the last style element stayed with it.

    The letter of a year stands behind it, where the style has no other place for it.
    """

    def process(self, date: Any, context: Any = None) -> Any:  # noqa: ANN401 - as in the class above
        """The part of the date."""
        text = super().process(date, context)
        return text + date.pop(LETTER, "") if self.get("name") == "year" else text

    def render(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the class above
        """The part of the date."""
        before = dict(self.attrib)
        try:
            return super().render(*args, **kwargs)
        finally:
            self.attrib.clear()
            self.attrib.update(before)


class Names(model.Names, Element):
    """Counts as a variable of its group; a substitute is not written twice; the first ones are kept to compare."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401
        """The names."""
        trace: Trace = item.reference.trace
        text = _traced(
            item,
            self.get("variable"),
            lambda: super(Names, self).process(item, names_context=names_context, context=context, **kwargs),
        )
        if text and not trace.first_names:
            trace.first_names = str(text)
        return text


class Name(model.Name, Element):
    """Given names stay whole where the style says `initialize="false"` (section Name); "others" are et al."""

    def process(self, item: Any, variable: str, context: Any = None, sort_options: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401
        """The names. Those that a bibliography cut off with BibTeX's "and others" are what the style has for them."""
        names = item.reference.get(variable, [])
        options = {**(sort_options or {})}
        least, more = self.get_option("et-al-min", context, sort_options), item.reference.trace.more_names
        if len(names) > 1 and names[-1].get("literal") == OTHERS:
            options["et-al-use-last"] = "false"
            if not least or len(names) < least:
                options |= {"et-al-min": len(names), "et-al-use-first": len(names) - 1}
        elif more and least and len(names) >= least:
            first = self.get_option("et-al-use-first", context, sort_options) + more
            options |= {"et-al-use-first": first} if first < len(names) else {"et-al-min": len(names) + 1}
        return super().process(item, variable, context, options, **kwargs)

    def initialize(self, given: str, mark: str, context: Any) -> str:  # noqa: ANN401 - as in the class above
        """The given names, as initials unless the style wants them whole."""
        whole = self.get("initialize") or (context if context is not None else self).get_root().get("initialize")
        initials: str = given if whole == "false" else super().initialize(given, mark, context)
        return initials


class Substitute(model.Substitute, Element):
    """All variables of the substitute count as written, also those within macros (section Substitute)."""

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the class above
        """The first of the substitutes that is there."""
        trace: Trace = item.reference.trace
        for child in self:
            before = len(trace.written)
            text = self._render_child(child, item, context, **kwargs)
            if text:
                trace.suppressed.update(trace.written[before:])
                return text
        return None

    def _render_child(self, child: Any, item: Any, context: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if isinstance(child, model.Names) and child.find("cs:name", child.nsmap) is None:
            kwargs["names_context"] = self.getparent()
        try:
            return child.render(item, context=context, **kwargs)
        except VariableError:
            return None


class Group(model.Group, Element):
    """Written only where a variable that it asks for is there; a group within counts as one (section Group)."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the class above
        """What stands in the group.

        Raises:
            VariableError: none of its variables is there.
        """
        trace: Trace = item.reference.trace
        before = trace.called, len(trace.written)
        text = self.render_children(item, delimiter=self.get("delimiter", ""), context=context, **kwargs)
        if not _counts(trace, before, text):
            raise VariableError
        return text


class If(model.If, Element):
    """The test whether a citation has to be told from another one (section Choose)."""

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the class above
        """What stands within, where the test holds.

        Raises:
            ConditionFailed: it does not.
        """
        if self.get("disambiguate") == "true" and not item.reference.ambiguous:
            raise model.ConditionFailed
        return super().render(item, context=context, **kwargs)


class Else_If(If, Element):  # noqa: N801 - named as the element is
    """The same test as "if"."""


class Key(model.Key, Element):
    """Sorts by letters, whatever their accents, case and formatting."""

    def sort_keys(self, items: Any, context: Any) -> list[Any]:  # noqa: ANN401 - as in the class above
        """A key for each item."""
        fresh = (item.begun() for item in items)
        return [key if key is None else _folded(str(key)) for key in super().sort_keys(fresh, context)]


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", plain(text).replace("ł", "l").replace("Ł", "L").replace("ø", "o"))
    return re.sub(r"^[^\w]+", "", "".join(filter(lambda letter: not unicodedata.combining(letter), letters)).casefold())


def last_page(first: str, last: str, form: str) -> str:
    """The last page of a range as a style writes it (section Page Ranges, appendix V).

    Args:
        first: the first page, such as "436".
        last: the last page, in full or as short as "44".
        form: expanded, minimal, minimal-two, chicago, chicago-15, chicago-16; "" leaves the page as it is.
    """
    if not form or not first.isdecimal() or not last.isdecimal() or len(first) < len(last):
        return last
    whole = first[: len(first) - len(last)] + last
    least = _least_digits(int(first), form)
    common = next((place for place, (one, other) in enumerate(zip(first, whole, strict=True)) if one != other), 0)
    if form == "chicago-15" and len(first) > 3 and len(first) - common > 2:
        return whole
    return whole[min(common, max(len(whole) - least, 0)) :]


def _least_digits(first: int, form: str) -> int:
    """How many digits of the last page are written at the least."""
    if form == "minimal":
        return 1
    if form == "minimal-two":
        return 2
    if form.startswith("chicago") and first > 100 and first % 100:
        return 1 if first % 100 < 10 else 2
    return len(str(first))
