"""What the school uses pictures for, read once for a page: found by whatever somebody calls it, and handed to the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from models.fields import EPOCH, MICROSECOND
from models.image_use import ImageUse
from models.names import fold
from models.statements import Kept
from models.vocabulary import ImageBasis, ImageUseKind, NameShown, NoAnswer, YesNo
from registry.images.statements import as_id, school_in_view
from registry.rules.image_verdict import UseFacts
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, plain_day

ZONE = "Europe/London"
_IN_SENTENCE = {
    ImageUseKind.IDENTIFICATION: "recognising pupils",
    ImageUseKind.EXAM_EVIDENCE: "evidence for examinations",
    ImageUseKind.LEARNING_JOURNAL: "learning journals",
    ImageUseKind.INTERNAL_DISPLAY: "displays inside school",
    ImageUseKind.CLASS_GROUP_PHOTO: "class and group photographs",
    ImageUseKind.SCHOOL_PHOTOGRAPHER: "the school photographer",
    ImageUseKind.NEWSLETTER: "the newsletter",
    ImageUseKind.WEBSITE: "the website",
    ImageUseKind.SOCIAL_MEDIA: "social media",
    ImageUseKind.PROSPECTUS: "the prospectus",
    ImageUseKind.LOCAL_PRESS: "the press",
    ImageUseKind.EXTERNAL_VIDEO: "films for outside the school",
    ImageUseKind.PARTNER_USE: "partners",
    ImageUseKind.LIVESTREAM: "livestreams and recordings",
    ImageUseKind.ARCHIVE: "the archive",
}
_PLACES: dict[str, str] = {
    **dict.fromkeys((ImageUseKind.WEBSITE, ImageUseKind.SOCIAL_MEDIA), "on"),
    **dict.fromkeys((ImageUseKind.LEARNING_JOURNAL, ImageUseKind.INTERNAL_DISPLAY, ImageUseKind.CLASS_GROUP_PHOTO, ImageUseKind.NEWSLETTER), "in"),
    **dict.fromkeys((ImageUseKind.PROSPECTUS, ImageUseKind.LOCAL_PRESS, ImageUseKind.EXTERNAL_VIDEO), "in"),
    **dict.fromkeys((ImageUseKind.LIVESTREAM, ImageUseKind.ARCHIVE), "in"),
}
_ONE_OF_A_KIND = frozenset({"school", "class", "local", "parents", "families", "website", "newsletter", "prospectus", "yearbook", "archive"})
"""Words with which the name of a use begins that are nobody's own name, and read well after "the"."""

_columns = (
    *(ImageUse.id, ImageUse.name, ImageUse.kind, ImageUse.basis, ImageUse.no_answer, ImageUse.leaves_school, ImageUse.most_name_shown),
    *(ImageUse.asked_on_form, ImageUse.form_sentence, ImageUse.covers, ImageUse.valid_months, ImageUse.storage, ImageUse.kept, ImageUse.changed_at),
)
_every_row = Kept(lambda: ImageUse.select(*_columns).order_by(ImageUse.number))
_rows = Kept(lambda: ImageUse.select(*_columns).where(ImageUse.archived_at.is_null()).order_by(ImageUse.number))


@dataclass(frozen=True)
class Use:
    """One use of pictures, with what the rules and a page need of it."""

    id: UUID
    name: str
    kind: ImageUseKind | str
    basis: ImageBasis | str
    no_answer: NoAnswer | str
    leaves_school: bool
    most_name_shown: NameShown | str
    is_asked: bool
    sentence: str
    covers: str
    valid_months: int | None
    storage: str
    kept: str
    changed_at: datetime

    def facts(self, on: date, on_school_device: bool = True, is_attested: bool = True) -> UseFacts:
        """What `image_verdict` looks at, for a picture that is published on a day."""
        return UseFacts(
            kind=self.kind,
            basis=self.basis,
            no_answer=self.no_answer,
            leaves_school=self.leaves_school,
            most_name_shown=self.most_name_shown,
            on=on,
            on_school_device=on_school_device,
            is_attested=is_attested,
        )

    @cached_property
    def in_sentence(self) -> str:
        """How a sentence speaks of it: "the website"."""
        if isinstance(self.kind, ImageUseKind) and self.kind in _IN_SENTENCE and fold(self.name) in _plain_names(self.kind):
            return _IN_SENTENCE[self.kind]
        first = self.name.partition(" ")[0].casefold()
        return f"the {self.name[:1].lower()}{self.name[1:]}" if first in _ONE_OF_A_KIND else self.name

    @cached_property
    def place(self) -> str:
        """Where people are who are in it, after "may be": "on the website"."""
        return f"{_PLACES.get(self.kind, 'pictured for')} {self.in_sentence}"


def all_uses() -> tuple[Use, ...]:
    """Every use of the school in view that is not archived, the oldest first."""
    return tuple(_use(values) for values in _rows(school_in_view()).fetchall())


def every_use() -> tuple[Use, ...]:
    """Those of `all_uses`, and those that were archived: what was published for them may still be seen."""
    return tuple(_use(values) for values in _every_row(school_in_view()).fetchall())


def asked_uses() -> tuple[Use, ...]:
    """Those that the form asks about; the others are told."""
    return tuple(use for use in all_uses() if use.is_asked)


def find_use(text: str) -> Use | None:
    """The use that is meant: by id, else by the code of its kind, else by its name; None when there is none, or two fit."""
    wanted, uses = text.strip(), all_uses()
    by_id = [use for use in uses if wanted.casefold() in (str(use.id), use.id.hex)]
    by_kind = [use for use in uses if use.kind == wanted.casefold()]
    by_name = [use for use in uses if fold(use.name) == fold(wanted)]
    fitting = by_id or by_kind or by_name
    if len(fitting) > 1 and by_kind:  # two uses of one kind: the name may still tell them apart
        fitting = by_name
    return fitting[0] if len(fitting) == 1 else None


def form_version(uses: Iterable[Use]) -> str:
    """What a form that asks about these uses is called: the moment at which what it says last changed."""
    newest = max((use.changed_at for use in uses), default=None)
    if newest is None:
        return ""
    there = in_zone(newest, ZONE)
    return f"{plain_day(there)}, {clock(there)}"


def _plain_names(kind: ImageUseKind) -> tuple[str, str]:
    """Names that say no more than the kind does."""
    return fold(kind.label), fold(_IN_SENTENCE[kind].removeprefix("the "))


def _use(values: tuple[Any, ...]) -> Use:
    key, name, kind, basis, no_answer, leaves, most, asked, sentence, covers, months, storage, kept, changed = values
    return Use(
        id=as_id(key),
        name=name,
        kind=ImageUse.kind.python_value(kind),
        basis=ImageUse.basis.python_value(basis),
        no_answer=ImageUse.no_answer.python_value(no_answer),
        leaves_school=leaves != YesNo.NO.value,
        most_name_shown=ImageUse.most_name_shown.python_value(most),
        is_asked=asked == YesNo.YES.value,
        sentence=sentence or "",
        covers=covers or "",
        valid_months=months,
        storage=storage or "",
        kept=kept or "",
        changed_at=EPOCH + changed * MICROSECOND,
    )
