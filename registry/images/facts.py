"""What `image_verdict` has to know of everybody in a picture, in three statements whether it is one person or the whole school.

The same is read and worked out for everybody, so that neither an answer nor the time it takes tells a limit from a no.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from peewee import JOIN

from models.carer import Carer
from models.fields import EPOCH, MICROSECOND
from models.image_answer import ImageAnswer
from models.image_flag import PictureFlag
from models.names import fold
from models.pupil import Pupil
from models.statements import Kept
from models.vocabulary import Decider, ImageDecision, ImageFlag, NameShown, PictureSubject, RollStatus, YesNo, YesNoUnknown
from registry.images.statements import NOTHING, in_pieces, school_in_view
from registry.images.uses import Use
from registry.rules.image_answers import Answer, Standing, standing
from registry.rules.image_verdict import PersonFacts, Verdict, verdict

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
MANY = 500
"""From so many people on the whole school is read, which is quicker than looking each of them up."""

_STRICTNESS = {flag.value: place for place, flag in enumerate(ImageFlag)}
_STRICTEST = ImageFlag.NO_IMAGES.value
_UNLIMITED = (ImageFlag.NONE.value, False)
_YES, _NO, _ON_ROLL = YesNo.YES.value, YesNoUnknown.NO.value, RollStatus.ON_ROLL.value  # looked up once: they are asked for everybody
_PARENT, _OTHER, _GIVEN = Decider.PARENT.value, Decider.OTHER.value, ImageDecision.GIVEN.value
_MIDNIGHT = time(tzinfo=UTC)
_day = PictureFlag.cleared_on.python_value


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose picture may be used, by the name that they go by."""

    id: UUID
    name: str
    class_name: str
    kind: PictureSubject | str
    has_left: bool


class Known(NamedTuple):
    """What is known of somebody, with the numbers of the answers that it rests on."""

    facts: PersonFacts
    answers: tuple[int, ...]


def person_facts(people: Sequence[UUID] | None, use: Use, on: date, name_shown: NameShown = NameShown.NONE) -> dict[UUID, PersonFacts]:
    """What is known of these people for a use on a day; of everybody at the school where none are named. Who is not here is unknown."""
    return {person: known.facts for person, known in all_known(people, use, on, defaultdict(lambda: name_shown)).items()}


def all_known(people: Sequence[UUID] | None, use: Use, on: date, names_shown: Mapping[UUID, NameShown]) -> dict[UUID, Known]:
    """The same with what it rests on, and with how much of each one's name is shown."""
    keys = None if people is None else [person.bytes for person in people]
    stored = {bytes(row[0]): row for row in _read(_PEOPLE, (), keys)}
    answers = _answers(stored, use, keys)
    limits = _limits(keys, on)
    known = {}
    named = ((UUID(bytes=key), key) for key in stored) if people is None else zip(people, keys or (), strict=True)
    for person, key in named:
        given = answers.get(key, _NOTHING_SAID)
        facts = _facts(stored.get(key), standing_of(given.said, on), limits.get(key, _UNLIMITED), names_shown[person])
        known[person] = Known(facts, tuple(given.numbers))
    return known


def verdicts(
    people: Sequence[UUID] | None,
    use: Use,
    on: date,
    name_shown: NameShown = NameShown.NONE,
    *,
    on_school_device: bool = True,
    is_attested: bool = True,
) -> dict[UUID, Verdict]:
    """Whether a picture with each of these people in it may be used; of everybody at the school where none are named."""
    facts = use.facts(on, on_school_device, is_attested)
    return {person: verdict(known, facts) for person, known in person_facts(people, use, on, name_shown).items()}


def standing_of(answers: Sequence[Answer], on: date) -> Standing:
    """What the answers known by now come to on a day. A yes that is dated later than that day does not count yet; a no always does."""
    return standing([each for each in answers if each.decision != _GIVEN or each.at.date() <= on], END_OF_TIME, on)


def has_left(status: str, archived: Any) -> bool:
    """Whether somebody, as they are stored, counts as gone; only who is known to be here is here."""
    return archived is not None or status != _ON_ROLL


def _facts(row: tuple[Any, ...] | None, stands: Standing, limit: tuple[str, bool], name_shown: NameShown) -> PersonFacts:
    level, keeps = limit
    return PersonFacts(
        is_identified=row is not None,
        flag=level,
        keeps_identification=keeps,
        decision=stands.decision,
        valid_until=stands.valid_until,
        child_refused=stands.child_refused,
        pr_conflict=stands.pr_conflict,
        name_shown=name_shown,
        has_left=row is not None and has_left(row[1], row[2]),
    )


class _Reading:
    """One statement in its two shapes: for the people named, and for everybody."""

    def __init__(self, query: Any, person: Any) -> None:
        self.everybody = Kept(query)
        self._query, self._person = query, person

    def named(self, size: int) -> Any:
        """The statement for so many people."""
        return self._query().where(self._person.in_([NOTHING] * size))


_PEOPLE = _Reading(lambda: Pupil.select(Pupil.id, Pupil.status, Pupil.archived_at, Pupil.may_decide), Pupil.id)
_FLAGS = _Reading(
    lambda: PictureFlag.select(PictureFlag.person, PictureFlag.level, PictureFlag.cleared_on, PictureFlag.keeps_identification), PictureFlag.person
)
_ANSWERS = _Reading(
    lambda: (
        ImageAnswer.select(
            *(ImageAnswer.person, ImageAnswer.decided_on, ImageAnswer.number, ImageAnswer.decision, ImageAnswer.decider, ImageAnswer.carer),
            *(ImageAnswer.decided_by, ImageAnswer.id, ImageAnswer.valid_until, ImageAnswer.created_at, Carer.responsibility),
        )
        .join(Carer, JOIN.LEFT_OUTER, on=ImageAnswer.carer == Carer.id)
        .where((ImageAnswer.use == UUID(int=0)) & ImageAnswer.archived_at.is_null())
    ),
    ImageAnswer.person,
)


def _read(reading: _Reading, values: Sequence[bytes], keys: Sequence[bytes] | None) -> Iterable[tuple[Any, ...]]:
    """The rows of these people, or of everybody; where many are named, of everybody as well, and who is not asked about is left alone."""
    before = (school_in_view(), *values)
    if keys is None or len(keys) > MANY:
        return reading.everybody(*before).fetchall()  # type: ignore[no-any-return]
    return in_pieces(reading.named, before, keys)


class _Said(NamedTuple):
    """What was answered about one person, in the order in which it was given, and the numbers of those answers."""

    said: list[Answer]
    numbers: list[int]


_NOTHING_SAID = _Said([], [])


def _answers(known: dict[bytes, tuple[Any, ...]], use: Use, keys: Sequence[bytes] | None) -> dict[bytes, _Said]:
    """Everybody's answers for a use, in the order in which they were given: by day, and on one day by number."""
    rows = [(_day(row[1]) or (EPOCH + row[9] * MICROSECOND).date(), row[2], row) for row in _read(_ANSWERS, (school_in_view(), use.id.bytes), keys)]
    rows.sort(key=_in_time)
    answers: dict[bytes, _Said] = {}
    for given, number, row in rows:
        person = bytes(row[0])
        said, numbers = answers.get(person) or answers.setdefault(person, _Said([], []))
        said.append(_answer(row, given, person in known and known[person][3] == _YES))
        numbers.append(number)
    return answers


def _in_time(row: tuple[date, int, Any]) -> tuple[date, int]:
    return row[:2]


def _answer(row: tuple[Any, ...], given: date, is_able: bool) -> Answer:
    _person, _on, _number, decision, decider, carer, signed, key, until, _made, responsibility = row
    if decider == _PARENT and responsibility == _NO:
        decider = _OTHER  # what they may decide has changed since
    return Answer(
        who=_who(decider, carer, key, signed),
        decider=decider,
        decision=decision,
        at=datetime.combine(given, _MIDNIGHT),
        valid_until=_day(until),
        is_able=is_able,
    )


def _who(decider: str, carer: Any, key: Any, signed: Any) -> str:
    """The same for the same person: whose entry it is, else what name they signed with, else what they are to the person."""
    if carer is not None:
        return bytes(carer).hex()
    return fold(ImageAnswer.decided_by.open_stored(bytes(key), signed)) if signed else decider


def _limits(keys: Sequence[bytes] | None, on: date) -> dict[bytes, tuple[str, bool]]:
    """The strictest limit on each of them that is not cleared by the day; one that was only put away still counts."""
    limits: dict[bytes, tuple[str, bool]] = {}
    for person, level, cleared, keeps in _read(_FLAGS, (), keys):
        ended = _day(cleared)
        if ended is None or ended > on:
            limits[bytes(person)] = max(limits.get(bytes(person), _UNLIMITED), (level, keeps == _YES), key=_how_strict)
    return limits


def _how_strict(limit: tuple[str, bool]) -> tuple[int, bool]:
    """A level that is none of ours is the strictest; of two alike, the one that spares nothing."""
    level, keeps = limit
    return _STRICTNESS.get(level, _STRICTNESS[_STRICTEST] + 1), not keeps
