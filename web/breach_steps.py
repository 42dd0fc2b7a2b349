"""One step of a breach: who does it by when, that it is done, or why it is left out."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.vocabulary import BreachPart
from registry.access import Deed
from registry.breaches import settling
from registry.breaches.details import details
from registry.breaches.playbooks import contacts
from web.breach_page import ADDRESS, SLUG, BreachPage, Errors, act, breach_page, shown
from web.guard import needs, school_facts
from web.ids_and_numbers import id_in
from web.moments import moment_or_say
from web.pages import occasion

blueprint = Blueprint("breach_steps", __name__, url_prefix=f"{ADDRESS}/steps/<uuid:step>", url_defaults=SLUG)


@blueprint.get("")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID, step: UUID) -> ResponseReturnValue:
    """The step, whom it tells and how they are reached, and what can be done about it."""
    return _page(breach_page(record), step)


@blueprint.post("")
@needs(Deed.SEE, register_from_slug=True)
def do(slug: str, record: UUID, step: UUID) -> ResponseReturnValue:
    """Settle the step, or say who sees to it."""
    deeds = {name: lambda row, deed=deed: deed(row, settling.find(row, step, occasion().by)) for name, deed in DEEDS.items()}
    return act(record, deeds, lambda page, errors: _page(page, step, errors), "breaches.of_record")


def _page(page: BreachPage, key: UUID, errors: Errors | None = None) -> str:
    step = settling.find(page.row, key, page.by)
    contact = next((each for each in contacts(school_facts()) if each.id == step.contact), None)
    people = settling.those_who_may(page.row.school_id) if page.may_act else []
    names = page.names([step.assigned_to_id, step.settled_by_id])
    own = details().get(step.contact)
    told = {"step": step, "contact": contact, "own": own, "people": people, "names": names, "may_settle": settling.may_settle(step, page.by)}
    return shown("step", page, errors, **told, tells=step.part is BreachPart.TELL, said=settling.said_to(step, page.by))


def _done(row: Any, step: Any) -> str:
    settling.done(row, step, request.form.get("said", ""), occasion(), at=moment_or_say(request.form, "at"))
    return "Noted as done."


def _leave_out(row: Any, step: Any) -> str:
    settling.leave_out(row, step, request.form.get("said", ""), occasion())
    return "Left out, with your reason."


def _reopen(row: Any, step: Any) -> str:
    settling.reopen(row, step, request.form.get("said", ""), occasion())
    return "It is still to be done."


def _assign(row: Any, step: Any) -> str:
    settling.assign(row, step, id_in(request.form.get("assigned_to", "")), occasion(), due_at=moment_or_say(request.form, "due_at"))
    return "It is kept who sees to it, and they are told."


DEEDS = {"done": _done, "leave_out": _leave_out, "reopen": _reopen, "assign": _assign}
