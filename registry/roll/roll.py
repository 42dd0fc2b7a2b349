"""The roll brought up to date from lists of the school's database: what would happen, and then all of it or nothing."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from uuid import UUID

from models.audit import AuditEntry
from models.batch import Together
from models.upload import Upload
from registry.access import Deed, Permission, require, school_of
from registry.actor import Actor
from registry.importing import uploads
from registry.many import batches
from registry.occasion import Occasion
from registry.registers.images.carers import CARERS
from registry.registers.images.pupils import PUPILS
from registry.roll.known import carers_here, everybody_here
from registry.roll.saving import Leaving, store_carers, store_people
from registry.rows import CannotBeDone
from registry.rules.roll_carers import CarerFate, Contact, Entry, compare_carers
from registry.rules.roll_comparing import compare
from registry.rules.roll_people import Compared, Fate, OnFile
from registry.trace.audit import Happened, changes_of, recording, where_it_stands

SUBJECT = Upload._meta.table_name
"""Under what the trace names the bringing itself."""


class NotAsShown(CannotBeDone):
    """Somebody changed the roll since the preview was shown, so that other things would be saved than were looked at."""


class GoneAlready(CannotBeDone):
    """The lists are no longer there: they were saved by another press of the button, or given up."""


@dataclass(frozen=True)
class Preview:
    """What would become of everybody in the lists, and of their parents and carers."""

    people: Compared
    carers: Sequence[Entry]

    @property
    def mark(self) -> str:
        """A digest of everything shown, which tells whether what is saved is still that."""
        digest = hashlib.sha256()
        for each in self.people.judged:
            seen = (each.here.id, each.here.version) if each.here else None
            digest.update(f"{each.fate} {seen} {each.person} {each.changes}\n".encode())
        for here in self.people.missing:
            digest.update(f"{here.id} {here.version}\n".encode())
        for entry in self.carers:
            known = (entry.known.id, entry.known.version) if entry.known else None
            digest.update(f"{entry.fate} {known} {entry.contact} {sorted(map(str, entry.pupils))} {entry.changes}\n".encode())
        return digest.hexdigest()

    @property
    def has_something(self) -> bool:
        """Whether anything would be saved without anybody leaving."""
        of_people = any(each.fate in (Fate.NEW, Fate.CHANGED) for each in self.people.judged)
        return of_people or any(entry.fate in (CarerFate.NEW, CarerFate.CHANGED) for entry in self.carers)


@dataclass(frozen=True)
class Outcome:
    """What bringing the roll up to date did."""

    added: int = 0
    changed: int = 0
    left: int = 0
    carers_added: int = 0
    carers_changed: int = 0
    clashing: int = 0

    @property
    def sentence(self) -> str:
        """The outcome in words: "120 people added, 3 changed"."""
        said = (
            (self.added, "added"),
            (self.changed, "changed"),
            (self.left, "marked as having left"),
            (self.carers_added, f"{_parents(self.carers_added)} added"),
            (self.carers_changed, f"{_parents(self.carers_changed)} changed"),
            (self.clashing, "not saved because nobody can tell"),
        )
        return ", ".join(f"{count:,} {word}" for count, word in said if count) or "Nothing was saved"


@dataclass(frozen=True)
class Listed:
    """What the lists say, as they were read: people, and contacts by the place of their pupil among them."""

    people: Sequence[OnFile]
    contacts: Sequence[Contact]
    agreed: frozenset[str] = frozenset()


def require_right(by: Actor) -> None:
    """Raise Forbidden unless this person may bring the roll up to date."""
    require(by, Permission.IMPORT_ROLL)
    require(by, Deed.ADD, PUPILS)
    require(by, Deed.CHANGE, PUPILS)
    require(by, Deed.ADD, CARERS)


def judge(listed: Listed) -> Preview:
    """What would become of everybody in the lists, writing nothing; the records of one school are in view."""
    people = compare(listed.people, everybody_here(), listed.agreed)
    placed = {place: each.here.id if each.here else place for place, each in enumerate(people.judged) if _may_have_carers(each.fate)}
    contacts = [replace(each, pupil=placed[each.pupil]) for each in listed.contacts if each.pupil in placed]  # type: ignore[index]
    return Preview(people, compare_carers(contacts, carers_here()) if contacts else ())


def save(upload: Upload, listed: Listed, occasion: Occasion, *, shown: str, leaving: Leaving) -> Outcome:
    """Save the lists as their preview showed them (`shown` is Preview.mark) with those who have left, or nothing at all.

    The lists are compared before the transaction; inside it once more only if the school's chain moved on meanwhile.
    Raises GoneAlready, NotAsShown, CannotBeDone, Forbidden.
    """
    require_right(occasion.by)
    head, preview = where_it_stands(school_of(occasion.by))[0], judge(listed)
    with recording(occasion.by, occasion.at) as trace:
        if not uploads.take(upload.id):
            raise GoneAlready("These files were saved already, or given up.")
        if trace.number != head:
            preview = judge(listed)
        _demand_savable(preview, shown, leaving)
        leaving = _whole(preview, leaving)
        first = trace.number + 1
        numbers, counts = store_people(trace, preview.people, leaving, occasion)
        counts |= store_carers(trace, preview.carers, numbers, occasion)
        outcome = Outcome(**counts, clashing=_clashing(preview))
        told = {"register": PUPILS.slug, **asdict(outcome)}
        trace.note(Happened.IMPORTED, SUBJECT, upload.id, changes={name: (None, value) for name, value in told.items()})
        for register, many in ((PUPILS, outcome.added + outcome.changed + outcome.left), (CARERS, outcome.carers_added + outcome.carers_changed)):
            if many:
                batches.keep(trace, Together.IMPORT, register, occasion.by, first=first, many=many)
    return outcome


def outcome_of(upload: UUID, by: Actor) -> Outcome | None:
    """What became of lists that this person brought, if they were saved."""
    entry = AuditEntry.get_or_none(
        (AuditEntry.record == upload) & (AuditEntry.chain == by.school) & (AuditEntry.subject == SUBJECT) & (AuditEntry.actor == by.signature)
    )
    changes = None if entry is None else changes_of(entry)
    return None if changes is None else Outcome(*(int(changes[each.name][1]) for each in fields(Outcome)))


def _parents(count: int) -> str:
    return "parent or carer" if count == 1 else "parents or carers"


def _may_have_carers(fate: Fate) -> bool:
    return fate in (Fate.NEW, Fate.CHANGED, Fate.SAME)


def _clashing(preview: Preview) -> int:
    people = sum(each.fate is Fate.CLASHING for each in preview.people.judged)
    return people + Counter(entry.fate for entry in preview.carers)[CarerFate.CLASHING]


def _demand_savable(preview: Preview, shown: str, leaving: Leaving) -> None:
    if preview.mark != shown:
        raise NotAsShown("The roll was changed since this page was opened, so nothing was saved. Look at it again.")
    offered = {here.id for here in preview.people.missing}
    if not leaving.people <= offered:
        raise NotAsShown("Somebody who was ticked as having left is on the list again, so nothing was saved. Look at it again.")
    if not preview.has_something and not _whole(preview, leaving).people:
        raise CannotBeDone("There is nothing to save: everybody is there already, and nobody is marked as having left.")


def _whole(preview: Preview, leaving: Leaving) -> Leaving:
    """Everybody who is offered, where that was meant and the lists name the whole school."""
    if not leaving.is_everybody or not preview.people.is_whole:
        return leaving
    return replace(leaving, people=frozenset(here.id for here in preview.people.missing))
