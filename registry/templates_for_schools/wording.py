"""Says in words what the starter content keeps apart: laws, record series and what no question asks for."""

from collections.abc import Iterable
from typing import Any

from models.vocabulary import Art6
from registry.templates_for_schools.content import Entry, SchoolKind, read

ON_LAW = (Art6.LEGAL_OBLIGATION, Art6.PUBLIC_TASK)


def law(named: Any, school: SchoolKind) -> str:
    """The law as it stands for a school: a text, one for each nation or type of school, or the name of a shared one; raises KeyError."""
    if isinstance(named, str):
        shared = read("laws")
        return law(shared[named], school) if named in shared else named
    by_type = named[school.nation]
    return by_type if isinstance(by_type, str) else str(by_type[school.school_type])


def laws(entry: Entry, school: SchoolKind) -> tuple[str, ...]:
    """Every law that an entry names for a school, each once."""
    bases = entry.get("bases", {})
    return tuple(dict.fromkeys(law(bases[basis], school) for basis in ON_LAW if basis in bases))


def statute(entry: Entry, school: SchoolKind) -> str | None:
    """The laws with the basis each stands for, where there is more than one; nothing where no basis rests on law."""
    named = laws(entry, school)
    if len(named) < 2:
        return "".join(named) or None
    return "\n".join(f"{basis.label}: {law(entry['bases'][basis], school)}" for basis in ON_LAW)


def retention(entry: Entry) -> str:
    """How long the records are kept, one series a line."""
    series = read("retention")
    lines = [_kept(number, series[number]) for number in entry["retention"]]
    return "\n".join([*lines, *_given(entry, "retention_note")])


def notes(entry: Entry, labelled: dict[str, str]) -> str | None:
    """What an entry says that no question asks for, one thing a line; the labels are by the name of the part."""
    parts = [*_given(entry, "only_if"), *_given(entry, "notes"), *_given(entry, "why")]
    parts += [f"{label}: {words}" for part, label in labelled.items() for words in _given(entry, part)]
    return "\n".join(parts) or None


def joined(parts: Iterable[str]) -> str:
    """Several things in one line."""
    return "; ".join(parts)


def _kept(number: str, series: dict[str, str]) -> str:
    note = f" {series['note']}" if "note" in series else ""
    return f"{series['series']}: {series['keep'][0].lower()}{series['keep'][1:]} (series {number}).{note}"


def _given(entry: Entry, name: str) -> list[str]:
    return [entry[name]] if entry.get(name) else []
