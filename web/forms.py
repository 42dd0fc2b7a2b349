"""Adding a record and changing it, a section at a time."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.record import Record
from registry import catalogue, drafts, records
from registry.access import Deed
from registry.definition import Register
from registry.merging import merge
from registry.records import Conflict, NotFound
from registry.schema import Invalid
from web import filling_in, keeping_drafts, new_records
from web.chrome import tell
from web.conflict_view import ConflictPage
from web.form_view import SectionForm
from web.guard import current_actor, needs
from web.ids_and_numbers import number_in
from web.pages import find_record, occasion
from web.rendering import plural

blueprint = Blueprint("forms", __name__, url_prefix="/registers")


@blueprint.get("/<slug:slug>/add")
@needs(Deed.ADD, register_from_slug=True)
def add(slug: str) -> ResponseReturnValue:
    """The form that begins a record."""
    register = catalogue.find(slug)
    section = filling_in.section_asked(register, Deed.ADD)
    place = keeping_drafts.place_of(register, section)
    draft, sent = keeping_drafts.asked_back(place)
    form = filling_in.sent_form(register, section, sent) if sent else filling_in.blank_form(register, section)
    token = sent.get("token") if sent else None
    return _page(form, token=token or new_records.token(register), draft=draft)


@blueprint.post("/<slug:slug>/add")
@needs(Deed.ADD, register_from_slug=True)
@keeping_drafts.drafted
def store_new(slug: str) -> ResponseReturnValue:
    """Store a new record; the same form sent twice makes one record."""
    register = catalogue.find(slug)
    section = filling_in.section_asked(register, Deed.ADD)
    form = filling_in.sent_form(register, section, request.form)
    token = request.form.get("token", "")
    record = new_records.id_in(register, token)
    if filling_in.is_only_looking(request.form):
        return _page(form, token=token)
    answers = filling_in.read(form)
    if answers is None:
        return _page(form, token=token), 422
    try:
        row = records.add(register, answers, occasion(), record=record)
    except Invalid as problem:
        form.said = dict(problem.messages)
        return _page(form, token=token), 422
    except Conflict as before:
        form.said = {"token": [f"This form was saved already, as {before.row.reference}, with other answers. Open that record to change it."]}
        return _page(form, token=token), 409
    more = " Go on with the other sections when you like." if len(form.register.sections) > 1 else ""
    tell("success", f"Saved as {row.reference}.{more}")
    keeping_drafts.throw_away(keeping_drafts.place_of(register, section))
    return _onwards(register, row.id)


@blueprint.get("/<slug:slug>/<uuid:record>/change")
@needs(Deed.CHANGE, register_from_slug=True)
def change(slug: str, record: UUID) -> ResponseReturnValue:
    """One section of a record, ready to be changed."""
    register, row = find_record(slug, record)
    if "section" not in request.args and (begun := keeping_drafts.section_begun(register, row)):
        return redirect(url_for("forms.change", slug=slug, record=record, section=begun))
    section = filling_in.section_asked(register, Deed.CHANGE)
    draft, sent = keeping_drafts.asked_back(keeping_drafts.place_of(register, section, row))
    form = filling_in.sent_form(register, section, sent, row) if sent else filling_in.blank_form(register, section, row)
    return _page(form, version=_version(sent, "version", row) if sent else row.version, draft=draft)


@blueprint.post("/<slug:slug>/<uuid:record>/change")
@needs(Deed.CHANGE, register_from_slug=True)
@keeping_drafts.drafted
def store_change(slug: str, record: UUID) -> ResponseReturnValue:
    """Store what differs in one section; when somebody else was quicker, ask what is to stand."""
    register, row = find_record(slug, record)
    section = filling_in.section_asked(register, Deed.CHANGE)
    form = filling_in.sent_form(register, section, request.form, row)
    seen = _version(request.form, "version", row)
    opened = _version(request.form, "opened", row) if "opened" in request.form else seen
    if filling_in.is_only_looking(request.form):
        return _page(form, version=opened)
    answers = filling_in.read(form)
    if answers is None:
        return _page(form, version=opened), 422
    try:
        return _store(form, answers, opened, seen)
    except Conflict:  # somebody saved between our look and our write
        form.row = records.find(register, record, current_actor())
        return _store(form, answers, opened, seen)


@blueprint.post("/<slug:slug>/add/draft")
@needs(Deed.ADD, register_from_slug=True)
def keep_new_draft(slug: str) -> ResponseReturnValue:
    """Keep what is being typed about a new record."""
    register = catalogue.find(slug)
    return keeping_drafts.keep(keeping_drafts.place_of(register, filling_in.section_asked(register, Deed.ADD)))


@blueprint.post("/<slug:slug>/<uuid:record>/draft")
@needs(Deed.CHANGE, register_from_slug=True)
def keep_draft(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep what is being typed about a record."""
    register, row = find_record(slug, record)
    return keeping_drafts.keep(keeping_drafts.place_of(register, filling_in.section_asked(register, Deed.CHANGE), row))


@blueprint.post("/<slug:slug>/add/draft/throw-away")
@needs(Deed.ADD, register_from_slug=True)
def throw_new_draft_away(slug: str) -> ResponseReturnValue:
    """Forget what was being typed about a new record."""
    register = catalogue.find(slug)
    keeping_drafts.throw_away(keeping_drafts.place_of(register, filling_in.section_asked(register, Deed.ADD)))
    return redirect(url_for("forms.add", slug=slug))


@blueprint.post("/<slug:slug>/<uuid:record>/draft/throw-away")
@needs(Deed.CHANGE, register_from_slug=True)
def throw_draft_away(slug: str, record: UUID) -> ResponseReturnValue:
    """Forget what was being typed about a record."""
    register, row = find_record(slug, record)
    section = filling_in.section_asked(register, Deed.CHANGE)
    keeping_drafts.throw_away(keeping_drafts.place_of(register, section, row))
    return redirect(url_for("forms.change", slug=slug, record=record, section=section.slug))


def _store(form: SectionForm, answers: dict[str, Any], opened: int, seen: int) -> ResponseReturnValue:
    """Store the answers, or show what two people changed: nothing of either is lost, and nothing is stored unasked."""
    row = form.row
    if opened != row.version:
        page = ConflictPage(form, merge(form.register, row, opened, yours=answers, by=form.by), opened)
        if page.merging.needs_a_look and not (seen == row.version and "opened" in request.form and page.settle()):
            return render_template("register/conflict.html", conflict=page), 409
        answers = page.merging.answers(page.choices)
    differing = sum(form.answers.get(name) != answer for name, answer in answers.items())
    try:
        is_changed = records.change(form.register, row, answers, occasion())
    except Invalid as problem:
        form.said = dict(problem.messages)
        return _page(form, version=opened), 422
    keeping_drafts.throw_away(keeping_drafts.place_of(form.register, form.section, row))
    _tell_of(form.register, row, differing if is_changed else 0)
    return _onwards(form.register, row.id)


def _tell_of(register: Register, row: Record, changed: int) -> None:
    if changed:
        history = url_for("history.of_record", slug=register.slug, record=row.id)
        tell("success", f"Saved. {plural(changed, 'answer')} changed.", "See what changed", history)
    else:
        tell("information", "Nothing was different, so nothing was saved.")


def _onwards(register: Register, record: UUID) -> ResponseReturnValue:
    """To the section that was asked for, or to the record."""
    next_section = request.form.get("next")
    if next_section and any(section.slug == next_section for section in register.sections):
        return redirect(url_for("forms.change", slug=register.slug, record=record, section=next_section))
    return redirect(url_for("pages.record", slug=register.slug, record=record))


def _version(sent: filling_in.Sent, name: str, row: Record) -> int:
    """A version of the record that a form names; raises NotFound for one that there has never been."""
    version = number_in(sent.get(name, ""), 9)
    if version is None or not 1 <= version <= row.version:
        raise NotFound("There is no such version of this record.")
    return version


def _page(form: SectionForm, *, version: int = 0, token: str = "", draft: drafts.Typed | None = None) -> str:
    slug = form.register.slug
    shown = {"form": form, "version": version, "token": token, "draft": draft, "errors": form.problems}
    return render_template([f"register/{slug}/form.html", "register/form.html"], **shown)
