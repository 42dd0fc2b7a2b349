"""Invented people, uses, answers and limits for tests about pictures, written as the program writes them."""

from datetime import date
from typing import Any

from models.vocabulary import Decider, ImageDecision, ImageFlag, ImageUseKind
from registry import records
from registry.images.uses import Use, find_use
from registry.records import Occasion
from registry.registers.images.answers import ANSWERS
from registry.registers.images.carers import CARERS
from registry.registers.images.flags import FLAGS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.uses import USES

THE_DAY = date(2026, 11, 24)
"""The day of publication, tomorrow for the tests."""


def a_use(occasion: Occasion, name: str = "School website", kind: str = ImageUseKind.WEBSITE, **answers: Any) -> Use:
    """A use that is stored, as a check sees it."""
    stored = records.add(USES, {"name": name, "kind": kind, **answers}, occasion)
    found = find_use(str(stored.id))
    assert found is not None
    return found


def a_pupil(occasion: Occasion, name: str, class_name: str = "3 Oak", **answers: Any) -> Any:
    """A pupil who is at the school."""
    return records.add(PUPILS, {"name": name, "class_name": class_name, **answers}, occasion)


def a_carer(occasion: Occasion, name: str, *pupils: Any, **answers: Any) -> Any:
    """A parent of these pupils."""
    return records.add(CARERS, {"name": name, "pupils": tuple(each.id for each in pupils), **answers}, occasion)


def an_answer(occasion: Occasion, person: Any, use: Use, decision: str = ImageDecision.GIVEN, **answers: Any) -> Any:
    """What somebody answered about pictures of a person; a parent, in September, unless told."""
    given = {"decision": decision, "person": person.id, "use": use.id, "decider": Decider.PARENT, "decided_on": date(2026, 9, 7), **answers}
    return records.add(ANSWERS, given, occasion)


def a_limit(occasion: Occasion, person: Any, level: str = ImageFlag.NO_PUBLICATION, **answers: Any) -> Any:
    """A limit on pictures of a person; written by the headteacher or the safeguarding lead."""
    return records.add(FLAGS, {"level": level, "person": person.id, **answers}, occasion)
