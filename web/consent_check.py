"""May we publish this? Names are checked before a picture is used, and each answer is kept as evidence."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.access import Deed, Permission, may
from registry.images import evidence, people
from registry.images.checking import Checked, check
from registry.images.evidence import Evidence
from registry.images.uses import all_uses
from registry.registers.images.answers import ANSWERS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.uses import USES
from registry.rules.local_time import in_zone
from web.checking_form import YEAR, Typed, as_lines, in_group, question_of, typed_in
from web.guard import current_actor, needs, now
from web.pages import occasion
from web.rendering import ZONE

blueprint = Blueprint("consent_check", __name__, url_prefix="/consents")

FRAGMENT = "X-Only-The-Answer"
"""The header with which a script asks for the answer alone while somebody types: nothing is kept."""

NAMES_CHOSEN_FOR_EACH = 60
"""Up to so many people it may be said of each how much of their name is shown; with more the page would be all choices."""


@blueprint.get("/check")
@needs(Permission.CHECK_IMAGES)
def ask() -> ResponseReturnValue:
    """The form; an address may bring a use and a whole class, as the code on a class sheet does, and never a name."""
    typed = Typed(use=request.args.get("use", ""), on=_today().isoformat(), group=request.args.get("class", ""))
    return _form(_with_group(typed) if typed.group else typed)


@blueprint.post("/check")
@needs(Permission.CHECK_IMAGES)
def answer() -> ResponseReturnValue:
    """The verdict, kept as evidence; for a script that asks while somebody types, the verdict alone."""
    typed = typed_in(request.form)
    if request.form.get("do") == "group":
        return _form(_with_group(typed))
    is_live = FRAGMENT in request.headers
    if is_live:
        typed.looked = ""
    question = question_of(typed, _today())
    if question is None:
        return (render_template("consents/check_live.html", checked=None, typed=typed), 422) if is_live else _form(typed, 422)
    checked = check(question)
    if is_live:
        return render_template("consents/check_live.html", checked=checked, typed=typed)
    return _verdict(typed, checked, evidence.keep(checked, occasion()))


@blueprint.get("/checks/<uuid:check_id>")
@needs(Permission.CHECK_IMAGES)
def kept(check_id: UUID) -> ResponseReturnValue:
    """A check as it was answered then: the same for everybody who may check."""
    found = evidence.find(check_id, current_actor())
    return render_template("consents/check_kept.html", evidence=found, checked=found.checked, may=_may())


def _today() -> date:
    return in_zone(now(), ZONE).date()


def _with_group(typed: Typed) -> Typed:
    """The form with everybody of a class or year among the names."""
    found = in_group(typed.group)
    if found:
        typed.names = "\n".join(filter(None, (typed.names.strip(), as_lines(found))))
    else:
        typed.errors.append(("group", "Choose a class or a year group from the list: nobody is in one of that name."))
    return typed


def _form(typed: Typed, status: int = 200) -> ResponseReturnValue:
    chosen = typed.chosen_use
    groups = [("Classes", [(name, name) for name in people.classes()]), ("Year groups", [(YEAR + name, name) for name in people.years()])]
    page = render_template(
        "consents/check.html",
        typed=typed,
        uses=all_uses(),
        chosen=chosen.id if chosen else None,
        groups=groups,
        last=evidence.last_checks(current_actor()),
        may=_may(),
        errors=typed.errors,
        live_header=FRAGMENT,
    )
    return page, status


def _verdict(typed: Typed, checked: Checked, kept_as: Evidence) -> str:
    return render_template(
        "consents/check_verdict.html",
        typed=typed,
        checked=checked,
        evidence=kept_as,
        uses=all_uses(),
        for_each=checked.people if len(checked.people) <= NAMES_CHOSEN_FOR_EACH else (),
        may=_may(),
    )


def _may() -> dict[str, Any]:
    """What else the visitor may do about what they see here."""
    by = current_actor()
    return {
        "answer": url_for("forms.add", slug=ANSWERS.slug) if may(by, Deed.ADD, ANSWERS) else None,
        "add_person": url_for("forms.add", slug=PUPILS.slug) if may(by, Deed.ADD, PUPILS) else None,
        "add_use": url_for("pages.listing", slug=USES.slug) if may(by, Deed.ADD, USES) else None,
        "publish": may(by, Deed.ADD, PUBLICATIONS),
    }
