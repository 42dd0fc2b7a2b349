"""What the pages of an import show, and what they send back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import url_for

from exports import settling
from exports.selection import REFERENCE_HEADING
from exports.settling import Column
from models.upload import Upload
from registry.actor import Actor
from registry.catalogue import find as register_of
from registry.cells import REFERENCE
from registry.definition import Register
from registry.importing import uploads
from registry.importing.reading import offered
from registry.importing.uploads import Decided, FileRows
from registry.importing.verdicts import WHOLE_ROW, Judged, Preview, Verdict, judge
from registry.kinds import kind_of
from registry.naming import ids_of, named
from web.guard import current_actor
from web.ids_and_numbers import number_in

ROWS_ON_A_PAGE = 50
DETAILS_OF_A_ROW = 6
SHORTENED_AT = 120
CHIPS = {
    Verdict.REFUSED: "Cannot be saved",
    Verdict.NEW: "New",
    Verdict.CHANGES: "Changes",
    Verdict.SAME: "Already there",
    Verdict.LEFT_OUT: "Left out",
}


@dataclass(frozen=True)
class ColumnsPage:
    """The columns of a file, and what each may answer."""

    register: Register
    upload: UUID
    file: FileRows
    columns: Sequence[Column]
    confirmed: str | None = None  # the places of the columns that were ticked to be left out; None before anything was sent

    @property
    def offered(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What a column may answer: (section, (name, label)), the reference first."""
        allowed = set(offered(self.register, current_actor()))
        sections = ((section.title, [(q.name, q.label) for q in section.questions if q in allowed]) for section in self.register.sections)
        return [("Which record it is", [(REFERENCE, REFERENCE_HEADING)]), *((title, questions) for title, questions in sections if questions)]

    @property
    def unmapped(self) -> list[Column]:
        """The columns that would be left out."""
        return [column for column in self.columns if column.answers is None]

    @property
    def unmapped_places(self) -> str:
        """Their places, as the tick box sends them."""
        return ",".join(str(column.place) for column in self.unmapped)

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody has said that exactly these columns, or more, may be left out."""
        said = set((self.confirmed or "").split(","))
        return all(str(column.place) in said for column in self.unmapped)

    @property
    def asks_to_confirm(self) -> bool:
        """Whether the form was sent without the tick that it needs."""
        return self.confirmed is not None and not self.is_confirmed

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is not settled, each with the field that settles it."""
        found = [(f"column-{column.place}", sentence) for column in self.columns for sentence in column.errors]
        return [*found, ("leave-out", LEAVE_OUT)] if self.asks_to_confirm else found


LEAVE_OUT = "Tick that the columns without an answer may be left out, or choose what they answer."


def sent_columns(register: Register, file: FileRows, by: Actor, form: Mapping[str, str]) -> Decided:
    """What the form says the columns answer; what may not be answered counts as left out."""
    allowed = {REFERENCE, *(question.name for question in offered(register, by))}
    chosen = [form.get(f"column-{place}", "") for place in range(len(file.headings))]
    columns = [name if name in allowed else None for name in chosen]
    orders = {name: form.get(f"order-{place}", "") for place, name in enumerate(columns) if name}
    return Decided(columns, {name: order for name, order in orders.items() if order})


@dataclass(frozen=True)
class Fault:
    """One cell that keeps its row from being saved, with what is needed to mend it here."""

    id: str
    label: str
    sentence: str
    value: str
    options: Sequence[tuple[str, str]] = ()
    alike: int = 0  # how many rows say the same, when this is the first of them on the page


@dataclass(frozen=True)
class RowView:
    """One row of the preview."""

    place: int
    line: int
    verdict: Verdict
    name: str
    reference: str
    href: str | None
    details: Sequence[tuple[str, str, str]]  # (question, before, after)
    more: int
    whole: str
    faults: Sequence[Fault]


@dataclass(frozen=True)
class PreviewPage:
    """One page of the rows of a file, with what would become of each."""

    register: Register
    upload: UUID
    file: FileRows
    decided: Decided
    preview: Preview
    show: Verdict | None
    start: int

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows there are of each verdict."""
        return self.preview.counts

    @property
    def in_trouble(self) -> int:
        """How many rows cannot be saved as they are."""
        return self.counts[Verdict.REFUSED]

    @property
    def to_save(self) -> int:
        """How many rows would be written."""
        return self.counts[Verdict.NEW] + self.counts[Verdict.CHANGES]

    @property
    def chips(self) -> Iterator[tuple[str, str, int, bool]]:
        """(words, address, how many, whether it is chosen)."""
        yield "All rows", self.to("all"), len(self.preview.rows), self.show is None
        for verdict, words in CHIPS.items():
            if self.counts[verdict]:
                yield words, self.to(verdict.value), self.counts[verdict], self.show is verdict

    @property
    def shown(self) -> list[Judged]:
        """The rows of the chosen verdict."""
        return [row for row in self.preview.rows if self.show is None or row.verdict is self.show]

    @property
    def on_page(self) -> list[Judged]:
        """The rows of this page."""
        return self.shown[self.start : self.start + ROWS_ON_A_PAGE]

    @property
    def rows(self) -> list[RowView]:
        """The rows of this page, in words."""
        return [self._row(row) for row in self.on_page]

    @cached_property
    def wrong_words(self) -> dict[tuple[str, str], list[int]]:
        """The places of the rows that cannot be saved, by (question, what stands there)."""
        places: dict[tuple[str, str], list[int]] = {}
        for row in self.preview.rows:
            for name in row.problems if row.verdict is Verdict.REFUSED else ():
                places.setdefault((name, self.cell(row.place, name)), []).append(row.place)
        return places

    @cached_property
    def _first_on_page(self) -> dict[tuple[str, str], int]:
        return {(name, self.cell(row.place, name)): row.place for row in reversed(self.on_page) for name in row.problems}

    @property
    def earlier(self) -> tuple[str, str] | None:
        """The link to the rows before."""
        return ("Earlier rows", self._page_at(max(0, self.start - ROWS_ON_A_PAGE))) if self.start else None

    @property
    def later(self) -> tuple[str, str] | None:
        """The link to the rows after."""
        following = self.start + ROWS_ON_A_PAGE
        return ("Later rows", self._page_at(following)) if following < len(self.shown) else None

    @property
    def span(self) -> str:
        """Which rows are shown, of how many."""
        last = min(self.start + ROWS_ON_A_PAGE, len(self.shown))
        return f"{self.start + 1:,} to {last:,} of {len(self.shown):,} rows" if self.shown else "No rows"

    @property
    def left_out(self) -> list[str]:
        """The headings of the columns that are left out."""
        return [heading for heading, name in zip(self.file.headings, self.decided.columns, strict=True) if name is None]

    def to(self, show: str) -> str:
        """The address of the rows of one verdict."""
        return url_for("imports.preview", slug=self.register.slug, upload=self.upload, show=show)

    def cell(self, place: int, name: str) -> str:
        """What a row says about a question, as it was mended or as it stands in the file."""
        mended = self.decided.mended.get(place, {})
        if name in mended:
            return mended[name]
        return self.file.rows[place][self.decided.columns.index(name)] if name in self.decided.columns else ""

    def _page_at(self, start: int) -> str:
        show = self.show.value if self.show else "all"
        return url_for("imports.preview", slug=self.register.slug, upload=self.upload, show=show, start=start)

    def _row(self, row: Judged) -> RowView:
        details = [(self._label(name), self._words(name, row.before.get(name)), self._words(name, answer)) for name, answer in row.answers.items()]
        if row.verdict is Verdict.NEW:
            details = [detail for name, detail in zip(row.answers, details, strict=True) if name != self.register.title.name]
        if row.verdict is Verdict.REFUSED:
            details = []
        faults = [self._fault(row, name, sentence) for name, sentence in row.problems.items() if name != WHOLE_ROW]
        href = url_for("pages.record", slug=self.register.slug, record=row.record) if row.record else None
        name = self.cell(row.place, self.register.title.name) or ("" if row.verdict is Verdict.REFUSED else row.reference)
        return RowView(
            row.place, row.line, row.verdict, name, row.reference, href,
            details[:DETAILS_OF_A_ROW], max(0, len(details) - DETAILS_OF_A_ROW), row.problems.get(WHOLE_ROW, ""), faults,
        )  # fmt: skip

    def _fault(self, row: Judged, name: str, sentence: str) -> Fault:
        words = getattr(self.register.questions[name].column, "words", None) if name in self.register.questions else None
        is_one = words is not None and kind_of(self.register.questions[name].column).name == "choice"
        options = [(word.value, word.label) for word in words] if is_one and words is not None else []
        said = self.cell(row.place, name)
        alike = len(self.wrong_words.get((name, said), ())) if said and self._first_on_page.get((name, said)) == row.place else 0
        return Fault(f"cell-{row.place}-{name}", self._label(name), sentence, said, options, alike if alike > 1 else 0)

    def _label(self, name: str) -> str:
        return REFERENCE_HEADING if name == REFERENCE else self.register.questions[name].label

    def _words(self, name: str, answer: Any) -> str:
        question = self.register.questions[name]
        if question.to:
            words = ", ".join(f"{each.reference} {each.name}" for each in named(register_of(question.to), current_actor(), ids_of(answer)))
        else:
            words = kind_of(question.column).words(answer)
        return words if len(words) <= SHORTENED_AT else f"{words[: SHORTENED_AT - 1]}…"


def preview_page(register: Register, kept: Upload, by: Actor, asked: Mapping[str, str]) -> PreviewPage:
    """Judge the whole file, and show the part of it that the address asks for: the rows in trouble first, when there are any."""
    file, decided = uploads.file_of(kept), uploads.decided_of(kept)
    preview = judge(register, file, settling.reading_of(register, decided, by), by)
    counts = preview.counts
    show = next((verdict for verdict in CHIPS if verdict.value == asked.get("show") and counts[verdict]), None)
    if not asked.get("show") and counts[Verdict.REFUSED]:
        show = Verdict.REFUSED
    first = number_in(asked.get("start", ""), 9) or 0
    total = counts[show] if show else len(preview.rows)
    return PreviewPage(register, kept.id, file, decided, preview, show, first if first < total else 0)


def with_mended(page: PreviewPage, before: Decided, form: Mapping[str, str]) -> Decided:
    """What was decided before, with the cells and the rows of this page as the form has them."""
    mended = {place: dict(cells) for place, cells in before.mended.items()}
    left_out = set(before.left_out)
    for row in page.preview.rows:
        if row.verdict is Verdict.REFUSED:
            _mend(page, row, mended, form)
            if f"leave-{row.place}" in form or "leave_all" in form:
                left_out.add(row.place)
    left_out -= {place for place in before.left_out if f"back-{place}" in form}
    return replace(before, mended=mended, left_out=frozenset(left_out))


def _mend(page: PreviewPage, row: Judged, mended: dict[int, dict[str, str]], form: Mapping[str, str]) -> None:
    for name in row.problems:
        said = page.cell(row.place, name)
        typed = form.get(f"cell-{row.place}-{name}", said).replace("\r\n", "\n").strip()
        if typed == said:
            continue
        mended.setdefault(row.place, {})[name] = typed
        for place in page.wrong_words[name, said] if f"alike-cell-{row.place}-{name}" in form else ():
            if form.get(f"cell-{place}-{name}", said).replace("\r\n", "\n").strip() == said:
                mended.setdefault(place, {})[name] = typed
