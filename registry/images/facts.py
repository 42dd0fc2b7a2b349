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
from models.pupil import Pupil
from models.statements import Kept
from models.vocabulary import Decider, ImageDecision, ImageFlag, NameShown, PictureSubject, RollStatus, YesNo
from registry.images.statements import NOTHING, in_pieces, school_in_view
from registry.images.uses import Use
from registry.rules.image_answers import Answer, Standing, may_decide_as_parent, placed, standing, who_answers
from registry.rules.image_verdict import PersonFacts, Verdict, may_not_be_kept, verdict

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
MANY = 500
"""From so many people on the whole school is read, which is quicker than looking each of them up."""

_STRICTNESS = {flag.value: place for place, flag in enumerate(ImageFlag)}
_STRICTEST = ImageFlag.NO_IMAGES.value
_UNLIMITED = (ImageFlag.NONE.value, False)
_YES, _ON_ROLL = YesNo.YES.value, RollStatus.ON_ROLL.value  # looked up once: they are asked for everybody
_PARENT, _PUPIL, _ADULT, _OTHER = Decider.PARENT.value, Decider.PUPIL.value, Decider.ADULT.value, Decider.OTHER.value
_GIVEN, _IS_PUPIL = ImageDecision.GIVEN.value, PictureSubject.PUPIL.value
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
    """What is known of somebody, with the numbers of the answers that it rests on, and what a yes among them depends on."""

    facts: PersonFacts
    answers: tuple[int, ...]
    conditions: tuple[str, ...] = ()


def person_facts(
    people: Sequence[UUID] | None, use: Use, on: date, name_shown: NameShown = NameShown.NONE, *, today: date | None = None
) -> dict[UUID, PersonFacts]:
    """What is known of these people for a use on a day; of everybody at the school where none are named. Who is not here is unknown.

    Limits are as they stand today: nobody finds one by asking about the day after it ends.
    """
    return {person: known.facts for person, known in all_known(people, use, on, defaultdict(lambda: name_shown), today=today).items()}


def all_known(
    people: Sequence[UUID] | None, use: Use, on: date, names_shown: Mapping[UUID, NameShown], *, today: date | None = None
) -> dict[UUID, Known]:
    """The same with what it rests on, and with how much of each one's name is shown."""
    keys = None if people is None else [person.bytes for person in people]
    stored = {bytes(row[0]): row for row in _read(_PEOPLE, (), keys)}
    answers = _answers(stored, use, keys)
    limits = _limits(keys, today or on)
    known = {}
    named = ((UUID(bytes=key), key) for key in stored) if people is None else zip(people, keys or (), strict=True)
    for person, key in named:
        given, row = answers.get(key, _NOTHING_SAID), stored.get(key)
        stands, limit = standing_of(given.said, on), limits.get(key, _UNLIMITED)
        facts = _facts(row, stands, limit, names_shown[person], is_past_retention=_is_past_retention(row, use, on))
        known[person] = Known(facts, tuple(given.numbers), _opened(given.conditions) if given.conditions else ())
    return known


def verdicts(
    people: Sequence[UUID] | None,
    use: Use,
    on: date,
    name_shown: NameShown = NameShown.NONE,
    *,
    today: date | None = None,
    on_school_device: bool = True,
    is_attested: bool = True,
) -> dict[UUID, Verdict]:
    """Whether a picture with each of these people in it may be used; of everybody at the school where none are named."""
    facts = use.facts(on, on_school_device, is_attested)
    return {person: verdict(known, facts) for person, known in person_facts(people, use, on, name_shown, today=today).items()}


def standing_of(answers: Sequence[Answer], on: date) -> Standing:
    """What the answers known by now come to on a day. A yes that is dated later than that day does not count yet; a no always does."""
    return standing([each for each in answers if each.decision != _GIVEN or each.counts_from <= on], END_OF_TIME, on)


def has_left(status: str, archived: Any) -> bool:
    """Whether somebody, as they are stored, counts as gone; only who is known to be here is here."""
    return archived is not None or status != _ON_ROLL


def _is_past_retention(row: tuple[Any, ...] | None, use: Use, on: date) -> bool:
    return row is not None and has_left(row[1], row[2]) and may_not_be_kept(use.kind, _day(row[5]), on)


def _facts(
    row: tuple[Any, ...] | None, stands: Standing, limit: tuple[str, bool], name_shown: NameShown, *, is_past_retention: bool
) -> PersonFacts:
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
        is_past_retention=is_past_retention,
    )


def answers_with(*more: Any) -> Any:
    """A query for answers as `in_time` and `answer_of` take them, with further columns at the end."""
    columns = (
        *(ImageAnswer.person, ImageAnswer.decided_on, ImageAnswer.number, ImageAnswer.decision, ImageAnswer.decider, ImageAnswer.carer),
        *(ImageAnswer.decided_by, ImageAnswer.id, ImageAnswer.valid_until, ImageAnswer.created_at, Carer.relation, Carer.responsibility),
    )
    query = ImageAnswer.select(*columns, *more).join(Carer, JOIN.LEFT_OUTER, on=ImageAnswer.carer == Carer.id)
    return query.where(ImageAnswer.archived_at.is_null())


def in_time(rows: Iterable[Sequence[Any]]) -> list[tuple[date, int, Sequence[Any]]]:
    """Answers as they are stored, with their day and number, in the order in which they were given: by day, and on one day by number."""
    return sorted(((_placed(row[1], row[9]), row[2], row) for row in rows), key=_by_day_and_number)


def _placed(given: Any, written: int) -> date:
    day, written_on = _day(given), (EPOCH + written * MICROSECOND).date()
    return written_on if day is None else placed(day, written_on)


def answer_of(row: Sequence[Any], given: date, *, is_pupil: bool, is_able: bool) -> Answer:
    """One answer as the rules take it: whose yes counts is asked of what is known now, for what somebody may decide changes."""
    decider, carer, signed, key, until, _made, relation, responsibility = row[4:12]
    decider = decider_now(decider, carer, relation, responsibility, is_pupil=is_pupil)
    return Answer(
        who=who_of(decider, carer, key, signed),
        decider=decider,
        decision=row[3],
        at=datetime.combine(given, _MIDNIGHT),
        counts_from=_day(row[1]) or given,
        valid_until=_day(until),
        is_able=is_able,
    )


def decider_now(decider: str, carer: Any, relation: str | None, responsibility: str | None, *, is_pupil: bool) -> str:
    """As whom somebody answered, by what is known of them now: a parent who may not decide is somebody else, and no pupil is an adult."""
    if carer is not None and decider == _PARENT and not may_decide_as_parent(relation, responsibility):
        return _OTHER
    return _PUPIL if decider == _ADULT and is_pupil else decider


class _Reading:
    """One statement in its two shapes: for the people named, and for everybody."""

    def __init__(self, query: Any, person: Any) -> None:
        self.everybody = Kept(query)
        self._query, self._person = query, person

    def named(self, size: int) -> Any:
        """The statement for so many people."""
        return self._query().where(self._person.in_([NOTHING] * size))


_PEOPLE = _Reading(lambda: Pupil.select(Pupil.id, Pupil.status, Pupil.archived_at, Pupil.may_decide, Pupil.kind, Pupil.left_on), Pupil.id)
_FLAGS = _Reading(
    lambda: PictureFlag.select(PictureFlag.person, PictureFlag.level, PictureFlag.cleared_on, PictureFlag.keeps_identification), PictureFlag.person
)
_ANSWERS = _Reading(lambda: answers_with(ImageAnswer.conditions).where(ImageAnswer.use == UUID(int=0)), ImageAnswer.person)


def _read(reading: _Reading, values: Sequence[bytes], keys: Sequence[bytes] | None) -> Iterable[tuple[Any, ...]]:
    """The rows of these people, or of everybody; where many are named, of everybody as well, and who is not asked about is left alone."""
    before = (school_in_view(), *values)
    if keys is None or len(keys) > MANY:
        return reading.everybody(*before).fetchall()  # type: ignore[no-any-return]
    return in_pieces(reading.named, before, keys)


class _Said(NamedTuple):
    """What was answered about one person, in the order in which it was given, the numbers of those answers, and the conditions of a yes, sealed."""

    said: list[Answer]
    numbers: list[int]
    conditions: dict[str, tuple[bytes, Any]]  # by who made them


_NOTHING_SAID = _Said([], [], {})


def _answers(known: dict[bytes, tuple[Any, ...]], use: Use, keys: Sequence[bytes] | None) -> dict[bytes, _Said]:
    """Everybody's answers for a use, in the order in which they were given: by day, and on one day by number."""
    answers: dict[bytes, _Said] = {}
    for given, number, row in in_time(_read(_ANSWERS, (school_in_view(), use.id.bytes), keys)):
        person = bytes(row[0])
        said, numbers, conditions = answers.get(person) or answers.setdefault(person, _Said([], [], {}))
        here = known.get(person)
        answer = answer_of(row, given, is_pupil=here is not None and here[4] == _IS_PUPIL, is_able=here is not None and here[3] == _YES)
        said.append(answer)
        numbers.append(number)
        if conditions:
            conditions.pop(answer.who, None)
        if row[12] is not None and answer.decision == _GIVEN:
            conditions[answer.who] = bytes(row[7]), row[12]
    return answers


def _opened(conditions: Mapping[str, tuple[bytes, Any]]) -> tuple[str, ...]:
    texts = (ImageAnswer.conditions.open_stored(key, sealed).strip() for key, sealed in conditions.values())
    return tuple(dict.fromkeys(filter(None, texts)))


def _by_day_and_number(row: tuple[date, int, Any]) -> tuple[date, int]:
    return row[:2]


def who_of(decider: str, carer: Any, key: Any, signed: Any) -> str:
    """Who answered, of an answer as it is stored: the same for the same person."""
    if carer is not None:
        return who_answers(decider, bytes(carer).hex())
    return who_answers(decider, "", ImageAnswer.decided_by.open_stored(bytes(key), signed) if signed else "")


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
