"""People as a list of the school's database names them, people as they are on the roll, and what becomes of each when the two are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.names import fold
from models.vocabulary import PictureSubject
from registry.rules.roll_words import number_key

Key = tuple[PictureSubject, str]


@dataclass(frozen=True, slots=True)
class OnFile:
    """One row of a file about a person; `trouble` is why it cannot be taken. A mention names somebody without saying more of them."""

    where: str
    number: str
    name: str
    kind: PictureSubject = PictureSubject.PUPIL
    class_name: str = ""
    year_group: str = ""
    legal_name: str = ""
    left_on: date | None = None
    has_left: bool | None = None
    trouble: str = ""
    is_mention: bool = False

    @property
    def key(self) -> Key:
        """The number as it is compared; numbers of staff are apart from those of pupils."""
        return self.kind, number_key(self.number)

    @property
    def known_as(self) -> tuple[PictureSubject, str, str]:
        """The name in its class as it is compared."""
        return self.kind, fold(self.name), fold(self.class_name)

    @property
    def mark(self) -> str:
        """What an agreement about this row is kept under."""
        return "|".join((self.kind.value, number_key(self.number), fold(self.name), fold(self.class_name)))


@dataclass(frozen=True, slots=True)
class Here:
    """One person on the roll."""

    id: UUID
    reference: str
    version: int
    name: str
    number: str = ""
    legal_name: str = ""
    kind: PictureSubject = PictureSubject.PUPIL
    class_name: str = ""
    year_group: str = ""
    is_left: bool = False
    left_on: date | None = None
    is_archived: bool = False

    @property
    def in_words(self) -> str:
        """How a sentence speaks of them."""
        return f"{self.name}{f' in {self.class_name}' if self.class_name else ''} ({self.reference})"


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CLASHING = "clashing"
    LEFT_OUT = "left_out"


@dataclass(slots=True)
class Judged:
    """One person of the file, with what becomes of them; `may_agree` when somebody can say that it is the same person after all."""

    person: OnFile
    fate: Fate = Fate.NEW
    here: Here | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    sentence: str = ""
    may_agree: bool = False


@dataclass(frozen=True)
class Compared:
    """Every person of the file, and those of the roll whom it does not name: who is offered as a leaver, and who is not looked at."""

    judged: Sequence[Judged]
    missing: Sequence[Here]
    apart: int
    is_whole: bool

    def of(self, fate: Fate) -> list[Judged]:
        """Those with this fate."""
        return [each for each in self.judged if each.fate is fate]
