"""Approved versions of a record: all of them, one of them, two beside each other, and the way to the next."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from models.vocabulary.advice import Advice
from registry.access import Deed
from registry.approval import approving, versions
from registry.records import NotFound
from registry.rules.approval import not_advisable, not_approvable
from web.chrome import tell
from web.guard import needs
from web.ids_and_numbers import number_in
from web.pages import occasion, shown_record
from web.plain_forms import Form
from web.record_view import RecordPage
from web.version_view import NOW, ApprovalPage, Comparison, VersionPage, approval_of, blank_form, seen_in

blueprint = Blueprint("versions", __name__, url_prefix="/registers/<slug:slug>/<uuid:record>")

SAID = {"asking": "It is not asked for yet", "verdict": "Your advice is not saved yet", "reasons": "It is not approved yet"}


@blueprint.get("/versions")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """Every approved version of a record, and two of them to compare."""
    shown = shown_record(slug, record)
    approval = approval_of(shown)
    found = versions.versions_of(shown.register, shown.row, shown.by)
    return render_template("versions/list.html", shown=shown, approval=approval, versions=found)


@blueprint.get("/versions/<int:number>")
@needs(Deed.SEE, register_from_slug=True)
def one(slug: str, record: UUID, number: int) -> ResponseReturnValue:
    """One version as it was approved."""
    shown = shown_record(slug, record)
    return render_template("versions/one.html", shown=shown, page=VersionPage(shown, versions.find(shown.register, shown.row, number, shown.by)))


@blueprint.get("/versions/changes")
@needs(Deed.SEE, register_from_slug=True)
def changes(slug: str, record: UUID) -> ResponseReturnValue:
    """What differs between two versions, or between one and the record as it is now."""
    shown = shown_record(slug, record)
    first, last = (request.args.get(name, default) for name, default in (("from", str(shown.row.approved_number or 0)), ("to", NOW)))
    before = versions.find(shown.register, shown.row, _number(first), shown.by)
    after = None if last == NOW else versions.find(shown.register, shown.row, _number(last), shown.by)
    if after and after.number < before.number:
        before, after = after, before
    return render_template("versions/changes.html", shown=shown, page=Comparison(shown, before, after))


@blueprint.get("/approval")
@needs(Deed.SEE, register_from_slug=True)
def approval(slug: str, record: UUID) -> ResponseReturnValue:
    """How the record stands on its way to the next version, with what the reader can do about it."""
    return _page(shown_record(slug, record))


@blueprint.post("/approval/ask")
@needs(Deed.CHANGE, register_from_slug=True)
def ask(slug: str, record: UUID) -> ResponseReturnValue:
    """Ask those who advise and approve to look at the record as it is."""
    shown, form = _sent(slug, record)
    approving.ask(shown.register, seen_in(request.form, shown.row), form.asking.value, occasion())
    tell("success", "Asked. Those whose turn it is are told at their bell.")
    return redirect(shown.to(record))


@blueprint.post("/approval/advise")
@needs(Deed.ADVISE, register_from_slug=True)
def advise(slug: str, record: UUID) -> ResponseReturnValue:
    """Take advice down, on the record as it is."""
    shown, form = _sent(slug, record)
    verdict = Advice._value2member_map_.get(form.verdict.value)
    if not isinstance(verdict, Advice):
        form.say("verdict", "Choose what you advise.")
        return _page(shown, form, "verdict")
    seen = seen_in(request.form, shown.row)
    if seen.version == shown.row.version and (sentence := not_advisable(approval_of(shown).standing, verdict, form.words.value)):
        form.say("words", sentence)
        return _page(shown, form, "verdict")
    approving.advise(shown.register, seen, verdict, form.words.value, occasion=occasion())
    tell("success", "Your advice is kept with the record as it is now.")
    return redirect(shown.to(record))


@blueprint.post("/approval/approve")
@needs(Deed.APPROVE, register_from_slug=True)
def approve(slug: str, record: UUID) -> ResponseReturnValue:
    """Approve the record as it is, and freeze it."""
    shown, form = _sent(slug, record)
    seen = seen_in(request.form, shown.row)
    if seen.version == shown.row.version and (sentence := not_approvable(approval_of(shown).standing, form.reasons.value)):
        form.say("reasons", sentence)
        return _page(shown, form, "reasons")
    version = approving.approve(shown.register, seen, form.reasons.value, occasion())
    tell("success", f"Approved. Version {version.number} is frozen with its links.")
    return redirect(shown.to(record))


def _sent(slug: str, record: UUID) -> tuple[RecordPage, Form]:
    """The record, and the form with what was sent."""
    shown = shown_record(slug, record)
    form = blank_form(approval_of(shown))
    form.take()
    return shown, form


def _page(shown: RecordPage, form: Form | None = None, sent: str = "") -> ResponseReturnValue:
    standing = approval_of(shown)
    page = ApprovalPage(shown, standing, form or blank_form(standing))
    body = render_template("versions/approval.html", shown=shown, page=page, errors=page.form.problems, summary=SAID.get(sent, ""))
    return body, 422 if sent else 200


def _number(text: str) -> int:
    number = number_in(text, 9)
    if number is None:
        raise NotFound("This record has no such version.")
    return number
