"""Beginning a DPIA from a template or from nothing, and choosing risks from the library."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import naming, records
from registry.access import Deed
from registry.catalogue import find as register_of
from registry.dpias import beginning
from registry.dpias.library import looked_up
from registry.naming import Named
from registry.registers.data_protection.dpias import DPIAS
from registry.rows import CannotBeDone
from registry.templates_for_schools import dpias as library
from registry.typed import LONGEST_LINE, NOT_TEXT
from web import new_records
from web.chrome import tell
from web.guard import current_actor, needs
from web.ids_and_numbers import id_in, number_in
from web.pages import occasion
from web.rendering import plural

OFFERED = 500
"""How many records of a register can be chosen from a list; any other is found among the answers of the screening."""

blueprint = Blueprint("dpia_beginning", __name__, url_defaults={"slug": DPIAS.slug})


@blueprint.get("/dpias/begin")
@needs(Deed.ADD, register_from_slug=True)
def choose(slug: str) -> ResponseReturnValue:
    """What to begin from."""
    return _page({})


@blueprint.post("/dpias/begin")
@needs(Deed.ADD, register_from_slug=True)
def begin(slug: str) -> ResponseReturnValue:
    """Begin it, and go on to the screening; the same form sent twice begins one."""
    name = " ".join(NOT_TEXT.sub("", request.form.get("name", "")).split())
    template = _template(request.form.get("template", ""))
    name = name or (template.title if template else "")
    if not name or len(name) > LONGEST_LINE:
        return _page({"name": "Say what is planned, in a few words." if not name else f"Use {LONGEST_LINE} characters or fewer."}), 422
    token = request.form.get("token", "")
    record = new_records.id_in(DPIAS, token) if token else None
    row = beginning.begin(name, {slug: each.id for slug, each in _about(request.values).items()}, occasion(), template, record=record)
    more = " Check every answer that the template gave." if template else ""
    tell("success", f"Begun as {row.reference}.{more}")
    return redirect(url_for("forms.change", slug=slug, record=row.id, section=DPIAS.sections[0].slug), 303)


@blueprint.post("/registers/dpias/<uuid:record>/template")
@needs(Deed.CHANGE, register_from_slug=True)
def fill(slug: str, record: UUID) -> ResponseReturnValue:
    """Fill what is not answered yet from a template."""
    row = records.find(DPIAS, record, current_actor())
    chosen = _template(request.form.get("template", ""))
    if chosen is None:
        tell("error", "Choose a template first.")
        return redirect(url_for("pages.record", slug=slug, record=record), 303)
    many = beginning.fill(row, chosen, occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0)
    tell("success", f"{plural(many, 'answer')} filled in from “{chosen.title}”. What you had answered stays. Check each.")
    return redirect(url_for("pages.record", slug=slug, record=record), 303)


@blueprint.get("/registers/dpias/<uuid:record>/risks")
@needs(Deed.CHANGE, register_from_slug=True)
def risks(slug: str, record: UUID) -> ResponseReturnValue:
    """The library of risks, those of the technologies that were asked for first."""
    return _library(record, [])


@blueprint.post("/registers/dpias/<uuid:record>/risks")
@needs(Deed.CHANGE, register_from_slug=True)
def add_risks(slug: str, record: UUID) -> ResponseReturnValue:
    """Put the chosen risks into the DPIA."""
    row = records.find(DPIAS, record, current_actor())
    ticked = set(request.form.getlist("risk"))
    chosen = [each for each in library.risks() if each.id in ticked]
    if not chosen:
        return _library(record, ["Tick the risks that fit."]), 422
    try:
        many = beginning.add_risks(row, chosen, occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0)
    except CannotBeDone as problem:
        return _library(record, [str(problem)]), 409
    tell("success", f"{plural(many, 'risk')} added. Weigh each as it is at your school.")
    return redirect(url_for("forms.change", slug=slug, record=record, section="risks-and-measures"), 303)


def _template(asked: str) -> library.DpiaTemplate | None:
    return next((each for each in library.templates() if each.id == asked), None)


def _about(told: Any) -> dict[str, Named]:
    """What it is to be about, of those records that the reader may see."""
    asked = {slug: id_in(told.get(slug, "")) for slug in beginning.ABOUT}
    found = {slug: naming.named(register_of(slug), current_actor(), [key]) for slug, key in asked.items() if key}
    return {slug: named[0] for slug, named in found.items() if named}


def _page(said: dict[str, str]) -> str:
    about = _about(request.args)
    usual = next(iter(about.values())).name if about else ""
    others = [(register, naming.first_of(register, current_actor(), OFFERED)) for register in map(register_of, beginning.ABOUT)]
    token = request.form.get("token") or new_records.token(DPIAS)
    return render_template("dpias/begin.html", templates=library.templates(), about=about, name=request.form.get("name", usual),
                           others=others, token=token,
                           errors=[*said.items()], chosen=request.form.get("template", ""), picked=request.form)  # fmt: skip


def _library(record: UUID, said: list[str]) -> str:
    row = records.find(DPIAS, record, current_actor())
    begun = _template(row.template or "")
    asked = request.args.get("technology", "")
    usual = begun.technologies if begun and not asked else ()
    concerned = (asked,) if asked in library.technologies() else usual
    words = request.args.get("words", "")[:LONGEST_LINE]
    found = looked_up(concerned, words)
    return render_template("dpias/risks.html", row=row, risks=found, there=beginning.already_in(row, found), words=words,
                           technologies=library.technologies(), asked=asked, begun=begun,
                           errors=[("list", sentence) for sentence in said], ticked=set(request.form.getlist("risk")))  # fmt: skip
