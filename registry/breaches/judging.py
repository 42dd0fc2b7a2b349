"""Assessing, advising, deciding and reporting: each kept as it was made, with the facts as they were known then (UK GDPR Article 33(5))."""

from dataclasses import replace
from datetime import datetime, timedelta

from models.breach import Breach
from models.roles import Role
from models.vocabulary import JudgementKind, PeopleDecision, RegulatorDecision, YesNoUnknown
from registry.access import Deed, Forbidden, require
from registry.breaches.judged import Standing, differs, standing
from registry.breaches.judged import is_overruled as is_overruled
from registry.breaches.judged import judgements as judgements
from registry.breaches.judged import latest as latest
from registry.breaches.judgement import MOVED_ON, judge
from registry.breaches.judgement import Judgement as Judgement
from registry.breaches.judgement import facts_now as facts_now
from registry.breaches.moving import demand_head, demand_open
from registry.breaches.scoring import is_unintelligible
from registry.occasion import Occasion
from registry.registers.data_protection.breaches import BREACHES
from registry.rows import CannotBeDone
from registry.rules.breach_clock import deadline
from registry.schema import Invalid
from registry.typed import LONGEST_TEXT

TOO_LONG = f"Shorten it to {LONGEST_TEXT:,} characters."
REASONS = "Give your reasons: they are kept with what was known at the time."
SHORT = timedelta(hours=24)
"""With less time left than this, nobody waits for advice that does not come."""


def assess(row: Breach, judged: Judgement, occasion: Occasion) -> None:
    """Keep an assessment; an earlier one stays beside it. Raises Forbidden, CannotBeDone and Invalid."""
    require(occasion.by, Deed.CHANGE, BREACHES)
    _demand(judged, "risk", "high_risk")
    if judged.high_risk is YesNoUnknown.YES and judged.risk is not YesNoUnknown.YES:
        raise Invalid({"risk": ["A high risk is a risk as well. Change one of the two answers."]})
    judge(row, JudgementKind.ASSESSMENT, judged, occasion)


def advise(row: Breach, judged: Judgement, occasion: Occasion) -> None:
    """Keep the advice of the data protection officer. Raises Forbidden, CannotBeDone and Invalid."""
    if occasion.by.role is not Role.DPO:
        raise Forbidden("The data protection officer advises.")
    _demand(judged, "regulator", "people")
    _demand_unintelligible(row, judged)
    judge(row, JudgementKind.ADVICE, replace(judged, against=""), occasion)


def decide(row: Breach, judged: Judgement, occasion: Occasion, *, read: str | None = None) -> None:
    """Decide whether the regulator and the people are told. Raises Forbidden, Conflict when somebody else was quicker, CannotBeDone and Invalid.

    To decide otherwise than advised needs its own reason, and so does not to wait for advice. `read` is what stood as it was read.
    """
    demand_head(occasion)
    demand_open(row)
    stands = standing(row)
    _demand_read(stands, read)
    _demand(judged, "regulator", "people")
    _demand_unintelligible(row, judged)
    if row.told_at is not None and judged.regulator is RegulatorDecision.NOT_REPORTABLE:
        raise CannotBeDone("The regulator was told already, which cannot be taken back. Write what has changed in a follow-up.")
    if stands.advice is None:
        _demand_no_waiting(row, judged, occasion)
    elif not differs(stands.advice, judged):
        judged = replace(judged, against="")
    elif not judged.against.strip():
        raise Invalid({"against": ["This is not what the data protection officer advised. Say why you decide otherwise."]})
    judge(row, JudgementKind.DECISION, judged, occasion, read=stands.read)


def approve(row: Breach, judged: Judgement, occasion: Occasion, *, read: str | None = None) -> None:
    """Agree that nothing is reported, or say why one does not: the other of headteacher and data protection officer than whoever decided.

    Raises Forbidden, Conflict when the breach moved on, CannotBeDone and Invalid.
    """
    require(occasion.by, Deed.CHANGE, BREACHES)
    stands = standing(row)
    _demand_read(stands, read)
    _demand(judged, "regulator")
    if not stands.awaits_approval:
        raise CannotBeDone("There is no decision that waits for approval.")
    if not stands.may_approve(occasion.by.user, occasion.by.role):
        raise Forbidden("Whoever decided does not approve: the other one of headteacher and data protection officer does.")
    judge(row, JudgementKind.APPROVAL, replace(judged, people=None, against=""), occasion, read=stands.read)


def may_decide_unadvised(row: Breach, now: datetime) -> bool:
    """Whether so little time is left that anything may be decided without advice; to tell the regulator may be at any time."""
    return row.aware_at is not None and deadline(row.aware_at) - now < SHORT


def _demand_read(stands: Standing, read: str | None) -> None:
    if read is not None and read != stands.read:
        raise CannotBeDone(MOVED_ON)


def _demand(judged: Judgement, *names: str) -> None:
    wrong = {name: ["Choose one."] for name in names if getattr(judged, name) is None}
    if not judged.reasons.strip():
        wrong["reasons"] = [REASONS]
    wrong |= {name: [TOO_LONG] for name in ("reasons", "against", "delay") if len(getattr(judged, name)) > LONGEST_TEXT}
    if wrong:
        raise Invalid(wrong)


def _demand_unintelligible(row: Breach, judged: Judgement) -> None:
    if judged.people is PeopleDecision.UNINTELLIGIBLE and not is_unintelligible(row):
        raise Invalid({"people": ["Nobody has verified that the data was encrypted. Write down under Details how it is known, or choose another."]})


def _demand_no_waiting(row: Breach, judged: Judgement, occasion: Occasion) -> None:
    if judged.regulator is not RegulatorDecision.REPORT and not may_decide_unadvised(row, occasion.at):
        raise CannotBeDone(
            "The data protection officer advises first. Until fewer than 24 hours are left, only to tell the regulator can be decided without advice."
        )
    if not judged.against.strip():
        raise Invalid({"against": ["The data protection officer has not advised yet. Ask them, or say why you did not wait for them."]})
