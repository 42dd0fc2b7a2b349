"""The Comments tab over the web: who sees what, what is kept on an error, and what a form may not do."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask.testing import FlaskClient

from models.comment import Comment
from models.message import Message
from models.user import Draft
from registry import catalogue, records
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.talk.comments import LONGEST, write
from tests.browsing import plain, problems, send, sign_in, text_of, token, visit
from tests.least import add_least
from tests.people import NOW, Person
from tests.tampering import sql

SECRET = "Wilhelmina Featherstone asked about this"


@pytest.fixture
def tab(files: Any) -> str:
    """The address of the comments on them."""
    return f"/registers/assets/{files.id}/comments"


def form_token(client: FlaskClient, page: str) -> str:
    """The mark that makes one comment of a form sent twice."""
    found = re.search(r'name="token" value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def comment_on(client: FlaskClient, page: str, text: str, *tell: Person) -> Any:
    """Fill in the form of a comment and send it."""
    return send(client, page, token=form_token(client, page), text=text, tell=[person.user.hex for person in tell])


@pytest.mark.parametrize("register", catalogue.REGISTERS, ids=lambda register: register.slug)
def test_every_register_has_the_tab_and_says_what_it_is_for(
    client: FlaskClient, hana: Person, occasion: Occasion, register: Any
) -> None:
    row = add_least(register, "Paper files", occasion)
    sign_in(client, hana)
    page = visit(client, f"/registers/{register.slug}/{row.id}/comments").text
    assert "Nothing has been said here yet" in page
    assert 'aria-current="page">Comments (0)</a>' in page
    comment_on(client, f"/registers/{register.slug}/{row.id}/comments", "Here")
    assert "Comments (1)" in visit(client, f"/registers/{register.slug}/{row.id}").text


def test_a_comment_is_shown_with_who_when_and_its_lines(client: FlaskClient, dev: Person, ola: Person, tab: str) -> None:
    sign_in(client, dev)
    sent = comment_on(client, tab, "First line\r\n<b>second</b> line", ola)
    assert sent.status_code == 302
    assert re.fullmatch(rf"{tab}#comment-[0-9a-f-]{{36}}", sent.headers["Location"])
    page = visit(client, tab).text
    assert "First line\n&lt;b&gt;second&lt;/b&gt; line</p>" in page
    said = html.unescape(plain(page))
    assert "Dev Marchetti, data protection officer" in said
    assert "Monday 23 November 2026, 09:14" in said
    assert "Told: Ola Brandt" in said
    assert "Your comment stands below. 1 colleague is told." in said


def test_what_was_done_is_said_without_a_name_for_the_cookie_holds_it(client: FlaskClient, dev: Person, ola: Person, tess: Person, tab: str) -> None:
    sign_in(client, dev)
    comment_on(client, tab, f"@Ola {SECRET}", ola, tess)
    with client.session_transaction() as kept:
        left_out = "1 person you chose may not read this now and is not told."
        assert kept["notice"][0][1] == f"Your comment stands below. 1 colleague is told. {left_out}"
    assert Message.select().count() == 1


def test_whoever_spoke_last_is_ticked_to_be_told(client: FlaskClient, dev: Person, ola: Person, tab: str, files: Any, occasion: Occasion) -> None:
    write(ASSETS, files, "Is this so?", (), occasion=Occasion(ola.actor, NOW - timedelta(minutes=5), occasion.school))
    sign_in(client, dev)
    assert re.findall(r'name="tell" type="checkbox" value="([0-9a-f]+)" checked', visit(client, tab).text) == [ola.user.hex]
    comment_on(client, tab, "Yes")
    assert " checked" not in visit(client, tab).text


@pytest.mark.parametrize(("text", "sentence"), [("  ", "Write your comment first."), ("y" * (LONGEST + 1), "Shorten this one by 1, or write two.")])
def test_an_error_keeps_what_was_typed_and_chosen(client: FlaskClient, dev: Person, ola: Person, tab: str, text: str, sentence: str) -> None:
    sign_in(client, dev)
    answer = comment_on(client, tab, text, ola)
    assert answer.status_code == 422
    assert sentence in problems(answer)[0]
    assert f'value="{ola.user.hex}" checked' in answer.text
    assert text.strip() in answer.text
    assert answer.text.count("<title>Error: Comments on Paper files") == 1
    assert Comment.select().count() == 0


def test_the_same_form_sent_twice_makes_one_comment_and_a_made_up_token_none(client: FlaskClient, dev: Person, ola: Person, tab: str) -> None:
    sign_in(client, dev)
    given = form_token(client, tab)
    for _ in range(2):
        assert send(client, tab, token=given, text="Once", tell=[ola.user.hex]).status_code == 302
    assert (Comment.select().count(), Message.select().count()) == (1, 1)
    other = send(client, tab, token=given, text="Something else")
    assert other.status_code == 422
    assert "Something else" in other.text
    assert form_token(client, tab) != given
    for made_up in ("", "x", f"{uuid4().hex}.{'0' * 32}"):
        assert send(client, tab, token=made_up, text="Mine").status_code == 422
    assert Comment.select().count() == 1


def test_odd_answers_in_the_form_tell_nobody(client: FlaskClient, dev: Person, otto: Person, tab: str) -> None:
    sign_in(client, dev)
    odd = ["", "x" * 32, "not an id", uuid4().hex, otto.user.hex]
    assert send(client, tab, token=form_token(client, tab), text="To nobody", tell=odd).status_code == 302
    assert Message.select().count() == 0


def test_a_governor_reads_and_is_offered_no_form(client: FlaskClient, gus: Person, tab: str, files: Any, occasion: Occasion) -> None:
    write(ASSETS, files, "@Tess is this so?", (), occasion=occasion)
    sign_in(client, gus)
    page = visit(client, tab).text
    assert "@Tess is this so?" in page
    assert "<textarea" not in page
    assert "Tess Quayle" not in page
    assert "Withdraw" not in page
    for path in (tab, f"{tab}/draft"):
        assert send(client, path, page="/account", text="Mine").status_code == 403


def test_a_teacher_who_may_not_see_the_register_reads_nothing(client: FlaskClient, tess: Person, tab: str, files: Any, occasion: Occasion) -> None:
    comment = write(ASSETS, files, SECRET, (), occasion=occasion).id
    sign_in(client, tess)
    for path in (tab, f"{tab}/{comment}/withdraw"):
        assert "Featherstone" not in visit(client, path, 403).text
        assert send(client, path, page="/account", text="Mine").status_code == 403


def test_another_school_finds_no_comment_by_any_route(client: FlaskClient, otto: Person, tab: str, files: Any, occasion: Occasion) -> None:
    comment = write(ASSETS, files, SECRET, (), occasion=occasion).id
    sign_in(client, otto)
    for path in (tab, f"{tab}/{comment}/withdraw"):
        assert "Featherstone" not in visit(client, path, 404).text
    for path in (tab, f"{tab}/draft", f"{tab}/draft/throw-away", f"{tab}/{comment}/withdraw"):
        assert send(client, path, page="/account", text="Mine").status_code == 404, path
    assert (Comment.select().count(), Comment.get_by_id(comment).text) == (1, SECRET)


def test_a_comment_does_not_exist_on_another_record(client: FlaskClient, dev: Person, files: Any, occasion: Occasion) -> None:
    comment = write(ASSETS, files, SECRET, (), occasion=occasion).id
    other = records.add(ASSETS, {"name": "Key safe"}, occasion)
    sign_in(client, dev)
    visit(client, f"/registers/assets/{other.id}/comments/{comment}/withdraw", 404)
    visit(client, f"/registers/suppliers/{files.id}/comments", 404)
    assert "Featherstone" not in text_of(client, f"/registers/assets/{other.id}/comments")


def test_withdrawing_is_asked_first_and_erases(client: FlaskClient, ola: Person, tab: str) -> None:
    sign_in(client, ola)
    comment_on(client, tab, SECRET)
    (comment,) = Comment.select()
    assert SECRET in text_of(client, f"{tab}/{comment.id}/withdraw")
    send(client, f"{tab}/{comment.id}/withdraw")
    said = text_of(client, tab)
    assert "Withdrawn by Ola Brandt at 09:14. What it said is gone." in said
    assert SECRET not in said
    assert sql("SELECT text FROM comment")[0][0] is None
    visit(client, f"{tab}/{comment.id}/withdraw", 403)


def test_only_the_writer_and_leaders_are_offered_to_withdraw(client: FlaskClient, dina: Person, tab: str, files: Any, occasion: Occasion) -> None:
    comment = write(ASSETS, files, SECRET, (), occasion=occasion).id
    sign_in(client, dina)
    assert "/withdraw" not in visit(client, tab).text
    visit(client, f"{tab}/{comment}/withdraw", 403)
    assert send(client, f"{tab}/{comment}/withdraw", page="/account").status_code == 403
    assert Comment.get_by_id(comment).text == SECRET


def test_what_is_being_typed_is_kept_sealed_and_offered_again(client: FlaskClient, dev: Person, ola: Person, files: Any, tab: str) -> None:
    sign_in(client, dev)
    pairs = [["text", SECRET], ["tell", ola.user.hex], ["token", form_token(client, tab)]]
    kept = client.post(f"{tab}/draft", json=pairs, headers={"X-CSRFToken": token(client, tab)})
    assert kept.status_code == 200
    assert b"Featherstone" not in bytes(sql("SELECT typed FROM draft")[0][0])
    assert "You were typing here" in visit(client, tab).text
    back = visit(client, f"{tab}?draft=back").text
    assert SECRET in back
    assert f'value="{ola.user.hex}" checked' in back
    assert visit(client, f"/registers/assets/{files.id}/change").status_code == 200, "no section of the record is called after it"
    comment_on(client, tab, SECRET)
    assert Draft.select().count() == 0
    client.post(f"{tab}/draft", json=pairs, headers={"X-CSRFToken": token(client, tab)})
    send(client, f"{tab}/draft/throw-away", page=tab)
    assert Draft.select().count() == 0


def test_a_comment_sent_after_the_session_has_ended_is_kept_for_its_writer(
    client: FlaskClient, dev: Person, tab: str, clock: time_machine.Traveller
) -> None:
    sign_in(client, dev)
    given = form_token(client, tab)
    form = {"csrf_token": token(client, tab), "token": given, "text": SECRET}
    clock.shift(timedelta(hours=3))
    assert client.post(tab, data=form).status_code == 302
    assert Comment.select().count() == 0
    sign_in(client, dev)
    assert "You were typing here" in visit(client, tab).text
    assert SECRET in visit(client, f"{tab}?draft=back").text


def test_an_archived_record_is_still_talked_about(client: FlaskClient, dev: Person, files: Any, tab: str, occasion: Occasion) -> None:
    records.archive(ASSETS, files, occasion)
    sign_in(client, dev)
    assert comment_on(client, tab, "Why was this put away?").status_code == 302


def test_what_is_in_the_address_and_makes_no_sense_is_left_out(client: FlaskClient, dev: Person, tab: str, files: Any, occasion: Occasion) -> None:
    write(ASSETS, files, "Here", (), occasion=occasion)
    sign_in(client, dev)
    for odd in ("?before=x", f"?before={uuid4()}", "?draft=back", "?before="):
        assert visit(client, tab + odd).status_code == 200
        assert visit(client, f"/notices{odd}").status_code == 200
    assert "Here</p>" in visit(client, f"{tab}?before=x").text


def test_no_comment_is_in_a_file_that_leaves_the_program(client: FlaskClient, dev: Person, files: Any, occasion: Occasion) -> None:
    write(ASSETS, files, SECRET, (), occasion=occasion)
    sign_in(client, dev)
    answer = send(client, "/registers/assets/export.csv", page="/registers/assets/")
    assert answer.status_code == 200
    assert "Paper files" in answer.text
    assert "Featherstone" not in answer.text
