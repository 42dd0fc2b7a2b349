"""Checks of names before a picture was used: they stay as proof, and whoever is erased has no name in them any more."""

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from models.image_check import ImageCheck
from models.statements import rows_of, stored_rows
from models.vault import WontOpen
from registry.many.bulk import chunks
from registry.rows import store
from registry.trace.audit import Happened, Trace

NAMELESS = "Somebody whose record was erased"


class NamedInChecks:
    """Which checks name whom, in the schools in view: every check is opened once, and later ones when they are asked for again."""

    def __init__(self) -> None:
        self._checks: dict[str, set[UUID]] = {}
        self._read = -1

    def of(self, people: Collection[UUID]) -> set[UUID]:
        """The checks that name any of these people, or offered them for a name."""
        for check, person in self._unread():
            self._checks.setdefault(person, set()).add(check)
        return {check for person in people for check in self._checks.get(person.hex, ())}

    def _unread(self) -> Iterator[tuple[UUID, str]]:
        columns = (ImageCheck.number, ImageCheck.id, ImageCheck.record)
        later = ImageCheck.select(*columns).where((ImageCheck.number > self._read) & ImageCheck.record.is_null(False))
        for number, key, sealed in stored_rows(later.order_by(ImageCheck.number)):
            self._read, check = number, UUID(bytes=bytes(key))
            with suppress(WontOpen, TypeError):  # it was altered, which the check of the rows reports
                for person in _people_in(json.loads(ImageCheck.record.open(check, sealed))["checked"]):
                    yield check, person


def take_names_out(trace: Trace, people: Collection[UUID], named: NamedInChecks) -> None:
    """Keep every check that names these people without their names, inside a recording that is open; its verdicts stay."""
    keys = {person.hex for person in people}
    for part in chunks(sorted(named.of(people))):
        for values in stored_rows(ImageCheck.select(*rows_of(ImageCheck).fields).where(ImageCheck.id.in_(part))):
            row = rows_of(ImageCheck).row(values)
            kept = json.loads(row.record)
            _without(kept["checked"], keys)
            row.record = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
            store(trace, Happened.ERASED_VALUES, row)


def _people_in(checked: dict[str, Any]) -> Iterator[str]:
    yield from (line["person"] for line in checked["people"])
    yield from (key for each in checked["unclear"] for key, *_name in each["choices"])


def _without(checked: dict[str, Any], keys: Collection[str]) -> None:
    for line in checked["people"]:
        if line["person"] in keys:
            line |= {"name": NAMELESS, "class_name": "", "written": "", "conditions": []}
    for each in checked["unclear"]:
        offered = [choice for choice in each["choices"] if choice[0] in keys]
        if offered:
            each["written"] = NAMELESS
            each["choices"] = [choice if choice not in offered else [choice[0], NAMELESS, ""] for choice in each["choices"]]
