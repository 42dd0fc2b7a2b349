"""Asking parents: whom, through which links or on which forms, who has not answered, and who is to be asked again."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.consent_form import MOST_FORMS, Addressee, forms
from exports.paper import Letterhead
from models.carer import Carer
from registry.access import Permission
from registry.families import asking, asking_again, families
from registry.families.asking_again import AGAIN, Why
from registry.families.families import Child, Families
from registry.images.uses import all_uses, asked_uses
from registry.rows import CannotBeDone
from registry.rules.local_time import in_zone
from registry.school import logos
from registry.trace.audit import Happened, recording
from web import asking_view, chrome
from web.account import unreferred
from web.addresses import whole_address
from web.files import attachment
from web.guard import current_actor, needs, now, visitor
from web.ids_and_numbers import id_in
from web.pages import occasion
from web.rendering import ZONE, moment

blueprint = Blueprint("asking", __name__, url_prefix="/consents/ask")

EVERYBODY = "everybody"
TOO_MANY = f"More than {MOST_FORMS} forms are too many at once. Print them class by class."


@blueprint.get("")
@needs(Permission.ASK_FAMILIES)
def start() -> ResponseReturnValue:
    """The classes, with how many pupils in each are still to be asked about."""
    lines = asking_view.classes(families.class_sizes(), asking_again.review(_today()))
    return render_template("asking/start.html", lines=lines, uses=asked_uses(), everybody=EVERYBODY)


@blueprint.get("/families")
@needs(Permission.ASK_FAMILIES)
def of_class() -> ResponseReturnValue:
    """The families of a class, or of everybody."""
    name = request.args.get("class", "")
    if request.args.get("of") == EVERYBODY:
        return _choose(families.of_school(), "of the whole school")
    return _choose(families.of_class(name), f"of {name}")


@blueprint.post("/families")
@needs(Permission.ASK_FAMILIES)
def of_chosen() -> ResponseReturnValue:
    """The families of the pupils who were ticked in the list of late and due answers."""
    chosen = _ids("pupil")
    if not chosen:
        chrome.tell("warning", "Nobody was ticked, so nobody is asked.")
        return redirect(url_for("asking.late"), 303)
    return _choose(families.of_pupils(chosen), "you have ticked")


@blueprint.post("/links")
@needs(Permission.ASK_FAMILIES)
def make() -> ResponseReturnValue:
    """Make a link for everybody ticked, and show each this once."""
    try:
        made = asking.make_links(_ids("carer"), occasion())
    except CannotBeDone as problem:
        chrome.tell("warning", str(problem))
        return redirect(url_for("asking.start"), 303)
    until = now() + asking.LASTS
    return unreferred(render_template("asking/made.html", made=[(each, _address(each.secret)) for each in made], until=until))


@blueprint.post("/forms.pdf")
@needs(Permission.ASK_FAMILIES)
def print_forms() -> ResponseReturnValue:
    """The forms of everybody ticked, each with their link where that was just made."""
    addressees = [*_parents(_ids("carer")), *_unknown(_ids("pupil"))]
    if not addressees or len(addressees) > MOST_FORMS:
        chrome.tell("warning", TOO_MANY if addressees else "Nobody was ticked, so nothing was printed.")
        return redirect(url_for("asking.start"), 303)
    with recording(current_actor(), now()) as trace:
        trace.note(Happened.EXPORTED, Carer._meta.table_name)
    return attachment(forms(addressees, all_uses(), _head()), f"consent-forms-{_today()}.pdf")


@blueprint.get("/links")
@needs(Permission.ASK_FAMILIES)
def links() -> ResponseReturnValue:
    """Who was asked, when, and what came of it."""
    asked = list(asking.last_asked(now()).values())
    return render_template("asking/links.html", asked=asked[: asking_view.MOST_LISTED], everybody=len(asked), State=asking.State)


@blueprint.post("/links/<uuid:link>/end")
@needs(Permission.ASK_FAMILIES)
def end(link: UUID) -> ResponseReturnValue:
    """Have somebody's link stop working."""
    try:
        asking.end(link, occasion())
    except CannotBeDone as problem:
        chrome.tell("warning", str(problem))
    else:
        chrome.tell("success", "The link works no more. What was answered through it stays.")
    return redirect(url_for("asking.links"), 303)


@blueprint.get("/late")
@needs(Permission.ASK_FAMILIES)
def late() -> ResponseReturnValue:
    """Answers that are late or missing, and those that are to be asked for again."""
    found = asking_again.review(_today())
    page = asking_view.late(found, asking.last_asked(now()), request.args.get("class"))
    return render_template("asking/late.html", page=page, Why=Why, again=AGAIN)


def _choose(found: Families, whose: str) -> ResponseReturnValue:
    """Whom to ask, with those ticked who are asked unless somebody chooses otherwise."""
    asked = asking.last_asked(now(), [family.carer for family in found.families])
    return render_template("asking/families.html", found=found, whose=whose, asked=asked, State=asking.State, uses=asked_uses())


def _parents(carers: Iterable[UUID]) -> list[Addressee]:
    """Those who were ticked, in the order of the list in which they were."""
    wanted = list(carers)
    known = families.of_carers(wanted)
    given = {}
    for secret in request.form.getlist("secret"):
        link = asking.find(secret, now())
        if link is not None and link.school_id == current_actor().school:
            given[link.carer] = (_address(secret), moment(link.ends_at))
    listed = [known[carer] for carer in dict.fromkeys(wanted) if carer in known]
    return [Addressee(family.name, family.children, family.names, *given.get(family.carer, ())) for family in listed]


def _unknown(pupils: Iterable[UUID]) -> list[Addressee]:
    """A form without a name on it, for a child for whom nobody is on the list."""
    return [Addressee(f"the parents or carers of {child.name}", (child,), (child.first_name,)) for child in _children(pupils)]


def _children(pupils: Iterable[UUID]) -> tuple[Child, ...]:
    return families.of_pupils(pupils).nobody


def _ids(name: str) -> list[UUID]:
    return [found for text in request.form.getlist(name) if (found := id_in(text)) is not None]


def _address(secret: str) -> str:
    return whole_address("public_answers.form", secret=secret)


def _head() -> Letterhead:
    person = visitor()
    return Letterhead(person.school.name if person and person.school else "", moment(now()), logos.logo_of_school())


def _today() -> date:
    return in_zone(now(), ZONE).date()
