"""Handing devices out: who takes them, scan, read and sign, in one page and one press; what is typed stands in the form, never in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from exports import qr_code
from models.allocation import Allocation
from models.device import Device
from models.vocabulary import AgreementAudience, DeviceCondition, HolderKind, SignedHow, YesNo
from registry.access import Permission
from registry.devices import handing, holders, parents, scanning
from registry.devices.bundles import new_bundle
from registry.devices.handing import HandOver, Look, Out, Signed
from registry.devices.holders import Holder
from registry.records import NotFound
from registry.rows import CannotBeDone
from registry.rules.signatures import NotASignature, signature
from registry.schema import Invalid
from registry.typed import NOT_TEXT
from web.addresses import whole_address
from web.chrome import tell
from web.custody_papers import receipt
from web.guard import current_actor, needs, school_facts
from web.ids_and_numbers import id_in
from web.moments import day_in
from web.pages import occasion
from web.rendering import plural

blueprint = Blueprint("hand_over", __name__, url_prefix="/devices/hand-over")

ACCESSORIES = ("Charger", "Case", "Bag", "Pen", "Mouse")
TO_BE_CHOSEN = (AgreementAudience.PUPIL_UNDER_11, AgreementAudience.PUPIL_11_PLUS)
MOST_SUGGESTED = 12


@dataclass
class HandOverPage:
    """The form as it stands: who, which devices with what, and what is in the way."""

    sent: Mapping[str, Any]
    bundle: UUID
    holder: Holder | None = None
    devices: list[UUID] = field(default_factory=list)
    found: list[Holder] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def plan(self) -> HandOver | None:
        """What would be handed over now, without signatures; None while nobody is chosen."""
        if self.holder is None:
            return None
        out = tuple(Out(device=each, condition=self.condition(each), accessories=", ".join(self.with_it(each))) for each in self.devices)
        chosen = next((each for each in AgreementAudience if each == self.text("audience")), None)
        return HandOver(bundle=self.bundle, holder=self.holder, devices=out, off_site=YesNo.YES if self.text("off_site") else YesNo.NO,
                        encryption_confirmed=bool(self.text("encrypted")), audience=chosen)  # fmt: skip

    @cached_property
    def look(self) -> Look | None:
        """What the rules say to it."""
        return handing.look(self.plan, occasion()) if self.plan else None

    @cached_property
    def held(self) -> list[Allocation]:
        """What they hold now."""
        return holders.held_by(self.holder) if self.holder else []

    @property
    def overdue(self) -> int:
        """How much of that is late."""
        today = school_facts().today
        return sum(bool(today and row.due_back_on and row.due_back_on < today) for row in self.held)

    @property
    def ready(self) -> int:
        """How many devices can go."""
        return sum(decision.allowed for _row, decision in self.look.lines) if self.look else 0

    @property
    def asks_audience(self) -> bool:
        """Whether somebody has to say which agreement a pupil signs, because no year group tells."""
        return bool(self.holder and self.holder.kind is HolderKind.PUPIL and self.look and (self.look.agreement is None or self.text("audience")))

    @property
    def names(self) -> list[str]:
        """Names to choose from."""
        return holders.suggestions(current_actor())

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every sentence with the id of its field."""
        return [(name, sentence) for name, sentences in self.said.items() for sentence in sentences]

    def text(self, name: str) -> str:
        """What was typed under a name."""
        return NOT_TEXT.sub("", str(self.sent.get(name, "")))[:500].strip()

    def condition(self, device: UUID) -> DeviceCondition | None:
        """The condition chosen for a device."""
        return next((each for each in DeviceCondition if each == self.text(f"condition-{device}")), None)

    def with_it(self, device: UUID) -> list[str]:
        """What goes with a device."""
        chosen = request.form.getlist(f"with-{device}")
        return [each for each in ACCESSORIES if each in chosen]


@blueprint.get("")
@needs(Permission.HAND_OVER_DEVICES)
def show() -> ResponseReturnValue:
    """The empty form; a device that the address names stands on its list already."""
    page = HandOverPage({}, new_bundle())
    first = id_in(request.args.get("device", ""))
    if first and Device.get_or_none(Device.id == first):
        page.devices.append(first)
    return _page(page)


@blueprint.post("")
@needs(Permission.HAND_OVER_DEVICES)
def act() -> ResponseReturnValue:
    """One step of the form: find somebody, add or take off a device, or hand everything over."""
    page = _sent()
    do, _, which = request.form.get("do", "add").partition(":")
    if do == "hand-over":
        return _hand_over(page)
    if do == "ask-parent":
        return _ask_parent(page)
    steps = {"find": _find, "choose": _choose, "change": _change, "drop": _drop, "add": _add}
    steps.get(do, _add)(page, which)
    return _page(page), 422 if page.said else 200


def _sent() -> HandOverPage:
    form = request.form
    page = HandOverPage(form, id_in(form.get("bundle", "")) or new_bundle())
    page.devices = list(dict.fromkeys(found for text in form.getlist("device") if (found := id_in(text))))[: handing.MOST]
    if key := page.text("key"):
        try:
            page.holder = holders.by_key(key, current_actor(), name=page.text("name"))
        except NotFound:
            page.said["who"] = ["They are no longer here. Choose somebody."]
    return page


def _find(page: HandOverPage, _which: str) -> None:
    who = page.text("who")
    page.holder = None
    page.found = holders.named(who, current_actor())[:MOST_SUGGESTED]
    if len(page.found) == 1:
        page.holder = page.found[0]
    elif not who:
        page.said["who"] = ["Type a full name, or a room."]


def _choose(page: HandOverPage, which: str) -> None:
    try:
        page.holder = holders.by_key(which, current_actor(), name=page.text("who"))
    except NotFound:
        page.said["who"] = ["There is nobody like that here. Type a full name, or a room."]


def _change(page: HandOverPage, _which: str) -> None:
    page.holder = None


def _drop(page: HandOverPage, which: str) -> None:
    page.devices = [each for each in page.devices if str(each) != which]


def _add(page: HandOverPage, _which: str) -> None:
    code = page.text("scan")
    if not code:
        return
    found = scanning.found(code)
    if found.device is None:
        page.said["scan"] = [found.problem]
    elif found.device.id in page.devices:
        page.said["scan"] = [f"{found.device.name} is on the list already."]
    else:
        page.devices.append(found.device.id)


def _hand_over(page: HandOverPage) -> ResponseReturnValue:
    if page.text("scan"):  # typed and not added yet: whoever presses the button means it as well
        _add(page, "")
    if page.holder is None and not page.said:
        page.said["who"] = ["Say first who takes them."]
    if page.said or page.plan is None:
        return _page(page), 422
    try:
        done = handing.hand_over(_signed(page), occasion(), paper=receipt)
    except Invalid as problem:
        page.said |= problem.messages
        return _page(page), 422
    except CannotBeDone as problem:
        page.said["scan"] = [str(problem)]
        return _page(page), 409
    tell("success", f"Handed over: {plural(len(done.allocations), 'device')}.")
    return redirect(url_for("receipts.show", bundle=page.bundle), 303)


def _ask_parent(page: HandOverPage) -> ResponseReturnValue:
    """A link for the parent, shown once."""
    if page.holder is None or page.plan is None:
        page.said["who"] = ["Say first who takes them."]
        return _page(page), 422
    try:
        secret = parents.ask(replace(page.plan, signed=_signature(page, "signature", page.holder.name)), occasion())
    except CannotBeDone as problem:
        page.said["parent"] = [str(problem)]
        return _page(page), 409
    except Invalid as problem:
        page.said |= problem.messages
        return _page(page), 422
    address = whole_address("parent_signing.form", secret=secret)
    drawn = Markup(qr_code.svg(address))  # noqa: S704 - drawn in exports from an address of our own
    return render_template("devices/parent_link.html", address=address, drawn=drawn, holder=page.holder.name)


def _signed(page: HandOverPage) -> HandOver:
    assert page.plan is not None, "somebody was chosen"  # noqa: S101 - a mistake of ours
    own = _signature(page, "signature", page.plan.holder.name)
    parent = _signature(page, "parent", page.text("parent_name"))
    able = {row.id for row, decision in page.look.lines if decision.allowed} if page.look else set()
    out = tuple(each for each in page.plan.devices if each.device in able) or page.plan.devices  # what cannot go was said on the list
    return replace(page.plan, devices=out, due_back_on=_due(page), signed=own, parent=parent)


def _signature(page: HandOverPage, which: str, name: str) -> Signed | None:
    """What was signed: drawn, typed, or on paper; None where nothing was. Raises Invalid."""
    drawn, typed, on_paper = request.form.get(f"{which}_drawn", ""), page.text(f"{which}_typed"), page.text(f"{which}_paper")
    if which == "parent" and (drawn or typed or on_paper) and not name:
        raise Invalid({"parent_name": ["Say which parent or carer signs."]})
    if drawn:
        try:
            return Signed(name=name, png=signature(drawn).png)
        except NotASignature as problem:
            raise Invalid({which: [str(problem)]}) from None
    if on_paper:
        return Signed(name=name, how=SignedHow.ON_PAPER)
    return Signed(name=typed) if typed else None


def _due(page: HandOverPage) -> date | None:
    due = day_in(request.form, "due_back")
    today = school_facts().today
    if due and today and due < today:
        raise Invalid({"due_back": ["That day has passed. Enter a day to come, or none."]})
    return due


def _page(page: HandOverPage) -> str:
    typed = {part: page.text(f"due_back-{part}") for part in ("day", "month", "year")}
    return render_template("devices/hand_over.html", page=page, errors=page.errors, accessories=ACCESSORIES, conditions=tuple(DeviceCondition),
                           others=holders.OTHERS, audiences=TO_BE_CHOSEN, due=typed)  # fmt: skip
