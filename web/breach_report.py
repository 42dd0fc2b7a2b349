"""Telling the regulator: every answer of its form in its order to copy, what is missing or says too much, and keeping that it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from exports import regulator_report
from exports.regulator_report import Report
from models.breach import Breach
from models.vocabulary import BreachStage, RegulatorDecision, ReportPhase
from registry.access import Deed, Permission, may
from registry.breaches import regulator
from registry.breaches.details import details
from registry.breaches.playbooks import contacts
from registry.breaches.regulator import Sent, Slips
from registry.registers.data_protection.breaches import BREACHES
from registry.rules.regulator_form import FormPart
from registry.rules.slips import Slip
from registry.trace.audit import Happened, recording
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.files import attachment
from web.guard import needs, school_facts, visitor
from web.moments import moment_or_say
from web.pages import occasion
from web.rendering import moment

blueprint = Blueprint("breach_report", __name__, url_prefix=f"{ADDRESS}/report", url_defaults=SLUG)

PARTS_THAT_MEND = {
    **dict.fromkeys(("discovered_at", "occurred_at"), "breach_times.of_record"),
    **dict.fromkeys(("people_told", "others_told", "spoken_to"), "breaches.of_record"),
}
"""The part of the breach in which an answer of the form is given, where that is not a question of the register."""

ON_THIS_PAGE = {"delay_reason": "#submitted-delay", "case_reference": "#reference-reference"}
TITLE = "Breach report"
MOST_LINES, A_LINE = 12, 70


@dataclass(frozen=True)
class Prepared:
    """The form as it would be filled in now, for one reader."""

    page: BreachPage
    phase: ReportPhase

    @property
    def row(self) -> Any:
        """The breach."""
        return self.page.row

    @cached_property
    def parts(self) -> tuple[FormPart, ...]:
        """The form, part by part."""
        return regulator.prepared(self.row, occasion(), school_name(), self.phase)

    @cached_property
    def slips(self) -> Slips:
        """What should not stand in the answers."""
        return regulator.slipped(self.row, self.parts, occasion(), school_name())

    @property
    def missing(self) -> list[tuple[str, str]]:
        """(the question, where it is answered) of each that nobody has answered."""
        return [(each.question, self.mended_at(each.name)) for part in self.parts for each in part.answers if each.is_missing]

    @property
    def doubtful(self) -> list[tuple[str, Sequence[Slip], str]]:
        """(the question, what it says too much, where it is changed) of each that may name somebody."""
        questions = {each.name: each.question for part in self.parts for each in part.answers}
        return [(questions[name], found, self.mended_at(name)) for name, found in self.slips.items()]

    @property
    def can_be_sent(self) -> bool:
        """Whether it can be kept that a report was sent."""
        return bool(self.row.decision == RegulatorDecision.REPORT and self.row.stage == BreachStage.OPEN)

    def mended_at(self, name: str) -> str:
        """Where an answer of the form is given; nowhere for what this reader may not change."""
        part = PARTS_THAT_MEND.get(name)
        if part:
            return url_for(part, record=self.row.id)
        if name in ON_THIS_PAGE:
            can_be_given = self.can_be_sent or name == "case_reference"
            return ON_THIS_PAGE[name] if can_be_given else url_for("breach_decide.of_record", record=self.row.id)
        if name in BREACHES.questions:
            return self.page.shown.change(name)
        if name == "dpo_name":
            return url_for("people.everybody") if may(self.page.by, Permission.MANAGE_PEOPLE) else ""
        code = name.replace("_", "-")
        return url_for("breach_plan.show", _anchor=f"number-{code}") if may(self.page.by, Permission.PLAN_BREACHES) else ""

    @property
    def everything(self) -> str:
        """Every question with its answer, to copy in one go."""
        return regulator.in_words(self.parts)

    def rows(self, answer: str) -> int:
        """How many lines a field needs to show an answer."""
        return min(MOST_LINES, sum(1 + len(line) // A_LINE for line in answer.splitlines() or [""]))


@blueprint.get("")
@needs(Deed.CHANGE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """The answers, and the form that keeps what was sent."""
    return _page(breach_page(record))


@blueprint.post("")
@needs(Deed.CHANGE, register_from_slug=True)
def submit(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep that the regulator was told."""
    return act(record, {"submitted": _submitted, "reference": _reference}, _page, "breach_report.of_record")


@blueprint.post("/report.pdf")
@needs(Deed.EXPORT, register_from_slug=True)
def as_pdf(slug: str, record: UUID) -> Response:
    """The whole as a paper; noted in the history, therefore never a GET."""
    report = _taken_away(record)
    return attachment(regulator_report.pdf(report), f"{report.reference}-report.pdf")


@blueprint.post("/report.docx")
@needs(Deed.EXPORT, register_from_slug=True)
def as_docx(slug: str, record: UUID) -> Response:
    """The same for Word."""
    report = _taken_away(record)
    return attachment(regulator_report.docx(report), f"{report.reference}-report.docx")


def school_name() -> str:
    """The name of the school in view."""
    here = visitor()
    return str(here.school.name) if here and here.school else ""


def _page(page: BreachPage, errors: Errors | None = None) -> str:
    form = Prepared(page, _phase(page.row))
    known = details()
    helpline = next((each for each in contacts(school_facts()) if each.id == "ico"), None)
    sent = regulator.reports(page.row)
    names = page.names(each.kept_by_id for each in sent)
    return shown("regulator", page, errors, form=form, sent=sent, known=known, helpline=helpline, names=names)


def _phase(row: Any) -> ReportPhase:
    """The report that comes next."""
    return ReportPhase.INITIAL if row.told_at is None else ReportPhase.FOLLOW_UP


def _taken_away(record: UUID) -> Report:
    page, by = breach_page(record), occasion()
    form = Prepared(page, _phase(page.row))
    with recording(by.by, by.at) as trace:
        trace.note(Happened.EXPORTED, Breach._meta.table_name, page.row.id)
    warnings = tuple(f"{question} {_said(found)}" for question, found, _where in form.doubtful)
    reference = str(page.row.reference)
    return Report(title=f"{TITLE} {reference}", reference=reference, school=school_name(), made=moment(by.at), parts=form.parts, warnings=warnings)


def _said(found: Sequence[Slip]) -> str:
    return "; ".join(f"“{slip.words}”: {slip.kind.label.lower()}" for slip in found)


def _submitted(row: Any) -> str:
    sent = request.form
    at = moment_or_say(sent, "sent_at", "Enter when it was sent.")
    assert at is not None  # noqa: S101 - it was demanded
    phase = ReportPhase.FOLLOW_UP if sent.get("phase") == ReportPhase.FOLLOW_UP else ReportPhase.INITIAL  # as the page said, sent twice or not
    told = Sent(at=at, phase=phase, reference=sent.get("reference", ""), delay=sent.get("delay", ""))
    regulator.submitted(row, told, occasion(), school_name())
    return "It is kept that the regulator was told, with every answer as it stands now."


def _reference(row: Any) -> str:
    regulator.keep_reference(row, request.form.get("reference", ""), occasion())
    return "The reference is kept."
