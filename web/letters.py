"""The page of letters: what waits, what was sent, what failed and why, for whoever sees to the mail; and each person's own choice."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.letter import Often
from models.outgoing import Sending
from registry.access import Permission
from registry.post import choices, mail, outcomes
from registry.post.choices import Choice
from web import chrome
from web.guard import current_actor, needs
from web.ids_and_numbers import id_in
from web.plain_forms import Asked, Form, options
from web.rendering import plural

blueprint = Blueprint("letters", __name__)

STATES = {state.value: state for state in Sending}
OFTEN = {often.value: often for often in Often}


@blueprint.get("/settings/messages")
@needs(Permission.MANAGE_MAIL)
def everything() -> ResponseReturnValue:
    """The letters to the people of this school, newest first."""
    state = STATES.get(request.args.get("state", ""))
    page = outcomes.outcomes(current_actor(), state, id_in(request.args.get("before", "")))
    return render_template("settings/messages.html", page=page, state=state, states=tuple(Sending), is_on=mail.in_use() is not None)


@blueprint.post("/settings/messages/again")
@needs(Permission.MANAGE_MAIL)
def all_again() -> ResponseReturnValue:
    """Try everything that failed once more."""
    many = outcomes.try_all_again(current_actor())
    chrome.tell("success", f"{plural(many, 'letter')} will be tried again within a minute." if many else "No letter has failed.")
    return redirect(url_for("letters.everything"))


@blueprint.post("/settings/messages/<uuid:letter>/again")
@needs(Permission.MANAGE_MAIL)
def again(letter: UUID) -> ResponseReturnValue:
    """Try one letter once more."""
    outcomes.try_again(current_actor(), letter)
    chrome.tell("success", "That letter will be tried again within a minute.")
    return redirect(url_for("letters.everything"))


@blueprint.post("/settings/messages/<uuid:letter>/leave")
@needs(Permission.MANAGE_MAIL)
def leave(letter: UUID) -> ResponseReturnValue:
    """Let one letter be."""
    outcomes.leave(current_actor(), letter)
    chrome.tell("success", "That letter is not sent any more.")
    return redirect(url_for("letters.everything"))


@blueprint.post("/account/letters")
@needs(Permission.OWN_ACCOUNT)
def choose() -> ResponseReturnValue:
    """Keep how somebody wants to be written to."""
    often = OFTEN.get(request.form.get("digest", ""))
    if often is None:
        chrome.tell("warning", "Nothing was saved. Choose how often you want a digest.")
    else:
        choices.choose(current_actor(), Choice(often, request.form.get("at_once") == "yes"))
        chrome.tell("success", "Saved. Letters come as you chose from now on.")
    return redirect(url_for("account.own"))


def own_form(choice: Choice) -> Form:
    """How somebody wants to be written to, as a form for their account page."""
    hint = "What needs you and what colleagues tell you, with a link to each thing. When there is nothing, no letter comes."
    digest = Asked(name="digest", label="How often do you want a digest by e-mail?", kind="choice", hint=hint, options=options(Often))
    urgent = "Somebody waits for your approval, asks you to see to something or mentions you in a comment, or a day set by law is near."
    at_once = Asked(name="at_once", label="May we write at once about what cannot wait?", kind="yesno", hint=urgent)
    return Form((digest, at_once)).fill({"digest": choice.digest.value, "at_once": "yes" if choice.at_once else "no"})
