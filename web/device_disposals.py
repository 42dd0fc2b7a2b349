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
from registry.devices import disposing
from registry.records import NotFound
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.devices.disposals import DISPOSALS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.files import attachment
from web.guard import current_actor, needs, school_facts
from web.ids_and_numbers import number_in
from web.moments import day_in
from web.pages import occasion
from web.papers import letterhead
from web.rendering import plural

blueprint = Blueprint("device_disposals", __name__, url_prefix="/registers/disposals/<uuid:record>/list", url_defaults={"slug": DISPOSALS.slug})


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
        return _page(record, {"codes": problems}, said), 422
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
        number=row.reference, stage=row.stage, devices=tuple(_disposed(each, row) for each in disposing.listed(row)),
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
    many, problems = disposing.add(row, NOT_TEXT.sub("", request.form.get("codes", "").replace("\r\n", "\n"))[:50_000], occasion())
    return f"Listed: {plural(many, 'device')}.", problems


def _drop(row: Any, which: str) -> Said:
    try:
        disposing.drop(row, UUID(which), occasion())
    except ValueError:
        raise NotFound("There is no such line.") from None
    return "Taken off the list.", []


def _freeze(row: Any, _which: str) -> Said:
    disposing.freeze(row, occasion())
    return "The list is frozen. The headteacher approves it next.", []


def _approve(row: Any, _which: str) -> Said:
    disposing.approve(row, occasion(), seen=number_in(request.form.get("seen", ""), 9) or 0)
    return "Approved. The devices may leave.", []


def _back(row: Any, _which: str) -> Said:
    disposing.send_back(row, occasion())
    return "The list is open again.", []


def _done(row: Any, _which: str) -> Said:
    on = day_in(request.form, "done_on")
    if on is None:
        raise Invalid({"done_on": ["Enter the day on which the devices went."]})
    disposing.carry_out(row, on, occasion())
    return "Carried out. Each device says so now.", []


def _prove(row: Any, which: str) -> Said:
    said: dict[UUID, dict[str, Any]] = {}
    for each in disposing.listed(row):
        key = each.line.id
        answers: dict[str, Any] = {name: _text(f"{name}-{key}") for name in ("certificate", "certificate_serial") if f"{name}-{key}" in request.form}
        if answers.get("certificate") and not answers.get("certificate_serial"):
            answers["certificate_serial"] = each.line.serial
        for name in ("removed_from_mdm", "lock_cleared"):
            chosen = YesNoUnknown.YES if which == "all" else request.form.get(f"{name}-{key}", "")
            if chosen in set(YesNoUnknown):
                answers[name] = YesNoUnknown(chosen)
        said[key] = answers
    return f"Kept: {plural(disposing.prove(row, said, occasion()), 'line')} changed.", []


def _paste(row: Any, _which: str) -> Said:
    found, unknown = disposing.pasted(row, NOT_TEXT.sub("", request.form.get("certificates", ""))[:100_000])
    many = disposing.prove(row, found, occasion()) if found else 0
    return f"Kept: {plural(many, 'certificate')}.", [f"No device of this list has the serial number in: {each}" for each in unknown[:20]]


def _text(name: str) -> str | None:
    return NOT_TEXT.sub("", request.form.get(name, ""))[:500].strip() or None


def _page(record: UUID, said: dict[str, list[str]] | None = None, done: str = "") -> str:
    by = current_actor()
    row = records.find(DISPOSALS, record, by)
    people = names_of([row.proposed_by_id, row.approved_by_id])
    wrong = [(name, sentence) for name, sentences in (said or {}).items() for sentence in sentences]
    return render_template(
        "devices/disposal.html", row=row, lines=disposing.listed(row), care=disposing.care(row, occasion()), errors=wrong, done=done, people=people,
        former=FORMER, stages=tuple(DisposalStage), answers=tuple(YesNoUnknown), may_change=may(by, Deed.CHANGE, DISPOSALS),
        may_approve=may(by, Permission.APPROVE_DISPOSALS), may_export=may(by, Deed.EXPORT, DISPOSALS), typed=request.form,
    )  # fmt: skip
