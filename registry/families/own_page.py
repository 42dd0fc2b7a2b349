"""What stands behind a parent’s link: their children at the school, what is asked about them and told, and what this parent has answered so far."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.answer_link import AnswerLink
from models.vocabulary import YesNoUnknown
from registry.families import families, own_answers
from registry.families.families import Child, Family
from registry.families.own_answers import Answers, Own
from registry.images.uses import Use, all_uses, form_version


class Shut(Exception):
    """The link works no more, or has nobody behind it."""


@dataclass(frozen=True)
class Page:
    """What stands behind a link: the family, what it is asked and told, and what this parent has answered so far."""

    family: Family
    asked: tuple[Use, ...]
    told: tuple[Use, ...]
    answers: Answers
    today: date
    unwanted: frozenset[tuple[UUID, UUID]] = frozenset()  # what the parent has just told that a child does not want
    authority: str = ""  # what the parent has just said of it

    @property
    def version(self) -> str:
        """Which form it is."""
        return form_version(self.asked)

    @property
    def asks_responsibility(self) -> bool:
        """Whether nobody at the school knows yet if this parent's yes counts."""
        return self.family.responsibility == YesNoUnknown.UNKNOWN and self.family.may_decide

    @property
    def here(self) -> tuple[Child, ...]:
        """The children who are still at the school."""
        return tuple(child for child in self.family.children if not child.has_left)

    def own(self, child: UUID, use: UUID) -> Own | None:
        """What this parent last answered."""
        return self.answers.get((child, use))

    def is_open(self, child: Child, use: Use) -> bool:
        """Whether a question is still to be answered: nobody has, the yes runs out, or the form has changed."""
        own = self.own(child.id, use.id)
        return not child.has_left and (own is None or own.is_due(use, self.today) or not (own.is_yes or own.is_no))

    def can_say_no(self, child: Child, use: Use) -> bool:
        """Whether there is a yes to take back, or something to object to."""
        own = self.own(child.id, use.id)
        return own.is_yes and not own.has_run_out(self.today) if own is not None else not use.is_asked

    def children_of(self, use: Use) -> tuple[Child, ...]:
        """Those about whom a use is asked, or was answered before they left."""
        return tuple(child for child in self.family.children if not child.has_left or self.own(child.id, use.id))

    @property
    def left_open(self) -> int:
        """How many questions are still to be answered."""
        return sum(self.is_open(child, use) for child in self.here for use in self.asked)


def page_of(link: AnswerLink, today: date) -> Page:
    """What stands behind a link, in its school; raises Shut when the parent was put away, or all children have left and nothing was answered."""
    family = families.of_carers([link.carer], with_leavers=True).get(link.carer)
    if family is None:
        raise Shut
    uses, answers = all_uses(), own_answers.of_carer(link.carer, [child.id for child in family.children])
    page = Page(family, tuple(use for use in uses if use.is_asked), tuple(use for use in uses if not use.is_asked), answers, today)
    if not page.here and not answers:
        raise Shut
    return page
