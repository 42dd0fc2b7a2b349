"""What a parent says through a link, for tests: said in a word, and what it comes to."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.answer_link import AnswerLink
from models.image_answer import ImageAnswer
from registry.families import answering, asking
from registry.families.answering import Said
from registry.families.own_page import Page
from registry.images.facts import verdicts
from registry.images.uses import Use
from registry.records import Occasion
from tests.pictured import THE_DAY


def link_of(occasion: Occasion, carer: Any) -> AnswerLink:
    """A new link of somebody, as its secret finds it."""
    (made,) = asking.make_links([carer.id], occasion)
    link = asking.find(made.secret, occasion.at)
    assert link is not None
    return link


def answer(link: AnswerLink, said: Said, occasion: Occasion) -> int:
    """Have a parent send this."""
    return answering.answer(link, said, occasion, copy=copied)


def say_no(link: AnswerLink, child: UUID, use: UUID, occasion: Occasion) -> int:
    """Have a parent take a yes back, or object."""
    return answering.say_no(link, child, use, occasion, copy=copied)


def copied(page: Page) -> bytes:
    """A copy of how many answers somebody has given."""
    return b"%PDF-1.7 " + str(len(page.answers)).encode()


def at_day(occasion: Occasion, days: int) -> Occasion:
    """The same people some days later."""
    at = occasion.at + timedelta(days=days)
    return Occasion(occasion.by, at, replace(occasion.school, today=at.date()))


def kept() -> list[ImageAnswer]:
    """Every answer that is kept, in order."""
    return list(ImageAnswer.select().order_by(ImageAnswer.number))


def yes(child: Any, use: Use, **more: Any) -> Said:
    """A yes about a child for a use."""
    return Said({(child.id, use.id): True}, **more)


def no(child: Any, use: Use) -> Said:
    """A no about a child for a use."""
    return Said({(child.id, use.id): False})


def outcome(child: Any, use: Use, on: date = THE_DAY) -> Any:
    """Whether a picture of a child may be used."""
    return verdicts([child.id], use, on)[child.id].outcome


def reason(child: Any, use: Use, on: date = THE_DAY) -> Any:
    """Why it may not."""
    return verdicts([child.id], use, on)[child.id].reason
