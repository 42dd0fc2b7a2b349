"""What is old and of no use goes, and what somebody may still want stays."""

from datetime import timedelta

import pytest

from models.letter import Letter, LetterKind
from models.mdm import Sighting
from models.outgoing import Sending
from models.user import Draft, OneUseLink, Session
from models.vocabulary import DeviceSource
from registry import drafts
from registry.accounts import links
from registry.accounts.links import Purpose
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.jobs.clearing import DRAFTS, LETTERS, LINKS, SESSIONS, clear_up
from registry.post.sorting import put_letter
from registry.registers.data_protection.suppliers import SUPPLIERS
from tests.people import NOW, Person

pytestmark = pytest.mark.usefixtures("database")
DAY = timedelta(days=1)
NOTHING = "0 unfinished uploads, 0 old sessions and links, 0 drafts, 0 letters and 0 sightings of devices thrown away."


def test_an_empty_house_has_nothing_to_throw_away() -> None:
    assert clear_up(NOW) == NOTHING


def test_each_goes_when_its_time_is_over_and_not_before(ola: Person, dev: Person) -> None:
    Session.create(token="a", user=ola.user, started_at=NOW, seen_at=NOW)
    links.make(Purpose.RESET, NOW, ola.user)
    drafts.keep(ola.user, "here", "typed", NOW)
    put_letter(ola.user, "digest:1", NOW)
    Letter.update(state=Sending.SENT).execute()
    uploads.keep(SUPPLIERS, FileRows(["Supplier"], [["Plateful"]], [2], {}, [], "0"), dev.actor, NOW)
    assert clear_up(NOW + timedelta(hours=23)) == NOTHING
    assert clear_up(NOW + DAY).startswith("1 unfinished uploads, 0 old")
    assert clear_up(NOW + SESSIONS) == NOTHING
    assert "1 old sessions and links" in clear_up(NOW + SESSIONS + timedelta(seconds=1))
    assert "1 old sessions and links" in clear_up(NOW + LINKS + 2 * DAY)
    assert (Session.select().count(), OneUseLink.select().count()) == (0, 0)
    assert clear_up(NOW + DRAFTS) == NOTHING
    assert "1 drafts" in clear_up(NOW + DRAFTS + DAY)
    assert Draft.select().count() == 0
    Sighting.create(school=ola.actor.school, source=DeviceSource.INTUNE, serial_key="5CG1", told="{}", told_mark="", read_at=NOW)
    assert clear_up(NOW + LETTERS) == NOTHING
    assert "1 letters and 1 sightings" in clear_up(NOW + LETTERS + DAY)


@pytest.mark.parametrize("state", [Sending.WAITING, Sending.FAILED, Sending.UNSURE, Sending.SENDING])
def test_a_letter_that_somebody_has_to_decide_on_stays(ola: Person, state: Sending) -> None:
    put_letter(ola.user, "digest:1", NOW)
    Letter.update(state=state).execute()
    assert clear_up(NOW + 9 * LETTERS) == NOTHING
    assert Letter.get().kind is LetterKind.DIGEST
