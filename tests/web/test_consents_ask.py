"""The office asks parents: whom, with which links, on which forms; and who is late."""

import html
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask.testing import FlaskClient
from pypdf import PdfReader

from models import doors
from models.answer_link import AnswerLink
from models.audit import AuditEntry
from registry.families import asking
from registry.families.families import NO_RESPONSIBILITY
from registry.images.uses import Use
from registry.records import Occasion
from tests.browsing import plain, send, sign_in, text_of, token, visit
from tests.people import Person
from tests.pictured import a_carer, a_pupil, a_use, an_answer
from tests.web.test_query_counts import count
from web import asking_view

PAGES = ("/consents/ask", "/consents/ask/families?class=3+Oak", "/consents/ask/families?of=everybody", "/consents/ask/links", "/consents/ask/late")
HERS = {"email": "meera@family.example", "responsibility": "yes"}


@pytest.fixture
def website(in_quillbrook: Any, occasion: Occasion) -> Use:
    return a_use(occasion, valid_months=12, form_sentence="May we put pictures of your child on our website?", storage="Our web host in the UK")


@pytest.fixture
def sam(in_quillbrook: Any, occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel")


@pytest.fixture
def meera(occasion: Occasion, sam: Any) -> Any:
    return a_carer(occasion, "Meera Patel", sam, **HERS)


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def ask(office: FlaskClient, *carers: Any) -> Any:
    own = token(office, "/consents/ask/families?of=everybody")
    return office.post("/consents/ask/links", data={"csrf_token": own, "carer": [str(each.id) for each in carers]})


def addresses(page: Any) -> list[str]:
    return re.findall(r'readonly value="http://localhost(/answers/[A-Za-z0-9_-]{43})"', page.text)


def words_in(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_class_is_chosen_its_parents_ticked_and_each_link_shown_once(office: FlaskClient, website: Use, sam: Any, meera: Any) -> None:
    assert "3 Oak 1 1 0" in text_of(office, "/consents/ask")
    page = visit(office, "/consents/ask/families?class=3+Oak")
    assert re.search(rf'value="{meera.id}" aria-label="Ask Meera Patel" checked', page.text)
    made = ask(office, meera)
    assert made.headers["Referrer-Policy"] == "no-referrer"
    (address,) = addresses(made)
    assert "Meera Patel about Sam" in plain(made.text)
    assert "copy each into your own e-mail" in plain(made.text).lower()
    stranger = office.application.test_client()
    visit(stranger, address)
    for path in PAGES:
        assert address not in visit(office, path).text
    assert "Waiting since 23 Nov 2026" in text_of(office, "/consents/ask/families?class=3+Oak")
    again = visit(office, "/consents/ask/families?class=3+Oak").text
    assert not re.search(rf'value="{meera.id}"[^>]*checked', again), "whoever has a link is not asked again by itself"


def test_who_is_not_to_be_asked_is_shown_with_the_reason_and_not_ticked(
    office: FlaskClient, occasion: Occasion, website: Use, sam: Any, meera: Any
) -> None:
    aunt = a_carer(occasion, "Aunt Patel", sam, email="aunt@family.example", responsibility="no")
    limited = a_carer(occasion, "Brian Patel", sam, email="brian@family.example", restrictions="Order of 3 May 2026: no contact")
    alone = a_pupil(occasion, "Kit Alone")
    page = visit(office, "/consents/ask/families?class=3+Oak")
    words = html.unescape(plain(page.text))
    assert NO_RESPONSIBILITY in words
    assert "A court order or an agreement limits them." in words
    assert "no contact" not in words
    for carer in (aunt, limited):
        assert not re.search(rf'value="{carer.id}"[^>]*checked', page.text)
    assert "For 1 pupil no parent or carer with an e-mail address" in words
    assert re.search(rf'name="pupil" value="{alone.id}"', page.text)
    assert len(addresses(ask(office, aunt, limited, meera))) == 3, "somebody may choose to"


def test_a_form_is_printed_for_each_with_the_link_just_made(office: FlaskClient, occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    a_use(occasion, "Recognising pupils", "id_mis", basis="public_task", no_answer="allow", asked_on_form="no")
    alone = a_pupil(occasion, "Kit Alone")
    made = ask(office, meera)
    (address,) = addresses(made)
    sent = {"csrf_token": token(office, "/consents/ask/families?of=everybody"), "secret": address.rpartition("/")[2]}
    answer = office.post("/consents/ask/forms.pdf", data={**sent, "carer": [str(meera.id)], "pupil": [str(alone.id)]})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="consent-forms-2026-11-23.pdf"'
    words = words_in(answer.data)
    for said in ("Meera Patel", "Sam Patel, 3 Oak", "May we put pictures of your child on our website?", "Only with your consent",
                 "Our web host in the UK",
                 "You can take a yes back at any time", "Signature", "Do you have parental responsibility?", "The child says", "Recognising pupils",
                 "I object, for Sam Patel", "Form of 23 November 2026, 09:14", "the parents or carers of Kit Alone", "Page 1 of"):
        assert said in words, said
    assert address in words.replace(" ", "")
    assert words.count("You can answer online") == 1
    assert "�" not in words
    tagged = PdfReader(io.BytesIO(answer.data)).trailer["/Root"]
    assert tagged["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert AuditEntry.select().where((AuditEntry.deed == "exported") & (AuditEntry.subject == "carer")).count() == 1


def test_a_link_of_somebody_else_is_not_printed_on_a_form(
    office: FlaskClient, occasion: Occasion, elsewhere: Occasion, other_school: Any, website: Use, sam: Any, meera: Any
) -> None:
    with doors.looking_at(other_school.id):
        (theirs,) = asking.make_links([a_carer(elsewhere, "Not Ours", a_pupil(elsewhere, "Theirs")).id], elsewhere)
    sent = {"csrf_token": token(office, "/consents/ask/families?of=everybody"), "carer": str(meera.id)}
    for secret in (theirs.secret, "x" * 43, "", "é"):
        assert "You can answer online" not in words_in(office.post("/consents/ask/forms.pdf", data={**sent, "secret": secret}).data)


def test_nobody_ticked_makes_and_prints_nothing(office: FlaskClient, website: Use, sam: Any, meera: Any) -> None:
    for path, page in (("links", "ask"), ("forms.pdf", "ask"), ("families", "ask/late")):
        for said in ({}, {"carer": "nonsense", "pupil": "nonsense"}, {"carer": str(uuid4())}):
            answer = send(office, f"/consents/ask/{path}", "/consents/ask/families?of=everybody", **said)
            assert (answer.status_code, answer.headers["Location"]) == (303, f"/consents/{page}"), path
    assert "nobody is asked" in text_of(office, "/consents/ask/late")
    with doors.looking_at(meera.school_id):
        assert AnswerLink.select().count() == 0


def test_parents_and_pupils_of_another_school_are_not_here(
    office: FlaskClient, elsewhere: Occasion, other_school: Any, website: Use, sam: Any, meera: Any
) -> None:
    with doors.looking_at(other_school.id):
        theirs = a_carer(elsewhere, "Not Ours", a_pupil(elsewhere, "Theirs Alone"), email="x@family.example")
        (made,) = asking.make_links([theirs.id], elsewhere)
        link = asking.last_asked(elsewhere.at)[theirs.id].link
    for path in PAGES:
        assert "Theirs" not in visit(office, path).text
    assert ask(office, theirs).status_code == 303
    assert send(office, f"/consents/ask/links/{link}/end", "/consents/ask/families?of=everybody").status_code == 404
    assert asking.find(made.secret, elsewhere.at) is not None


def test_a_link_is_ended_by_hand(office: FlaskClient, website: Use, sam: Any, meera: Any) -> None:
    (address,) = addresses(ask(office, meera))
    page = visit(office, "/consents/ask/links")
    end = re.search(r'action="(/consents/ask/links/[0-9a-f-]+/end)"', page.text)
    assert end
    send(office, end[1], "/consents/ask/links")
    assert "The link works no more." in text_of(office, "/consents/ask/links")
    visit(office.application.test_client(), address, 404)
    send(office, end[1], "/consents/ask/links")
    assert "had ended already" in text_of(office, "/consents/ask/links")


def test_answering_shows_in_the_list_and_says_nothing_of_the_answer(office: FlaskClient, website: Use, sam: Any, meera: Any) -> None:
    (address,) = addresses(ask(office, meera))
    parent = office.application.test_client()
    send(parent, address, **{f"{sam.id.hex}-{website.id.hex}": "no"})
    words = text_of(office, "/consents/ask/links")
    assert "Meera Patel" in words
    assert "Answered 23 Nov 2026" in words
    assert "refused" not in words


def test_late_missing_and_due_answers_are_a_list(
    client: FlaskClient, ola: Person, occasion: Occasion, website: Use, sam: Any, meera: Any, clock: time_machine.Traveller
) -> None:
    asking.make_links([meera.id], occasion)
    kim = a_pupil(occasion, "Kim Lee")
    an_answer(occasion, kim, website, valid_until=occasion.at.date() + timedelta(days=40))
    clock.shift(timedelta(days=14))
    sign_in(client, ola)
    words = text_of(client, "/consents/ask/late")
    assert "Asked, and no answer: 1" in words
    assert "Meera Patel" in words
    assert "Sam Patel 3 Oak No answer yet" in words
    assert "Kim Lee 3 Oak The yes runs out soon: School website" in words
    asked = send(client, "/consents/ask/families", "/consents/ask/late", pupil=str(sam.id))
    assert "Meera Patel" in asked.text
    assert "Kim Lee" not in asked.text


def test_in_a_large_school_a_class_is_chosen_first(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    for number in range(4):
        a_pupil(occasion, f"Pupil Number{number}", f"{number % 2 + 1}A")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking_view, "SHORT", 3)
        assert "Number1" not in text_of(office, "/consents/ask/late")
        assert "1A 2 pupils with no answer at all" in text_of(office, "/consents/ask/late")
        words = text_of(office, "/consents/ask/late?class=1A")
    assert "Number0" in words
    assert "Number1" not in words


def test_of_many_who_were_asked_the_last_are_listed(
    client: FlaskClient, ola: Person, occasion: Occasion, website: Use, sam: Any, meera: Any, clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking_view, "MOST_LISTED", 1)
    for number, carer in enumerate((meera, a_carer(occasion, "Brian Patel", sam))):
        asking.make_links([carer.id], Occasion(occasion.by, occasion.at + timedelta(hours=number), occasion.school))
    clock.shift(timedelta(days=15))
    sign_in(client, ola)
    words = text_of(client, "/consents/ask/links")
    assert "Brian Patel" in words
    assert "Meera Patel" not in words
    assert "The 1 who were asked last, of 2." in words
    assert "Asked, and no answer: 2" in text_of(client, "/consents/ask/late")


@pytest.mark.parametrize("key", ["tess", "ian", "gus"])
def test_who_does_not_keep_answers_asks_nobody(client: FlaskClient, people: dict[str, Person], website: Use, meera: Any, key: str) -> None:
    sign_in(client, people[key])
    for path in PAGES:
        visit(client, path, 403)
    own = token(client, "/account")
    for path in ("families", "links", "forms.pdf", f"links/{uuid4()}/end"):
        assert client.post(f"/consents/ask/{path}", data={"csrf_token": own, "carer": str(meera.id)}).status_code == 403


def test_a_school_with_nothing_to_ask_is_told_the_first_step(office: FlaskClient, in_quillbrook: Any, occasion: Occasion) -> None:
    assert "Nothing to ask yet" in text_of(office, "/consents/ask")
    a_use(occasion)
    assert "No pupil yet" in text_of(office, "/consents/ask")
    assert "Nobody here" in text_of(office, "/consents/ask/families?class=None+such")
    assert "Nobody was asked yet" in text_of(office, "/consents/ask/links")
    assert "There are no pupils at the school yet. Begin with the pupils" in text_of(office, "/consents/ask/late")
    for page in ("/consents/ask", "/consents/ask/families?of=everybody", "/consents/grid", "/consents/sheet"):
        assert "Go to the pupils" in text_of(office, page)
    assert 'href="/consents/roll">Import from the pupil database' in visit(office, "/registers/pupils/").text


def test_forms_are_printed_in_the_order_of_the_list(office: FlaskClient, occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    last = a_carer(occasion, "Zoe Zander", a_pupil(occasion, "Ada Zander"), email="zoe@family.example")
    first = a_carer(occasion, "Agnes Adair", a_pupil(occasion, "Zeb Adair"), email="agnes@family.example")
    listed = re.findall(r'name="carer" value="([^"]+)"', visit(office, "/consents/ask/families?class=3+Oak").text)
    assert listed == [str(each.id) for each in (first, meera, last)]
    sent = {"csrf_token": token(office, "/consents/ask/families?of=everybody"), "carer": listed}
    words = words_in(office.post("/consents/ask/forms.pdf", data=sent).data)
    assert words.index("For Agnes Adair") < words.index("For Meera Patel") < words.index("For Zoe Zander")


def test_the_history_says_what_was_done_and_names_no_parent(client: FlaskClient, dev: Person, website: Use, sam: Any, meera: Any) -> None:
    sign_in(client, dev)
    (address,) = addresses(ask(client, meera))
    send(client.application.test_client(), address, **{f"{sam.id.hex}-{website.id.hex}": "yes"})
    words = text_of(client, "/audit")
    assert "Dev Marchetti made a link through which one parent can answer about pictures" in words
    assert "took in what one parent answered about pictures through their link" in words
    assert address.rpartition("/")[2] not in client.get("/audit").text


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(office: FlaskClient, occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    asking.make_links([meera.id], occasion)
    few = {path: count(office, path) for path in PAGES}
    for number in range(12):
        pupil = a_pupil(occasion, f"Pupil {number}")
        asking.make_links([a_carer(occasion, f"Parent {number}", pupil, email="p@family.example").id], occasion)
    assert {path: count(office, path) for path in PAGES} == few
    assert max(few.values()) <= 12
