"""The page of letters, the choice on one's own account page, and where the link in a letter leads."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from models.letter import Letter, Often
from models.message import Message
from models.outgoing import Sending
from models.roles import Role
from models.school import School
from models.user import Membership
from registry import records
from registry.actor import Actor
from registry.post import choices
from registry.post.choices import Choice
from registry.post.sorting import put_letter
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.talk.comments import write
from registry.trace.audit import Happened, recording
from tests.browsing import send, sign_in, text_of, token, visit
from tests.people import NOW, Person
from tests.tampering import sql

PAGE = "/settings/messages"
WHY = "smtp.quillbrook.example takes no letters for this person’s address."


@pytest.fixture
def comment(in_quillbrook: School, occasion: Occasion, ola: Person) -> UUID:
    """Dev mentions Ola."""
    row = records.add(ASSETS, {"name": "Paper files"}, occasion)
    key: UUID = write(ASSETS, row, "See this", [ola.user], occasion=occasion).id
    return key


@pytest.fixture
def letter(comment: UUID, ola: Person) -> Callable[..., UUID]:
    """What writes a letter to Ola and says how far it has come; its id."""

    def written(state: Sending, key: str = "news:1", **what: Any) -> UUID:
        put_letter(ola.user, key, NOW, message=Message.get())
        Letter.update(state=state, **what).where(Letter.key == key).execute()
        found: UUID = Letter.get(Letter.key == key).id
        return found

    return written


def state_of(letter: UUID) -> Sending:
    return Letter.get_by_id(letter).state  # type: ignore[no-any-return]


def test_an_empty_page_says_what_it_is_for(client: FlaskClient, hana: Person) -> None:
    sign_in(client, hana)
    page = text_of(client, PAGE)
    assert "No letters yet" in page
    assert "No letters are sent at the moment. See how mail is sent" in page


def test_what_failed_stands_with_its_reason_and_can_be_tried_again(client: FlaskClient, hana: Person, letter: Callable[..., UUID]) -> None:
    failed = letter(Sending.FAILED, tries=1, why=WHY)
    sign_in(client, hana)
    page = text_of(client, PAGE)
    assert "Ola Brandt: one notice, at once Failed" in page
    assert WHY in page
    send(client, f"{PAGE}/{failed}/again", PAGE)
    assert state_of(failed) is Sending.WAITING
    assert send(client, f"{PAGE}/{failed}/again", PAGE).status_code == 409, "it waits already"


def test_what_may_have_arrived_is_left_or_sent_again_by_hand_only(client: FlaskClient, hana: Person, letter: Callable[..., UUID]) -> None:
    first, second = letter(Sending.UNSURE, "a"), letter(Sending.UNSURE, "b")
    failed = letter(Sending.FAILED, "c")
    sign_in(client, hana)
    assert "Send it again, though it may arrive twice" in text_of(client, PAGE)
    send(client, f"{PAGE}/again", PAGE)
    assert [state_of(each) for each in (first, second, failed)] == [Sending.UNSURE, Sending.UNSURE, Sending.WAITING]
    send(client, f"{PAGE}/{first}/leave", PAGE)
    send(client, f"{PAGE}/{second}/again", PAGE)
    assert [state_of(each) for each in (first, second)] == [Sending.DROPPED, Sending.WAITING]
    send(client, f"{PAGE}/again", PAGE)
    assert "No letter has failed" in text_of(client, PAGE)


def test_the_page_is_narrowed_and_turned_over(client: FlaskClient, hana: Person, letter: Callable[..., UUID]) -> None:
    for number in range(60):
        letter(Sending.SENT, f"n{number}", sent_at=NOW)
    letter(Sending.FAILED, "failed", why=WHY)
    sign_in(client, hana)
    assert visit(client, PAGE).text.count("Ola Brandt") == 50
    assert visit(client, f"{PAGE}?state=failed").text.count("Ola Brandt") == 1
    assert visit(client, f"{PAGE}?state=waiting").text.count("Ola Brandt") == 0
    last = min(row.id for row in Letter.select().order_by(Letter.id.desc()).limit(50))
    assert visit(client, f"{PAGE}?before={last}").text.count("Ola Brandt") == 11


def test_letters_of_another_school_are_not_there_and_digests_of_ones_own_people_are(
    client: FlaskClient, hana: Person, ola: Person, otto: Person, letter: Callable[..., UUID]
) -> None:
    put_letter(otto.user, "digest:2026-11-24", NOW)
    put_letter(ola.user, "digest:2026-11-24", NOW)
    theirs = Letter.get(Letter.person == otto.user).id
    sign_in(client, hana)
    page = text_of(client, PAGE)
    assert "Ola Brandt: digest Waiting" in page
    assert "Otto" not in page
    assert send(client, f"{PAGE}/{theirs}/again", PAGE).status_code == 404


def test_everybody_chooses_how_they_are_written_to(client: FlaskClient, ola: Person) -> None:
    sign_in(client, ola)
    page = text_of(client, "/account")
    assert "Letters by e-mail" in page
    assert "Nothing is sent by e-mail here at the moment" in page
    send(client, "/account/letters", "/account", digest="weekly", at_once="no")
    assert "Letters come as you chose" in text_of(client, "/account")
    assert choices.choice_of(ola.user) == Choice(Often.WEEKLY, at_once=False)
    send(client, "/account/letters", "/account", digest="hourly")
    assert "Nothing was saved" in text_of(client, "/account")
    assert choices.choice_of(ola.user) == Choice(Often.WEEKLY, at_once=False)


def test_a_link_leads_to_the_notice_and_looking_does_not_mark_it_as_read(client: FlaskClient, ola: Person, comment: UUID) -> None:
    address = f"/notices/{Message.get().id}"
    sign_in(client, ola)
    page = text_of(client, address)
    assert "Dev Marchetti mentioned you in a comment on IA-0001." in page
    assert "Open IA-0001" in page
    assert Message.get().read_at is None
    answer = send(client, address, address)
    assert answer.headers["Location"].endswith(f"#comment-{comment}")
    assert Message.get().read_at == NOW


def test_a_stranger_is_asked_to_sign_in_and_then_comes_to_it(client: FlaskClient, ola: Person, comment: UUID) -> None:
    address = f"/notices/{Message.get().id}"
    away = client.get(address).headers["Location"]
    assert away == f"/sign-in?next={address}" or f"next={address.replace('/', '%2F')}" in away


def test_a_link_of_somebody_else_leads_nowhere(client: FlaskClient, hana: Person, otto: Person, comment: UUID) -> None:
    address = f"/notices/{Message.get().id}"
    sign_in(client, hana)
    visit(client, address, 404)


def test_a_link_to_another_of_ones_schools_offers_to_go_there(
    client: FlaskClient, ola: Person, comment: UUID, other_school: School, school: School
) -> None:
    address = f"/notices/{Message.get().id}"
    with recording(Actor.robot("tests"), NOW, chain=other_school.id) as trace:
        Membership.insert(school=other_school.id, user=ola.user, role=Role.TEACHER, created_at=NOW).execute()
        trace.note(Happened.ACCESS_CHANGED, "membership")
    sign_in(client, ola)
    client.post("/switch-school", data={"csrf_token": token(client, "/account"), "school": str(other_school.id)})
    page = text_of(client, address)
    assert "This is about Quillbrook Primary School, where you work too." in page
    assert "IA-0001" not in page
    answer = send(client, "/switch-school", address, school=str(school.id), notice=str(Message.get().id))
    assert answer.headers["Location"] == address
    assert "IA-0001" in text_of(client, address)


def test_a_link_to_what_may_not_be_seen_any_more_says_so(client: FlaskClient, ola: Person, comment: UUID) -> None:
    sql("UPDATE membership SET role = 'admin' WHERE user_id = ?", ola.user.bytes)
    sign_in(client, ola)
    page = text_of(client, f"/notices/{Message.get().id}")
    assert "no longer there, or not for your role any more" in page
    assert "IA-0001" not in page


def test_when_it_will_be_tried_again_stands_there(client: FlaskClient, hana: Person, letter: Callable[..., UUID]) -> None:
    letter(Sending.WAITING, tries=2, next_try_at=NOW + timedelta(minutes=5), why="Later.")
    sign_in(client, hana)
    assert "Tried 2 times. Tried again on Monday 23 November 2026, 09:19." in text_of(client, PAGE)
