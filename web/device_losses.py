"""Lost or stolen: one form from the device's page, one press, and what is to be done next; later, that it was found."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.vocabulary import LossKind, RemoteStep, YesNoUnknown
from registry import records
from registry.access import Deed, Permission, may
from registry.devices import losing
from registry.devices.losing import Lost
from registry.records import NotFound
from registry.registers.data_protection.breaches import BREACHES
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.losses import LOSSES
from registry.rows import CannotBeDone
from registry.schema import Invalid
from web.chrome import tell
from web.guard import current_actor, needs, now, school_facts
from web.moments import as_typed_moment, moment_or_say, typed_moment
from web.new_records import marked, marked_id
from web.pages import occasion
from web.plain_forms import Asked, Form, options

blueprint = Blueprint("device_losses", __name__, url_prefix="/registers")

OF_DEVICES, OF_LOSSES = {"slug": DEVICES.slug}, {"slug": LOSSES.slug}
"""By which the menu knows where a page belongs."""

KNOWN_LATER = ("lock", "wipe", "strong_login", "key_safe", "police_reference")
"""What is asked below the rest, for it can follow."""

AT_FIRST = {"kind": "lost", "lock": "not_sent", "wipe": "not_sent", "strong_login": "unknown", "key_safe": "unknown"}
"""What counts until somebody knows better."""


@blueprint.get("/devices/<uuid:record>/lost", defaults=OF_DEVICES)
@needs(Permission.REPORT_DEVICE_LOSS)
def ask(slug: str, record: UUID) -> ResponseReturnValue:
    """The form, with what the register knows already."""
    row = records.find(DEVICES, record, current_actor())
    missing = losing.of_device(row.id)
    if missing is not None:
        tell("information", "It was reported already. This is what was kept, and what is to be done.")
        return redirect(url_for("device_losses.next_steps", record=missing.id))
    form = _blank().fill({"holder": losing.holder_now(row.id), "noticed_at": as_typed_moment(now()), **AT_FIRST})
    return _page(row, form, marked(_purpose(record)))


@blueprint.post("/devices/<uuid:record>/lost", defaults=OF_DEVICES)
@needs(Permission.REPORT_DEVICE_LOSS)
def report(slug: str, record: UUID) -> ResponseReturnValue:
    """Keep the loss, and draft its breach."""
    row, token = records.find(DEVICES, record, current_actor()), request.form.get("token", "")
    form = _blank()
    typed = form.take()
    form["noticed_at"].value = typed_moment(request.form, "noticed_at")
    try:
        loss = losing.lose(row, _lost(typed, marked_id(_purpose(record), token)), occasion())
    except Invalid as problem:
        form.blame(problem)
        return _page(row, form, token), 422
    except CannotBeDone as problem:
        form.say("what", str(problem))
        return _page(row, form, token), 409
    tell("success", "Kept. A breach was drafted, its clock runs, and whoever handles breaches has been told.")
    return redirect(url_for("device_losses.next_steps", record=loss.id), 303)


@blueprint.get("/losses/<uuid:record>/next", defaults=OF_LOSSES)
@needs(Permission.REPORT_DEVICE_LOSS)
def next_steps(slug: str, record: UUID) -> ResponseReturnValue:
    """What is to be done now, and what the loss usually means."""
    by = current_actor()
    loss = records.find(LOSSES, record, by)
    device = records.find(DEVICES, loss.device, by)
    sees = may(by, Deed.SEE, BREACHES)
    return render_template("devices/loss.html", loss=loss, device=device, means=losing.reasons(loss, device), sees_breach=sees,
                           handles=may(by, Deed.CHANGE, BREACHES), may_change=may(by, Deed.CHANGE, LOSSES))  # fmt: skip


@blueprint.post("/losses/<uuid:record>/step", defaults=OF_LOSSES)
@needs(Deed.CHANGE, register_from_slug=True)
def step(slug: str, record: UUID) -> ResponseReturnValue:
    """A lock or a wipe was sent just now, or the device has confirmed it."""
    command, _, reached = request.form.get("do", "").partition(":")
    if command not in losing.COMMANDS or reached not in set(RemoteStep):
        raise NotFound("There is no such button.")
    losing.note_step(records.find(LOSSES, record, current_actor()), command, RemoteStep(reached), occasion())
    tell("success", f"Noted for the {command}: {RemoteStep(reached).label.lower()}.")
    return redirect(url_for("device_losses.next_steps", record=record), 303)


@blueprint.post("/losses/<uuid:record>/found", defaults=OF_LOSSES)
@needs(Permission.REPORT_DEVICE_LOSS)
def found(slug: str, record: UUID) -> ResponseReturnValue:
    """It is back."""
    today = school_facts().today
    if today is None:
        raise NotFound("There is no day.")
    losing.find_again(records.find(LOSSES, record, current_actor()), today, occasion())
    tell("success", "Noted that it was found. Its breach stays with whoever handles it.")
    return redirect(url_for("device_losses.next_steps", record=record), 303)


def _blank() -> Form:
    steps = options(RemoteStep)
    return Form([
        Asked(name="kind", label="Was it lost or stolen?", kind="choice", options=options(LossKind)),
        Asked(name="noticed_at", label="When was it noticed?", kind="moment", hint="As far as anybody knows."),
        Asked(name="what", label="What happened?", kind="text", hint="Where and how, as far as you know. No names of pupils."),
        Asked(name="holder", label="Who had it last?", kind="sealed"),
        Asked(name="held", label="What was on it?", kind="text", hint="Files, mail, apps that keep data. Leave it empty if nobody knows yet."),
        Asked(name="lock", label="Was it locked from afar?", kind="choice", options=steps),
        Asked(name="wipe", label="Was it wiped from afar?", kind="choice", options=steps),
        Asked(name="strong_login", label="Was it locked with a strong password or code?", kind="choice", options=options(YesNoUnknown)),
        Asked(name="key_safe", label="Did neither password nor recovery key go with it?", kind="choice", options=options(YesNoUnknown)),
        Asked(name="police_reference", label="What is the police reference?", hint="For anything stolen. It can follow later."),
    ])  # fmt: skip


def _lost(typed: dict[str, Any], loss: UUID | None) -> Lost:
    if loss is None:
        raise Invalid({"what": ["This form was opened by somebody else, or in another school. Open it afresh."]})
    noticed = moment_or_say(request.form, "noticed_at", "Enter when it was noticed, as far as you know.")
    assert noticed is not None, "it was asked for"  # noqa: S101 - a mistake of ours
    known = {"lock": RemoteStep, "wipe": RemoteStep, "strong_login": YesNoUnknown, "key_safe": YesNoUnknown, "kind": LossKind}
    chosen: dict[str, Any] = {name: words(typed[name]) for name, words in known.items() if typed[name] in set(words)}
    if "kind" not in chosen:
        raise Invalid({"kind": ["Choose one."]})
    texts = {name: typed[name].strip() for name in ("what", "holder", "held", "police_reference")}
    if len(texts["police_reference"]) > 80:
        raise Invalid({"police_reference": ["Shorten it to 80 characters."]})
    return Lost(loss=loss, noticed_at=noticed, **texts, **chosen)


def _page(row: Any, form: Form, token: str) -> str:
    return render_template("devices/lost.html", row=row, form=form, token=token, errors=form.problems, later=KNOWN_LATER)


def _purpose(record: UUID) -> str:
    by = current_actor()
    return f"{by.user}:{by.school}:loss:{record}"
