"""What a school may begin with: the entries that fit it, as answers ready for the engine and links between them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.vocabulary import Art6, Certainty, Nation
from registry.definition import Register
from registry.rules.answers import listed
from registry.templates_for_schools import wording
from registry.templates_for_schools.answers import ANSWERS
from registry.templates_for_schools.content import REGISTERS, Entry, SchoolKind, as_it_reads, choices, entries, suits

SHOWN = 3
FOR_EVERY_NATION = ("UK GDPR", "DPA 2018", "Data Protection Act 2018")

Place = tuple[str, str]
"""A register and the id of an entry there."""


@dataclass(frozen=True)
class Alternative:
    """A choice that the school may make instead: why, and the answers that would then be different."""

    why: str
    answers: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Starter:
    """An entry as it reads for one school; its links name other entries that fit, and stand at both ends."""

    id: str
    register: str
    name: str
    answers: dict[str, Any]
    links: tuple[Place, ...]
    source: str
    certainty: Certainty
    fits: str
    alternatives: tuple[Alternative, ...] = ()


class Selection:
    """The entries that fit one school, and what links them."""

    def __init__(self, school: SchoolKind) -> None:
        self.school = school
        activities = tuple(as_it_reads(entry, school) for entry in entries("processing") if suits(entry, school))
        self.entries: dict[str, tuple[Entry, ...]] = {"processing": activities}
        for register in ("assets", "suppliers"):  # a system or a supplier fits when something that fits uses it
            named = {there for found in self.entries.values() for entry in found for there in entry.get("links", {}).get(register, ())}
            self.entries[register] = tuple(entry for entry in entries(register) if entry["id"] in named and suits(entry, school))
        for register in ("image-uses", "agreements", "support-ends", "retention-rules"):
            self.entries[register] = tuple(as_it_reads(entry, school) for entry in entries(register) if suits(entry, school))
        self.links = self._both_ends()

    def starter(self, register: str, entry: Entry) -> Starter:
        """One entry as the engine takes it."""
        source, certainty = self._source(entry), self._certainty(entry)
        of_origin = {"starter_id": entry["id"], "starter_source": source, "starter_certainty": certainty}
        return Starter(
            id=entry["id"],
            register=register,
            name=entry["name"],
            answers=self._answers(register, entry) | of_origin,
            links=tuple(self.links[register, entry["id"]]),
            source=source,
            certainty=certainty,
            fits=self._fits(register, entry),
            alternatives=tuple(self._alternative(register, entry, choice) for choice in choices(entry, self.school)),
        )

    def _answers(self, register: str, entry: Entry) -> dict[str, Any]:
        _, answers = ANSWERS[register]
        return {name: answer for name, answer in answers(entry, self.school).items() if answer is not None}

    def _alternative(self, register: str, entry: Entry, choice: Entry) -> Alternative:
        usual, chosen = self._answers(register, entry), self._answers(register, choice)
        changed = {name: chosen.get(name) for name in usual | chosen if chosen.get(name) != usual.get(name)}
        return Alternative(choice["why"], changed)

    def _both_ends(self) -> dict[Place, list[Place]]:
        here = {(register, entry["id"]) for register, found in self.entries.items() for entry in found}
        links: dict[Place, list[Place]] = defaultdict(list)
        for register, found in self.entries.items():
            for entry in found:
                near = (register, entry["id"])
                for far in _named_by(register, entry):
                    if far in here:
                        links[near].append(far)
                        links[far].append(near)
        return links

    def _fits(self, register: str, entry: Entry) -> str:
        if register == "processing":
            return " ".join(filter(None, (entry.get("only_if", "Usual in a school like yours."), entry.get("why"))))
        users = {there for to, there in self.links[register, entry["id"]] if to == "processing"}
        activities = [activity for activity in self.entries["processing"] if activity["id"] in users]
        if not activities:
            return "Usual in a school like yours."
        names = [activity["name"] for activity in activities[:SHOWN]]
        rest = [f"{len(activities) - SHOWN} more"] if len(activities) > SHOWN else []
        rare = activities[0].get("only_if", "") if all("only_if" in activity for activity in activities) else ""
        return f"{rare} Used for: {listed([*names, *rest])}.".strip()

    def _source(self, entry: Entry) -> str:
        """The source; outside England the laws of the nation take the place of English ones."""
        laws = wording.laws(entry, self.school)
        if self.school.nation == Nation.ENGLAND or not laws:
            return str(entry["source"])
        shared = [part for part in entry["source"].split("; ") if part.startswith(FOR_EVERY_NATION)]
        return wording.joined(dict.fromkeys([*laws, *shared]))

    def _certainty(self, entry: Entry) -> Certainty:
        """How firmly it stands; the laws named for other nations than England are to be checked first."""
        bases = entry.get("bases", {})
        rests_on_law = any(basis in bases for basis in (Art6.LEGAL_OBLIGATION, Art6.PUBLIC_TASK))
        return Certainty.CHECK_WITH_DPO if rests_on_law and self.school.nation != Nation.ENGLAND else Certainty(entry["certainty"])


def _named_by(register: str, entry: Entry) -> Iterator[Place]:
    """What an entry names itself, and the series of the schedule by which it is kept."""
    yield from ((to, there) for to, named in entry.get("links", {}).items() for there in named)
    if register in ("processing", "assets"):
        yield from (("retention-rules", series.lower()) for series in entry.get("retention", ()))


def has_entries(register: Register) -> bool:
    """Whether there is anything that a school may begin this register with."""
    return register.slug in REGISTERS


def fitting(register: str, school: SchoolKind) -> tuple[Starter, ...]:
    """The entries of a register that fit a school, by part of school life; none for a register without content."""
    selection = Selection(school)
    return tuple(selection.starter(register, entry) for entry in selection.entries.get(register, ()))


def all_that_fits(school: SchoolKind) -> tuple[Starter, ...]:
    """Everything that fits a school: processing activities, then what they use."""
    selection = Selection(school)
    return tuple(selection.starter(register, entry) for register in REGISTERS for entry in selection.entries[register])


def by_id(register: str, starter_id: str, school: SchoolKind) -> Starter:
    """One entry as it reads for a school; raises KeyError where there is none that fits."""
    selection = Selection(school)
    for entry in selection.entries.get(register, ()):
        if entry["id"] == starter_id:
            return selection.starter(register, entry)
    raise KeyError(starter_id)
