"""What the next step about a breach is, and whose."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from models.breach import Breach
from models.roles import Role
from models.vocabulary import BreachStage, PeopleDecision, RegulatorDecision, YesNoUnknown
from registry.breaches import judging
from registry.breaches.judging import Judgement
from registry.breaches.whose_move import ADVISE, APPROVE, ASSESS, CLOSE, DECIDE, DECIDE_AGAIN, REPORT, TAKE_UP, TELL, Move, move_in
from registry.occasion import Occasion
from tests.registry.breaches.conftest import again

JUDGED = Judgement(reasons="Health data of children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)


def test_each_step_leads_to_the_next(reported: Breach, handled: Breach, at_work: Any) -> None:
    assert move_in(reported) in (TAKE_UP, ASSESS)
    moves: list[Move | None] = [move_in(again(handled, at_work))]

    def then(deed: Any, key: str, *more: Any) -> None:
        occasion: Occasion = at_work(key, timedelta(minutes=len(moves)))
        deed(again(handled, at_work), *more, occasion)
        moves.append(move_in(again(handled, at_work)))

    then(judging.assess, "hana", replace(JUDGED, risk=YesNoUnknown.YES, high_risk=YesNoUnknown.YES))
    then(judging.advise, "dev", JUDGED)
    then(judging.decide, "hana", JUDGED)
    assert moves == [ASSESS, ADVISE, DECIDE, REPORT]
    row = again(handled, at_work)
    row.told_at = row.aware_at
    assert move_in(row) is TELL
    row.people_told_at = row.aware_at
    assert move_in(row) is CLOSE
    unreported = replace(JUDGED, regulator=RegulatorDecision.NOT_REPORTABLE, against="It came back unopened.")
    then(judging.decide, "hana", unreported)
    then(judging.approve, "dev", replace(JUDGED, reasons="A second family has it."))
    then(judging.approve, "dev", unreported)
    assert moves[4:] == [replace(APPROVE, roles=frozenset({Role.DPO})), DECIDE_AGAIN, TELL]
    row.stage = BreachStage.CLOSED
    assert move_in(row) is None


def test_the_officer_advises_and_the_head_decides() -> None:
    assert (ADVISE.roles, DECIDE.roles) == ({Role.DPO}, {Role.HEADTEACHER})
