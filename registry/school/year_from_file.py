"""Term dates from a calendar file: what its days are likely to be, what is there already, and all that was chosen stored at once or nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from models.batch import Together
from models.names import fold
from models.term_date import TermDate
from models.upload import Upload
from models.vocabulary import TermDateKind
from registry.access import Deed, require
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.many import batches
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.school.term_dates import TERM_DATES
from registry.rows import CannotBeDone
from registry.rules.term_words import Guess, Stretch, guess, terms_between
from registry.trace.audit import Happened, recording

KEPT_AS = replace(TERM_DATES, slug="calendar-file")
"""Files wait under a name of their own, apart from those that are imported into the register column by column."""

OF_TWO_EVENTS = "Put together from the event of its first day and that of its last."


@dataclass(frozen=True)
class Entry:
    """Some days of a file: what they are likely to be, whether they are entered already, or what keeps them from being taken."""

    place: int
    stretch: Stretch
    guess: Guess
    is_there: bool = False
    problem: str = ""

    @property
    def can_be_taken(self) -> bool:
        """Whether it can be chosen."""
        return not self.is_there and not self.problem


@dataclass(frozen=True)
class Preview:
    """Everything in a file, beside what is entered now."""

    entries: Sequence[Entry]

    @cached_property
    def likely(self) -> list[Entry]:
        """What is likely to be entered."""
        return [each for each in self.entries if each.can_be_taken and each.guess.kind is not None]

    @cached_property
    def others(self) -> list[Entry]:
        """What is left out unless somebody says what it is."""
        return [each for each in self.entries if each.can_be_taken and each.guess.kind is None]

    @cached_property
    def there(self) -> list[Entry]:
        """What is entered already."""
        return [each for each in self.entries if each.is_there]

    @cached_property
    def refused(self) -> list[Entry]:
        """What cannot be taken."""
        return [each for each in self.entries if each.problem]

    @property
    def mark(self) -> str:
        """What tells whether what is saved is still what was shown."""
        told = "\n".join(f"{each.place} {each.stretch} {each.is_there} {each.problem}" for each in self.entries)
        return hashlib.sha256(told.encode()).hexdigest()


def judge(file: FileRows) -> Preview:
    """Look at everything in a file beside the term dates of the school in view, writing nothing."""
    there = {(fold(row.name), row.begins_on, row.ends_on or row.begins_on) for row in TermDate.select().where(TermDate.archived_at.is_null())}
    found = [*_read(file)]
    made = [Entry(0, each, Guess(TermDateKind.TERM, OF_TWO_EVENTS)) for each in terms_between([each.stretch for each in found if not each.problem])]
    known = {_key(each.stretch) for each in found}
    found = sorted((*found, *(each for each in made if _key(each.stretch) not in known)), key=_by_day)
    return Preview([replace(each, place=place, is_there=_key(each.stretch) in there) for place, each in enumerate(found, 1)])


def save(upload: Upload, kinds: Mapping[int, TermDateKind], occasion: Occasion, *, shown: str) -> int:
    """Store the days of a file that somebody said the kind of, by their place, in one recording; how many.

    Raises CannotBeDone with a sentence, and Forbidden.
    """
    require(occasion.by, Deed.ADD, TERM_DATES)
    file = uploads.file_of(upload)
    with recording(occasion.by, occasion.at) as trace:
        if not uploads.take(upload.id):
            raise CannotBeDone("This file was saved already, or given up.")
        preview = judge(file)
        if preview.mark != shown:
            raise CannotBeDone("Term dates were changed since this page was opened, so nothing was saved. Look at the days again.")
        chosen = [(each.stretch, kinds[each.place]) for each in preview.entries if each.can_be_taken and each.place in kinds]
        if not chosen:
            raise CannotBeDone("There is nothing to save: every day is there already, or is left out.")
        first = trace.number + 1
        answers = ({"name": days.name, "kind": kind, "begins_on": days.begins_on, "ends_on": days.ends_on} for days, kind in chosen)
        many = insert_many(trace, TERM_DATES, answers, occasion, number=next_number(TERM_DATES, occasion.by), happened=Happened.IMPORTED)
        batches.keep(trace, Together.IMPORT, TERM_DATES, occasion.by, first=first, many=many, file_digest=file.digest)
    return many


def _read(file: FileRows) -> Iterator[Entry]:
    for line, (name, begins, ends) in zip(file.lines, file.rows, strict=True):
        if line in file.problems:
            yield Entry(line, Stretch(name, date.max, date.max), Guess(None), problem=file.problems[line])
        else:
            stretch = Stretch(name, date.fromisoformat(begins), date.fromisoformat(ends))
            yield Entry(line, stretch, guess(stretch))


def _key(stretch: Stretch) -> tuple[str, date, date]:
    return fold(stretch.name), stretch.begins_on, stretch.ends_on


def _by_day(entry: Entry) -> tuple[date, date, str]:
    return entry.stretch.begins_on, entry.stretch.ends_on, entry.stretch.name
