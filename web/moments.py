"""A day with its time in a form: what was typed, the instant that it stands for, and the two that it may stand for when the clocks go back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError

from registry.rules.local_time import AmbiguousTime, in_zone
from registry.schema import Invalid
from registry.typed import DayAnswer, MomentAnswer
from web.rendering import ZONE

PARTS = ("day", "month", "year", "time", "fold")
TWICE = (("0", "The first time, in summer time (BST)", None), ("1", "The second time, in winter time (GMT)", None))


class CameTwice(ValueError):
    """The time came twice; the message asks which."""


def typed_moment(sent: Mapping[str, str], name: str) -> dict[str, str]:
    """What stands in the boxes of a moment, exactly as it was typed."""
    return {part: sent.get(f"{name}-{part}", "")[:40] for part in PARTS}


def as_typed_moment(at: datetime | None) -> dict[str, str]:
    """An instant as the boxes show it."""
    if at is None:
        return {}
    local = in_zone(at, ZONE)
    return {"day": str(local.day), "month": str(local.month), "year": str(local.year), "time": f"{local:%H:%M}", "fold": str(local.fold)}


def moment_in(sent: Mapping[str, str], name: str, missing: str | None = None) -> datetime | None:
    """The instant that a form holds under a name, in UTC; without `missing` there need be none. Raises ValueError with a sentence."""
    typed = typed_moment(sent, name)
    return read_moment(typed, missing) if missing else read_perhaps(typed)


def moment_or_say(sent: Mapping[str, str], name: str, missing: str | None = None, *, key: str = "") -> datetime | None:
    """The same; raises Invalid with the sentence at this name, or at the key of the deed that takes it."""
    try:
        return moment_in(sent, name, missing)
    except ValueError as problem:
        raise Invalid({key or name: [str(problem)]}) from None


def day_in(sent: Mapping[str, str], name: str) -> date | None:
    """The day that was sent for one question, or nothing; raises Invalid with the sentence for it."""
    boxes = {part: sent.get(f"{name}-{part}", "")[:40] for part in ("day", "month", "year")}
    if not any(value.strip() for value in boxes.values()):
        return None
    answer: Any = DayAnswer()
    try:
        found: date = answer.deserialize(boxes)
    except ValidationError as problem:
        raise Invalid({name: [str(problem.messages[0])]}) from None
    return found


def read_moment(typed: Mapping[str, str], missing: str) -> datetime:
    """The instant in UTC; raises CameTwice, and ValueError with a sentence."""
    found = read_perhaps(typed)
    if found is None:
        raise ValueError(missing)
    return found


def asked_moment(sent: Mapping[str, str], name: str) -> datetime | None:
    """The instant that was sent for one question, or nothing; raises Invalid with the sentence for it."""
    try:
        return read_perhaps(typed_moment(sent, name))
    except (CameTwice, ValueError) as problem:
        raise Invalid({name: [str(problem)]}) from None


def read_perhaps(typed: Mapping[str, str]) -> datetime | None:
    """The same where nothing may stand in the boxes."""
    answer: Any = MomentAnswer()
    boxes = {part: value for part, value in typed.items() if part != "fold"}
    if not any(boxes.values()):
        return None
    try:
        found: datetime | None = answer.deserialize(dict(typed))
    except ValidationError as problem:
        sentence = str(problem.messages[0])
        if isinstance(problem.__cause__, AmbiguousTime) or "comes twice" in sentence:
            raise CameTwice(sentence) from None
        raise ValueError(sentence) from None
    return found
