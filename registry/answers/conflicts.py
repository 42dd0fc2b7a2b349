"""Where the answers about one person for one use speak against each other: blocked until somebody has talked with the family."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from peewee import Case, fn

from models.image_answer import ImageAnswer
from models.statements import stored_rows
from models.vocabulary import Decider, ImageDecision
from registry.answers.recorded import Recorded, last_words, recorded
from registry.answers.signers import Signer, signers
from registry.images.facts import Person, person_facts
from registry.images.people import by_id, by_surname, in_order
from registry.images.statements import as_id
from registry.images.uses import Use, all_uses
from registry.rules.image_answers import NOES


@dataclass(frozen=True)
class Said:
    """The last word of one person."""

    who: str
    name: str
    is_yes: bool
    answer: Recorded


@dataclass(frozen=True)
class Conflict:
    """One person, one use, and everybody's last word."""

    person: Person
    use: Use
    is_child: bool  # the child says no beside somebody's yes; else adults disagree
    said: tuple[Said, ...]


def conflicts(today: date) -> list[Conflict]:
    """Every conflict about somebody who is at the school, by class and name. It is a conflict only while the yes would count without the no."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for person, use in stored_rows(_both_said()):
        found[as_id(use)].append(as_id(person))
    uses = [use for use in all_uses() if use.id in found]
    against = [(person, use, is_child) for use in uses for person, is_child in _against(found[use.id], use, today)]
    return _told(against, uses)


def _both_said() -> Any:
    """People and uses for which there is a yes and a no."""
    yes = fn.SUM(Case(None, ((ImageAnswer.decision == ImageDecision.GIVEN, 1),), 0))
    no = fn.SUM(Case(None, ((ImageAnswer.decision.in_(NOES), 1),), 0))
    query = ImageAnswer.select(ImageAnswer.person, ImageAnswer.use).where(ImageAnswer.archived_at.is_null())
    return query.group_by(ImageAnswer.person, ImageAnswer.use).having((yes > 0) & (no > 0))


def _against(people: Sequence[UUID], use: Use, today: date) -> list[tuple[UUID, bool]]:
    """Those of these people about whom a check finds a conflict, and whether it is the child who says no."""
    facts = person_facts(people, use, today)
    said_yes = {person: known for person, known in facts.items() if known.decision == ImageDecision.GIVEN and not known.has_left}
    return [(person, known.child_refused) for person, known in said_yes.items() if known.child_refused or known.pr_conflict]


def _told(against: Sequence[tuple[UUID, Use, bool]], uses: Sequence[Use]) -> list[Conflict]:
    people = by_id(person for person, _use, _is_child in against)
    answers = recorded([*people], uses)
    known = signers({each.carer for several in answers.values() for each in several if each.carer})
    found = [Conflict(people[person], use, is_child, _said(answers[person, use.id], known)) for person, use, is_child in against]
    return sorted(found, key=lambda each: (in_order(each.person.class_name), by_surname(each.person), each.use.name))


def _said(answers: Sequence[Recorded], known: dict[UUID, Signer]) -> tuple[Said, ...]:
    """The last word of each who said yes or no, the latest first."""
    last = [answer for answer in last_words(answers) if answer.decision in (ImageDecision.GIVEN, *NOES)]
    latest_first = sorted(last, key=lambda each: (each.given_on, each.number), reverse=True)
    return tuple(Said(*_named(answer, known), answer.decision == ImageDecision.GIVEN, answer) for answer in latest_first)


def _named(answer: Recorded, known: dict[UUID, Signer]) -> tuple[str, str]:
    """Who it was, in a word and by name."""
    if answer.carer in known:
        signer = known[answer.carer]
        return signer.words, signer.name
    if answer.decider == Decider.PUPIL:
        return "The child", ""
    return Decider(answer.decider).label if answer.decider in set(Decider) else answer.decider, answer.signature
