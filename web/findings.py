"""Everything that is open: the findings and deadlines of a school with filters, and what is agreed about each."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import catalogue
from registry.access import Deed, Permission, may
from registry.accounts.colleagues import names_of
from registry.definition import Register
from registry.needs import arranging, history, keeping, listing
from registry.needs.arranging import One
from registry.needs.keeping import DEADLINE
from registry.needs.listing import EXCUSED, OPEN, OWN, SNOOZED, Wanted
from registry.needs.owners import may_act, post
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.rules.finding import Severity
from registry.rules.plain_dates import full_day
from registry.schema import Invalid
from web.chart import Chart
from web.chrome import tell
from web.guard import current_actor, needs, school_facts, visitor
from web.ids_and_numbers import id_in, number_in
from web.pages import occasion

blueprint = Blueprint("findings", __name__, url_prefix="/findings")

STATES = {OPEN: "Open", SNOOZED: "Put off", EXCUSED: "Does not apply here"}
WHOSE = {"": "Everybody’s", OWN: "Yours to see to"}
KINDS = {DEADLINE: "Due on a day", **{each.value: each.label for each in Severity}}
LONGEST_CODE = 20
NEEDED_AGAIN = "{thing} needs somebody again."

Deeds = Mapping[str, Callable[[One], str]]
"""What a button does, and what is said of it afterwards, before the reference of the record."""


@blueprint.get("/")
@needs(Permission.SEARCH)
def listing_page() -> ResponseReturnValue:
    """Everything that is open, narrowed as the address says."""
    wanted, facts, by = _wanted(), school_facts(), current_actor()
    _catch_up()
    assert facts.today is not None  # noqa: S101 - a page is of a day
    page = listing.page(by, wanted, facts, max(1, number_in(request.args.get("page", ""), 6) or 1))
    counts = listing.counts(by, facts.today)
    registers = [each for each in catalogue.REGISTERS if may(by, Deed.SEE, each) and (each.checks or each.deadlines)]
    chart = Chart.of(history.weeks(by, facts.today, 13)) if history.seen_slugs(by) else None
    asked = {**_asked(wanted), "page": ""}
    here = urlencode({name: value for name, value in {**asked, "page": page.number}.items() if value})
    return render_template(
        "needs/list.html", page=page, wanted=wanted, counts=counts, registers=registers, chart=chart, states=STATES, kinds=KINDS, whose=WHOSE,
        today=facts.today, to=lambda **more: _address({**asked, **more}), here=here, step=_step, codes=_codes(wanted), post=post,
    )  # fmt: skip


@blueprint.get("/<slug:slug>/<uuid:record>/<code>")
@needs(Deed.SEE, register_from_slug=True)
def one(slug: str, record: UUID, code: str) -> ResponseReturnValue:
    """One thing that needs somebody: its day, whose move it is, and what can be agreed."""
    return _one_page(_found(slug, record, code))


@blueprint.post("/<slug:slug>/<uuid:record>/<code>")
@needs(Deed.SEE, register_from_slug=True)
def agree(slug: str, record: UUID, code: str) -> ResponseReturnValue:
    """Pass it on, put it off, say that it does not apply or that it was done, or take all that back."""
    found = _found(slug, record, code)
    deed = DEEDS.get(request.form.get("do", ""))
    if deed is None:
        raise NotFound("There is no such button.")
    try:
        said = deed(found)
    except Invalid as problem:
        return _one_page(found, problem.messages), 422
    except CannotBeDone as problem:
        return _one_page(found, {"do": [str(problem)]}), 409
    undo = url_for("findings.take_back", slug=slug, record=record, code=code) if _can_be_undone(found) else None
    tell("success", said.format(thing=found.row.reference), "Undo" if undo else None, undo, is_deed=undo is not None)
    return redirect(_back() or url_for("home.today"), 303)


@blueprint.post("/<slug:slug>/<uuid:record>/<code>/take-back")
@needs(Deed.SEE, register_from_slug=True)
def take_back(slug: str, record: UUID, code: str) -> ResponseReturnValue:
    """Take back what was agreed, from the line that told of it."""
    found = _found(slug, record, code)
    arranging.undo(found, occasion())
    tell("success", NEEDED_AGAIN.format(thing=found.row.reference))
    return redirect(url_for("home.today"), 303)


def _can_be_undone(found: One) -> bool:
    """Whether taking everything back leaves what there was before: nothing, of which something was made."""
    made = "assigned_to" if request.form.get("do") == "assign" else "until"
    return bool(request.form.get(made)) and (found.arrangement is None or found.arrangement.is_empty)


def _back() -> str:
    """The list that somebody came from, as it was narrowed; empty for the first page."""
    narrowed = parse_qsl(request.args.get("list", "")[:200], max_num_fields=10)
    return f"{url_for('findings.listing_page')}?{urlencode(narrowed)}" if narrowed else ""


def _assign(found: One) -> str:
    wanted = request.form.get("assigned_to", "")
    to = id_in(wanted)
    if wanted and to is None:
        raise Invalid({"assigned_to": ["Choose somebody from the list."]})
    arranging.assign(found, to, occasion())
    return "{thing} now stands under “Needs you” of whoever was asked." if wanted else "Nobody is asked by name to see to {thing}."


def _snooze(found: One) -> str:
    until = arranging.snooze(found, _day(), request.form.get("reason", ""), occasion())
    return f"{{thing}} is put off. It comes back by itself on {full_day(until)}."


def _excuse(found: One) -> str:
    until = arranging.excuse(found, _day(), request.form.get("reason", ""), occasion())
    return f"What was found about {{thing}} is not counted until {full_day(until)}, and then it is looked at again."


def _done(found: One) -> str:
    arranging.done(found, occasion())
    return "{thing}: noted as done today."


def _end(found: One) -> str:
    arranging.end(found, occasion())
    return NEEDED_AGAIN


DEEDS: Deeds = {"assign": _assign, "snooze": _snooze, "excuse": _excuse, "done": _done, "end": _end}


def _day() -> date | None:
    try:
        return date.fromisoformat(request.form.get("until", "").strip())
    except ValueError:
        return None


def _catch_up() -> None:
    here, today = visitor(), school_facts().today
    if here and here.school and today:
        keeping.catch_up(here.school, today)


def _found(slug: str, record: UUID, code: str) -> One:
    _catch_up()
    return arranging.find(catalogue.find(slug), record, _code_in(code), current_actor())


def _one_page(found: One, errors: Mapping[str, list[str]] | None = None) -> str:
    by, facts = current_actor(), school_facts()
    item, *others = listing.page_of(found.register, found.row, found.code, by=by, school=facts)
    agreed, acts = found.arrangement, may_act(found.register, by)
    people = cast("list[UUID | None]", [agreed.assigned_to, agreed.arranged_by] if agreed else [])
    do = request.form.get("do", "")
    wrong = [(field, sentence) for field, sentences in (errors or {}).items() for sentence in sentences]
    return render_template(
        "needs/one.html", one=found, item=item, others=others, agreed=agreed, names=names_of(people), owner=post(found.owner), may_act=acts,
        may_excuse=acts and found.severity != DEADLINE and may(by, Permission.EXCUSE_FINDINGS), step=_step,
        colleagues=arranging.can_be_asked(found.register, by) if acts and may(by, Permission.COMMENT) else [],
        errors=wrong, errors_at=[(field if field == "assigned_to" else f"{field}-{do}", sentence) for field, sentence in wrong], typed=request.form,
        today=facts.today, worked_out=_worked_out(found), back_to=_back(),
    )  # fmt: skip


def _worked_out(found: One) -> str:
    """Where it is shown how the day was worked out; empty for a finding."""
    if found.deadline is None:
        return ""
    return url_for("worked_out.of_record", slug=found.register.slug, record=found.row.id, code=found.code)


def _step(item: listing.Item) -> str:
    """Where it is mended, or, for those who only read, where it is."""
    register, record = item.register, item.need.record
    if may(current_actor(), Deed.CHANGE, register, register.questions.get(item.need.question)):
        section = register.section_of(item.need.question).slug
        return f"{url_for('forms.change', slug=register.slug, record=record, section=section)}#{item.need.question}"
    return url_for("pages.record", slug=register.slug, record=record)


def _wanted() -> Wanted:
    """What the address asks for; what makes no sense is not asked."""
    asked = request.args
    register, severity = asked.get("register", ""), asked.get("severity", "")
    slugs = {each.slug for each in catalogue.REGISTERS if may(current_actor(), Deed.SEE, each)}
    state = asked.get("state", OPEN)
    try:
        due = date.fromisoformat(asked.get("due", ""))
    except ValueError:
        due = None
    return Wanted(
        register=register if register in slugs else "",
        severity=severity if severity in KINDS else "",
        code=_code_in(asked.get("code", "")),
        due=due,
        state=state if state in STATES else OPEN,
        whose=OWN if asked.get("whose") == OWN else "",
    )


def _code_in(text: str) -> str:
    """A code, if this can be one: PostgreSQL does not even compare text that holds certain letters."""
    return text if text.isalnum() and len(text) <= LONGEST_CODE else ""


def _asked(wanted: Wanted) -> dict[str, str]:
    due = wanted.due.isoformat() if wanted.due else ""
    return {"register": wanted.register, "severity": wanted.severity, "code": wanted.code, "due": due, "state": wanted.state, "whose": wanted.whose}


def _address(asked: Mapping[str, Any]) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return url_for("findings.listing_page") + (f"?{query}" if query else "")


def _codes(wanted: Wanted) -> list[str]:
    register: Register | None = catalogue.find(wanted.register) if wanted.register else None
    return listing.codes(current_actor(), register) if register else []
