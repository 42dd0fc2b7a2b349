"""How mail is sent: the mail server, the account there, who letters come from and where they lead; and a letter to oneself to try it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.mail import MailSettings, Security
from registry.access import Permission
from registry.post import mail
from registry.post.mail_answers import as_typed, read_mail
from registry.post.troubles import Trouble
from registry.post.trying import try_mail
from registry.rows import CannotBeDone
from registry.schema import Invalid
from web import chrome
from web.guard import current_actor, needs, now
from web.plain_forms import Asked, Form, options

blueprint = Blueprint("mail", __name__, url_prefix="/settings/mail")

USUAL_PORT = "587"
KEPT = "There is one. Leave this empty to keep it."


@blueprint.get("")
@needs(Permission.MANAGE_MAIL)
def show() -> ResponseReturnValue:
    """How mail is sent, as a form."""
    kept = mail.settings()
    usual = {"port": USUAL_PORT, "security": Security.STARTTLS.value, "base_address": request.host_url.rstrip("/")}
    return _page(_form(kept).fill(as_typed(kept) if kept else usual))


@blueprint.post("")
@needs(Permission.MANAGE_MAIL)
def change() -> ResponseReturnValue:
    """Keep what was entered."""
    form = _form(mail.settings())
    seen = request.form.get("version", "")
    try:
        answers = read_mail(form.take())
        changed = mail.enter(current_actor(), answers, now(), seen=int(seen[:9]) if seen.isascii() and seen.isdigit() else None)
    except Invalid as problem:
        form.blame(problem)
        return _page(form, 422)
    except CannotBeDone as problem:
        return _page(form, 409, trouble=str(problem))
    chrome.tell("success", "Saved. Send yourself a test letter to see whether it works." if changed else "Nothing was different.")
    return redirect(url_for("mail.show"))


@blueprint.post("/test")
@needs(Permission.MANAGE_MAIL)
def test() -> ResponseReturnValue:
    """Send a letter to whoever presses the button, and say what came of it."""
    kept = _demanded()
    try:
        try_mail(current_actor(), kept, now())
    except Trouble as trouble:
        return _page(_form(kept).fill(as_typed(kept)), 422, trouble=f"The test letter was not sent. {trouble}")
    chrome.tell("success", "The mail server took the test letter. Look for it where you read your mail, also among what is held back as unwanted.")
    return redirect(url_for("mail.show"))


@blueprint.post("/stop")
@needs(Permission.MANAGE_MAIL)
def stop() -> ResponseReturnValue:
    """Send no more letters until further notice."""
    mail.turn(current_actor(), now(), is_on=False)
    chrome.tell("success", "No more letters are sent. Whatever people are told still stands at their bell.")
    return redirect(url_for("mail.show"))


@blueprint.post("/start")
@needs(Permission.MANAGE_MAIL)
def start() -> ResponseReturnValue:
    """Send letters again."""
    mail.turn(current_actor(), now(), is_on=True)
    chrome.tell("success", "Letters are sent again. What people were told meanwhile stays at their bell.")
    return redirect(url_for("mail.show"))


def _demanded() -> MailSettings:
    kept = mail.settings()
    if kept is None:
        raise CannotBeDone("Enter how mail is sent first.")
    return kept


def _form(kept: MailSettings | None) -> Form:
    has_password = kept is not None and kept.password is not None
    opens = "Links in letters begin with it. It must be the address that works for everybody who gets letters."
    return Form(
        (
            Asked(name="host", label="Mail server", hint="Such as smtp.quillbrook.example. Whoever runs your e-mail knows it.", required=True),
            Asked(name="port", label="Port", kind="number", required=True),
            Asked(name="security", label="Encryption", kind="choice", options=options(Security), required=True),
            Asked(name="user", label="User name", hint="Leave it empty if the mail server wants none.", autocomplete="off"),
            Asked(name="password", label="Password", hint=KEPT if has_password else "It is kept sealed.", autocomplete="new-password"),
            Asked(name="sender", label="Letters come from", hint="An address that belongs to the account and that people know.", required=True),
            Asked(name="base_address", label="Address of Safehold", hint=opens, required=True),
        )
    )


def _page(form: Form, status: int = 200, *, trouble: str = "") -> ResponseReturnValue:
    kept = mail.settings()
    form["password"].value = ""  # what was typed as a password is never sent back
    shown = {"kept": kept, "trouble": trouble, "may_set_up": mail.may_set_up(current_actor()), "errors": form.problems or trouble}
    return render_template("settings/mail.html", form=form, version=kept.version if kept else "", **shown), status
