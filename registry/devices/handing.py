"""Handing devices out: to one person or room, as many as they take, with one signature, in one transaction."""

from dataclasses import dataclass, replace
from typing import Any

from models.acceptance import Acceptance
from models.allocation import Allocation
from models.device import Device
from models.vocabulary import FileCategory, SignedHow, YesNoUnknown
from registry import records
from registry.access import Permission, require, school_of
from registry.devices import agreeing
from registry.devices.agreeing import Accepted, InForce
from registry.devices.bundles import Bundle as Bundle
from registry.devices.bundles import HandOver as HandOver
from registry.devices.bundles import Out as Out
from registry.devices.bundles import Paper as Paper
from registry.devices.bundles import Signed as Signed
from registry.devices.bundles import bundle_of as bundle_of
from registry.devices.bundles import open_of
from registry.devices.bundles import receipt_name as receipt_name
from registry.devices.holders import Holder
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.devices.acceptances import ACCEPTANCES
from registry.registers.devices.allocations import ALLOCATIONS
from registry.rows import CannotBeDone
from registry.rules.custody import CustodyFacts, Decision, Refusal, decide
from registry.rules.plain_dates import plain_day
from registry.schema import Invalid
from registry.trace.audit import Trace, recording

MOST = 200
"""Devices in one hand-over: a class set with its spares, several times over."""

SIGNATURE, PARENTS_SIGNATURE = "Signature of the holder", "Signature of the parent"
TO_SIGN = frozenset({Refusal.NOT_ACCEPTED, Refusal.PARENT})
OVERTAKEN = "This was handed over already, with the same press or another. The receipt shows what was."


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a hand-over stands before anybody presses the button: what is to be signed, and each device with the decision on it."""

    agreement: InForce | None
    accepted: Accepted
    needs_parent: bool
    lines: tuple[tuple[Device, Decision], ...] = ()
    problem: str = ""

    @property
    def to_sign(self) -> bool:
        """Whether the holder signs the current version now."""
        return self.agreement is not None and (self.accepted.edition or 0) < self.agreement.edition

    @property
    def parent_to_sign(self) -> bool:
        """Whether a parent signs it, too."""
        return self.agreement is not None and self.needs_parent and (self.accepted.by_parent or 0) < self.agreement.edition


def look(wanted: HandOver, occasion: Occasion) -> Look:
    """What the rules say to each device as things stand. A signature that is still to be given refuses nothing yet. Raises Forbidden."""
    require(occasion.by, Permission.HAND_OVER_DEVICES)
    agreement = agreeing.in_force(wanted.audience or agreeing.audience(wanted.holder, occasion))
    so_far = agreeing.accepted(wanted.holder, agreement)
    facts = agreeing.custody_facts(wanted.holder, agreement, so_far)
    rows = {row.id: row for row in Device.select().where(Device.id.in_([each.device for each in wanted.devices]) & Device.archived_at.is_null())}
    held = open_of(rows)
    found = [(row, _decided(row, held.get(row.id), wanted.holder, facts)) for each in wanted.devices if (row := rows.get(each.device))]
    return Look(agreement=agreement, accepted=so_far, needs_parent=bool(facts["parent_needed"]), lines=tuple(found),
                problem=_problem(wanted.holder, facts))  # fmt: skip


def hand_over(wanted: HandOver, occasion: Occasion, *, paper: Paper | None) -> Bundle:
    """Hand the devices over, with what was signed and the receipt kept sealed beside it; all of them or none.

    Without `paper` there is no receipt, as where devices were out before the program came.

    Raises Forbidden, Invalid for what was not filled in, and CannotBeDone with the sentence of the rule for a device that cannot go.
    """
    require(occasion.by, Permission.HAND_OVER_DEVICES)
    if before := bundle_of(wanted.bundle):
        return before
    _demand(wanted)
    files: list[Arriving] = []
    try:
        with recording(occasion.by, occasion.at) as trace:
            if bundle_of(wanted.bundle):
                raise CannotBeDone(OVERTAKEN)
            done = _store(trace, wanted, occasion, paper=paper, files=files)
        for each in files:
            each.keep()
        return done
    finally:
        for each in files:
            each.give_up()  # which does nothing once it is kept


def _store(trace: Trace, wanted: HandOver, occasion: Occasion, *, paper: Paper | None, files: list[Arriving]) -> Bundle:
    seen = look(wanted, occasion)
    _demand_in_order(wanted, seen)
    acceptance = _accept(trace, wanted, seen, occasion) or seen.accepted.last
    answers = [_allocation(wanted, each, acceptance, occasion) for each in wanted.devices]
    insert_many(trace, ALLOCATIONS, answers, occasion, number=next_number(ALLOCATIONS, occasion.by))
    rows = tuple(Allocation.select().where(Allocation.bundle == wanted.bundle).order_by(Allocation.number))
    done = Bundle(rows, acceptance, seen.agreement if acceptance else None, {row.id: row for row, _decision in seen.lines})
    if wanted.holder.is_person and paper is not None:
        name = f"{receipt_name(wanted.bundle)} of {_day(occasion)}.pdf"
        _keep(trace, done, name, paper(done, wanted.signed, wanted.parent), occasion=occasion, files=files)
        for name, each in ((SIGNATURE, wanted.signed), (PARENTS_SIGNATURE, wanted.parent)):
            if each and each.png:
                _keep(trace, done, f"{name}.png", each.png, occasion=occasion, files=files)
    return done


def _keep(trace: Trace, done: Bundle, name: str, content: bytes, *, occasion: Occasion, files: list[Arriving]) -> None:
    """Keep a file sealed with what was accepted."""
    file = Arriving(school_of(occasion.by), name, occasion.at)
    files.append(file)
    file.write(content)
    file.finish()
    attachments.add_to_all(trace, ACCEPTANCES, [done.acceptance], file, about=Described(FileCategory.EVIDENCE), occasion=occasion)


def _accept(trace: Trace, wanted: HandOver, seen: Look, occasion: Occasion) -> Acceptance | None:
    """The record of what is signed now; None where nothing is."""
    if seen.agreement is None or not (seen.to_sign or seen.parent_to_sign):
        return None
    own, parent = wanted.signed if seen.to_sign else None, wanted.parent if seen.parent_to_sign else None
    before = seen.accepted.parents  # through a link, before the pupil came
    if parent is None and before is not None and before.edition == seen.agreement.edition:
        by_link = {"parent": before.parent, "parent_accepted_at": before.parent_accepted_at, "parent_how": before.parent_how}
    else:
        by_link = {}
    answers = {
        "holder": wanted.holder.name,
        "holder_kind": wanted.holder.kind,
        "person": wanted.holder.person,
        "agreement": seen.agreement.id,
        "edition": seen.agreement.edition,
        "accepted_at": occasion.at if own else None,
        "how": own.how if own else SignedHow.ON_SCREEN,
        "parent": parent.name if parent else None,
        "parent_accepted_at": occasion.at if parent else None,
        "parent_how": parent.how if parent else None,
        **by_link,
    }
    number = next_number(ACCEPTANCES, occasion.by)
    made: Acceptance = records.insert(trace, ACCEPTANCES, answers, occasion, number=number)
    return made


def _allocation(wanted: HandOver, each: Out, acceptance: Acceptance | None, occasion: Occasion) -> dict[str, Any]:
    holder = wanted.holder
    return {
        "holder": holder.name,
        "holder_kind": holder.kind,
        "person": holder.person,
        "place": holder.place,
        "post": holder.group or None,
        "device": each.device,
        "open_device": each.device,
        "bundle": wanted.bundle,
        "user": holder.user,
        "acceptance": acceptance.id if acceptance and holder.is_person else None,
        "out_on": occasion.school.today,
        "due_back_on": wanted.due_back_on,
        "off_site": wanted.off_site,
        "accessories": each.accessories or None,
        "condition_out": each.condition,
        "encryption_confirmed": YesNoUnknown.YES if wanted.encryption_confirmed else YesNoUnknown.UNKNOWN,
    }


def _decided(row: Device, held: Allocation | None, holder: Holder, facts: Any) -> Decision:
    """What the rule says; what can still be signed on the spot is not in the way."""
    same = held is not None and (held.person, held.place) == (holder.person, holder.place) and held.holder == holder.name
    found = decide(CustodyFacts(device_status=row.status, open_allocations=int(held is not None), already_held_by_same=same, **facts))
    if found.refusal in TO_SIGN:
        return replace(found, allowed=True)
    if held is not None and not same and found.refusal is Refusal.HELD_BY_ANOTHER:
        return replace(found, reason=f"{held.holder} still holds it. Take it back first.")
    return found


def _problem(holder: Holder, facts: Any) -> str:
    """What is in the way whatever the device."""
    found = decide(CustodyFacts(**facts))
    return "" if found.allowed or found.refusal in TO_SIGN or not holder.is_person else found.reason


def _demand(wanted: HandOver) -> None:
    wrong: dict[str, list[str]] = {}
    if not wanted.devices:
        wrong["scan"] = ["Scan or type at least one device."]
    if len(wanted.devices) > MOST:
        wrong["scan"] = [f"Hand over at most {MOST} at once."]
    if wrong:
        raise Invalid(wrong)


def _demand_in_order(wanted: HandOver, seen: Look) -> None:
    """Raise unless everything that the rules ask for is there."""
    if seen.problem:
        raise CannotBeDone(seen.problem)
    if len(seen.lines) < len({each.device for each in wanted.devices}):
        raise CannotBeDone("One of the devices is no longer there. Take it off the list and try again.")
    refused = [f"{row.name}: {decision.reason}" for row, decision in seen.lines if not decision.allowed]
    if refused:
        raise CannotBeDone(" ".join(refused))
    wrong: dict[str, list[str]] = {}
    if seen.to_sign and wanted.signed is None:
        edition = seen.agreement.edition if seen.agreement else 1
        wrong["signature"] = [f"{wanted.holder.name} signs version {edition} first: nothing goes out without it."]
    if seen.parent_to_sign and wanted.parent is None:
        wrong["parent"] = ["A parent signs as well, here or through a link. Until then nothing goes out."]
    if wrong:
        raise Invalid(wrong)


def _day(occasion: Occasion) -> str:
    return plain_day(occasion.school.today) if occasion.school.today else "an unknown day"
