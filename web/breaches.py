"""The page of a breach as it stands now: its steps, who was told, and its timeline; and the deeds of whoever handles it."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.vocabulary import BreachKind, BreachPart, BreachStage
from registry.access import Deed
from registry.accounts.colleagues import working_in
from registry.breaches import alerts, moving, settling, steps, timeline
from registry.breaches.details import details
from registry.breaches.moving import TakenUp
from registry.breaches.playbooks import contacts
from registry.registers.data_protection import HANDLERS
from registry.schema import Invalid
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.guard import needs
from web.ids_and_numbers import id_in
from web.moments import moment_or_say
from web.pages import occasion

blueprint = Blueprint("breaches", __name__, url_prefix=ADDRESS, url_defaults=SLUG)

ALWAYS, REGULATOR = ("headteacher", "dpo"), "ico"
TELEPHONE = re.compile(r"(?:\+44|\b0)[\d ]{8,13}\d|\b(?:101|999)\b")
SHOWN = 50
"""So many of the latest entries stand on the page; the others are a press away."""


@dataclass(frozen=True)
class Now:
    """What is to be done about a breach and what happened, for one reader."""

    page: BreachPage

    @cached_property
    def steps(self) -> list[Any]:
        """The steps that the reader may read."""
        return steps.steps_for(self.page.row, self.page.by)

    def said_to(self, step: Any) -> str:
        """What was written about a step, as far as the reader may read it."""
        return settling.said_to(step, self.page.by)

    @property
    def parts(self) -> list[tuple[BreachPart, list[Any]]]:
        """The steps, part by part."""
        return [(part, those) for part in BreachPart if (those := [step for step in self.steps if step.part == part])]

    @cached_property
    def first(self) -> frozenset[UUID]:
        """The step of each part that comes next; what prevents another one waits until the rest is settled."""
        left = [(part, step.id) for part, those in self.parts for step in those if not step.settled_by_id]
        firsts = dict(reversed(left))
        urgent = {step for part, step in firsts.items() if part is not BreachPart.PREVENT}
        return frozenset(urgent or firsts.values())

    @property
    def settled(self) -> tuple[int, int]:
        """How many steps are done, and how many left out."""
        return sum(bool(step.done_at) for step in self.steps), sum(bool(step.left_out_at) for step in self.steps)

    @property
    def told(self) -> list[Any]:
        """Those who were told by now, the first first."""
        found = [step for step in self.steps if step.part == BreachPart.TELL and step.done_at]
        return sorted(found, key=lambda step: step.done_at)

    @cached_property
    def all_entries(self) -> list[Any]:
        """The timeline, as far as the reader may read it."""
        return timeline.entries(self.page.row, self.page.by)

    @property
    def entries(self) -> list[Any]:
        """As much of it as the page shows."""
        return self.all_entries if "all" in request.args else self.all_entries[:SHOWN]

    @property
    def not_shown(self) -> int:
        """How many entries are earlier than those on the page."""
        return len(self.all_entries) - len(self.entries)

    @cached_property
    def calls(self) -> list[tuple[str, str, str]]:
        """(who, how, the number for a telephone) of those whom somebody may have to ring: the school's own words, else those of the program."""
        known, own = contacts(self.page.shown.school), details()
        wanted = [step.contact for step in self.steps if step.contact and not step.settled_by_id and step.contact in own]
        codes = dict.fromkeys((*(code for code in ALWAYS if code in own), *wanted, REGULATOR))
        names = {each.id: each for each in known}
        told = ((names[code].name, own[code].words if code in own else names[code].how) for code in codes if code in names)
        return [(name, how, _number(how)) for name, how in told]

    @cached_property
    def handlers(self) -> list[Any]:
        """Those who can be put in charge."""
        return [each for each in working_in(self.page.row.school_id) if each.role in HANDLERS] if self.page.may_act else []

    @property
    def may_note(self) -> bool:
        """Whether the reader may write into the timeline."""
        return timeline.may_note(self.page.by)

    @property
    def correcting(self) -> UUID | None:
        """The entry that is being corrected."""
        return id_in(request.values.get("correct", "")) if self.page.may_act else None

    @cached_property
    def names(self) -> Any:
        """Who wrote, settled, and has what to do."""
        people = [entry.written_by_id for entry in self.entries]
        return self.page.names([*people, *(step.settled_by_id for step in self.steps), *(step.assigned_to_id for step in self.steps)])

    def corrected(self, entry: Any) -> Any:
        """The entry that another one corrects."""
        return next((each for each in self.all_entries if each.id == entry.corrects), None)

    def may_settle(self, step: Any) -> bool:
        """Whether the reader may settle a step."""
        return settling.may_settle(step, self.page.by)


def _number(words: str) -> str:
    """The first telephone number in some words, as a telephone takes it; empty where there is none."""
    found = TELEPHONE.search(words)
    return re.sub(r"[^\d+]", "", found[0]) if found else ""


@blueprint.get("/now")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """What is to be done about a breach, and what happened so far."""
    return _page(breach_page(record))


@blueprint.post("/now")
@needs(Deed.SEE, register_from_slug=True)
def do(slug: str, record: UUID) -> ResponseReturnValue:
    """Do one of the deeds of the page."""
    return act(record, DEEDS, _page, "breaches.of_record")


def _page(page: BreachPage, errors: Errors | None = None) -> str:
    return shown("now", page, errors, now=Now(page), kinds=tuple(BreachKind), parts=tuple(BreachPart))


def _take_up(row: Any) -> str:
    sent, kinds = request.form, {kind.value: kind for kind in BreachKind}
    if sent.get("kind") not in kinds:
        raise Invalid({"kind": ["Choose the nearest. It decides which steps are proposed, and can be changed."]})
    moving.take_up(row, TakenUp(kind=kinds[sent["kind"]], name=sent.get("name", "")), occasion())
    alerts.acknowledge(row, occasion())
    return f"{row.reference} is being handled. The first steps stand below."


def _no_breach(row: Any) -> str:
    moving.move(row, BreachStage.NO_BREACH, occasion(), why=request.form.get("why", ""))
    return f"{row.reference}: looked into, and no breach."


def _read(row: Any) -> str:
    alerts.acknowledge(row, occasion())
    return "Noted that you have it. Nobody else is woken for this alert."


def _done(row: Any) -> str:
    by = occasion()
    settling.done(row, settling.find(row, id_in(request.form.get("step", "")) or UUID(int=0), by.by), "", by)
    return "Noted as done."


def _note(row: Any) -> str:
    sent = request.form
    timeline.note(row, sent.get("text", ""), occasion(), at=moment_or_say(sent, "note_at", key="at"), technical=sent.get("technical") == "yes")
    return "Written into the timeline."


def _correct(row: Any) -> str:
    timeline.correct(row, id_in(request.form.get("correct", "")) or UUID(int=0), request.form.get("text", ""), occasion())
    return "The correction stands beside what was written."


def _told(row: Any) -> str:
    settling.told(row, request.form.get("who", ""), request.form.get("said", ""), occasion(), at=moment_or_say(request.form, "told_at", key="at"))
    return "It is kept that they were told."


def _add(row: Any) -> str:
    parts = {part.value: part for part in BreachPart}
    if request.form.get("part") not in parts:
        raise Invalid({"part": ["Choose where it belongs."]})
    settling.add(row, parts[request.form["part"]], request.form.get("words", ""), occasion())
    return "The step is added."


def _put_in_charge(row: Any) -> str:
    moving.put_in_charge(row, id_in(request.form.get("in_charge", "")) or UUID(int=0), occasion())
    return "It is kept who is in charge, and they are told."


DEEDS = {
    "take_up": _take_up, "no_breach": _no_breach, "read": _read, "done": _done, "note": _note, "correct": _correct, "told": _told, "add": _add,
    "in_charge": _put_in_charge,
}  # fmt: skip
