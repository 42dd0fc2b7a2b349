"""A parent accepts an agreement through a link of their own, when they cannot come: made, opened and used once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from models import doors, vault
from models.acceptance import Acceptance
from models.base import new_id
from models.school import School
from models.sign_link import SignLink
from models.vocabulary import FileCategory, SignedHow
from registry import records
from registry.access import Permission, require, school_of
from registry.actor import Actor
from registry.devices import agreeing
from registry.devices.agreeing import InForce
from registry.devices.handing import PARENTS_SIGNATURE, HandOver, Signed
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.occasion import Occasion
from registry.placing import next_number
from registry.registers.devices.acceptances import ACCEPTANCES
from registry.rows import CannotBeDone, store
from registry.schema import Invalid
from registry.trace.audit import Happened, recording

ROBOT = "agreement link"
LASTS = timedelta(days=28)


@dataclass(frozen=True)
class Behind:
    """What a link opens: whose agreement it is, and its text in the version that is to be accepted."""

    link: SignLink
    acceptance: Acceptance
    agreement: InForce


def ask(plan: HandOver, occasion: Occasion) -> str:
    """A link for the parent of a pupil, whose own signature is kept with it if it was given; its secret, which is kept nowhere.

    Raises Forbidden, and CannotBeDone where no parent is to sign.
    """
    require(occasion.by, Permission.HAND_OVER_DEVICES)
    agreement = agreeing.in_force(plan.audience or agreeing.audience(plan.holder, occasion))
    if agreement is None or not agreement.wants_parent or plan.holder.person is None:
        raise CannotBeDone("No parent has to sign for this holder.")
    so_far = agreeing.accepted(plan.holder, agreement)
    if (so_far.by_parent or 0) >= agreement.edition:
        raise CannotBeDone("A parent has accepted it already.")
    secret = secrets.token_urlsafe(32)
    with recording(occasion.by, occasion.at) as trace:
        row = so_far.last if so_far.last and so_far.last.edition == agreement.edition else None
        if row is None:
            answers = {
                "holder": plan.holder.name, "holder_kind": plan.holder.kind, "person": plan.holder.person, "agreement": agreement.id,
                "edition": agreement.edition, "accepted_at": occasion.at if plan.signed else None,
                "how": plan.signed.how if plan.signed else SignedHow.ON_SCREEN,
            }  # fmt: skip
            row = records.insert(trace, ACCEPTANCES, answers, occasion, number=next_number(ACCEPTANCES, occasion.by))
        own = {"school": school_of(occasion.by), "acceptance": row.id, "token": _digest(secret)}
        link = SignLink(id=new_id(), **own, made_at=occasion.at, ends_at=occasion.at + LASTS)
        store(trace, Happened.ANSWER_LINK_MADE, link, new=True)
    return secret


def find(secret: str, at: datetime) -> SignLink | None:
    """The link with this secret, in whichever school, while it can be used; nothing else of that school is read."""
    with doors.looking_at(*(school.id for school in School.select(School.id))):
        link: SignLink | None = SignLink.get_or_none(SignLink.token == _digest(secret))
    return link if link is not None and link.used_at is None and link.ends_at > at else None


def behind(link: SignLink) -> Behind | None:
    """What stands behind a link, in its school; None when it counts no more, because the agreement moved on or a parent has signed."""
    row = Acceptance.get_or_none((Acceptance.id == link.acceptance) & Acceptance.archived_at.is_null())
    found = agreeing.of_edition(row.agreement, row.edition or 0) if row and row.parent_accepted_at is None else None
    return Behind(link, row, found[0]) if row and found else None


def sign(link: SignLink, signed: Signed, occasion: Occasion) -> None:
    """Keep that a parent accepts. Raises Invalid without a name, and CannotBeDone when the link was used meanwhile."""
    if not signed.name.strip():
        raise Invalid({"parent_name": ["Type your full name."]})
    acting = Occasion(Actor.robot(ROBOT, link.school_id), occasion.at, occasion.school)
    file = Arriving(link.school_id, f"{PARENTS_SIGNATURE}.png", acting.at) if signed.png else None
    try:
        with recording(acting.by, acting.at) as trace:
            now: SignLink = SignLink.get_by_id(link.id)
            there = behind(now)
            if now.used_at is not None or there is None:
                raise CannotBeDone("This link has been used already.")
            row = there.acceptance
            after = {"parent": signed.name.strip(), "parent_accepted_at": acting.at, "parent_how": SignedHow.BY_LINK}
            records.amend(trace, ACCEPTANCES, row, {name: (getattr(row, name), value) for name, value in after.items()}, occasion=acting)
            now.used_at = acting.at
            store(trace, Happened.ANSWER_LINK_USED, now)
            if file is not None:
                file.write(signed.png)
                file.finish()
                attachments.add_to_all(trace, ACCEPTANCES, [row], file, about=Described(FileCategory.EVIDENCE), occasion=acting)
        if file is not None:
            file.keep()
    finally:
        if file is not None:
            file.give_up()  # which does nothing once it is kept




def _digest(secret: str) -> str:
    return vault.current().token(f"agreement link:{secret}".encode()).hex()
