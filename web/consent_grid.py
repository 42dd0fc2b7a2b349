"""Recording the answers of a class from the forms that came back on paper, and the same answers for brothers and sisters."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.access import Permission
from registry.answers import coverage, siblings
from registry.answers import grid as answer_grid
from registry.answers.grid import NotSaved, Saved
from registry.images.people import classes
from registry.images.uses import asked_uses
from registry.records import NotFound
from registry.rules.local_time import in_zone
from web.chrome import tell
from web.grid_view import GridPage, day_in, left_over, people_in, sent
from web.guard import needs, now
from web.ids_and_numbers import id_in, number_in
from web.pages import occasion
from web.rendering import ZONE, plural

blueprint = Blueprint("consent_grid", __name__, url_prefix="/consents/grid")


@blueprint.get("")
@needs(Permission.RECORD_ANSWERS)
def grid() -> ResponseReturnValue:
    """The grid of a class; without one, the classes to choose from with how far their answers are in."""
    class_name = request.args.get("class", "")
    if not class_name:
        return _classes_page()
    if class_name not in classes():
        return _classes_page("There is no class of that name here. Choose one of these."), 404
    here = answer_grid.of_class(class_name, today())
    return _page(GridPage(class_name, here, answer_grid.signers_in(here), is_blank="blank" in request.args))


@blueprint.post("")
@needs(Permission.RECORD_ANSWERS)
def save() -> ResponseReturnValue:
    """Store what is new; when anything stands against it, nothing is stored and everything that was typed stays."""
    form = request.form
    class_name = form.get("class", "")
    here = answer_grid.of_class(class_name if class_name in classes() else "", today(), people_in(form))
    if not here.people:
        raise NotFound("There is no such class here.")
    signers = answer_grid.signers_in(here)
    page = GridPage(class_name, here, signers, bool(form.get("blank")), form, left_over=left_over(form, here))
    given_on, page.date_error = day_in(form.get("date", ""), today())
    came = sent(form, here, signers, given_on or today())
    page.plan = answer_grid.plan(here, came)
    if page.problems:
        return _page(page), 409 if page.plan.clashes else 422
    try:
        saved = answer_grid.save(came, here, occasion())
    except NotSaved as problem:
        fresh = answer_grid.of_class("", today(), here.ids)
        return _page(GridPage(page.class_name, fresh, signers, page.is_blank, form, problem.plan)), 409
    _say(saved)
    if saved.many and siblings.offers(saved.first, saved.last):
        asked = urlencode({"first": saved.first, "last": saved.last, "class": page.class_name})
        return redirect(f"{url_for('.same_for_siblings')}?{asked}", 303)
    return redirect(grid_address(page.class_name), 303)


@blueprint.get("/siblings")
@needs(Permission.RECORD_ANSWERS)
def same_for_siblings() -> ResponseReturnValue:
    """Brothers and sisters for whom one form may have been meant as well; nobody is ticked."""
    first, last = _span(request.args)
    page = {"offers": siblings.offers(first, last), "first": first, "last": last, "class_name": request.args.get("class", "")}
    return render_template("consents/siblings.html", **page, back=grid_address(request.args.get("class", "")))


@blueprint.post("/siblings")
@needs(Permission.RECORD_ANSWERS)
def take_for_siblings() -> ResponseReturnValue:
    """Store the same answers for those who were ticked."""
    first, last = _span(request.form)
    many = siblings.take(_pairs(request.form.getlist("child")), first, last, occasion())
    if many:
        tell("success", f"Saved. {plural(many, 'answer')} recorded for brothers and sisters.")
    else:
        tell("information", "Nobody was ticked, so nothing more was recorded.")
    return redirect(grid_address(request.form.get("class", "")), 303)


def today() -> date:
    """The day on which this request came, at the school."""
    return in_zone(now(), ZONE).date()


def grid_address(class_name: str) -> str:
    """Where the grid of a class is."""
    return url_for("consent_grid.grid") + (f"?{urlencode({'class': class_name})}" if class_name in classes() else "")


def _classes_page(problem: str = "") -> str:
    uses = asked_uses()
    found = [each for each in coverage.coverage(uses, today()) if each.name]
    return render_template("consents/grid_classes.html", classes=found, uses=uses, problem=problem)


def _page(page: GridPage) -> str:
    return render_template("consents/grid.html", page=page, today=today())


def _say(saved: Saved) -> None:
    plan = saved.plan
    if not saved.many and not plan.same:
        tell("information", "Nothing new was typed, so nothing was recorded.")
        return
    words = [f"Saved. {plural(saved.many, 'answer')} recorded."]
    if plan.same:
        words.append(f"{plural(plan.same, 'answer')} of this form {'was' if plan.same == 1 else 'were'} there already.")
    if plan.older:
        words.append(f"{plural(plan.older, 'answer')} {'is' if plan.older == 1 else 'are'} older than one recorded before, which still stands.")
    if plan.emptied:
        words.append("Cells that were emptied keep their answer: to take a yes back, type N.")
    tell("success", " ".join(words))


def _span(form: dict[str, str]) -> tuple[int, int]:
    return number_in(form.get("first", ""), 9) or 0, number_in(form.get("last", ""), 9) or 0


def _pairs(ticked: list[str]) -> set[tuple[UUID, UUID]]:
    """The pairs of signer and child that were ticked."""
    halves = (each.partition(":") for each in ticked)
    pairs = ((id_in(signer), id_in(child)) for signer, _colon, child in halves)
    return {(signer, child) for signer, child in pairs if signer and child}
