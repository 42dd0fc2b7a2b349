"""A DPIA for other programs: its answers by their names, choices as codes, rows part by part, what comes of them, and who decided."""

import json
from typing import Any

from models.dpia import Dpia
from models.fields import RowsField
from registry.access import Deed, require
from registry.approval.versions import versions_of
from registry.linking import linked_ids
from registry.occasion import Occasion
from registry.plain import plain
from registry.registers.data_protection.dpias import DPIAS
from registry.rules.dpia_risks import rows_of
from registry.rules.rows_said import rows_said
from registry.trace.audit import Happened, recording

FORMAT = "safehold-dpia-1"


def of_dpia(row: Dpia, occasion: Occasion) -> bytes:
    """The whole DPIA; noted in its history. Raises Forbidden."""
    require(occasion.by, Deed.EXPORT, DPIAS)
    with recording(occasion.by, occasion.at) as trace:
        trace.note(Happened.EXPORTED, DPIAS.table._meta.table_name, row.id)
    levels = [{"before": plain(risk.before), "after": plain(risk.after)} for risk in rows_of(row.risks)]
    told = {
        "format": FORMAT,
        "reference": row.reference,
        "answers": {name: _answer(row, name) for name, question in DPIAS.questions.items() if not question.to},
        "about": {slug: [str(each) for each in linked_ids(row.id).get(slug, ())] for slug in ("processing", "suppliers", "assets")},
        "risk_levels": levels,
        "versions": [_version(each) for each in versions_of(DPIAS, row, occasion.by)],
        "is_as_approved": row.is_as_approved,
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _answer(row: Dpia, name: str) -> Any:
    column, answer = DPIAS.questions[name].column, getattr(row, name)
    return [dict(each) for each in rows_said(column.shape, answer)] if isinstance(column, RowsField) else plain(answer)


def _version(version: Any) -> dict[str, Any]:
    row = version.row
    return {
        "number": version.number,
        "approved_by": version.approved_by,
        "approved_at": plain(row.approved_at),
        "reasons": row.reasons,
        "advised_by": version.advised_by or None,
        "advice": plain(row.verdict),
        "advice_words": row.advice,
    }
