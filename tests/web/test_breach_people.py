"""Telling people of a breach on its pages: the list, the letter, sending and printing, one person, and other organisations."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from models.breach import Breach
from models.breach_letter import BreachMail
from models.breach_person import BreachPerson
from models.school import School
from models.vocabulary import BreachData, BreachKind, BreachStage, PeopleDecision, RegulatorDecision
from registry import records
from registry.breaches import judging, moving, posting
from registry.breaches.judging import Judgement
from registry.breaches.people import people_of
from registry.breaches.reporting import Report, report
from registry.post import mail
from registry.records import Occasion
from registry.registers.data_protection.breaches import BREACHES
from tests.browsing import plain, send, sign_in, text_of, visit
from tests.mailbox import Mailbox, mail_server
from tests.people import NOW, Person
from tests.registry.post.conftest import ANSWERS

KNOWN: dict[str, Any] = {
    "kind": BreachKind.WRONG_RECIPIENT, "name": "A list sent to a wrong address", "narrative": "A list went to another family.",
    "effects": "Somebody could tease a child about it.", "measures_taken": "They have deleted it.", "data_kinds": (BreachData.HEALTH,),
    "names": "Sam Patel\nKim Lee",
}  # fmt: skip
LIST = "Meera Patel <meera@patel.example>; for: Sam Patel\nJo \"Lee\"; 1 High Street"


@pytest.fixture
def handled(occasion: Occasion, hana: Person, in_quillbrook: School) -> Breach:
    """A breach that is being handled, of which much is known."""
    row = report(Report(what="It went wrong.", noticed_at=NOW - timedelta(hours=2)), occasion)
    by_hana = replace(occasion, by=hana.actor)
    records.change(BREACHES, row, KNOWN, by_hana)
    moving.move(row, BreachStage.OPEN, by_hana)
    return row


@pytest.fixture
def decided(handled: Breach, occasion: Occasion, hana: Person, dev: Person) -> Breach:
    """The same, once it is decided that the people are told."""
    judged = Judgement(reasons="Health of children.", regulator=RegulatorDecision.REPORT, people=PeopleDecision.TELL)
    judging.advise(handled, judged, replace(occasion, by=dev.actor))
    row = records.find(BREACHES, handled.id, hana.actor)
    judging.decide(row, judged, replace(occasion, by=hana.actor))
    return row  # type: ignore[no-any-return]


@pytest.fixture
def mailbox(hana: Person, in_quillbrook: School) -> Iterator[Mailbox]:
    """A mail server at work, and mail set up to use it."""
    with mail_server() as box:
        mail.enter(hana.actor, {**ANSWERS, "port": box.port}, NOW - timedelta(days=1), seen=None)
        yield box


def where(row: Breach, part: str = "people") -> str:
    return f"/registers/breaches/{row.id}/{part}"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def keep_letter(desk: FlaskClient, row: Breach, text: str) -> int:
    seen = hidden(visit(desk, where(row, "people/letter")).text, "seen")
    return send(desk, where(row, "people/letter"), do="write", text=text, seen=seen).status_code


def test_before_it_is_decided_the_page_says_so_and_offers_nothing_that_goes_out(desk: FlaskClient, handled: Breach) -> None:
    words = text_of(desk, where(handled))
    assert "Not decided yet" in words
    assert send(desk, where(handled), do="add", people=LIST).status_code == 303
    page = visit(desk, where(handled)).text
    assert "Send by e-mail" not in page
    assert "PDF to print" not in page
    assert send(desk, where(handled, "people/letters.pdf"), page=where(handled)).status_code == 409
    assert send(desk, where(handled, "people/send"), page=where(handled), do="send", expected="1", seen="x").status_code == 409
    assert "nothing is sent" in text_of(desk, where(handled, "people/send"))


def test_names_are_taken_over_from_the_details_and_added_from_a_list(desk: FlaskClient, decided: Breach) -> None:
    assert send(desk, where(decided), do="take_over").status_code == 303
    assert "Added: 2 people." in text_of(desk, where(decided))
    refused = send(desk, where(decided), do="add", people="Ann <ann>\nKim")
    assert refused.status_code == 422
    assert "Line 1: That is no e-mail address." in plain(refused.text)
    assert "Ann &lt;ann&gt;" in refused.text
    assert send(desk, where(decided), do="add", people=LIST).status_code == 303
    jo = people_of(decided)[-1]
    assert send(desk, where(decided, f"people/{jo.id}"), do="change", name="<b>Jo</b>", about="<i>").status_code == 303
    page = visit(desk, where(decided)).text
    assert "<bdi>&lt;b&gt;Jo&lt;/b&gt;</bdi>" in page
    assert "To be told" in plain(page)


def test_a_long_list_is_shown_page_by_page_with_few_questions(desk: FlaskClient, decided: Breach) -> None:
    assert send(desk, where(decided), do="add", people="\n".join(f"Parent {number}" for number in range(120))).status_code == 303
    words = text_of(desk, where(decided) + "?page=3")
    assert "Parent 119" in words
    assert "Parent 99" not in words
    assert "Parent 0 " in text_of(desk, where(decided) + "?page=x&standing=nobody")
    assert "The list" in text_of(desk, where(decided) + "?standing=told")


def test_the_letter_is_proposed_changed_and_looked_through(desk: FlaskClient, decided: Breach) -> None:
    page = visit(desk, where(decided, "people/letter")).text
    assert "A list went to another family." in page
    assert "Nothing was found" in page
    assert keep_letter(desk, decided, "Dear {name},\n\nWhat happened\nPursuant to this, Kim Lee saw it. [More]\n{mum}") == 303
    words = text_of(desk, where(decided, "people/letter"))
    for said in ("Still in brackets: More", "Nothing is filled in for {mum}", "Nothing stands under “Whom you can ask”", "Kim Lee",
                 "Plainer: under."):
        assert said in words, said
    stale = send(desk, where(decided, "people/letter"), do="write", text="Mine <b>", seen="")
    assert stale.status_code == 409
    assert "Mine &lt;b&gt;" in stale.text
    seen = hidden(visit(desk, where(decided, "people/letter")).text, "seen")
    assert send(desk, where(decided, "people/letter"), do="afresh", seen=seen).status_code == 303
    assert "A list went to another family." in visit(desk, where(decided, "people/letter")).text


def test_it_is_asked_once_more_then_sent_once_and_what_became_of_it_stands_in_the_list(
    desk: FlaskClient, decided: Breach, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    send(desk, where(decided), do="add", people="Meera Patel <meera@patel.example>; for: Sam Patel\nJo Lee <jo@lee.example>\nAnn Ito")
    assert "Nobody has read the letter yet" in text_of(desk, where(decided, "people/send"))
    assert keep_letter(desk, decided, "Dear {name},\n\nWhat happened\nA list about {child} went astray.") == 303
    page = visit(desk, where(decided, "people/send")).text
    assert "Send 2 letters now" in page
    assert "1 without an e-mail address" in plain(page)
    answers = {"do": "send", "expected": hidden(page, "expected"), "seen": hidden(page, "seen")}
    mailbox.answer("RCPT", "550 5.1.1 Meera Patel is unknown")
    assert send(desk, where(decided, "people/send"), **answers).status_code == 303
    again = send(desk, where(decided, "people/send"), page="/account", **answers)
    assert again.status_code == 409
    assert BreachMail.select().count() == 2
    assert "2 letters on the way" in text_of(desk, where(decided))
    posting.send_all(NOW + timedelta(minutes=1))
    assert len(mailbox.letters) == 1
    words = text_of(desk, where(decided))
    assert "Came back" in words
    assert "takes no letters for this address" in words
    assert "Told By e-mail, " in words
    assert "on the way" not in words
    assert send(desk, where(decided), do="stop").status_code == 409
    assert all(name not in caplog.text for name in ("Meera", "Lee", "patel.example"))


def test_letters_are_printed_for_those_left_and_for_one(desk: FlaskClient, decided: Breach) -> None:
    send(desk, where(decided), do="add", people="Meera Patel; for: Sam Patel\nJo Lee; 1 High Street")
    assert keep_letter(desk, decided, "Dear {name},\n\nWhat happened\nA list about {child} went astray.") == 303
    made = send(desk, where(decided, "people/letters.pdf"), page=where(decided), of="waiting:0")
    pages = [each.extract_text() for each in PdfReader(io.BytesIO(made.data)).pages]
    assert ["Meera Patel" in each for each in pages] == [True, False]
    assert made.headers["Content-Disposition"] == 'attachment; filename="BR-0001-letters.pdf"'
    _meera, jo = people_of(decided)
    word = send(desk, where(decided, "people/letters.docx"), page=where(decided), person=jo.id.hex)
    assert word.status_code == 200
    assert word.data.startswith(b"PK")
    assert "Letters made to be printed: 2." in text_of(desk, where(decided, "now"))


def test_each_is_settled_by_hand_until_everybody_is(desk: FlaskClient, decided: Breach) -> None:
    send(desk, where(decided), do="add", people="Meera Patel\nJo Lee\nAnn Ito")
    meera, jo, _ann = (where(decided, f"people/{each.id}") for each in people_of(decided))
    assert send(desk, meera, do="told", way="telephone", said="She was calm.").status_code == 303
    assert send(desk, meera, do="returned", said="").status_code == 422
    assert send(desk, meera, do="returned", said="Wrong number.").status_code == 303
    assert "Wrong number." in text_of(desk, meera)
    assert send(desk, meera, do="again").status_code == 303
    assert send(desk, jo, do="leave_out", said="Knows already.").status_code == 303
    assert send(desk, jo, do="change", name="Jo Lee", email="jo@lee").status_code == 422
    future = {"told_at-day": "24", "told_at-month": "11", "told_at-year": "2026", "told_at-time": "09:00"}
    assert send(desk, meera, do="told", way="letter", **future).status_code == 422
    assert send(desk, where(decided), do="told_all", way="").status_code == 422
    assert "Not yet: 2 neither told nor left out" in text_of(desk, where(decided))
    assert send(desk, where(decided), do="everybody").status_code == 409
    assert send(desk, where(decided), do="told_all", way="letter").status_code == 303
    assert send(desk, where(decided), do="everybody").status_code == 303
    assert "Everybody was told by" in text_of(desk, where(decided))
    assert Breach.get_by_id(decided.id).people_told_at == NOW


def test_other_organisations_have_their_own_clock_and_processors_have_none(desk: FlaskClient, decided: Breach) -> None:
    others = where(decided, "others")
    when = {"aware_at-day": "23", "aware_at-month": "11", "aware_at-year": "2026", "aware_at-time": "08:14"}
    assert send(desk, others, do="party", name="Quillbrook Council", part="controller", reach="Ann Ito", **when).status_code == 303
    assert send(desk, others, do="party", name="Plateful", part="processor", **when).status_code == 303
    words = text_of(desk, others)
    assert "71 hours 0 minutes left" in words
    assert "Its own last moment 08:14 on Thursday 26 November 2026 (GMT)" in words
    assert "To tell the school without delay" in words
    refused = send(desk, others, do="party", name="<i>", part="")
    assert refused.status_code == 422
    assert 'value="&lt;i&gt;"' in refused.text
    party = re.search(r"others\?party=([0-9a-f-]+)#party", visit(desk, others).text)
    assert party
    page = visit(desk, f"{others}?party={party[1]}").text
    told = {key.replace("aware_at", "told_regulator_at"): value for key, value in when.items()} | {"told_regulator_at-time": "09:00"}
    sent = {"do": "party", "party": hidden(page, "party"), "seen": hidden(page, "seen"), "name": "Quillbrook Council", "part": "controller"}
    assert send(desk, others, **sent, **when, **told).status_code == 303
    assert "Reported in time" in text_of(desk, others)


@pytest.mark.parametrize("key", ["ian", "gus", "tess", "ola"])
def test_nobody_else_opens_any_of_it(app: Flask, people: dict[str, Person], decided: Breach, dev: Person, key: str) -> None:
    desk, other = app.test_client(), app.test_client()
    sign_in(desk, dev)
    send(desk, where(decided), do="add", people="Meera Patel")
    sign_in(other, people[key])
    for part in ("people", "people/letter", "people/send", f"people/{BreachPerson.select().get().id}", "others"):
        answer = other.get(where(decided, part))
        assert answer.status_code in (403, 404), part
        assert b"Meera" not in answer.data
        assert send(other, where(decided, part), page="/account", do="add", people="Mine").status_code in (403, 404)
    assert send(other, where(decided, "people/letters.pdf"), page="/account").status_code in (403, 404)
