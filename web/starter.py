"""Beginning with something: what fits the school, taken whole or picked from a list."""

from collections.abc import Iterable
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.school import School
from models.vocabulary import BusinessFunction
from registry import catalogue
from registry.access import Deed, Permission, may
from registry.catalogue import NoSuchRegister
from registry.definition import Register
from registry.records import NotFound, Occasion
from registry.school import adoption, starter
from registry.school.starter import Starter
from web import chrome
from web.guard import current_actor, needs, now, school_facts, visitor

blueprint = Blueprint("starter", __name__)


@blueprint.get("/starter/")
@needs(Permission.ADOPT_STARTER)
def begin() -> ResponseReturnValue:
    """What there is for this school in each register, and one button that takes all of it."""
    school = _school()
    offers = [(register, len(starter.fitting(register.slug, school)), len(adoption.adopted(register.slug))) for register in _registers()]
    return render_template("starter/begin.html", offers=offers, left=sum(max(0, fits - taken) for _register, fits, taken in offers))


@blueprint.post("/starter/")
@needs(Permission.ADOPT_STARTER)
def take_all() -> ResponseReturnValue:
    """Take everything that fits; what is there already is left as it is."""
    return _taken(starter.all_that_fits(_school()), url_for("home.today"))


@blueprint.get("/registers/<slug>/starter")
@needs(Permission.ADOPT_STARTER)
def choose(slug: str) -> ResponseReturnValue:
    """The entries of one register that fit, by part of school life."""
    register = _register(slug)
    taken = adoption.adopted(slug)
    offered = starter.fitting(slug, _school())
    left = [entry for entry in offered if entry.id not in taken]
    return render_template("starter/choose.html", register=register, groups=_by_function(left), left=len(left), total=len(offered))


@blueprint.post("/registers/<slug>/starter")
@needs(Permission.ADOPT_STARTER)
def take(slug: str) -> ResponseReturnValue:
    """Take the entries that were ticked, or all of this register."""
    register = _register(slug)
    offered = starter.fitting(slug, _school())
    chosen = offered if "all" in request.form else [entry for entry in offered if entry.id in request.form.getlist("entry")]
    return _taken(chosen, url_for("pages.listing", slug=register.slug))


def _taken(entries: Iterable[Starter], after: str) -> ResponseReturnValue:
    count = adoption.adopt(tuple(entries), Occasion(current_actor(), now(), school_facts()))
    if count:
        chrome.tell("success", f"{count} starter entries are in your registers. Each is marked until somebody of your school confirms it.")
    else:
        chrome.tell("information", "Nothing was taken: choose at least one entry that is not there yet.")
    return redirect(after)


def _by_function(entries: list[Starter]) -> list[tuple[str, list[Starter]]]:
    def function(entry: Starter) -> str:
        return str(getattr(entry.answers.get("business_function"), "value", ""))

    return [(BusinessFunction.label_of(code) if code else "Other", list(group)) for code, group in groupby(entries, key=function)]


def _registers() -> list[Register]:
    there = [register for register in catalogue.REGISTERS if starter.has_entries(register)]
    return [register for register in there if may(current_actor(), Deed.ADD, register)]


def _register(slug: str) -> Register:
    try:
        register = catalogue.find(slug)
    except NoSuchRegister:
        raise NotFound("There is no such register.") from None
    if not starter.has_entries(register):
        raise NotFound("There are no typical entries for this register.")
    return register


def _school() -> School:
    person = visitor()
    if person is None or person.school is None:
        raise NotFound("There is no such school.")
    return person.school
