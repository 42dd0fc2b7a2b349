"""The one kind of enumeration used for every list of choices: a stable code with the words people see."""

from enum import StrEnum
from typing import Self


class Words(StrEnum):
    """A choice whose value is stored and never changes, and whose label is shown and may be edited."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Makes one choice from its stored code and its label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label or code.replace("_", " ").capitalize()
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Gives the codes with their labels, in the order they are declared."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def label_of(cls, code: str) -> str:
        """Gives the words for a code, or the code itself when it is none of ours."""
        return next((member.label for member in cls if member == code), code)


class YesNo(Words):
    """An answer that is known."""

    YES = "yes", "Yes"
    NO = "no", "No"


class YesNoUnknown(Words):
    """An answer that nobody may have found out yet; unknown never counts as yes."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known yet"


class Level(Words):
    """How much it matters, from little to much."""

    LOW = "1", "Low"
    MEDIUM = "2", "Medium"
    HIGH = "3", "High"


class Certainty(Words):
    """How firmly an entry of the starter content stands."""

    SETTLED = "settled", "Settled: the law says so, or every source agrees"
    USUAL_PRACTICE = "usual_practice", "Usual practice: most schools do this, yours may differ"
    CHECK_WITH_DPO = "check_with_dpo", "Check with your data protection officer first"
