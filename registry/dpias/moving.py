"""A DPIA moves on: assessed or screened out, in use once it is approved and nothing stands in the way, given up, and ended.

What is decided stays with people: the DPO advises, the headteacher approves, and whoever wrote it does neither alone (registry/approval).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.dpia import Dpia
from models.vocabulary import DpiaStage
from registry.access import LEADERS, Deed, Forbidden, Roles, require
from registry.actor import Actor
from registry.amending import Conflict, put
from registry.consequences import follow
from registry.dpias.working_out import regulator_facts, screened
from registry.occasion import Occasion
from registry.registers.data_protection.dpias import AUTHORS, DPIAS
from registry.rows import CannotBeDone
from registry.rules.dpia_regulator import block
from registry.rules.dpia_screening import REQUIRED
from registry.trace.audit import recording

READ_AGAIN = "This was changed since you opened the page. Read it again, then decide."


@dataclass(frozen=True)
class Move:
    """One deed: from which stages to which, its button, and what stands in its way."""

    code: str
    words: str
    before: tuple[DpiaStage, ...]
    after: DpiaStage
    in_the_way: Callable[[Dpia], str]
    day: str = ""  # the column that keeps the day
    by: Roles = AUTHORS

    @property
    def keeps_approval(self) -> bool:
        """Whether what was approved is still what it is about: an assessment that is only begun was seen by nobody."""
        return self.after in (DpiaStage.LIVE, DpiaStage.DROPPED, DpiaStage.ENDED)


def _nothing(_row: Dpia) -> str:
    return ""


def _not_screened(row: Dpia) -> str:
    return "" if screened(row) else "Answer the screening first."


def _needed(row: Dpia) -> str:
    if not screened(row):
        return "Answer the screening first."
    if row.outcome in REQUIRED:
        return "The screening says that an assessment is required. Change its answers if they are not right."
    if not row.screening_because:
        return "Say first why no assessment is made: the last question of the screening."
    return ""


def _not_ready(row: Dpia) -> str:
    if sentence := block(regulator_facts(row)):
        return sentence
    if not row.is_as_approved:
        return "It has to be approved as it is now: the DPO advises, then the headteacher approves."
    return ""


MOVES: tuple[Move, ...] = (
    Move("assess", "Begin the assessment", (DpiaStage.SCREENING, DpiaStage.NOT_NEEDED), DpiaStage.ASSESSING, _not_screened),
    Move("none", "No assessment is needed", (DpiaStage.SCREENING,), DpiaStage.NOT_NEEDED, _needed),
    Move("live", "It is in use from today", (DpiaStage.ASSESSING,), DpiaStage.LIVE, _not_ready, "live_on", LEADERS),
    Move("again", "Assess it again", (DpiaStage.LIVE, DpiaStage.DROPPED, DpiaStage.ENDED), DpiaStage.ASSESSING, _nothing),
    Move("drop", "It does not go ahead", (DpiaStage.SCREENING, DpiaStage.ASSESSING), DpiaStage.DROPPED, _nothing, "ended_on"),
    Move("end", "The processing has ended", (DpiaStage.LIVE,), DpiaStage.ENDED, _nothing, "ended_on"),
)
"""Every deed, in the order of their buttons."""


def open_to(row: Dpia) -> tuple[Move, ...]:
    """The deeds that lead on from where a DPIA is, whatever stands in their way."""
    return () if row.archived_at else tuple(move for move in MOVES if row.stage in move.before)


def not_by(move: Move, by: Actor) -> str:
    """Why somebody may not do one of the deeds; empty where they may."""
    return "" if by.role in move.by else "The headteacher or the data protection officer says so."


def move_on(row: Dpia, code: str, occasion: Occasion, *, seen: int) -> Move:
    """Do one of the deeds. Raises Forbidden, and CannotBeDone with what stands in the way."""
    require(occasion.by, Deed.CHANGE, DPIAS)
    move = next((each for each in open_to(row) if each.code == code), None)
    if move is None or row.version != seen:
        raise CannotBeDone(READ_AGAIN)
    if sentence := not_by(move, occasion.by):
        raise Forbidden(sentence)
    if sentence := move.in_the_way(row):
        raise CannotBeDone(sentence)
    said: dict[str, Any] = {"stage": move.after, **({move.day: occasion.school.today} if move.day else {})}
    if move.code == "again":
        said["ended_on"] = None
    _keep(row, said, occasion, keeps_approval=move.keeps_approval)
    return move


def _keep(row: Dpia, said: Mapping[str, Any], occasion: Occasion, *, keeps_approval: bool) -> None:
    """Keep where it stands; an approval still holds where no answer of what was approved changed."""
    changes = {name: (getattr(row, name), value) for name, value in said.items() if getattr(row, name) != value}
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    if keeps_approval and row.is_as_approved:
        row.approved_version = row.version + 1
    with recording(occasion.by, occasion.at) as trace:
        try:
            put(trace, DPIAS, row, occasion, changes=changes, names=(*changes, "approved_version"))
        except Conflict:
            raise CannotBeDone(READ_AGAIN) from None
        follow(trace, DPIAS, (row.id,), occasion)
