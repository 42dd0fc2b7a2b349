"""Channels of Teams, Slack or another program that are told what is due: added, tried, turned on and off, and removed."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.webhook import HookKind
from registry.access import Permission
from registry.hooks import hooks, telling
from registry.hooks.hook_answers import read_hook
from registry.outgoing import NotSent
from registry.records import NotFound
from registry.schema import Invalid
from web import chrome
from web.account import unreferred
from web.guard import current_actor, needs, now, visitor
from web.plain_forms import Asked, Form, options

blueprint = Blueprint("webhooks", __name__, url_prefix="/settings/webhooks")

KIND_HINTS = {
    HookKind.TEAMS: "In Teams, open the channel, choose Workflows, then “Send webhook alerts to a channel”, and copy the address it gives you.",
    HookKind.SLACK: "In Slack, add the app “Incoming Webhooks” to the channel, and copy the address it gives you.",
    HookKind.PLAIN: "For a program of your own. What it is sent is signed; the next page shows the secret for checking that.",
}


@blueprint.get("")
@needs(Permission.MANAGE_HOOKS)
def everything() -> ResponseReturnValue:
    """Every channel, and the form for another."""
    return _page(_form())


@blueprint.post("")
@needs(Permission.MANAGE_HOOKS)
def add() -> ResponseReturnValue:
    """Add a channel, which is off until somebody turns it on."""
    form = _form()
    try:
        answers = read_hook(form.take())
    except Invalid as problem:
        form.blame(problem)
        return _page(form, 422)
    _key, secret = hooks.add(current_actor(), answers, _base(), now())
    if answers["kind"] is HookKind.PLAIN:
        return unreferred(render_template("settings/webhook_secret.html", secret=secret))
    chrome.tell("success", "Added. It is told nothing yet: send it a test, then turn it on.")
    return redirect(url_for("webhooks.everything"))


@blueprint.post("/<uuid:hook>/test")
@needs(Permission.MANAGE_HOOKS)
def test(hook: UUID) -> ResponseReturnValue:
    """Tell a channel that this is a test, and say what came of it."""
    person = visitor()
    if person is None or person.school is None:
        raise NotFound("There is no such channel.")
    try:
        telling.try_now(current_actor(), hook, person.school, now())
    except NotSent as trouble:
        chrome.tell("error", f"The test was not sent. {trouble}")
    else:
        chrome.tell("success", "The channel took the test. Look for it there.")
    return redirect(url_for("webhooks.everything"))


@blueprint.post("/<uuid:hook>/on")
@needs(Permission.MANAGE_HOOKS)
def turn_on(hook: UUID) -> ResponseReturnValue:
    """Have a channel told from now on."""
    hooks.turn(current_actor(), hook, now(), is_on=True, base_address=_base())
    chrome.tell("success", "That channel is told what is due from now on.")
    return redirect(url_for("webhooks.everything"))


@blueprint.post("/<uuid:hook>/off")
@needs(Permission.MANAGE_HOOKS)
def turn_off(hook: UUID) -> ResponseReturnValue:
    """Tell a channel no more."""
    hooks.turn(current_actor(), hook, now(), is_on=False)
    chrome.tell("success", "That channel is told nothing any more.")
    return redirect(url_for("webhooks.everything"))


@blueprint.post("/<uuid:hook>/remove")
@needs(Permission.MANAGE_HOOKS)
def remove(hook: UUID) -> ResponseReturnValue:
    """Remove a channel, with its address."""
    hooks.remove(current_actor(), hook, now())
    chrome.tell("success", "That channel is removed, and its address with it.")
    return redirect(url_for("webhooks.everything"))


def _base() -> str:
    """The address at which links in a channel begin."""
    host = request.host_url.rstrip("/")
    return f"https://{host.partition('://')[2]}" if current_app.extensions["settings"].https else host


def _form() -> Form:
    secret = "Whoever has it can write to the channel. It is kept sealed and never shown again."  # noqa: S105 - a hint
    return Form(
        (
            Asked(name="name", label="What do you call the channel?", hint="Such as “Leadership, in Teams”.", required=True),
            Asked(name="kind", label="What does it belong to?", kind="choice", options=options(HookKind, KIND_HINTS), required=True),
            Asked(name="address", label="Which address did it give you?", hint=secret, autocomplete="off", required=True),
        )
    )


def _page(form: Form, status: int = 200) -> ResponseReturnValue:
    shown = {"channels": hooks.channels(current_actor()), "most": hooks.MOST, "errors": form.problems}
    return render_template("settings/webhooks.html", form=form, **shown), status
