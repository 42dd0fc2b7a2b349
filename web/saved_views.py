"""The pages of saved views: keep a list under a name, open it, give it another name, choose what a register opens with."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import catalogue
from registry.access import Deed, Permission, may
from registry.definition import Register
from registry.lists import saved_views
from registry.lists.saved_views import Kept
from registry.lists.views import CHIPS, View
from registry.rows import CannotBeDone
from web.chrome import tell
from web.guard import current_actor, needs
from web.list_choices import narrowed_by
from web.list_view import EVERYTHING, asked_view, list_address
from web.pages import occasion
from web.plain_forms import Asked, Form
from web.together_view import view_in

blueprint = Blueprint("saved_views", __name__, url_prefix="/registers/<slug:slug>/views")

MINE, OURS = "me", "school"


@blueprint.get("")
@needs(Deed.SEE, register_from_slug=True)
def everything(slug: str) -> ResponseReturnValue:
    """Every view that this person can open, and what they can do with each."""
    register = catalogue.find(slug)
    return render_template("views/list.html", register=register, views=saved_views.kept_views(register, current_actor()), whole=EVERYTHING)


@blueprint.get("/add")
@needs(Deed.SEE, register_from_slug=True)
def add(slug: str) -> ResponseReturnValue:
    """The form that keeps the list in the address under a name."""
    register = catalogue.find(slug)
    return _add_page(register, asked_view(register, current_actor()), _form(register))


@blueprint.post("/add")
@needs(Deed.SEE, register_from_slug=True)
def store_new(slug: str) -> ResponseReturnValue:
    """Keep a list under a name."""
    register, by = catalogue.find(slug), current_actor()
    view, form = view_in(register, by, request.form.get("list", "")), _form(register)
    typed = form.take()
    try:
        key = saved_views.save(register, typed["name"], view, occasion(), shared=typed.get("for") == OURS)
    except CannotBeDone as problem:
        form.say("name", str(problem))
        return _add_page(register, view, form), 422
    if "yes" in typed["usual"]:
        saved_views.make_usual(register, key, by)
    tell("success", "Saved. You find it under Views, above the list.")
    return redirect(list_address(register, _query(view)), 303)


@blueprint.get("/<uuid:view>")
@needs(Deed.SEE, register_from_slug=True)
def show(slug: str, view: UUID) -> ResponseReturnValue:
    """The list that was kept, as far as the reader may see it."""
    register = catalogue.find(slug)
    return redirect(list_address(register, _query(saved_views.find(register, view, current_actor()).view)))


@blueprint.get("/<uuid:view>/change")
@needs(Deed.SEE, register_from_slug=True)
def change(slug: str, view: UUID) -> ResponseReturnValue:
    """The form that gives a view another name."""
    register = catalogue.find(slug)
    kept = saved_views.find(register, view, current_actor())
    return _change_page(register, kept, Form([_name_asked()]).fill({"name": kept.name}))


@blueprint.post("/<uuid:view>/change")
@needs(Deed.SEE, register_from_slug=True)
def store_change(slug: str, view: UUID) -> ResponseReturnValue:
    """Give a view another name."""
    register, form = catalogue.find(slug), Form([_name_asked()])
    kept = saved_views.find(register, view, current_actor())
    try:
        saved_views.change(register, view, occasion(), name=form.take()["name"])
    except CannotBeDone as problem:
        form.say("name", str(problem))
        return _change_page(register, kept, form), 422
    tell("success", "Saved. The view has its new name.")
    return redirect(url_for("saved_views.everything", slug=slug), 303)


@blueprint.post("/<uuid:view>/replace")
@needs(Deed.SEE, register_from_slug=True)
def replace(slug: str, view: UUID) -> ResponseReturnValue:
    """Let a view show another list from now on."""
    register = catalogue.find(slug)
    shows = view_in(register, current_actor(), request.form.get("list", ""))
    saved_views.change(register, view, occasion(), shows=shows)
    tell("success", "Saved. The view shows this list from now on.")
    return redirect(list_address(register, _query(shows)), 303)


@blueprint.post("/<uuid:view>/remove")
@needs(Deed.SEE, register_from_slug=True)
def remove(slug: str, view: UUID) -> ResponseReturnValue:
    """Delete a view; the records that it showed stay."""
    saved_views.remove(catalogue.find(slug), view, occasion())
    tell("success", "The view is removed. The records it showed are all still there.")
    return redirect(url_for("saved_views.everything", slug=slug), 303)


@blueprint.post("/usual")
@needs(Deed.SEE, register_from_slug=True)
def choose_usual(slug: str) -> ResponseReturnValue:
    """Choose the view with which the register opens for this person, or none."""
    register, chosen = catalogue.find(slug), request.form.get("view", "")
    keys = {str(each.id): each.id for each in saved_views.kept_views(register, current_actor())}
    saved_views.make_usual(register, keys.get(chosen), current_actor())
    first = "with that view, for you only" if chosen in keys else "with everything in it"
    tell("success", f"Saved. The register opens {first}.")
    return redirect(url_for("saved_views.everything", slug=slug), 303)


def _name_asked() -> Asked:
    return Asked(name="name", label="What do you call it?", hint="Such as Needs work before the audit.", required=True)


def _form(register: Register) -> Form:
    questions = [_name_asked()]
    if may(current_actor(), Permission.SHARE_VIEWS):
        whom = [(MINE, "For me only", None), (OURS, f"For everybody in the school who may see {register.many}", None)]
        questions.append(Asked(name="for", label="For whom is it?", kind="choice", options=whom, value=MINE))
    usual = [("yes", f"Open {register.many} with it from now on, for me", None)]
    questions.append(Asked(name="usual", label="Is it what you want to see first?", kind="choices", options=usual, value=[]))
    return Form(questions)


def _add_page(register: Register, view: View, form: Form) -> str:
    views = [each for each in saved_views.kept_views(register, current_actor()) if each.may_change]
    words = [*([CHIPS[view.chip]] if view.chip else []), *(words for words, _without in narrowed_by(register, view))]
    return render_template("views/add.html", register=register, view=view, list=urlencode(view.asked()), words=words, form=form, views=views)


def _change_page(register: Register, kept: Kept, form: Form) -> str:
    return render_template("views/change.html", register=register, kept=kept, form=form)


def _query(view: View) -> str:
    return urlencode(view.first_page().asked()) or EVERYTHING
