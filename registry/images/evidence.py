"""Checks as they were answered, kept for whoever asks years later why a picture was published, or was not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.base import new_id
from models.image_check import ImageCheck
from models.statements import Kept, rows_of
from models.vocabulary import NameShown, Outcome
from registry import placing, records
from registry.access import Permission, require
from registry.actor import Actor
from registry.images.checking import Checked, Line, Looked, Unclear
from registry.images.statements import school_in_view
from registry.occasion import Occasion
from registry.registers.images.checks import CHECKS
from registry.rules.plain_dates import plain_day
from registry.trace.audit import Happened, as_json, recording

FORM = 1
LAST = 3

_last = Kept(lambda: ImageCheck.select().order_by(ImageCheck.number.desc()).limit(LAST))


@dataclass(frozen=True)
class Evidence:
    """A check that was kept: its answer as it was then, who asked, and when."""

    id: UUID
    reference: str
    checked: Checked
    by: str
    role: str
    at: datetime


def keep(checked: Checked, occasion: Occasion) -> Evidence:
    """Store a check with one entry in the trace. Its plain name says what for and when, and names nobody."""
    require(occasion.by, Permission.CHECK_IMAGES)
    answers = {
        "name": f"{checked.use_name}, {plain_day(checked.on)}",
        "use": checked.use,
        "publish_on": checked.on,
        "outcome": checked.outcome,
        "people": checked.count,
        "allowed": 0 if checked.is_picture_refused else len(checked.allowed),
        "record": _as_text(checked, occasion.by),
    }
    with recording(occasion.by, occasion.at) as trace:
        number = placing.next_number(CHECKS, occasion.by)
        row = placing.place(trace, CHECKS, answers, occasion, record=new_id(), number=number, happened=Happened.ADDED)
    return _evidence(row, checked, occasion.by.name, _role(occasion.by))


def find(check: UUID, by: Actor) -> Evidence:
    """The check with this id; raises NotFound or Forbidden."""
    require(by, Permission.CHECK_IMAGES)
    row = records.find(CHECKS, check, by)
    kept = json.loads(row.record)
    return _evidence(row, _checked(kept["checked"]), kept["by"], kept["role"])


def last_checks(by: Actor) -> Sequence[ImageCheck]:
    """The last checks of the school, the newest first."""
    require(by, Permission.CHECK_IMAGES)
    return [rows_of(ImageCheck).row(values) for values in _last(school_in_view(), LAST).fetchall()]


def _evidence(row: ImageCheck, checked: Checked, by: str, role: str) -> Evidence:
    return Evidence(row.id, row.reference, checked, by, role, row.created_at)


def _role(by: Actor) -> str:
    return by.role.label if by.role else ""


def _as_text(checked: Checked, by: Actor) -> str:
    kept = {"form": FORM, "by": by.name, "role": _role(by), "checked": asdict(checked)}
    return json.dumps(kept, default=as_json, ensure_ascii=False, separators=(",", ":"))


def _checked(kept: Mapping[str, Any]) -> Checked:
    read: dict[str, Any] = {
        "use": UUID(kept["use"]),
        "on": date.fromisoformat(kept["on"]),
        "shown": NameShown(kept["shown"]),
        "looked": Looked(**kept["looked"]),
        "outcome": Outcome(kept["outcome"]),
        "people": tuple(_line(each) for each in kept["people"]),
        "unclear": tuple(_unclear(each) for each in kept["unclear"]),
    }
    return Checked(**{each.name: read.get(each.name, kept[each.name]) for each in fields(Checked)})


def _line(kept: Mapping[str, Any]) -> Line:
    read: dict[str, Any] = {
        "person": UUID(kept["person"]),
        "shown": NameShown(kept["shown"]),
        "outcome": Outcome(kept["outcome"]),
        "answers": tuple(kept["answers"]),
        "conditions": tuple(kept.get("conditions", ())),
    }
    return Line(**{**kept, **read})


def _unclear(kept: Mapping[str, Any]) -> Unclear:
    return Unclear(**{**kept, "choices": tuple((UUID(key), name, class_name) for key, name, class_name in kept["choices"])})
