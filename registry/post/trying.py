"""A letter to oneself, to see whether mail works, and why not."""

from datetime import datetime

from models.base import new_id
from models.mail import MailSettings
from registry.accounts.people import person
from registry.actor import Actor
from registry.post import mail
from registry.post.letters import addressed, trial_text
from registry.post.wire import Wire
from registry.rows import CannotBeDone

PATIENCE = 10.0
"""Seconds for each answer of the mail server: somebody is looking at a page meanwhile."""


def try_mail(by: Actor, settings: MailSettings, at: datetime) -> None:
    """Send a letter to whoever asks for it. Raises Forbidden, CannotBeDone, and Trouble with the reason why it did not go out."""
    mail.demand_set_up(by)
    if not mail.reaches_somebody(settings):
        raise CannotBeDone("This is the demonstration, from which nothing reaches anybody: only a mail server on this very computer is spoken to.")
    address = person(by.user).email
    letter = addressed("Mail works", trial_text(settings), settings, to=address, named=new_id(), at=at)
    with Wire(settings, PATIENCE) as wire:
        wire.send(letter, address)
