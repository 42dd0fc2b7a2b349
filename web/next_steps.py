"""What the reader does next with a record whose steps are its own: a DPIA while it is screened, and a disposal of records."""

from typing import Any

from models.dpia import Dpia
from models.records_disposal import RecordsDisposal
from models.vocabulary import DpiaStage, RecordsDisposalStage, RecordsKind
from registry.access import Permission, may
from registry.actor import Actor
from registry.dpias.working_out import screened
from registry.retention import disposing
from registry.rules.dpia_screening import REQUIRED


def own_step(row: Any, by: Actor) -> str:
    """The next step of such a record in words; empty for every other record, and where nothing is left to do."""
    if isinstance(row, Dpia):
        return _of_screening(row) if row.stage == DpiaStage.SCREENING else ""
    return _of_disposal(row, by) if isinstance(row, RecordsDisposal) else ""


def _of_screening(row: Dpia) -> str:
    if not screened(row):
        return "Answer the screening. It takes five minutes."
    if row.outcome in REQUIRED:
        return "The screening says that an assessment is required. Begin the assessment."
    if not row.screening_because:
        return "The screening does not require an assessment. Say why none is made: its last question. Or begin the assessment all the same."
    return "Choose “No assessment is needed”. It is then approved with its reasons."


def _of_disposal(row: RecordsDisposal, by: Actor) -> str:
    if row.stage == RecordsDisposalStage.PROPOSED:
        return _of_proposed(row, by)
    if row.stage in (RecordsDisposalStage.APPROVED, RecordsDisposalStage.UNDER_WAY):
        return "It is approved. Erase the records." if row.records == RecordsKind.OWN else "It is approved. Carry it out, then enter the day."
    return "It was not approved. Read why, and propose it again once that is mended." if row.stage == RecordsDisposalStage.REFUSED else ""


def _of_proposed(row: RecordsDisposal, by: Actor) -> str:
    if own_work := disposing.own_work(row, by):
        return own_work
    if may(by, Permission.APPROVE_RECORDS_DISPOSALS):
        return "Read what would go. Approve it, or say why not."
    return "The headteacher or the data protection officer approves it next."
