"""May these people be in a picture, here and on that day: the whole answer to one question, as it is shown and as it is kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from models.names import fold
from models.vocabulary import ImageDecision, NameShown, Outcome
from registry.images.facts import Known, Person, all_known
from registry.images.people import Found, by_surname, look_up
from registry.images.uses import Use
from registry.rules.image_reasons import shown as safe_words
from registry.rules.image_verdict import PersonFacts, Reason, Verdict, of_picture, verdict
from registry.rules.pasted_names import Reading, readings
from registry.rules.plain_dates import full_day
from registry.rules.verdict_words import Figures, headline, how_many, sentences

NOBODY = "nobody"
"""What is chosen for a name when it is none of those who are offered."""

OF_A_USE = ("kind", "basis", "no_answer", "leaves_school", "most_name_shown")
"""What is kept of a use with a check: the rules may look at no more of it."""

SHOWN = {shown.value: shown for shown in NameShown}
Picks = Mapping[str, str]
NamesShown = Mapping[UUID, NameShown]


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What somebody said who looked at the picture once more; without the question nothing is held against it."""

    was_asked: bool = False
    dress: bool = True
    background: bool = True
    on_school_device: bool | None = True

    @property
    def is_attested(self) -> bool:
        """Whether everything that only an eye can see was said to be in order."""
        return self.dress and self.background and self.on_school_device is not None


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody wants to know."""

    use: Use
    names: str
    on: date
    today: date | None = None  # the day on which it is asked, where that is not the day of publication
    shown: NameShown = NameShown.NONE
    shown_for: NamesShown = field(default_factory=dict)
    picks: Picks = field(default_factory=dict)
    looked: Looked = Looked()

    @cached_property
    def lines(self) -> list[tuple[Reading, ...]]:
        """What each line of the names may mean."""
        return readings(self.names)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person, and what may be said of why; `reason` and `answers` are for the evidence and for nobody's eyes.

    `conditions` are what the yes of somebody who may be in it depends on.
    """

    person: UUID
    name: str
    class_name: str
    written: str
    shown: NameShown
    outcome: Outcome
    said: str
    reason: str
    answers: tuple[int, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def displayed(self) -> str:
        """The name as it stands beside the picture; the whole of it where none does, for then it is only for whoever checks."""
        return self.name.partition(" ")[0] if self.shown == NameShown.FIRST else self.name

    @property
    def may_be_recorded(self) -> bool:
        """Whether what is missing is an answer, so that recording one would help."""
        return self.reason in (Reason.NO_CONSENT, Reason.EXPIRED)


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """A name of which nobody knows whose it is, with those to choose from."""

    key: str
    written: str
    said: str
    choices: tuple[tuple[UUID, str, str], ...] = ()
    chosen: str = ""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The answer: the picture's verdict, then everybody by name."""

    use: UUID
    use_name: str
    in_sentence: str
    place: str
    facts: Mapping[str, Any]
    on: date
    shown: NameShown
    looked: Looked
    outcome: Outcome
    picture: str
    headline: str
    sentence: str
    people: tuple[Line, ...]
    unclear: tuple[Unclear, ...]
    picked: Picks = field(default_factory=dict)

    @cached_property
    def blocked(self) -> tuple[Line, ...]:
        """Those who must not be in it."""
        return self._standing(Outcome.BLOCK)

    @cached_property
    def to_ask(self) -> tuple[Line, ...]:
        """Those about whom somebody has to be asked first."""
        return self._standing(Outcome.REVIEW)

    @cached_property
    def allowed(self) -> tuple[Line, ...]:
        """Those who may be in it."""
        return self._standing(Outcome.ALLOW)

    @property
    def count(self) -> int:
        """How many names it is about."""
        return len(self.people) + len(self.unclear)

    @property
    def is_picture_refused(self) -> bool:
        """Whether the picture itself may not be used, or not yet, whoever is in it."""
        return bool(self.picture)

    @property
    def on_condition(self) -> tuple[Line, ...]:
        """Those who may be in it if something is kept to."""
        return tuple(line for line in self.allowed if line.conditions)

    def _standing(self, outcome: Outcome) -> tuple[Line, ...]:
        return tuple(line for line in self.people if line.outcome is outcome)


def check(question: Question) -> Checked:
    """The answer as everything stands now, for the day of publication. Unknown, unclear and near names are never a yes."""
    people, unclear = _resolved(look_up(question.lines), question.picks)
    lines = _judged(people, question)
    picture = _of_picture(question)
    outcome = _worst(lines, unclear, picture)
    figures = _figures(lines, unclear, picture, question)
    use, facts = question.use, question.use.facts(question.on)
    return Checked(
        use=use.id,
        use_name=use.name,
        in_sentence=use.in_sentence,
        place=use.place,
        facts={name: getattr(facts, name) for name in OF_A_USE},
        on=question.on,
        shown=question.shown,
        looked=question.looked,
        outcome=outcome,
        picture=picture.reason or "",
        headline=headline(outcome, figures),
        sentence=sentences(outcome, figures),
        people=lines,
        unclear=unclear,
        picked=dict(question.picks),
    )


def _judged(people: Sequence[tuple[Person, str]], question: Question) -> tuple[Line, ...]:
    """Everybody with their verdict, and with words for it that tell no limit from a no."""
    facts = question.use.facts(question.on)
    shown = defaultdict(lambda: question.shown, question.shown_for)
    known = all_known([person.id for person, _written in people], question.use, question.on, shown, today=question.today)
    lines = []
    for person, written in people:
        found = verdict(known[person.id].facts, facts)
        lines.append(_line((person, written), known[person.id], found, safe_words(found, question.use.in_sentence)))
    return tuple(lines)


def _worst(lines: Iterable[Line], unclear: Iterable[Unclear], picture: Verdict) -> Outcome:
    people = [Verdict(line.outcome) for line in lines] + [Verdict(Outcome.REVIEW, Reason.UNIDENTIFIED) for _name in unclear]
    return of_picture((of_picture(people), picture)).outcome


def _resolved(found: Iterable[Found], picks: Picks) -> tuple[list[tuple[Person, str]], tuple[Unclear, ...]]:
    """Everybody who is meant, each once, by surname; and the names that nobody can be known by yet."""
    people: dict[UUID, tuple[Person, str]] = {}
    unclear = []
    turns: Counter[str] = Counter()
    for each in found:
        person, key = each.person, ""
        if person is None:
            key = _key(each, turns)
            person = _picked(each, picks.get(key, ""))
        if person is None:
            unclear.append(_unclear(each, key, picks.get(key, "")))
        else:
            people.setdefault(person.id, (person, each.asked.written))
    return sorted(people.values(), key=_by_surname), tuple(unclear)


def _by_surname(meant: tuple[Person, str]) -> tuple[Any, ...]:
    return by_surname(meant[0])


def _key(found: Found, turns: Counter[str]) -> str:
    """What a name is called while it is chosen for: the same however the lines move, and nobody's name."""
    asked = f"{found.asked.folded or found.asked.written}\n{found.asked.group}"
    turns[asked] += 1
    return sha256(f"{asked}\n{turns[asked]}".encode()).hexdigest()[:16]


def _picked(found: Found, pick: str) -> Person | None:
    """Whom somebody chose for a name, if it is one of those who were offered."""
    return next((person for person in found.others if person.id.hex == pick), None)


def _unclear(found: Found, key: str, pick: str) -> Unclear:
    choices = tuple((person.id, person.name, person.class_name) for person in found.others)
    chosen = NOBODY if pick == NOBODY and choices else ""
    return Unclear(key=key, written=found.asked.written, said=_why_unclear(found, chosen), choices=choices, chosen=chosen)


def _why_unclear(found: Found, chosen: str) -> str:
    if chosen:
        return "Somebody who is not on our list. Add them and ask, or leave them out."
    count = len(found.others)
    if not count:
        return "Nobody of that name, and nobody close."
    if not found.is_near:
        return f"{how_many(count)} people have this name."
    if any(fold(person.name) == found.asked.folded for person in found.others):
        return f"Nobody of that name is in {found.asked.group}. {how_many(count)} {'is' if count == 1 else 'are'} elsewhere."
    return f"Nobody of that name. {how_many(count)} {'is' if count == 1 else 'are'} close."


def _line(meant: tuple[Person, str], known: Known, found: Verdict, said: str) -> Line:
    person, written = meant
    return Line(
        person=person.id,
        name=person.name,
        class_name=person.class_name,
        written=written,
        shown=SHOWN[known.facts.name_shown],
        outcome=found.outcome,
        said=said,
        reason=found.reason or "",
        answers=known.answers,
        conditions=known.conditions if found.outcome is Outcome.ALLOW else (),
    )


def _of_picture(question: Question) -> Verdict:
    """What stands against the picture whoever is in it: asked about somebody against whom nothing stands."""
    looked = question.looked
    facts = question.use.facts(question.on, looked.on_school_device is not False, looked.is_attested)
    return verdict(PersonFacts(decision=ImageDecision.GIVEN), facts)


def _figures(lines: tuple[Line, ...], unclear: tuple[Unclear, ...], picture: Verdict, question: Question) -> Figures:
    count = Counter(line.outcome for line in lines)
    return Figures(
        blocked=count[Outcome.BLOCK],
        to_ask=count[Outcome.REVIEW],
        unclear=len(unclear),
        allowed=count[Outcome.ALLOW],
        picture=picture.reason,
        place=question.use.place,
        day=full_day(question.on),
    )
