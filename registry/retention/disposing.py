"""Disposing of records: proposed, approved by somebody else or refused, carried out; each deed in the log, which is kept for good.

Nothing goes before its day, nothing that is kept for good, and nothing that is held (FOIA section 77; DPA 2018 section 173).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.message import News
from models.records_disposal import RecordsDisposal
from models.retention_rule import RetentionRule
from models.vocabulary import DestructionMethod, RecordsDisposalStage, RecordsKind, RetentionAction, YesNo
from registry.access import Deed, Forbidden, Permission, require
from registry.actor import Actor
from registry.linking import linked_ids
from registry.occasion import Occasion
from registry.records import amend
from registry.retention.holding import Holds, holds_on_assets, holds_on_rule
from registry.retention.settling import REGISTER, allowed_from, changed, rule_of, tell, tell_approvers
from registry.rows import CannotBeDone
from registry.rules.plain_dates import full_day
from registry.rules.records_disposal_care import LEAVING
from registry.schema import Invalid
from registry.trace.audit import Trace, recording
from registry.trace.since import changed_since

LONGEST_REASON = 500
APPROVED_ON = ("name", "rule", "records", "kept_at", "assets", "from_on", "until_on", "trigger_on", "quantity", "unit")
"""What was approved: when any of it is changed, it has to be approved anew."""

READ_AGAIN = "This was changed since you opened the page. Read it again, then decide."
HAND_OVER_FIRST = "The schedule says that these are handed over. Hand them over and note the receipt before anything of it is destroyed."
OTHERWISE = "What is to be disposed of was changed since it was approved. Propose it again; if it is under way, take the approval back first."


def approve(row: RecordsDisposal, occasion: Occasion, *, seen: int) -> None:
    """Allow what was proposed. Raises Forbidden, and CannotBeDone with what stands in the way."""
    require(occasion.by, Permission.APPROVE_RECORDS_DISPOSALS)
    demand_stage(row, RecordsDisposalStage.PROPOSED)
    if row.version != seen:
        raise CannotBeDone(READ_AGAIN)
    if sentence := own_work(row, occasion.by):
        raise Forbidden(sentence)
    demand_allowed(row, occasion)
    said = {
        "stage": RecordsDisposalStage.APPROVED, "approved_by": occasion.by.user, "approved_at": occasion.at,
        "approved_on": occasion.school.today, "refused_because": None,
    }  # fmt: skip
    with recording(occasion.by, occasion.at) as trace:
        move(trace, row, said, occasion)
        tell(trace, row, News.APPROVED, {row.proposed_by_id}, occasion=occasion)


def refuse(row: RecordsDisposal, because: str, occasion: Occasion) -> None:
    """Say no to what was proposed, or take an approval back, with the reason. Raises Forbidden, CannotBeDone and Invalid.

    What is being erased stops: what is gone is gone, and the rest stands.
    """
    require(occasion.by, Permission.APPROVE_RECORDS_DISPOSALS)
    demand_stage(row, RecordsDisposalStage.PROPOSED, RecordsDisposalStage.APPROVED, RecordsDisposalStage.UNDER_WAY)
    why = reason(because, "because")
    with recording(occasion.by, occasion.at) as trace:
        move(trace, row, {"stage": RecordsDisposalStage.REFUSED, "refused_because": why, **_NOT_APPROVED}, occasion)
        tell(trace, row, News.ASSIGNED, {row.proposed_by_id}, occasion=occasion)


def propose_again(row: RecordsDisposal, occasion: Occasion) -> None:
    """Propose what was refused, or what was changed after it was approved. Raises Forbidden and CannotBeDone."""
    require(occasion.by, Deed.CHANGE, REGISTER)
    demand_stage(row, RecordsDisposalStage.REFUSED, RecordsDisposalStage.APPROVED)
    on, steps = allowed_from(row, occasion)
    said = {
        "stage": RecordsDisposalStage.PROPOSED, "proposed_by": occasion.by.user, "proposed_at": occasion.at,
        "due_on": on, "worked_out": "\n".join(steps) or None, **_NOT_APPROVED,
    }  # fmt: skip
    with recording(occasion.by, occasion.at) as trace:
        move(trace, row, said, occasion)
        tell_approvers(trace, row, occasion)


def carry_out(row: RecordsDisposal, on: date, occasion: Occasion) -> None:
    """Say that paper, or what was in another system, is gone. Raises Forbidden, Invalid, and CannotBeDone with what stands in the way."""
    require(occasion.by, Deed.CHANGE, REGISTER)
    demand_stage(row, RecordsDisposalStage.APPROVED)
    if row.records == RecordsKind.OWN:
        raise CannotBeDone("These are erased by this program: nobody says so by hand.")
    if occasion.school.today and on > occasion.school.today:
        raise Invalid({"done_on": ["That day is still to come."]})
    if row.approved_on and on < row.approved_on:
        raise Invalid({"done_on": ["That is before it was approved. If it is true, it was a mistake that the DPO has to know of."]})
    if wrong := unsaid(row):
        raise Invalid(wrong)
    with recording(occasion.by, occasion.at) as trace:
        demand_as_approved(row)
        demand_allowed(row, occasion)
        move(trace, row, {"stage": RecordsDisposalStage.DONE, "done_on": on}, occasion)


def own_work(row: RecordsDisposal, by: Actor) -> str:
    """Why somebody leaves the approval to another, as a sentence: they proposed it, or changed what it is about since. Empty for anybody else."""
    if row.proposed_by_id == by.user:
        return "You proposed it: somebody else approves it."
    if changed_since(row, "proposed_at", APPROVED_ON, by=by):
        return "You changed what it is about: somebody else approves it. Or say why not, and have it proposed again."
    return ""


def demand_allowed(row: RecordsDisposal, occasion: Occasion) -> None:
    """Raise CannotBeDone for what has no rule, is kept for good, is not due yet, or is held."""
    rule = rule_of(row)
    if rule is None:
        raise CannotBeDone("Say first under which rule of the schedule: press “Change the answers”.")
    if rule.permanent == YesNo.YES:
        raise CannotBeDone("The schedule says that these records are kept for good.")
    if held := holds_on_rule(rule.id) or _holds_on_where_they_are(row, rule):
        raise CannotBeDone(f"These records are held ({', '.join(hold.reference for hold in held)}) and have to stand until that is lifted.")
    if row.records != RecordsKind.OWN:
        _demand_due(row, occasion)
    elif _goes_unhanded(row):
        raise CannotBeDone(HAND_OVER_FIRST)


def _holds_on_where_they_are(row: RecordsDisposal, rule: RetentionRule) -> Holds:
    """The holds on the assets that they are in; while nobody says in which, on any that holds such records."""
    if row.records == RecordsKind.OWN:
        return ()
    return holds_on_assets(linked_ids(row.id).get("assets") or linked_ids(rule.id).get("assets", ()))


def _demand_due(row: RecordsDisposal, occasion: Occasion) -> None:
    on, _steps = allowed_from(row, occasion)
    if on is None:
        raise CannotBeDone("Nobody can count the day yet: say from which day on the newest of them is, or when the event was.")
    if occasion.school.today is None or on > occasion.school.today:
        raise CannotBeDone(f"Not before {full_day(on)}: that is when the period of the newest of them is over.")


def demand_as_approved(row: RecordsDisposal) -> None:
    """Raise CannotBeDone when something was changed that the approval was about."""
    if changed_since(row, "approved_by", APPROVED_ON):
        raise CannotBeDone(OTHERWISE)


def is_under_way(row: RecordsDisposal) -> bool:
    """Whether it is being erased, asked anew: somebody may have taken the approval back since."""
    return bool(RecordsDisposal.get_by_id(row.id).stage == RecordsDisposalStage.UNDER_WAY)


def demand_stage(row: RecordsDisposal, *stages: RecordsDisposalStage) -> None:
    """Raise CannotBeDone unless it is as far as that."""
    if row.archived_at or row.stage not in stages:
        raise CannotBeDone(READ_AGAIN)


def reason(typed: str, name: str) -> str:
    """A reason on one line; raises Invalid without one, or for more than anybody reads."""
    why = " ".join(typed.split())
    if not why:
        raise Invalid({name: ["Say why. A few words are enough."]})
    if len(why) > LONGEST_REASON:
        raise Invalid({name: [f"Shorten it to {LONGEST_REASON} characters."]})
    return why


def move(trace: Trace, row: RecordsDisposal, said: Mapping[str, Any], occasion: Occasion) -> None:
    """Keep where a disposal stands, inside a recording that is open already."""
    amend(trace, REGISTER, row, changed(row, said), occasion=occasion)


def _goes_unhanded(row: RecordsDisposal) -> bool:
    """Whether the schedule says that such records are handed over, and neither is that done now nor was it ever, with a receipt."""
    rule = rule_of(row)
    if rule is None or rule.action != RetentionAction.TRANSFER or row.method in LEAVING:
        return False
    done = (RecordsDisposal.rule == rule.id) & (RecordsDisposal.stage == RecordsDisposalStage.DONE)
    handed = RecordsDisposal.method.in_([*LEAVING]) & RecordsDisposal.receipt.is_null(False)
    return not RecordsDisposal.select(RecordsDisposal.id).where(done & handed).exists()


_NOT_APPROVED = dict.fromkeys(("approved_by", "approved_at", "approved_on"))


def unsaid(row: RecordsDisposal) -> dict[str, list[str]]:
    """What has to be written down before it is done: how, how many, and by whom; by the name of the question."""
    wrong: dict[str, list[str]] = {}
    if row.method is None:
        wrong["method"] = ["Say first how it is done: press “Change the answers”."]
    if row.quantity is None:
        wrong["quantity"] = ["Say first how many there are: press “Change the answers”."]
    if row.method == DestructionMethod.CONTRACTOR and row.contractor is None:
        wrong["contractor"] = ["Say first which contractor does it: press “Change the answers”."]
    if row.method == DestructionMethod.ERASED:
        wrong["method"] = ["This program erases only what it keeps itself. Say how these were disposed of."]
    if row.method is not None and _goes_unhanded(row):
        wrong["method"] = [HAND_OVER_FIRST]
    return wrong
