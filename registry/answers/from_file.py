"""Answers from the file of another program: what would become of each row, and all of it stored at once or nothing."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.image_answer import ImageAnswer
from models.names import fold
from models.upload import Upload
from models.vocabulary import AnswerMethod, Decider, ImageDecision
from registry.access import Deed, require
from registry.answers.pupils_in_file import PupilsInFile, Unclear
from registry.answers.recorded import Cell, Recorded, recorded, who
from registry.answers.signers import NOT_ON_LIST, Signer, signers_of
from registry.images.facts import Person
from registry.images.uses import Use
from registry.importing import uploads
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.images.answers import ANSWERS
from registry.rows import CannotBeDone
from registry.rules.answer_letters import CHILD_NO, YES, letter_of_word
from registry.rules.plain_dates import months_after
from registry.trace.audit import Happened, recording

RECENT = timedelta(days=31)
"""The same answer of the same person within a month is the same answer: a file that is brought again adds nothing."""

NOT_NAMED = "From a file that does not say who answered."
NOT_AN_ANSWER = "{}: “{}” is not an answer. Write yes or no."
STILL_TO_COME = "The day of the answer is still to come."
TWICE = "The same pupil with the same parent stands in line {} already."
_SHOWN = 40


class Fate(StrEnum):
    """What becomes of a row."""

    REFUSED = "refused"
    NEW = "new"
    SAME = "same"
    EMPTY = "empty"


@dataclass(frozen=True)
class FileRow:
    """One row of a file, as it was written."""

    line: int
    name: str
    number: str
    class_name: str
    signer: str
    answers: Mapping[Use, str]
    given_on: date | None = None
    problems: tuple[str, ...] = ()


@dataclass
class Judged:
    """One row with what becomes of it: the letters it holds, and the answers that are new."""

    row: FileRow
    person: Person | None = None
    letters: list[tuple[Use, str]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def fate(self) -> Fate:
        """What becomes of it."""
        if self.problems:
            return Fate.REFUSED
        if self.new:
            return Fate.NEW
        return Fate.SAME if self.letters else Fate.EMPTY


@dataclass(frozen=True)
class Preview:
    """Every row of a file, judged by what is recorded now."""

    rows: Sequence[Judged]

    @property
    def counts(self) -> Counter[Fate]:
        """How many rows there are of each fate."""
        return Counter(row.fate for row in self.rows)

    @property
    def new(self) -> list[dict[str, Any]]:
        """The answers that would be stored."""
        return [answer for row in self.rows if row.fate is Fate.NEW for answer in row.new]

    @property
    def mark(self) -> str:
        """What tells whether what is saved is still what was shown."""
        digest = hashlib.sha256()
        for row in self.rows:
            digest.update(f"{row.row.line} {row.fate} {row.problems} {row.new}\n".encode())
        return digest.hexdigest()


def judge(rows: Sequence[FileRow], given_on: date, today: date) -> Preview:
    """Judge every row, writing nothing; those without a day of their own were answered on the day that is given."""
    pupils = PupilsInFile((row.number for row in rows if row.number), (row.name for row in rows if row.name and not row.number))
    judged = [_identified(row, pupils) for row in rows]
    people = list(dict.fromkeys(each.person.id for each in judged if each.person))
    beside = _Beside(signers_of(people), recorded(people), given_on, today)
    for each in judged:
        if each.person is not None:
            beside.judge(each, each.person)
    return Preview(judged)


def save(rows: Sequence[FileRow], upload: Upload, given_on: date, occasion: Occasion, *, shown: str, without_refused: bool) -> int:
    """Store every new answer of a file, in one recording; how many. Raises CannotBeDone with a sentence, and Forbidden."""
    require(occasion.by, Deed.ADD, ANSWERS)
    file = uploads.file_of(upload)
    with recording(occasion.by, occasion.at) as trace:
        if not uploads.take(upload.id):
            raise CannotBeDone("This file was saved already, or given up.")
        preview = judge(rows, given_on, occasion.school.today or occasion.at.date())
        new = preview.new
        if preview.mark != shown:
            raise CannotBeDone("Answers or pupils were changed since this page was opened, so nothing was saved. Look at the rows again.")
        if preview.counts[Fate.REFUSED] and not without_refused:
            raise CannotBeDone("Some rows cannot be taken, so nothing was saved. Correct the file, or tick that they are left out.")
        if not new:
            raise CannotBeDone("There is nothing to save: every answer is there already, or is left out.")
        insert_many(trace, ANSWERS, new, occasion, number=next_number(ANSWERS, occasion.by), happened=Happened.IMPORTED)
        told = {"rows": len(rows), "added": len(new), "file": file.digest}
        trace.note(Happened.IMPORTED, ImageAnswer._meta.table_name, changes={name: (None, value) for name, value in told.items()})
    return len(new)


def _identified(row: FileRow, pupils: PupilsInFile) -> Judged:
    judged = Judged(row, problems=[*row.problems])
    try:
        judged.person = pupils.find(row.number, row.name, row.class_name)
    except Unclear as problem:
        judged.problems.append(str(problem))
    return judged


class _Beside:
    """Judges rows beside what is recorded, remembering whom the rows before were about."""

    def __init__(
        self, signers: Mapping[UUID, tuple[Signer, ...]], answers: Mapping[Cell, Sequence[Recorded]], given_on: date, today: date
    ) -> None:
        self._signers, self._answers, self._given_on, self._today = signers, answers, given_on, today
        self._before: dict[tuple[UUID, str], int] = {}

    def judge(self, judged: Judged, person: Person) -> None:
        """Read the answers of a row, and keep those that are new."""
        row = judged.row
        given_on = row.given_on or self._given_on
        if given_on > self._today:
            judged.problems.append(STILL_TO_COME)
        adult = self._adult(person, row.signer)
        own = _own(adult)
        first = self._before.setdefault((person.id, own), row.line)
        if first != row.line:
            judged.problems.append(TWICE.format(first))
        for use, text in row.answers.items():
            letter = letter_of_word(text)
            if letter is None:
                judged.problems.append(NOT_AN_ANSWER.format(use.name, text.strip()[:_SHOWN]))
            elif letter:
                judged.letters.append((use, letter))
                self._take(judged, (person.id, use.id), (use, letter), {"decider": Decider.PUPIL} if letter == CHILD_NO else adult)

    def _take(self, judged: Judged, cell: Cell, given: tuple[Use, str], by: dict[str, Any]) -> None:
        use, letter = given
        given_on, own = judged.row.given_on or self._given_on, _own(by)
        last = next((each for each in reversed(self._answers.get(cell, ())) if each.who == own), None)
        if last is not None and last.letter(self._today) == letter and abs(given_on - last.given_on) <= RECENT:
            return
        until = months_after(given_on, use.valid_months) if letter == YES and use.valid_months else None
        decision = ImageDecision.GIVEN if letter == YES else ImageDecision.REFUSED
        common = {"person": cell[0], "use": cell[1], "decision": decision, "method": AnswerMethod.FILE}
        judged.new.append({**common, "decided_on": given_on, "valid_until": until, **by})

    def _adult(self, person: Person, signer: str) -> dict[str, Any]:
        """Who answered, as far as the file says: somebody on the list by name or relation, else whoever is named."""
        known = self._signers.get(person.id, ())
        wanted = fold(signer)
        fitting = [each for each in known if wanted and wanted in (fold(each.words), fold(each.name))]
        if len(fitting) == 1:
            return {"decider": fitting[0].decider, "carer": fitting[0].id, "authority": fitting[0].authority}
        if wanted:
            return {"decider": Decider.PARENT, "decided_by": " ".join(signer.split())[:200], "authority": NOT_ON_LIST}
        return {"decider": Decider.PARENT, "authority": NOT_NAMED}


def _own(by: Mapping[str, Any]) -> str:
    return who(by["decider"], by.get("carer"), by.get("decided_by") or "")
