"""What to do in each kind of breach and whom to tell, as it reads for one school."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from models.vocabulary import BreachKind, BreachPart, Certainty, DataSensitivity, JobRole
from registry.rules.breach_severity import Band, SeverityFacts, category
from registry.rules.school_facts import SchoolFacts
from registry.templates_for_schools.content import Entry, read, suits

LAST = timedelta.max
"""What has no time of its own is told after what has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody whom a school may have to tell: when, and how to reach them; `checked` is when a number that came with the program was last right."""

    id: str
    name: str
    when: str
    how: str
    source: str
    certainty: Certainty
    checked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do or to find out.

    `within` counts from noticing (for the regulator from becoming aware); None means that no time is set. `post` is a JobRole, or empty where
    it is whoever it happened to; `who` says in words who it is, and is empty where anybody may do it. `contact` and `when` are for telling.
    """

    part: BreachPart
    words: str
    post: JobRole | str = ""
    who: str = ""
    within: timedelta | None = None
    contact: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityExample:
    """A case worked out by ENISA's method, with the score and the band that must come out."""

    case: str
    facts: SeverityFacts
    score: float
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """What to do in one kind of breach, in order, and what helps to judge it."""

    kind: BreachKind
    title: str
    recognise: tuple[str, ...]
    steps: tuple[Step, ...]
    assess_hints: tuple[str, ...]
    severity_example: SeverityExample
    evidence: tuple[str, ...]
    source: str
    certainty: Certainty

    def part(self, part: BreachPart) -> tuple[Step, ...]:
        """The steps of one part, in order."""
        return tuple(step for step in self.steps if step.part == part)

    @property
    def prevent(self) -> tuple[str, ...]:
        """What stops it from happening again, in words."""
        return tuple(step.words for step in self.part(BreachPart.PREVENT))


@dataclass(frozen=True, slots=True)
class _Reader:
    """All that decides how the content reads; the ages that a school teaches do not."""

    nation: str
    school_type: str
    regulator: str
    phases: tuple[str, ...] = ()


def playbook(kind: BreachKind, school: SchoolFacts) -> Playbook | None:
    """What to do in this kind of breach in this school; nothing where there is no playbook for it."""
    return _playbooks(_reader(school)).get(kind)


def contacts(school: SchoolFacts) -> tuple[Contact, ...]:
    """Everybody whom a school of this nation and type may have to tell."""
    parts = ("id", "name", "when", "how", "source")
    return tuple(
        Contact(**{part: entry[part] for part in parts}, certainty=Certainty(entry["certainty"]), checked=entry.get("checked"))
        for entry in _contacts(_reader(school)).values()
    )


def _reader(school: SchoolFacts) -> _Reader:
    return _Reader(str(school.nation), str(school.school_type), school.regulator_name)


@cache
def _playbooks(reader: _Reader) -> dict[str, Playbook]:
    return {entry["id"]: _playbook(entry, reader) for entry in read("breaches/playbooks")["playbooks"]}


@cache
def _contacts(reader: _Reader) -> dict[str, Entry]:
    """The contacts that fit, by id, each with what is different for this kind of school in its place."""
    fitting = (_as_it_reads(entry, reader) for entry in read("breaches/contacts") if suits(entry, reader))
    return {entry["id"]: entry for entry in fitting}


def _as_it_reads(entry: Entry, reader: _Reader) -> Entry:
    for other in entry.get("instead", ()):
        if suits(other, reader):
            entry = {**entry, **other}
    return {part: words.replace("{regulator}", reader.regulator) if isinstance(words, str) else words for part, words in entry.items()}


def _playbook(entry: Entry, reader: _Reader) -> Playbook:
    return Playbook(
        kind=BreachKind(entry["id"]),
        title=entry["title"],
        recognise=tuple(entry["recognise"]),
        steps=tuple(_steps(entry, reader)),
        assess_hints=tuple(entry["assess_hints"]),
        severity_example=_example(entry["severity_example"]),
        evidence=tuple(entry["evidence"]),
        source=entry["source"],
        certainty=Certainty(entry["certainty"]),
    )


def _steps(entry: Entry, reader: _Reader) -> Iterator[Step]:
    for row in entry["contain"]:
        post, who = _whose(row["who"])
        yield Step(part=BreachPart.CONTAIN, words=row["step"], post=post, who=who, within=_within(row.get("within")))
    yield from (Step(part=BreachPart.FIND_OUT, words=words) for words in entry["find_out"])
    yield from sorted(_told(entry, reader), key=lambda step: LAST if step.within is None else step.within)
    yield from (Step(part=BreachPart.PREVENT, words=words) for words in entry["prevent"])


def _told(entry: Entry, reader: _Reader) -> Iterator[Step]:
    """Whom this school tells: those always told and those of this kind, whose own row counts where a contact has two."""
    known = _contacts(reader)
    rows = {row["contact"]: row for row in (*read("breaches/playbooks")["always_tell"], *entry["tell"])}
    for contact, row in rows.items():
        if contact in known:
            when = row.get("when", known[contact]["when"])
            yield Step(part=BreachPart.TELL, words=known[contact]["tell"], within=_within(row.get("within")), contact=contact, when=when)


def _whose(named: str) -> tuple[JobRole | str, str]:
    """The post and the words for whoever has to do it; raises ValueError for a word that is neither a post nor one of the moment."""
    of_the_moment: dict[str, str] = read("breaches/playbooks")["posts_of_the_moment"]
    if named in of_the_moment:
        return "", of_the_moment[named]
    return JobRole(named), JobRole(named).label


def _within(words: str | None) -> timedelta | None:
    """A time such as "at once" or "72 hours"."""
    if words is None or words == "at once":
        return None if words is None else timedelta()
    number, unit = words.split()
    return timedelta(**{f"{unit.removesuffix('s')}s": int(number)})


def _example(row: dict[str, Any]) -> SeverityExample:
    apart = ("case", "data", "adjustment", "score", "band")
    dpc = category(DataSensitivity(row["data"]), row.get("adjustment", 0))
    facts = SeverityFacts(dpc=dpc, **{part: value for part, value in row.items() if part not in apart})
    return SeverityExample(case=row["case"], facts=facts, score=row["score"], band=Band(row["band"]))
