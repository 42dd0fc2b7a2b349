"""Which record a cell of a file speaks of: by its reference, or by a name that only one record has."""

import re
import unicodedata
from collections import defaultdict
from uuid import UUID

from models.fields import EncryptedText
from models.statements import stored_rows
from registry.cells import reference_of
from registry.definition import Register

_REFERENCE = re.compile(r"([A-Za-z]{2})[-‐‑–\s]?0*(\d{1,9})")


class Unclear(ValueError):
    """A cell speaks of no record, or of more than one; the message is a sentence."""


class Named:
    """The records of one register in the school in view, read once, found by reference or name."""

    def __init__(self, register: Register) -> None:
        table, title = register.table, register.title.column
        self._register = register
        self._by_number: dict[int, UUID] = {}
        self._by_name: dict[str, list[UUID]] = defaultdict(list)
        self.archived: set[UUID] = set()
        for key, number, archived_at, name in stored_rows(table.select(table.id, table.number, table.archived_at, title)):
            record = UUID(bytes=bytes(key))
            self._by_number[number] = record
            if archived_at is None:
                self._by_name[folded(title.open(record, name) if isinstance(title, EncryptedText) else name)].append(record)
            else:
                self.archived.add(record)

    def by_reference(self, text: str) -> UUID:
        """The record with this reference; raises Unclear."""
        example = reference_of(self._register, 3)
        shape = _REFERENCE.fullmatch(text.strip())
        if shape is None or shape[1].upper() != self._register.table.PREFIX:
            raise Unclear(f"“{text[:60]}” is not a reference of {self._register.many}, such as {example}.")
        record = self._by_number.get(int(shape[2]))
        if record is None:
            raise Unclear(f"There is no {self._register.one} {reference_of(self._register, int(shape[2]))} here.")
        return record

    def by_name(self, text: str) -> UUID | None:
        """The one record in the list with this name, whatever its capitals; None for none. Raises Unclear for two."""
        found = self._by_name.get(folded(text), ())
        if len(found) > 1:
            raise Unclear(f"{len(found)} {self._register.many} are called “{text[:60]}”. Say which is meant by its reference.")
        return found[0] if found else None

    def any_named(self, text: str) -> tuple[UUID, ...]:
        """The records that a cell names, with semicolons between them; raises Unclear."""
        whole = self.by_name(text) if ";" in text else None
        if whole is not None:
            return (whole,)
        return tuple(dict.fromkeys(self.one(part.strip()) for part in re.split(r"[;\n]", text) if part.strip()))

    def one(self, text: str) -> UUID:
        """The one record that a cell names; raises Unclear."""
        shape = _REFERENCE.fullmatch(text)
        if shape is not None and shape[1].upper() == self._register.table.PREFIX:
            return self.by_reference(text)
        record = self.by_name(text)
        if record is None:
            raise Unclear(f"There is no {self._register.one} called “{text[:60]}” here. Add it there first, or take it out of this cell.")
        return record


def folded(name: str) -> str:
    """One spelling of a name for comparing: capitals and spaces do not matter, everything else does."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
