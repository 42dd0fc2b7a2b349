"""The page of a breach: its clock, its steps, who was told, and its timeline; and the deeds of whoever handles it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.vocabulary import BreachPart, BreachStage, JudgementKind, PeopleDecision, RegulatorDecision
from registry import records
from registry.access import Deed, may
from registry.accounts.colleagues import names_of
from registry.breaches import alerts, judging, moving, steps, timeline
from registry.breaches.judging import Judgement
from registry.breaches.moving import Times
from registry.records import NotFound
from registry.registers.data_protection import HANDLERS
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.schema import Invalid
from web.breach_clock_view import BreachClock, moment_with_zone
from web.chrome import tell
from web.guard import current_actor, needs, now, school_facts
from web.ids_and_numbers import id_in
from web.moments import CameTwice, as_typed_moment, read_moment, read_perhaps, typed_moment
from web.pages import occasion
from web.record_view import RecordPage, page_of

SLUG = {"slug": BREACHES.slug}
blueprint = Blueprint("breaches", __name__, url_prefix=f"/registers/{BREACHES.slug}/<uuid:record>", url_defaults=SLUG)

DECISIONS = tuple(RegulatorDecision)
TELLING = tuple(PeopleDecision)


@dataclass(frozen=True)
class BreachPage:
    """Everything about one breach for one reader."""

    shown: RecordPage

    @property
    def row(self) -> Any:
        """The breach."""
        return self.shown.row

    @cached_property
    def clock(self) -> BreachClock | None:
        """Its clock; none where nobody knows when the school became aware."""
        return BreachClock(self.row, now()) if self.row.aware_at else None

    @property
    def is_handler(self) -> bool:
        """Whether the reader handles breaches, and reads what is written of people."""
        return self.shown.by.role in HANDLERS

    @cached_property
    def may_act(self) -> bool:
        """Whether the reader may do something about it."""
        return may(self.shown.by, Deed.CHANGE, BREACHES)

    @cached_property
    def parts(self) -> list[tuple[BreachPart, list[Any]]]:
        """The steps, part by part."""
        found = steps.steps_of(self.row) if self.is_handler else []
        return [(part, those) for part in BreachPart if (those := [step for step in found if step.part == part])]

    @cached_property
    def entries(self) -> list[Any]:
        """The timeline, as far as the reader may read it."""
        return timeline.entries(self.row, self.shown.by)

    @cached_property
    def names(self) -> dict[UUID | None, str]:
        """Who wrote and who is in charge."""
        people = [each.written_by_id for each in self.entries] + [step.settled_by_id for _part, those in self.parts for step in those]
        return names_of([*people, self.row.in_charge_id])

    @cached_property
    def unread(self) -> list[Any]:
        """Alerts that nobody has read."""
        return alerts.unread(self.row) if self.may_act else []

    @cached_property
    def advice(self) -> Any:
        """The last advice of the data protection officer."""
        return judging.latest(self.row, JudgementKind.ADVICE) if self.is_handler else None

    @cached_property
    def decision(self) -> Any:
        """The last decision."""
        return judging.latest(self.row, JudgementKind.DECISION) if self.is_handler else None

    @cached_property
    def gaps(self) -> Any:
        """What is missing before it can be closed."""
        return moving.open_gaps(self.row) if self.row.stage is BreachStage.OPEN and self.may_act else ()


@blueprint.get("/now")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """What is to be done about a breach, and what happened so far."""
    return _page(record)


@blueprint.post("/now")
@needs(Deed.SEE, register_from_slug=True)
def act(slug: str, record: UUID) -> ResponseReturnValue:
    """Do one of the deeds of the page."""
    row = records.find(BREACHES, record, current_actor())
    deed = DEEDS.get(request.form.get("do", ""))
    if deed is None:
        raise NotFound("There is no such button.")
    try:
        said = deed(row)
    except Invalid as problem:
        return _page(record, problem.messages), 422
    except CannotBeDone as problem:
        return _page(record, {"do": [str(problem)]}), 409
    tell("success", said)
    return redirect(url_for("breaches.of_record", record=record), 303)


def _page(record: UUID, errors: Any = None) -> str:
    shown = page_of(BREACHES, records.find(BREACHES, record, current_actor()), current_actor(), school_facts())
    page = BreachPage(shown)
    wrong = [(name, sentence) for name, sentences in (errors or {}).items() for sentence in sentences]
    return render_template(
        "breaches/now.html", shown=shown, page=page, told=page.clock, regulator=school_facts().regulator_name, errors=wrong, typed=request.form,
        with_zone=moment_with_zone, decisions=DECISIONS, telling=TELLING, boxes=as_typed_moment, stages=BreachStage, bst=None,
    )  # fmt: skip


def _take_up(row: Any) -> str:
    moving.move(row, BreachStage.OPEN, occasion(), why=request.form.get("why", ""))
    alerts.acknowledge(row, occasion())
    return f"{row.reference} is being handled. The first steps stand below."


def _close(row: Any) -> str:
    moving.move(row, BreachStage.CLOSED, occasion(), why=request.form.get("why", ""))
    return f"{row.reference} is closed."


def _no_breach(row: Any) -> str:
    moving.move(row, BreachStage.NO_BREACH, occasion(), why=request.form.get("why", ""))
    return f"{row.reference}: looked into, and no breach."


def _read(row: Any) -> str:
    alerts.acknowledge(row, occasion())
    return "Noted that you have it. Nobody else is woken for this alert."


def _step(row: Any) -> str:
    step = steps.find(row, id_in(request.form.get("step", "")) or UUID(int=0))
    leaves_out = request.form.get("how") == "leave"
    (steps.leave_out if leaves_out else steps.done)(row, step, request.form.get("said", ""), occasion())
    return "Left out, with your reason." if leaves_out else "Noted as done."


def _note(row: Any) -> str:
    timeline.note(row, request.form.get("text", ""), occasion(), technical=request.form.get("technical") == "yes")
    return "Written into the timeline."


def _correct(row: Any) -> str:
    timeline.correct(row, id_in(request.form.get("entry", "")) or UUID(int=0), request.form.get("text", ""), occasion())
    return "The correction stands beside what was written."


def _times(row: Any) -> str:
    found: dict[str, Any] = {}
    for name in ("occurred_at", "discovered_at", "aware_at"):
        try:
            typed = typed_moment(request.form, name)
            found[name] = read_moment(typed, "Enter when the school became aware.") if name == "aware_at" else read_perhaps(typed)
        except (CameTwice, ValueError) as problem:
            raise Invalid({name: [str(problem)]}) from None
    moving.set_times(row, Times(**found, because=request.form.get("because", "")), occasion())
    return "The times are kept."


def _judged() -> Judgement:
    sent = request.form
    regulator = sent.get("regulator", "")
    people = sent.get("people", "")
    return Judgement(
        reasons=sent.get("reasons", ""),
        regulator=RegulatorDecision(regulator) if regulator in set(RegulatorDecision) else None,
        people=PeopleDecision(people) if people in set(PeopleDecision) else None,
    )


def _advise(row: Any) -> str:
    judging.advise(row, _judged(), occasion())
    return "Your advice is kept. The headteacher decides."


def _decide(row: Any) -> str:
    judging.decide(row, _judged(), occasion())
    return "Decided. Your reasons are kept with what was known."


def _submitted(row: Any) -> str:
    try:
        at = read_moment(typed_moment(request.form, "told_at"), "Enter when it was sent.")
    except (CameTwice, ValueError) as problem:
        raise Invalid({"told_at": [str(problem)]}) from None
    judging.submitted(row, at, occasion(), reference=request.form.get("reference", ""), delay=request.form.get("delay_reason", ""))
    return "It is kept that the regulator was told."


DEEDS: dict[str, Callable[[Any], str]] = {
    "take_up": _take_up, "close": _close, "no_breach": _no_breach, "read": _read, "step": _step, "note": _note, "correct": _correct,
    "times": _times, "advise": _advise, "decide": _decide, "submitted": _submitted,
}  # fmt: skip
