"""Telling the regulator of a breach: every answer of its form, what should not stand in them, and what was sent (UK GDPR Article 33)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from models.base import new_id
from models.breach import Breach
from models.breach_person import BreachPerson
from models.breach_report import BreachReport
from models.roles import Role
from models.vocabulary import EntryKind, RegulatorDecision, ReportPhase
from registry import records
from registry.access import Deed, require
from registry.accounts.colleagues import working_in
from registry.breaches import settling, timeline
from registry.breaches.details import details
from registry.breaches.moving import demand_open
from registry.breaches.steps import told_so_far
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone, store
from registry.rules.breach_clock import needs_reason_for_delay
from registry.rules.regulator_form import MAY_NAME, FormFacts, FormPart, parts
from registry.rules.slips import Slip, slips
from registry.schema import Invalid
from registry.trace.audit import Happened, recording

SECTOR = "Education and childcare"
INSIDE = frozenset({"headteacher", "dpo", "dsl", "it-provider", "chair", "wrong-recipient", "people-affected", "ico"})
"""Contacts that are no other organisation, or are asked about elsewhere in the form."""
LONGEST_REFERENCE = 200
NOT_YET = "(not known yet)"

Slips = Mapping[str, tuple[Slip, ...]]
"""What slipped into an answer, by the name of the question."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What is said of a report that was sent: when, the first or a later one, under which reference, and why late if it was."""

    at: datetime
    phase: ReportPhase = ReportPhase.INITIAL
    reference: str = ""
    delay: str = ""


def prepared(row: Breach, occasion: Occasion, school: str, phase: ReportPhase = ReportPhase.INITIAL) -> tuple[FormPart, ...]:
    """The form as it would be filled in now, for a school of this name; with whoever asks as the one who reports."""
    return parts(FormFacts(**_of_the_breach(row), **_of_the_school(row, occasion, school), phase=phase), occasion.at)


def slipped(row: Breach, form: Sequence[FormPart], occasion: Occasion, school: str) -> Slips:
    """What in these answers may say who is concerned: the regulator must not be given it."""
    people = [person for each in BreachPerson.select().where(BreachPerson.breach == row.id) for person in (each.name, each.about) if person]
    known = [*people, *(line.strip() for line in (row.names or "").splitlines() if line.strip())]
    today = occasion.school.today
    found = {
        each.name: slips(each.answer, known, not_people=(school,), today=today)
        for part in form
        for each in part.answers
        if each.name not in MAY_NAME and not each.is_missing
    }
    return {name: those for name, those in found.items() if those}


def reports(row: Breach) -> list[Any]:
    """What the regulator was told, the first first."""
    return [*BreachReport.select().where(BreachReport.breach == row.id).order_by(BreachReport.sent_at, BreachReport.id)]


def submitted(row: Breach, sent: Sent, occasion: Occasion, school: str) -> None:
    """Keep that the regulator was told, with every answer as it was prepared. Raises Forbidden, Conflict, CannotBeDone and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    demand_open(row)
    if row.decision != RegulatorDecision.REPORT or row.aware_at is None:
        raise CannotBeDone("It is not decided that the regulator is told. Decide it first.")
    _demand(row, sent, occasion)
    is_first = sent.phase is ReportPhase.INITIAL
    reference, delay = sent.reference.strip() or None, sent.delay.strip() or row.delay_reason
    first = {"told_at": sent.at, "delay_reason": delay if needs_reason_for_delay(row.aware_at, sent.at) else row.delay_reason}
    answers = {**(first if is_first else {}), "regulator_reference": reference or row.regulator_reference}
    changes = {name: (before, after) for name, after in answers.items() if (before := getattr(row, name)) != after}
    with recording(occasion.by, occasion.at) as trace:
        _demand(row, sent, occasion)  # once more, now that nobody else writes
        if changes:
            records.amend(trace, BREACHES, row, changes, occasion=occasion, happened=Happened.BREACH_SUBMITTED)
        kept = BreachReport(
            id=new_id(), school=row.school_id, breach=row.id, phase=sent.phase, sent_at=sent.at, kept_at=occasion.at, kept_by=occasion.by.user,
            reference=reference, answers=in_words(prepared(row, occasion, school, sent.phase)),
        )  # fmt: skip
        store(trace, Happened.BREACH_SUBMITTED, kept, new=True)
        text = "\n".join(filter(None, (f"{sent.phase.label} sent.", f"Reference: {reference}" if reference else "")))
        timeline.write(trace, row, EntryKind.SUBMITTED, occasion, at=sent.at, text=text)
        settling.note_told(trace, row, "ico", occasion, at=sent.at)
        trace.note(Happened.BREACH_SUBMITTED, Breach._meta.table_name, row.id)


def keep_reference(row: Breach, reference: str, occasion: Occasion) -> None:
    """Keep the reference that came after the report was sent. Raises Forbidden, Conflict, CannotBeDone and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    reference = reference.strip()
    if row.told_at is None:
        raise CannotBeDone("The regulator was not told yet. Its reference is kept with the report.")
    if not reference or len(reference) > LONGEST_REFERENCE:
        raise Invalid({"reference": [_shorter() if reference else "Enter the reference. It is in the regulator’s answer."]})
    if reference == row.regulator_reference:
        return
    with recording(occasion.by, occasion.at) as trace:
        changes = {"regulator_reference": (row.regulator_reference, reference)}
        records.amend(trace, BREACHES, row, changes, occasion=occasion, happened=Happened.BREACH_SUBMITTED)
        timeline.write(trace, row, EntryKind.NOTE, occasion, text=f"The regulator’s reference: {reference}")


def in_words(form: Sequence[FormPart]) -> str:
    """Every question with its answer, part by part."""
    return "\n\n".join(words for part in form for words in (part.title, *_lines(part)))


def _lines(part: FormPart) -> Iterator[str]:
    for each in part.answers:
        yield f"{each.question}\n{each.answer or NOT_YET}"


def _demand(row: Breach, sent: Sent, occasion: Occasion) -> None:
    is_first = sent.phase is ReportPhase.INITIAL
    wrong: dict[str, list[str]] = {}
    if is_first != (row.told_at is None):
        first = "The first report is written down already. This one is a follow-up."
        wrong["phase"] = [first if is_first else "The first report comes before a follow-up."]
    if when := _wrong_time(row, sent, occasion):
        wrong["sent_at"] = [when]
    elif is_first and row.aware_at and needs_reason_for_delay(row.aware_at, sent.at) and not (sent.delay.strip() or row.delay_reason):
        wrong["delay"] = ["It was more than 72 hours: the regulator must be given the reason for the delay (UK GDPR Article 33(1))."]
    if len(sent.reference) > LONGEST_REFERENCE:
        wrong["reference"] = [_shorter()]
    if wrong:
        raise Invalid(wrong)


def _wrong_time(row: Breach, sent: Sent, occasion: Occasion) -> str:
    """Why it cannot have been sent then; nothing where it can."""
    if sent.at > occasion.at + timeline.A_LITTLE or (row.aware_at and sent.at < row.aware_at):
        return "Enter when it was sent: after the school became aware, and not in time to come."
    if sent.phase is ReportPhase.INITIAL or row.told_at is None:
        return ""
    if sent.at < row.told_at:
        return "The first report was sent after that. Enter when the follow-up was sent."
    is_kept = sent.at in {each.sent_at for each in reports(row)}
    return "A report that was sent at that minute is written down already." if is_kept else ""


def _shorter() -> str:
    return f"Shorten it to {LONGEST_REFERENCE} characters."


def _of_the_breach(row: Breach) -> dict[str, Any]:
    columns = Breach._meta.fields
    found = {each.name: getattr(row, each.name) for each in fields(FormFacts) if each.name in columns}
    return {**found, "case_reference": row.regulator_reference}


def _of_the_school(row: Breach, occasion: Occasion, school: str) -> dict[str, Any]:
    """What the form asks about the school and whoever reports."""
    known = {code: detail.words for code, detail in details().items()}
    officer = next((each.name for each in working_in(row.school_id) if each.role is Role.DPO), None)
    return {
        "school_name": school, "school_address": known.get("school-address"), "fee_number": known.get("fee-number"), "sector": SECTOR,
        "reporter_name": occasion.by.name, "reporter_role": occasion.by.role.label if occasion.by.role else None,
        "dpo_name": officer, "dpo_contact": known.get("dpo-contact"), "others_told": told_so_far(row, occasion.school, INSIDE),
    }  # fmt: skip
