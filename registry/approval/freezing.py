"""A record as it stands, with everything it is linked to, put into one text that can be read when its register has long changed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from registry import catalogue
from registry.access import Deed, allowed, may
from registry.actor import Actor
from registry.asking import asked_of, is_answered
from registry.definition import Question, Register, Section
from registry.kinds import title_of
from registry.linking import linked_ids
from registry.naming import named
from registry.trace.audit import as_json
from registry.trace.telling import lines_of_answer

FORMAT = 1
ELSEWHERE = "Also linked"


@dataclass(frozen=True)
class FrozenLink:
    """A record that was linked: its id, and what it was called then."""

    id: UUID
    reference: str
    name: str

    @property
    def words(self) -> str:
        """What it was called, in a line."""
        return f"{self.name} ({self.reference})" if self.name else self.reference


@dataclass(frozen=True, kw_only=True)
class FrozenAnswer:
    """One answer as it was: as it is kept, and as people read it then."""

    name: str
    label: str
    section: str
    value: Any  # as the trace keeps it; of links the ids
    lines: tuple[str, ...] = ()
    links: tuple[FrozenLink, ...] = ()
    is_link: bool = False
    was_asked: bool = True
    see: frozenset[str] = frozenset()  # the roles that might see it then; it counts for questions that are gone

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered."""
        return not is_answered(self.value) or self.value == []

    @property
    def words(self) -> tuple[str, ...]:
        """The answer, a line for each thing."""
        return self.lines or tuple(link.words for link in self.links)


@dataclass(frozen=True)
class Frozen:
    """Every answer of a record at one moment."""

    reference: str
    title: str
    answers: tuple[FrozenAnswer, ...]

    @cached_property
    def by_name(self) -> Mapping[str, FrozenAnswer]:
        """The answers by the names of their questions."""
        return {answer.name: answer for answer in self.answers}

    def as_text(self) -> str:
        """All of it in one text; `thaw` reads it back."""
        answers = [_as_kept(answer) for answer in self.answers]
        kept = {"format": FORMAT, "reference": self.reference, "title": self.title, "answers": answers}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def freeze(register: Register, row: Any, *, with_names: bool = True) -> Frozen:
    """Every answer of a record as it is now, whoever may see it, with the names of what it is linked to.

    Without names it costs one query, however many registers there are: enough to tell what differs.
    """
    asked = asked_of(register, lambda name: getattr(row, name))
    answers = [*_own(register, row, asked), *_linked(register, linked_ids(row.id), asked, with_names)]
    order = {name: place for place, name in enumerate(register.questions)}
    answers.sort(key=lambda answer: order.get(answer.name, len(order)))
    return Frozen(row.reference, title_of(register, row), tuple(answers))


def thaw(text: str) -> Frozen:
    """What `Frozen.as_text` wrote."""
    kept = json.loads(text)
    return Frozen(kept["reference"], kept["title"], tuple(_from_kept(answer) for answer in kept["answers"]))


def visible(register: Register, frozen: Frozen, by: Actor) -> Iterator[FrozenAnswer]:
    """The answers that somebody may see now; of questions that are gone, those that their role might see then."""
    if may(by, Deed.SEE, register):
        yield from (answer for answer in frozen.answers if _may_see(register, answer, by))


def _may_see(register: Register, answer: FrozenAnswer, by: Actor) -> bool:
    question = register.questions.get(answer.name)
    if question is not None and not may(by, Deed.SEE, register, question):
        return False
    if answer.is_link and (far := _register(answer.name)) is not None:
        return may(by, Deed.SEE, far)
    return question is not None or by.is_robot or (by.role is not None and by.role.value in answer.see)


def _own(register: Register, row: Any, asked: frozenset[str]) -> Iterator[FrozenAnswer]:
    for question in register.columns:
        answer = getattr(row, question.name)
        yield FrozenAnswer(
            name=question.name, label=question.label, section=register.section_of(question.name).title, value=_plain(answer),
            lines=lines_of_answer(question, answer), was_asked=question.name in asked, see=_seers(register, question),
        )


def _linked(register: Register, links: Mapping[str, tuple[UUID, ...]], asked: frozenset[str], with_names: bool) -> Iterator[FrozenAnswer]:
    """The links that this register asks for, and those that only the other end does."""
    everybody = Actor.robot("freezing")
    for slug in dict.fromkeys((*register.link_names, *links)):
        far, question = catalogue.find(slug), register.questions.get(slug)
        ids = links.get(slug, ())
        there = named(far, everybody, ids) if with_names else ()
        label = question.label if question else far.heading
        section = _section_of(register, slug)
        yield FrozenAnswer(
            name=slug, label=label, section=section.title if section else ELSEWHERE, value=_plain(ids), is_link=True,
            links=tuple(FrozenLink(each.id, each.reference, each.name) for each in there),
            was_asked=question is None or slug in asked, see=_seers(register, question),
        )


def _register(slug: str) -> Register | None:
    """The register of this name, while there is one."""
    try:
        return catalogue.find(slug)
    except catalogue.NoSuchRegister:
        return None


def _section_of(register: Register, name: str) -> Section | None:
    return register.section_of(name) if name in register.questions else None


def _seers(register: Register, question: Question | None) -> frozenset[str]:
    return frozenset(role.value for role in allowed(Deed.SEE, register, question))


def _plain(answer: Any) -> Any:
    """An answer as it is after having been kept."""
    return json.loads(json.dumps(answer, default=as_json))


def _as_kept(answer: FrozenAnswer) -> dict[str, Any]:
    links = [[link.id.hex, link.reference, link.name] for link in answer.links]
    always = {"name": answer.name, "label": answer.label, "section": answer.section, "value": answer.value, "was_asked": answer.was_asked}
    more = {"lines": answer.lines, "links": links, "is_link": answer.is_link, "see": sorted(answer.see)}
    return always | {name: value for name, value in more.items() if value}


def _from_kept(kept: Mapping[str, Any]) -> FrozenAnswer:
    links: Iterable[tuple[str, str, str]] = kept.get("links", ())
    given = {**kept, "lines": tuple(kept.get("lines", ())), "see": frozenset(kept.get("see", ()))}
    return FrozenAnswer(**{**given, "links": tuple(FrozenLink(UUID(key), reference, name) for key, reference, name in links)})
