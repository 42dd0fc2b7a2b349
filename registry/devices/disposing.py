"""Disposals: the list is frozen, approved by the headteacher or sent back, and carried out; each deed tells whoever comes next."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from models.base import new_id
from models.disposal import Disposal
from models.message import News
from models.vocabulary import DisposalStage, YesNoUnknown
from registry.access import POLICY, Deed, Forbidden, Permission, may, require, school_of
from registry.accounts.colleagues import working_in
from registry.devices.disposal_lists import demand_stage, in_the_way, listed, settle_line
from registry.devices.proving import counted
from registry.occasion import Occasion
from registry.records import amend
from registry.registers.devices.disposals import DISPOSALS
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.talk import outbox
from registry.trace.audit import Trace, recording
from registry.trace.since import changed_since

LONGEST_REASON = 500
READ_AGAIN = "This batch was changed since you opened the page. Read it again, then decide."
GONE = "{these} Nothing was changed: open the list again, and take off what does not leave."
OTHERWISE = "How the data goes away was changed since the headteacher approved this. Open the list again, and have it approved as it is now."


def freeze(row: Disposal, occasion: Occasion) -> None:
    """Let the list stand, and ask the headteacher. Raises CannotBeDone for a list that cannot leave, and Invalid while it is not said how."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    demand_stage(row, DisposalStage.LISTING)
    _demand_said(row)
    with recording(occasion.by, occasion.at) as trace:
        lines = listed(row)
        if not lines:
            raise CannotBeDone("Nothing is on the list yet.")
        if why := in_the_way(lines):
            raise CannotBeDone(" ".join((*why, "Take it off the list first." if len(why) == 1 else "Take them off the list first.")))
        for each in lines:
            serial, holds = (each.device.serial, each.device.holds_personal) if each.device else (None, YesNoUnknown.UNKNOWN)
            settle_line(trace, each.line, {"serial": serial, "holds_personal": holds})
        said = {"stage": DisposalStage.FROZEN, "frozen_at": occasion.at, "proposed_by": occasion.by.user, "sent_back_because": None}
        _move(trace, row, said, occasion)
        approving = POLICY[Permission.APPROVE_DISPOSALS]
        heads = (each.id for each in working_in(school_of(occasion.by)) if each.role in approving)
        outbox.put(trace, occasion.by, _word(row, News.APPROVAL_ASKED), heads)


def approve(row: Disposal, occasion: Occasion, *, seen: int) -> None:
    """Allow the devices on the frozen list to leave. Raises Forbidden, and CannotBeDone when the batch moved on since it was read."""
    require(occasion.by, Permission.APPROVE_DISPOSALS)
    demand_stage(row, DisposalStage.FROZEN)
    if row.version != seen:
        raise CannotBeDone(READ_AGAIN)
    if row.proposed_by_id == occasion.by.user:
        raise Forbidden("Whoever proposed a disposal does not approve it.")
    with recording(occasion.by, occasion.at) as trace:
        _move(trace, row, {"stage": DisposalStage.APPROVED, "approved_at": occasion.at, "approved_by": occasion.by.user}, occasion)
        outbox.put(trace, occasion.by, _word(row, News.APPROVED), _still_here({row.proposed_by_id}, occasion))


def send_back(row: Disposal, because: str, occasion: Occasion) -> None:
    """Open the list again, and say why; what was approved counts no more. Raises Forbidden, CannotBeDone and Invalid."""
    if not (may(occasion.by, Permission.APPROVE_DISPOSALS) or may(occasion.by, Deed.CHANGE, DISPOSALS)):
        raise Forbidden("This role may not send it back.")
    if row.stage not in (DisposalStage.FROZEN, DisposalStage.APPROVED):
        raise CannotBeDone("Only a list that is frozen and not carried out can be opened again.")
    why = " ".join(because.split())
    if not why:
        raise Invalid({"because": ["Say why the list is opened again."]})
    if len(why) > LONGEST_REASON:
        raise Invalid({"because": [f"Shorten it to {LONGEST_REASON} characters."]})
    told = {row.proposed_by_id, row.approved_by_id}
    undone = {"stage": DisposalStage.LISTING, "sent_back_because": why, **dict.fromkeys(("frozen_at", "approved_at", "approved_by", "proposed_by"))}
    with recording(occasion.by, occasion.at) as trace:
        _move(trace, row, undone, occasion)
        outbox.put(trace, occasion.by, _word(row, News.ASSIGNED), _still_here(told, occasion))


def carry_out(row: Disposal, on: date, occasion: Occasion) -> None:
    """Say that the devices are gone. Raises Forbidden, Invalid, and CannotBeDone where one of them went missing or is out."""
    require(occasion.by, Deed.CHANGE, DISPOSALS)
    demand_stage(row, DisposalStage.APPROVED)
    if occasion.school.today and on > occasion.school.today:
        raise Invalid({"done_on": ["That day is still to come."]})
    with recording(occasion.by, occasion.at) as trace:
        if why := in_the_way(listed(row)):
            raise CannotBeDone(GONE.format(these=" ".join(why)))
        if changed_since(row, "approved_by", ("method", "standard")):
            raise CannotBeDone(OTHERWISE)
        _move(trace, row, {"stage": DisposalStage.DONE, "done_on": on}, occasion)


def _demand_said(row: Disposal) -> None:
    """How the data goes and by which standard is said before anybody is asked to approve it."""
    missing = {"method": "Say first how the data is made to go away: press “Change the answers”.",
               "standard": "Say first by which standard that is done: press “Change the answers”."}  # fmt: skip
    wrong = {name: [sentence] for name, sentence in missing.items() if getattr(row, name) is None}
    if wrong:
        raise Invalid(wrong)


def _move(trace: Trace, row: Disposal, answers: Mapping[str, Any], occasion: Occasion) -> None:
    """Keep where the batch stands, with what its lines come to there."""
    before = {name: getattr(row, f"{name}_id" if name.endswith("_by") else name) for name in answers}
    row.stage = answers["stage"]
    count = counted(row, listed(row), occasion.school)
    changes = {name: (before[name], value) for name, value in answers.items() if before[name] != value}
    changes |= {name: (getattr(row, name), value) for name, value in count.items() if getattr(row, name) != value}
    amend(trace, DISPOSALS, row, changes, occasion=occasion)


def _word(row: Disposal, news: News) -> outbox.Word:
    return outbox.Word(news=news, register=DISPOSALS.slug, record=row.id, about=new_id())


def _still_here(people: Collection[UUID | None], occasion: Occasion) -> set[UUID]:
    """Those of them who still work here."""
    return {each.id for each in working_in(school_of(occasion.by)) if each.id in people}
