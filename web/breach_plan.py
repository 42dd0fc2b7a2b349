"""The breach plan: who acts while somebody is away, whom to call under which number, and the poster by which anybody tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from exports.paper import Letterhead
from exports.qr_code import drawing
from exports.report_poster import poster
from models.roles import Role
from registry.access import Permission, school_of
from registry.breaches import plan
from registry.breaches.details import LONGEST, Detail, details, keep
from registry.breaches.plan import Absence, Away
from registry.breaches.playbooks import contacts
from registry.post import mail
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.rules.plain_dates import is_older
from registry.schema import Invalid
from registry.school import logos
from registry.typed import DayAnswer
from web import chrome
from web.addresses import whole_address
from web.files import attachment
from web.guard import current_actor, needs, now, school_facts, visitor
from web.ids_and_numbers import id_in
from web.pages import occasion
from web.plain_forms import Asked, Form
from web.rendering import moment
from web.reporting import code_of

blueprint = Blueprint("breach_plan", __name__, url_prefix="/breach-plan")

MONTHS_GOOD = 12
"""A number that nobody has made sure of for so long is said to be old."""

ON_POSTER = ("headteacher", "dpo", "dsl", "it-provider")
PARTS = ("day", "month", "year")
Errors = list[tuple[str, str]]


@dataclass(frozen=True)
class Number:
    """Somebody to call, or something that the regulator asks: how it came with the program, and the school's own words."""

    code: str
    name: str
    usual: str
    own: Detail | None
    today: date
    when: str = ""

    @property
    def id(self) -> str:
        """The id of its field."""
        return f"words-{self.code}"

    @property
    def is_old(self) -> bool:
        """Whether nobody has made sure of it for a year."""
        return self.own is not None and is_older(self.own.checked_on, MONTHS_GOOD, self.today)

    @property
    def is_missing(self) -> bool:
        """Whether only the school can know it, and has not said it."""
        return self.own is None and (not self.usual or self.usual.startswith("Fill in"))


@blueprint.get("")
@needs(Permission.PLAN_BREACHES)
def show() -> ResponseReturnValue:
    """Who is told today, who is away, the numbers, and the poster."""
    return _page(_blank())


@blueprint.post("/absences")
@needs(Permission.PLAN_BREACHES)
def enter() -> ResponseReturnValue:
    """Write down that somebody is away."""
    form = _blank()
    try:
        plan.enter(_away(form), occasion())
    except Invalid as problem:
        form.blame(problem)
        return _page(form), 422
    chrome.tell("success", "Written down. Whoever stands in is told of every breach on these days as well.")
    return redirect(url_for(".show"), 303)


@blueprint.get("/absences/<uuid:duty>")
@needs(Permission.PLAN_BREACHES)
def look(duty: UUID) -> ResponseReturnValue:
    """One absence, to be changed."""
    row = plan.find(duty, current_actor())
    return _one(row, _blank().fill(_typed(row)))


@blueprint.post("/absences/<uuid:duty>")
@needs(Permission.PLAN_BREACHES)
def change(duty: UUID) -> ResponseReturnValue:
    """Keep it as it was changed."""
    row, form = plan.find(duty, current_actor()), _blank()
    try:
        away = _away(form)
        if request.form.get("version") != str(row.version):
            raise CannotBeDone("Somebody else has changed this in the meantime, so nothing was saved. Open the plan afresh to see what is new.")
        plan.change(row, away, occasion())
    except Invalid as problem:
        form.blame(problem)
        return _one(row, form), 422
    except CannotBeDone as problem:
        form.say("person", str(problem))
        return _one(row, form), 409
    chrome.tell("success", "Changed.")
    return redirect(url_for(".show"), 303)


@blueprint.post("/absences/<uuid:duty>/end")
@needs(Permission.PLAN_BREACHES)
def end(duty: UUID) -> ResponseReturnValue:
    """Somebody is back, or does not go."""
    plan.end(plan.find(duty, current_actor()), occasion())
    chrome.tell("success", "Ended. From today on nobody stands in there.")
    return redirect(url_for(".show"), 303)


@blueprint.post("/numbers/<code>")
@needs(Permission.PLAN_BREACHES)
def keep_number(code: str) -> ResponseReturnValue:
    """Keep the school's own words for a number as checked today; without words, what came with the program stands again."""
    number = next((each for each in (*_contacts(), *_asked()) if each.code == code), None)
    if number is None:
        raise NotFound("There is no such number in the plan.")
    words = number.own.words if number.own and request.form.get("how") == "still" else request.form.get("words", "")
    try:
        keep(code, words, occasion())
    except Invalid as problem:
        wrong = [(number.id, sentence) for sentences in problem.messages.values() for sentence in sentences]
        return _page(_blank(), wrong, {code: words}), 422
    said = "Kept, as checked today." if words.strip() else "What came with Safehold stands there again."
    chrome.tell("success", said)
    return redirect(f"{url_for('.show')}#number-{code}", 303)


@blueprint.post("/poster.pdf")
@needs(Permission.PLAN_BREACHES)
def print_poster() -> Response:
    """The poster for a staff room."""
    here = visitor()
    head = Letterhead(here.school.name if here and here.school else "", moment(now()), logos.logo_of_school())
    told = [(each.name, each.own.words) for each in _contacts() if each.code in ON_POSTER and each.own]
    return attachment(poster(head, _report_address(), told), "report-a-breach.pdf")


def _report_address() -> str:
    """Where the poster leads: at the address that is entered for letters, for that one works for everybody; else at that of this visit."""
    code, kept = code_of(school_of(current_actor())), mail.settings()
    if kept is not None and kept.base_address:
        return f"{kept.base_address.rstrip('/')}{url_for('reporting.form_of', code=code)}"
    return whole_address("reporting.form_of", code=code)


def _contacts() -> list[Number]:
    kept, today = details(), _today()
    return [Number(each.id, each.name, each.how, kept.get(each.id), today, each.when) for each in contacts(school_facts())]


def _asked() -> list[Number]:
    """What the regulator's form asks about the school, and how the regulator is reached."""
    kept, today, regulator = details(), _today(), school_facts().regulator_name
    shipped = next((each.how for each in contacts(school_facts()) if each.id == "ico"), "")
    named = (
        ("regulator-number", f"Telephone number of the {regulator}", shipped),
        ("regulator-address", f"Address of the {regulator}’s report form", shipped),
        ("fee-number", "Registration number of the school (data protection fee)", ""),
        ("school-address", "Address of the school", ""),
        ("dpo-contact", f"How the {regulator} reaches your data protection officer", ""),
    )
    return [Number(code, name, usual, kept.get(code), today) for code, name, usual in named]


def _today() -> date:
    return occasion().school.today or now().date()


def _blank() -> Form:
    people = [(each.id.hex, f"{each.name}, {each.role.label}", None) for each in plan.can_act(school_of(current_actor()))]
    return Form(
        (
            Asked(name="person", label="Who is away?", kind="choice", options=people, required=True),
            Asked(name="stand_in", label="Who stands in?", kind="choice", options=people, required=True,
                  hint="Somebody who handles breaches. Both are told of every breach."),
            Asked(name="begins_on", label="First day away", kind="day", hint="For example, 21 12 2026", required=True, value={}),
            Asked(name="ends_on", label="Last day away", kind="day", hint="For example, 4 1 2027", required=True, value={}),
            Asked(name="note", label="Note", hint="Such as a number in August. It is kept sealed.", autocomplete="off"),
        )
    )  # fmt: skip


def _typed(row: Any) -> dict[str, Any]:
    days = {name: {part: str(getattr(getattr(row, name), part)) for part in PARTS} for name in ("begins_on", "ends_on")}
    return {"person": row.person_id.hex, "stand_in": row.stand_in_id.hex, "note": row.note or "", **days}


def _away(form: Form) -> Away:
    """What was entered; what stands in the boxes of a day stays as it was typed. Raises Invalid for a day that there is not."""
    form.take()
    days: dict[str, date | None] = {}
    for name in ("begins_on", "ends_on"):
        form[name].value = {part: request.form.get(f"{name}-{part}", "")[:20] for part in PARTS}
        try:
            days[name] = DayAnswer().deserialize(form[name].value)
        except ValidationError as problem:
            raise Invalid({name: [str(each) for each in problem.messages]}) from None
    return Away(person=id_in(form.person.value), stand_in=id_in(form.stand_in.value), note=form.note.value, **days)


def _page(form: Form, wrong: Iterable[tuple[str, str]] = (), typed: dict[str, str] | None = None) -> str:
    today, school = _today(), school_of(current_actor())
    address = _report_address()
    people = plan.can_act(school)
    return render_template(
        "breaches/plan.html",
        form=form, errors=[*form.problems, *wrong], typed=typed or {}, longest=LONGEST,
        today=today, told=plan.told_today(school, today), absences=plan.absences(today), can_decide=_can_decide(people),
        numbers=_contacts(), asked=_asked(), regulator=school_facts().regulator_name,
        address=address, code=drawing(address), can_plan=len(people) > 1,
    )  # fmt: skip


def _can_decide(people: Iterable[Any]) -> Any:
    """What says of an absence whether whoever stands in may decide: the data protection officer advises, and never decides (Article 38(6))."""
    roles = {each.id: each.role for each in people}

    def can(absence: Absence) -> bool:
        return roles.get(absence.row.person_id) is not Role.HEADTEACHER or roles.get(absence.row.stand_in_id) is not Role.DPO

    return can


def _one(row: Any, form: Form) -> str:
    return render_template("breaches/absence.html", row=row, form=form, errors=form.problems, version=request.form.get("version", row.version))
