"""The Comments tab of a record: what colleagues say about it, and the form at its end."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.record import Record
from registry.access import Deed, Forbidden, Permission
from registry.definition import Register
from registry.schema import Invalid
from registry.talk import comments
from registry.talk.thread import thread
from web import keeping_drafts, new_records
from web.chrome import tell
from web.comment_view import blank_form, chosen, draft_place, sent_form, tell_of
from web.guard import current_actor, needs, now, school_facts
from web.ids_and_numbers import id_in
from web.pages import find_record, occasion
from web.plain_forms import Form
from web.record_view import page_of

blueprint = Blueprint("comments", __name__, url_prefix="/registers/<slug:slug>/<uuid:record>/comments")


@blueprint.get("")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """What was said about a record, newest last, and the form for one comment more."""
    register, row = find_record(slug, record)
    return _page(register, row)


@blueprint.post("")
@keeping_drafts.drafted_at(lambda asked, _school: draft_place(asked["record"]))
@needs(Permission.COMMENT, register_from_slug=True)
def write(slug: str, record: UUID) -> ResponseReturnValue:
    """Store a comment and tell colleagues; the same form sent twice makes one."""
    register, row = find_record(slug, record)
    form = sent_form(register, current_actor(), request.form)
    try:
        key = new_records.id_in(register, request.form.get("token", ""))
        written = comments.write(register, row, form.text.value, chosen(form), occasion=occasion(), comment=key, about=request.form.get("about", ""))
    except Invalid as problem:
        form.say("text", next(line for lines in problem.messages.values() for line in lines))
        return _page(register, row, form), 422
    keeping_drafts.throw_away(draft_place(record))
    tell("success", tell_of(written))
    return redirect(url_for("comments.of_record", slug=slug, record=record, _anchor=f"comment-{written.id}"))


@blueprint.get("/<uuid:comment>/withdraw")
@needs(Deed.SEE, register_from_slug=True)
def ask_before_withdrawing(slug: str, record: UUID, comment: UUID) -> ResponseReturnValue:
    """What withdrawing does, and the button that does it."""
    register, row = find_record(slug, record)
    found = comments.find(register, row, comment, current_actor())
    if not comments.may_withdraw(found, current_actor()):
        raise Forbidden("This comment is not theirs to withdraw.")
    return render_template("comments/withdraw.html", shown=page_of(register, row, current_actor(), school_facts()), comment=found)


@blueprint.post("/<uuid:comment>/withdraw")
@needs(Deed.SEE, register_from_slug=True)
def withdraw(slug: str, record: UUID, comment: UUID) -> ResponseReturnValue:
    """Erase what a comment says."""
    register, row = find_record(slug, record)
    found = comments.find(register, row, comment, current_actor())
    comments.withdraw(register, row, found, occasion())
    tell("success", "Withdrawn. What the comment said is gone; that there was one stays.")
    return redirect(url_for("comments.of_record", slug=slug, record=record, _anchor=f"comment-{comment}"))


@blueprint.post("/draft")
@needs(Permission.COMMENT, register_from_slug=True)
def keep_draft(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep the comment that somebody is typing."""
    find_record(slug, record)
    return keeping_drafts.keep(draft_place(record))


@blueprint.post("/draft/throw-away")
@needs(Permission.COMMENT, register_from_slug=True)
def throw_draft_away(slug: str, record: UUID) -> ResponseReturnValue:
    """Forget the comment that somebody was typing."""
    find_record(slug, record)
    keeping_drafts.throw_away(draft_place(record))
    return redirect(url_for("comments.of_record", slug=slug, record=record))


def _page(register: Register, row: Record, form: Form | None = None) -> str:
    """The thread with a form below it, for those who may write: blank, as it was sent, or with a draft put back."""
    by = current_actor()
    said = thread(register, row, by, id_in(request.args.get("before", "")))
    draft = None
    if form is None and comments.may_comment(register, by):
        draft, typed = keeping_drafts.asked_back(draft_place(row.id))
        form = sent_form(register, by, typed) if typed else blank_form(register, by, said.said)
    shown = page_of(register, row, by, school_facts())
    token = new_records.token(register) if form is not None else ""
    about = comments.part(register, request.values.get("about", ""), by)
    return render_template(
        "comments/record.html", shown=shown, thread=said, form=form, draft=draft, token=token, at=now(), about=about,
        errors=form.problems if form else [],
    )
