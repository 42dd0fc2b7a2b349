"""The list of a disposal: devices scanned onto it, frozen, approved, carried out, and a certificate for each serial number."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.disposal_certificates import Batch, Disposed, certificates
from models.vocabulary import DisposalStage, YesNoUnknown
from registry import records
from registry.access import Deed, Permission, may
from registry.accounts.colleagues import FORMER, names_of
from registry.devices import disposal_lists, disposing, proving
from registry.records import NotFound
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.devices.disposals import DISPOSALS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.files import attachment
from web.guard import current_actor, needs, school_facts
from web.ids_and_numbers import id_in, number_in
from web.moments import day_in
from web.pages import occasion
from web.papers import letterhead
from web.rendering import plural

blueprint = Blueprint("device_disposals", __name__, url_prefix="/registers/disposals/<uuid:record>/list", url_defaults={"slug": DISPOSALS.slug})

FIELD_OF = {"add": "codes", "paste": "certificates", "prove": "list"}
"""Where the page shows what could not be done with a button."""

WHERE = {"method": "do", "standard": "do", "done_on": "done_on-day"}
"""The id that the page has for what a deed calls by another name."""

MOST_TYPED, MOST_SAID = 100_000, 30


@blueprint.get("")
@needs(Deed.SEE, register_from_slug=True)
def show(slug: str, record: UUID) -> ResponseReturnValue:
    """The batch with its devices, and what is to be done next."""
    return _page(record)


@blueprint.post("")
@needs(Deed.SEE, register_from_slug=True)
def act(slug: str, record: UUID) -> ResponseReturnValue:
    """One deed on the batch; what is not allowed is refused by the deed itself."""
    do, _, which = request.form.get("do", "").partition(":")
    deeds = {"add": _add, "drop": _drop, "freeze": _freeze, "approve": _approve, "back": _back, "done": _done, "prove": _prove, "paste": _paste}
    if do not in deeds:
        raise NotFound("There is no such button.")
    row = records.find(DISPOSALS, record, current_actor())
    try:
        said, problems = deeds[do](row, which)
    except Invalid as problem:
        return _page(record, problem.messages), 422
    except CannotBeDone as problem:
        return _page(record, {"do": [str(problem)]}), 409
    if problems:
        return _page(record, {FIELD_OF.get(do, do): problems}, said), 422
    tell("success", said)
    return redirect(url_for("device_disposals.show", record=record), 303)


@blueprint.post("/list.pdf")
@needs(Deed.EXPORT, register_from_slug=True)
def as_pdf(slug: str, record: UUID) -> Response:
    """The list as a paper."""
    row = records.find(DISPOSALS, record, current_actor())
    names = names_of([row.approved_by_id])
    contractor = records.find(SUPPLIERS, row.contractor, current_actor()).name if row.contractor and may(current_actor(), Deed.SEE, SUPPLIERS) else ""
    batch = Batch(
        number=row.reference, stage=row.stage, devices=tuple(_disposed(each, row) for each in disposal_lists.listed(row)),
        authorised_by=names.get(row.approved_by_id, FORMER) if row.approved_by_id else "", authorised_at=row.approved_at, frozen_at=row.frozen_at,
        done_on=row.done_on, method=row.method, standard=row.standard, contractor=contractor, carrier_registration=row.carrier_registration or "",
        waste_note=row.waste_note or "", destination=row.destination, recipient=row.recipient or "", notes=row.notes or "",
    )  # fmt: skip
    return attachment(certificates(batch, letterhead()), f"{row.reference}-devices.pdf")


def _disposed(each: Any, row: Any) -> Disposed:
    day = row.done_on or school_facts().today
    line, device = each.line, each.device
    return Disposed(
        tag=(device.asset_tag if device else "") or "", name=each.name, serial=line.serial or (device.serial if device else "") or "",
        certificate=line.certificate or "", removed_on=day if line.removed_from_mdm == YesNoUnknown.YES else None,
        cleared_on=day if line.lock_cleared == YesNoUnknown.YES else None,
    )  # fmt: skip


Said = tuple[str, list[str]]


def _add(row: Any, _which: str) -> Said:
    chosen = {key for text in request.form.getlist("device") if (key := id_in(text))}
    many, problems = disposal_lists.add(row, _lines("codes"), occasion(), chosen)
    return f"Listed: {plural(many, 'device')}.", _some(problems)


def _drop(row: Any, which: str) -> Said:
    line = id_in(which)
    if line is None:
        raise NotFound("There is no such line.")
    disposal_lists.drop(row, line, occasion())
    return "Taken off the list.", []


def _freeze(row: Any, _which: str) -> Said:
    disposing.freeze(row, occasion())
    return "The list is frozen. The headteacher approves it next.", []


def _approve(row: Any, _which: str) -> Said:
    disposing.approve(row, occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0)
    return "Approved. The devices may leave.", []


def _back(row: Any, _which: str) -> Said:
    disposing.send_back(row, NOT_TEXT.sub("", request.form.get("because", ""))[:5_000], occasion())
    return "The list is open again, and whoever proposed it is told why.", []


def _done(row: Any, _which: str) -> Said:
    on = day_in(request.form, "done_on")
    if on is None:
        raise Invalid({"done_on": ["Enter the day on which the devices went."]})
    disposing.carry_out(row, on, occasion())
    return "Carried out. Each device says so now.", []


def _prove(row: Any, which: str) -> Said:
    lines = [each.line for each in disposal_lists.listed(row)]
    seen = {line.id: number_in(request.form.get(f"seen-{line.id}", ""), 9) or 0 for line in lines}
    many, problems = proving.prove(row, {line.id: _said_of(line, which) for line in lines}, occasion(), seen)
    return f"Kept: {plural(many, 'line')} changed.", _some(problems)


def _said_of(line: Any, which: str) -> dict[str, Any]:
    """What the form says of one device; the buttons for all answer for each that has no answer of its own."""
    said: dict[str, Any] = {name: _text(f"{name}-{line.id}") for name in ("certificate", "certificate_serial") if f"{name}-{line.id}" in request.form}
    if which == "serials" and said.get("certificate") and not said.get("certificate_serial"):
        said["certificate_serial"] = line.serial
    for name in ("removed_from_mdm", "lock_cleared"):
        chosen = request.form.get(f"{name}-{line.id}", "")
        if which == "free" and chosen == YesNoUnknown.UNKNOWN:
            chosen = YesNoUnknown.YES
        if chosen in set(YesNoUnknown):
            said[name] = YesNoUnknown(chosen)
    return said


def _paste(row: Any, _which: str) -> Said:
    found, problems = proving.pasted(row, _lines("certificates"))
    many, _stale = proving.prove(row, found, occasion())
    return f"Kept: {plural(many, 'certificate')}.", _some(problems)


def _lines(name: str) -> str:
    """Several lines as they were typed; raises CannotBeDone for more than anybody types, for half of them would be worse than none."""
    typed = NOT_TEXT.sub("", request.form.get(name, ""))
    if len(typed) > MOST_TYPED:
        raise CannotBeDone("That is too much at once. Send it in several parts.")
    return typed


def _some(problems: list[str]) -> list[str]:
    """The first sentences, and how many more there are."""
    rest = len(problems) - MOST_SAID
    return problems if rest <= 0 else [*problems[:MOST_SAID], f"And {rest} more."]


def _text(name: str) -> str | None:
    return NOT_TEXT.sub("", request.form.get(name, ""))[:500].strip() or None


def _page(record: UUID, said: dict[str, list[str]] | None = None, done: str = "") -> str:
    by = current_actor()
    row = records.find(DISPOSALS, record, by)
    may_change = may(by, Deed.CHANGE, DISPOSALS)
    spare = disposal_lists.spare() if may_change and row.stage == DisposalStage.LISTING else ()
    wrong = [(WHERE.get(name, name), sentence) for name, sentences in (said or {}).items() for sentence in sentences]
    return render_template(
        "devices/disposal.html", row=row, lines=disposal_lists.listed(row), spare=spare, care=proving.care(row, occasion()), errors=wrong, done=done,
        people=names_of([row.proposed_by_id, row.approved_by_id]), former=FORMER, answers=tuple(YesNoUnknown), may_change=may_change,
        may_approve=may(by, Permission.APPROVE_DISPOSALS) and row.proposed_by_id != by.user, may_export=may(by, Deed.EXPORT, DISPOSALS),
        typed=request.form,
    )  # fmt: skip
