"""The page on which a disposal of records moves on: approved by somebody else or refused, carried out, and what became of each record."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.records_disposal import RecordsDisposal
from models.vocabulary import RecordsKind
from registry import records
from registry.access import Deed, Permission, may
from registry.accounts.colleagues import FORMER, names_of
from registry.catalogue import find as register_of
from registry.records import NotFound
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.retention import disposing, erasing_records
from registry.retention.settling import rule_of
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import current_actor, needs
from web.ids_and_numbers import number_in
from web.moments import day_in
from web.pages import occasion
from web.rendering import plural

blueprint = Blueprint(
    "records_disposals", __name__, url_prefix="/registers/disposals-of-records/<uuid:record>/progress", url_defaults={"slug": RECORDS_DISPOSALS.slug}
)

WHERE = {"because": "because", "done_on": "done_on-day"}
"""The id that the page has for what a deed calls by another name."""


@blueprint.get("")
@needs(Deed.SEE, register_from_slug=True)
def show(slug: str, record: UUID) -> ResponseReturnValue:
    """How far it is, and what is to be done next."""
    return _page(record)


@blueprint.post("")
@needs(Deed.SEE, register_from_slug=True)
def act(slug: str, record: UUID) -> ResponseReturnValue:
    """One deed; what is not allowed is refused by the deed itself."""
    deeds = {"approve": _approve, "refuse": _refuse, "again": _again, "done": _done, "erase": _erase}
    do = request.form.get("do", "")
    if do not in deeds:
        raise NotFound("There is no such button.")
    row = records.find(RECORDS_DISPOSALS, record, current_actor())
    try:
        tell("success", deeds[do](row))
    except Invalid as problem:
        return _page(record, problem.messages), 422
    except CannotBeDone as problem:
        return _page(record, {"do": [str(problem)]}), 409
    return redirect(url_for("records_disposals.show", record=record), 303)


def _approve(row: RecordsDisposal) -> str:
    disposing.approve(row, occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0)
    return "Approved. It may be carried out."


def _refuse(row: RecordsDisposal) -> str:
    disposing.refuse(row, NOT_TEXT.sub("", request.form.get("because", ""))[:5_000], occasion())
    return "Not approved. Whoever proposed it is told why."


def _again(row: RecordsDisposal) -> str:
    disposing.propose_again(row, occasion())
    return "Proposed again. Somebody else approves it next."


def _done(row: RecordsDisposal) -> str:
    on = day_in(request.form, "done_on")
    if on is None:
        raise Invalid({"done_on": ["Enter the day on which it was done."]})
    disposing.carry_out(row, on, occasion())
    return "Done, and in the log."


def _erase(row: RecordsDisposal) -> str:
    done = erasing_records.carry_out(row, occasion())
    left = f" {plural(done.left, 'record')} stayed: see below." if done.left else ""
    return f"{plural(done.erased, 'record')} erased.{left}"


def _page(record: UUID, said: dict[str, list[str]] | None = None) -> str:
    by = current_actor()
    row = records.find(RECORDS_DISPOSALS, record, by)
    rule = rule_of(row)
    is_own, lines = row.records == RecordsKind.OWN, erasing_records.listed(row)
    wrong = [(WHERE.get(name, "do"), sentence) for name, sentences in (said or {}).items() for sentence in sentences]
    return render_template(
        "retention/disposal.html", row=row, rule=rule, is_own=is_own, errors=wrong, lines=lines, former=FORMER,
        people=names_of([row.proposed_by_id, row.approved_by_id]), may_change=may(by, Deed.CHANGE, RECORDS_DISPOSALS),
        may_approve=may(by, Permission.APPROVE_RECORDS_DISPOSALS), own_work=disposing.own_work(row, by), typed=request.form,
        unsaid={} if is_own else disposing.unsaid(row),
        may_open=any(may(by, Deed.SEE, register_of(slug)) for slug in {line.register for line in lines}),
    )  # fmt: skip
