"""Approving: somebody asks for it, somebody advises, somebody who did not write the last change approves; then the record is frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models import vault
from models.audit import AuditEntry
from models.message import News
from models.statements import stored_rows
from models.version import ApprovalStep, ApprovedVersion
from models.vocabulary.advice import Advice
from registry import records
from registry.access import NOBODY, Deed, allowed, may, require, school_of
from registry.accounts.colleagues import working_in
from registry.actor import Actor
from registry.approval.freezing import freeze
from registry.approval.versions import Step, steps_of
from registry.checks import findings_of
from registry.definition import Register
from registry.records import Conflict, Occasion
from registry.rows import CannotBeDone, store
from registry.rules.approval import Colleague, Standing, not_advisable, not_approvable, not_ready
from registry.rules.finding import Finding, Severity
from registry.talk import outbox
from registry.trace.audit import LEAVING_THE_VERSION, Happened, Trace, recording

NO_CHANGE = (*LEAVING_THE_VERSION, Happened.APPROVED, Happened.ARCHIVED, Happened.RESTORED, Happened.CONFIRMED)
"""What is done to a record without answering anything."""


@dataclass(frozen=True)
class Seen:
    """The record that somebody looked at: its id, and the version that it had then."""

    record: UUID
    version: int


def standing_of(register: Register, row: Any, by: Actor, *, findings: tuple[Finding, ...], steps: list[Step] | None = None) -> Standing:
    """How a record stands on its way to approval, for one person; raises Forbidden."""
    require(by, Deed.SEE, register)
    is_as_approved = bool(row.is_as_approved)
    advising = allowed(Deed.ADVISE, register)
    if steps is None:
        steps = [] if is_as_approved else steps_of(register, row, by)
    people = [] if is_as_approved else working_in(row.school_id)
    approving = allowed(Deed.APPROVE, register)
    advice = next((step for step in steps if step.verdict and step.about == row.version), None)
    return Standing(
        number=(row.approved_number or 0) + 1,
        looker=by.signature,
        errors=sum(finding.severity is Severity.ERROR for finding in findings),
        is_archived=row.archived_at is not None,
        is_starter=bool(row.starter),
        is_as_approved=is_as_approved,
        author="" if is_as_approved else _author(register, row),
        approvers=tuple(Colleague(each.id.hex, each.name) for each in people if each.role in approving),
        approving=_words(approving),
        advisers=tuple(Colleague(each.id.hex, each.name) for each in people if each.role in advising),
        advising=_words(advising),
        verdict=advice.verdict if advice else None,
        adviser=advice.row.by.hex if advice else "",
        may_advise=may(by, Deed.ADVISE, register),
        may_approve=may(by, Deed.APPROVE, register),
    )


def ask(register: Register, seen: Seen, words: str, occasion: Occasion) -> None:
    """Ask for a record to be approved as it is. Raises Forbidden, Conflict, or CannotBeDone with a sentence."""
    require(occasion.by, Deed.CHANGE, register)
    with recording(occasion.by, occasion.at) as trace:
        row, standing, _steps = _looked_at(register, seen, occasion)
        _demand(not_ready(standing))
        step = _step(register, row, words, occasion)
        _note_step(trace, Happened.APPROVAL_ASKED, register, step)
        _tell(trace, occasion.by, News.APPROVAL_ASKED, step, people=_keys(standing.advisers if standing.waits_for_advice else standing.able))


def advise(register: Register, seen: Seen, verdict: Advice, words: str, *, occasion: Occasion) -> None:
    """Give advice on a record as it is. Raises Forbidden, Conflict, or CannotBeDone with a sentence."""
    require(occasion.by, Deed.ADVISE, register)
    with recording(occasion.by, occasion.at) as trace:
        row, standing, _steps = _looked_at(register, seen, occasion)
        _demand(not_advisable(standing, verdict, words))
        step = _step(register, row, words, occasion)
        step.verdict = verdict
        _note_step(trace, Happened.ADVISED, register, step)
        _tell(trace, occasion.by, News.ADVISED, step, people=_keys(standing.able))


def approve(register: Register, seen: Seen, reasons: str, occasion: Occasion) -> ApprovedVersion:
    """Approve a record as it is, and freeze it. Raises Forbidden, Conflict when it moved on, or CannotBeDone with a sentence."""
    require(occasion.by, Deed.APPROVE, register)
    with recording(occasion.by, occasion.at) as trace:
        row, standing, steps = _looked_at(register, seen, occasion)
        _demand(not_approvable(standing, reasons))
        advice = next((step.row for step in steps if step.verdict and step.about == row.version), None)
        version = _frozen(register, row, standing.number, advice, occasion=occasion)
        version.reasons = reasons.strip() or None
        store(trace, Happened.APPROVED, version, new=True)
        records.mark_approved(trace, register, row, standing.number, occasion=occasion)
        _tell(trace, occasion.by, News.APPROVED, version, people={step.row.by for step in steps if not step.verdict})
    return version


def _looked_at(register: Register, seen: Seen, occasion: Occasion) -> tuple[Any, Standing, list[Step]]:
    """The record, read again now that nobody else writes, if it is still what was looked at."""
    row = records.find(register, seen.record, occasion.by)
    if row.version != seen.version:
        raise Conflict(row)
    steps = steps_of(register, row, occasion.by)
    return row, standing_of(register, row, occasion.by, findings=findings_of(register, row, occasion.school), steps=steps), steps


def _demand(sentence: str) -> None:
    if sentence:
        raise CannotBeDone(sentence)


def _step(register: Register, row: Any, words: str, occasion: Occasion) -> ApprovalStep:
    about = {"school": row.school_id, "register": register.slug, "record": row.id, "about": row.version}
    return ApprovalStep(**about, words=words.strip() or None, by=occasion.by.user, at=occasion.at)


def _note_step(trace: Trace, happened: Happened, register: Register, step: ApprovalStep) -> None:
    """Put a step under its own seal, and into the history of the record."""
    store(trace, happened, step, new=True)
    trace.note(happened, register.table._meta.table_name, step.record)


def _tell(trace: Trace, by: Actor, news: News, about: Any, *, people: Iterable[UUID]) -> None:
    """Tell those whose turn it is, or who asked for it."""
    outbox.put(trace, by, outbox.Word(news=news, register=about.register, record=about.record, about=about.id), people)


def _keys(people: Iterable[Colleague]) -> set[UUID]:
    return {UUID(each.key) for each in people}


def _frozen(register: Register, row: Any, number: int, advice: ApprovalStep | None, *, occasion: Occasion) -> ApprovedVersion:
    text = freeze(register, row).as_text()
    severities = [finding.severity for finding in findings_of(register, row, occasion.school)]
    version = ApprovedVersion(
        school=school_of(occasion.by), register=register.slug, record=row.id, number=number, froze=row.version,
        answers=text, digest=vault.current().trace(text.encode()).hex(),
        error_count=severities.count(Severity.ERROR), warning_count=severities.count(Severity.WARNING), note_count=severities.count(Severity.NOTE),
        approved_by=occasion.by.user, approved_at=occasion.at,
    )
    if advice is not None:
        version.advised_by, version.advised_at, version.verdict, version.advice = advice.by, advice.at, advice.verdict, advice.words
    return version


def _author(register: Register, row: Any) -> str:
    """The signature of the person who answered anything in a record last; where it only moved on to another stage, nobody answered anything."""
    about = (AuditEntry.chain == row.school_id) & (AuditEntry.subject == row._meta.table_name) & (AuditEntry.record == row.id)
    deeds = AuditEntry.deed.not_in([happened.value for happened in NO_CHANGE]) & ~AuditEntry.actor.startswith("robot:")
    found = stored_rows(AuditEntry.select(AuditEntry.actor, AuditEntry.changed).where(about & deeds).order_by(AuditEntry.number.desc()))
    unasked = {question.name for question in register.columns if question.change == NOBODY}
    return next((str(actor) for actor, changed in found if not changed.split() or {*changed.split()} - unasked), "")


def _words(roles: Any) -> tuple[str, ...]:
    """Roles as the middle of a sentence says them."""
    labels = (role.label for role in sorted(roles))
    return tuple(label if label[1:2].isupper() else label[:1].lower() + label[1:] for label in labels)
