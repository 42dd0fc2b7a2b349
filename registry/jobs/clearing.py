"""What is not needed any more is thrown away: files on their way that never arrived, sessions, links and letters of long ago."""

from datetime import datetime, timedelta
from typing import Any

from models.letter import Letter
from models.mdm import Sighting
from models.outgoing import Sending
from models.user import Draft, OneUseLink, Session
from registry.files import arriving
from registry.importing import uploads

SESSIONS, LINKS, DRAFTS, LETTERS = timedelta(days=30), timedelta(days=30), timedelta(days=90), timedelta(days=365)
SIGHTINGS = timedelta(days=365)
"""How long each is kept after it was last of use."""


def clear_up(now: datetime) -> str:
    """Throw away what nobody needs any more; the counts in words."""
    left_behind = arriving.sweep(now) + uploads.forget_old(now)
    over = _gone(Session, (Session.ended_at < now - SESSIONS) | (Session.seen_at < now - SESSIONS))
    over += _gone(OneUseLink, OneUseLink.ends_at < now - LINKS)
    drafts = _gone(Draft, Draft.saved_at < now - DRAFTS)
    settled = Letter.state.in_([Sending.SENT, Sending.DROPPED])
    letters = _gone(Letter, settled & (Letter.made_at < now - LETTERS))
    sightings = _gone(Sighting, Sighting.read_at < now - SIGHTINGS)
    files = f"{left_behind:,} unfinished uploads, {over:,} old sessions and links"
    return f"{files}, {drafts:,} drafts, {letters:,} letters and {sightings:,} sightings of devices thrown away."


def _gone(table: Any, condition: Any) -> int:
    return int(table.delete().where(condition).execute())
