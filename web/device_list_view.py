"""What the pages of a list of devices show, and what they send back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from exports import device_list
from exports.device_list import LOOK_FIRST, NO_COLUMNS, DeviceList
from models.upload import Upload
from models.vocabulary.words import Words
from registry.devices import uploads as list_uploads
from registry.devices.comparing import Judged, Verdict
from registry.devices.importing import Listed, Preview
from registry.devices.known import Known
from registry.devices.uploads import Answered, Brought
from registry.registers.devices.devices import DEVICES
from registry.rules.device_headings import FIELDS
from registry.rules.plain_dates import plain_day
from web.ids_and_numbers import number_in
from web.rendering import moment

ROWS_ON_A_PAGE = 50
SAMPLES = 3
DETAILS_OF_A_ROW = 5
BY_THE_WAY = frozenset({"mdm_name", "mdm_id", "in_mdm", "enrolled_on", "supervised", "compliant", "last_seen_at", "encryption_verified_on"})
"""What a look at a row can do without: it stands after the rest."""
OWN_WORDS = {
    "user": "User in the program, which changes no custody",
    "location": "Location, kept for comparing only",
}
"""What a column can say that is no question of the register."""
CHIPS = {"refused": "Not taken", "clash": "Tag of another device", "changed": "Changed", "new": "New"}
MAPPING = frozenset({LOOK_FIRST, NO_COLUMNS})


@dataclass(frozen=True)
class ColumnShown:
    """One column of an unknown list: its heading, what stands in it, and what it is taken to say."""

    id: str
    heading: str
    samples: Sequence[str]
    field: str


@dataclass(frozen=True)
class QuestionsPage:
    """What a list leaves open."""

    upload: UUID
    brought: Brought
    answered: Answered
    is_sent: bool = False

    @cached_property
    def read(self) -> DeviceList:
        """The list with what was said about it so far."""
        return device_list.understood(self.brought.name, self.brought.file, day_first=self.answered.day_first, mapping=self.answered.mapping)

    @cached_property
    def _at_first(self) -> DeviceList:
        return device_list.understood(self.brought.name, self.brought.file, mapping=self.answered.mapping)

    @property
    def asks_columns(self) -> bool:
        """Whether somebody has to say what the columns say."""
        before = device_list.understood(self.brought.name, self.brought.file)
        return bool(MAPPING.intersection(before.questions))

    @property
    def of_days(self) -> list[str]:
        """The questions about how days are written."""
        return [each for each in self._at_first.questions if each not in MAPPING]

    @property
    def columns(self) -> list[ColumnShown]:
        """The columns that may be read, with samples; what seems to fit is chosen already."""
        file, found = self.brought.file, []
        chosen = self.answered.mapping if self.answered.mapping is not None else self.read.suggested
        for place, heading in enumerate(file.headings):
            if heading not in self.read.dropped_secrets:
                samples = dict.fromkeys(row[place][:60] for row in file.rows[:50] if row[place])
                found.append(ColumnShown(f"column-{place}", heading, [*samples][:SAMPLES], chosen.get(heading, "")))
        return found

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What a column can say."""
        return [(name, words_for(name)) for name in FIELDS]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is still open, each with the field that settles it."""
        if not self.is_sent:
            return []
        named = {LOOK_FIRST: "column-0", NO_COLUMNS: "column-0"}
        return [(named.get(each, "order"), each) for each in self.read.questions]


@dataclass(frozen=True)
class RowShown:
    """One row of a list with what would become of it."""

    line: int
    verdict: str
    name: str
    serial: str = ""
    device: Known | None = None
    href: str | None = None
    details: Sequence[tuple[str, str, str]] = ()
    more: Sequence[tuple[str, str, str]] = ()
    sentence: str = ""
    clash: str = ""


@dataclass(frozen=True)
class PreviewPage:
    """One page of what would happen."""

    upload: UUID
    read: DeviceList
    preview: Preview
    show: str
    start: int

    @cached_property
    def rows_by(self) -> dict[str, list[Judged | RowShown]]:
        """The rows by what becomes of them, those that were not even compared as well."""
        judged = self.preview.judged
        found: dict[str, list[Judged | RowShown]] = {name: [] for name in CHIPS}
        found["refused"] = [RowShown(each.line, "refused", f"Line {each.line}", sentence=each.sentence) for each in self.read.refused]
        found["refused"] += [each for each in judged if each.verdict is Verdict.REFUSED]
        found["clash"] = [each for each in judged if each.clash]
        for verdict in (Verdict.CHANGED, Verdict.NEW):
            found[verdict.value] = [each for each in judged if each.verdict is verdict]
        return found

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {name: len(rows) for name, rows in self.rows_by.items()}

    @property
    def unchanged(self) -> int:
        """How many are in the register as the list says."""
        return self.preview.counts[Verdict.UNCHANGED]

    @property
    def new(self) -> int:
        """How many are not in the register."""
        return self.preview.counts[Verdict.NEW]

    @property
    def to_save(self) -> int:
        """How many devices would be written down as other than they are."""
        return self.new + self.preview.counts[Verdict.CHANGED]

    @property
    def chips(self) -> Iterator[tuple[str, str, int, bool]]:
        """(words, address, how many, whether it is chosen)."""
        for name, words in CHIPS.items():
            if self.counts[name]:
                yield words, url_for("device_lists.preview", upload=self.upload, show=name), self.counts[name], self.show == name

    @property
    def rows(self) -> list[RowShown]:
        """Those on this page."""
        shown = self.rows_by.get(self.show, [])[self.start : self.start + ROWS_ON_A_PAGE]
        return [each if isinstance(each, RowShown) else _shown(each) for each in shown]

    @property
    def earlier(self) -> tuple[str, str] | None:
        """The link to those before."""
        return ("Earlier rows", self._at(max(0, self.start - ROWS_ON_A_PAGE))) if self.start else None

    @property
    def later(self) -> tuple[str, str] | None:
        """The link to those after."""
        following = self.start + ROWS_ON_A_PAGE
        return ("Later rows", self._at(following)) if following < self.counts.get(self.show, 0) else None

    @property
    def span(self) -> str:
        """Which are shown, of how many."""
        many = self.counts.get(self.show, 0)
        return f"{self.start + 1:,} to {min(self.start + ROWS_ON_A_PAGE, many):,} of {many:,}" if many else "None"

    def _at(self, start: int) -> str:
        return url_for("device_lists.preview", upload=self.upload, show=self.show, start=start)


def preview_page(upload: UUID, read: DeviceList, preview: Preview) -> PreviewPage:
    """What would happen, and the part of it that the address asks for: what needs a look first."""
    page = PreviewPage(upload, read, preview, "", 0)
    wanted = request.args.get("show", "")
    show = wanted if page.counts.get(wanted) else next((name for name in CHIPS if page.counts[name]), "")
    first = number_in(request.args.get("start", ""), 9) or 0
    return replace(page, show=show, start=first if first < page.counts.get(show, 0) else 0)


def understood(upload: Upload) -> DeviceList:
    """A list that is kept, with what was said about it."""
    brought, answered = list_uploads.brought_of(upload), list_uploads.answered_of(upload)
    return device_list.understood(brought.name, brought.file, day_first=answered.day_first, mapping=answered.mapping)


def listed_of(read: DeviceList) -> Listed:
    """What is compared with the register."""
    return Listed(source=read.recognised_as, rows=read.rows, digest=read.digest, twice=read.twice)


def answered_in(brought: Brought, form: MultiDict[str, str]) -> Answered:
    """What a form says about a list."""
    order = {"day": True, "month": False}.get(form.get("order", ""))
    if "column-0" not in form and not any(name.startswith("column-") for name in form):
        return Answered(order)
    chosen = {heading: form.get(f"column-{place}", "") for place, heading in enumerate(brought.file.headings)}
    mapping = {heading: field for heading, field in chosen.items() if field in FIELDS}
    return Answered(order, mapping)


def words_for(name: str) -> str:
    """What a field of a list is called."""
    return OWN_WORDS.get(name) or DEVICES.questions[name].label


def details(told: Mapping[str, tuple[Any, Any]]) -> list[tuple[str, str, str]]:
    """Answers that change, in words: what is asked, before, and after."""
    return [(DEVICES.questions[name].label, in_words(before), in_words(after)) for name, (before, after) in told.items()]


def in_words(value: Any) -> str:
    """An answer in words; empty for none."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return plain_day(value)
    return value.label if isinstance(value, Words) else "" if value is None else str(value)


def _shown(judged: Judged) -> RowShown:
    row, device = judged.row, judged.device
    name = (device.answers["name"] if device else None) or (judged.changes.get("name") or (None, None))[1] or row.name or f"Line {row.line}"
    href = url_for("pages.record", slug=DEVICES.slug, record=device.id) if device else None
    told = {key: value for key, value in judged.changes.items() if device or key not in ("name", "serial")}
    said = details({key: told[key] for key in sorted(told, key=lambda key: key in BY_THE_WAY)})
    shown: dict[str, Any] = {"details": said[:DETAILS_OF_A_ROW], "more": said[DETAILS_OF_A_ROW:], "sentence": judged.sentence, "clash": judged.clash}
    return RowShown(row.line, judged.verdict.value, name, row.serial or "", device, href, **shown)
