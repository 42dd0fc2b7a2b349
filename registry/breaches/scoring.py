"""The score of a breach as an aid: worked out from what was chosen and from what is known of the breach, and told with what it leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.breach import Breach
from models.vocabulary import SPECIAL_BREACH_DATA, BreachData, BreachPeople, DataSensitivity, YesNoUnknown
from registry.rules.answers import listed
from registry.rules.breach_severity import BASES, Flag, Scored, SeverityFacts, category, score, suggestion
from registry.rules.severity_words import ADJUSTMENTS, CIRCUMSTANCE_WORDS, EASE_WORDS

MOST = 6
LABELS = {"confidentiality": "Seen", "integrity": "Changed", "availability": "Gone", "malicious": "Meant"}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What somebody chose: each kind of data that is concerned with its adjustment, how easily people are recognised, and what happened to it."""

    kinds: Mapping[DataSensitivity, int]
    ei: float
    confidentiality: float = 0.0
    integrity: float = 0.0
    availability: float = 0.0
    malicious: float = 0.0

    @property
    def highest(self) -> int:
        """The category that counts: of several the highest."""
        return max(category(kind, adjustment) for kind, adjustment in self.kinds.items())


@dataclass(frozen=True)
class WorkedOut:
    """The score of one breach, and how it came about."""

    row: Breach
    chosen: Chosen

    @cached_property
    def facts(self) -> SeverityFacts:
        """What the score is made of; what nobody knows yet is taken for the worse."""
        it = self.chosen
        return SeverityFacts(
            dpc=it.highest, ei=it.ei, confidentiality=it.confidentiality, integrity=it.integrity, availability=it.availability,
            malicious=it.malicious, people=self.row.people_count, unintelligible=is_unintelligible(self.row),
            children=_not_known(self.row.people_kinds) or BreachPeople.CHILDREN in self.row.people_kinds,
            special=_not_known(self.row.data_kinds) or bool(SPECIAL_BREACH_DATA & {*self.row.data_kinds}) or DataSensitivity.SENSITIVE in it.kinds,
        )  # fmt: skip

    @cached_property
    def scored(self) -> Scored:
        """The score, its band and its flags."""
        return score(self.facts)

    @property
    def flags(self) -> list[Flag]:
        """What stands beside the score, in a fixed order."""
        return [flag for flag in Flag if flag in self.scored.flags]

    @property
    def suggestion(self) -> str:
        """What the score suggests; it does not decide."""
        return suggestion(self.scored, self.facts)

    @property
    def cautions(self) -> tuple[str, ...]:
        """Where the score may be lower than it should be: nothing about children or special categories is marked down in silence."""
        return tuple(_cautions(self.row, self.chosen))

    @property
    def encryption(self) -> str:
        """Whether encryption counts, and why not if it does not."""
        return encryption_counts(self.row)

    @property
    def steps(self) -> tuple[str, ...]:
        """Each step to the score in words."""
        it = self.chosen
        kinds = (f"{kind.label}: {_category(kind, adjustment)}." for kind, adjustment in it.kinds.items())
        parts = {name: getattr(it, name) for name in CIRCUMSTANCE_WORDS}
        happened = (f"{LABELS[name]}: {value:g}. {CIRCUMSTANCE_WORDS[name][value]}." for name, value in parts.items())
        total = " + ".join(f"{each:g}" for each in parts.values())
        sum_up = f"{it.highest} × {it.ei:g} + {total} = {self.scored.score:g} of {MOST}: {self.scored.band.label.lower()}."
        return (*kinds, f"Recognised: {it.ei:g}. {EASE_WORDS[it.ei]}.", *happened, sum_up)

    @property
    def words(self) -> str:
        """All of it, as it is kept with an assessment."""
        beside = (f"{flag.label}." for flag in self.flags)
        return "\n".join((*self.steps, *beside, *self.cautions, self.encryption, f"Suggested: {self.suggestion}"))


def is_unintelligible(row: Breach) -> bool:
    """Whether nobody can read the data: it was encrypted, and it is written down how that is known."""
    return row.encrypted is YesNoUnknown.YES and bool((row.encryption_verified or "").strip())


def encryption_counts(row: Breach) -> str:
    """Whether encryption counts for this breach, as a sentence that says why not."""
    if is_unintelligible(row):
        return f"It was encrypted, and that is verified: {row.encryption_verified}. That stands beside the score and is no part of it."
    return _NOT_COUNTED[row.encrypted]


_NOT_COUNTED = {
    YesNoUnknown.YES: "It is said to have been encrypted, and not how anybody knows. Until somebody has verified it, it does not count.",
    YesNoUnknown.NO: "It was not encrypted.",
    YesNoUnknown.UNKNOWN: "Nobody knows whether it was encrypted, so encryption does not count.",
    None: "Nobody has said yet whether it was encrypted, so encryption does not count.",
}


def _not_known(kinds: Sequence[str] | None) -> bool:
    return not kinds or BreachData.UNKNOWN in kinds  # in both lists it is the same word


def _category(kind: DataSensitivity, adjustment: int) -> str:
    words = ADJUSTMENTS[kind][adjustment]
    if not adjustment:
        return f"{BASES[kind]}. {words}"
    moved = f"{abs(adjustment)} {'more' if adjustment > 0 else 'less'}"
    return f"{BASES[kind]}, and {moved}, makes {category(kind, adjustment)}. {words}"


def _cautions(row: Breach, chosen: Chosen) -> Iterator[str]:
    special = [each for each in row.data_kinds or () if each in SPECIAL_BREACH_DATA]
    less = [kind.label.partition(":")[0].lower() for kind, adjustment in chosen.kinds.items() if adjustment < 0]
    if special and DataSensitivity.SENSITIVE not in chosen.kinds:
        yield f"The breach concerns {listed([each.label.partition(',')[0].lower() for each in special])}, and no sensitive data is counted here."
    if less and (special or BreachPeople.CHILDREN in (row.people_kinds or ())):
        yield f"Children or special categories are concerned, and {listed(less)} data is marked down here. Say in your reasons why that is right."
    if _not_known(row.people_kinds):
        yield "It is not written down whose data it is, so it is taken to be that of children."
    if _not_known(row.data_kinds):
        yield "It is not written down what kinds of data are concerned, so the score may be too low."
