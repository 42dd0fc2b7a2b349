"""The check of names before a picture is used: one answer that nobody misreads, whatever was pasted, and choices where it is not clear."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.image_check import ImageCheck
from models.vocabulary import ImageDecision
from registry import records
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.uses import USES
from tests.browsing import sign_in, text_of, token, visit
from tests.people import NOW, Person
from tests.pictured import a_pupil, a_use, an_answer
from tests.web.checking_names import CHECK, allowed, ask, said
from web.consent_check import FRAGMENT

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def test_everybody_allowed_is_a_yes_in_so_many_words(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    allowed(occasion, "Ann Lee", website)
    page = said(ask(office, "Sam Patel, Ann Lee"))
    assert "Yes. You may publish Both people may be on the website on Tuesday 24 November 2026." in page
    assert "May be in it 2" in page


def test_one_no_makes_the_picture_a_no_and_the_others_are_offered(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    an_answer(occasion, a_pupil(occasion, "Noah O’Rourke", "4 Heron"), website, ImageDecision.REFUSED)
    a_pupil(occasion, "Zofia Łukaszewicz", "4 Heron")
    response = ask(office, "Sam Patel; O'Rourke, Noah (4H); Zofia Lukaszewicz", show="first")
    page = said(response)
    assert "No. Do not publish this picture 2 of the 3 people must not be on the website. It is safe with the other person." in page
    assert "Zofia Łukaszewicz, 4 Heron No answer for the website yet, so no. Record an answer" in page
    assert "Noah O’Rourke, 4 Heron Not for the website." in page
    assert re.search(r'<textarea class="sh-copy"[^>]*>Sam</textarea>', response.text)


def test_what_a_yes_depends_on_is_said_beside_the_yes_and_kept_with_it(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    sam, ann = a_pupil(occasion, "Sam Patel"), allowed(occasion, "Ann Lee", website)
    an_answer(occasion, sam, website, decided_by="Meera Patel", conditions="Only from behind.")
    an_answer(occasion, ann, website, ImageDecision.REFUSED, decided_by="Jo Lee", conditions="Never shown")
    page = said(ask(office, "Sam Patel"))
    assert "Only on condition 1" in page
    assert "Sam Patel, 3 Oak Only from behind." in page
    kept = ImageCheck.select().get()
    assert "Sam Patel, 3 Oak Only from behind." in text_of(office, f"/consents/checks/{kept.id}")
    assert "Sam Patel, only on condition: Only from behind." in text_of(office, f"/consents/publish?check={kept.id}")
    live = office.post(CHECK, data={"csrf_token": token(office, "/account"), "use": "website", "names": "Sam Patel"}, headers={FRAGMENT: "yes"})
    assert "Only on condition: Only from behind." in live.text
    assert "Never shown" not in said(ask(office, "Sam Patel, Ann Lee")), "whoever must not be in it has no conditions"
    an_answer(occasion, sam, website, decided_by="Meera Patel", decided_on=NOW.date())
    assert "Only on condition" not in said(ask(office, "Sam Patel")), "the last word counts"


def test_a_use_is_found_by_its_id_its_kind_and_its_name(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    for use in (website.id, website.id.hex, "website", "school WEBSITE"):
        assert "Yes. You may publish" in said(ask(office, "Sam Patel", use))


@pytest.mark.parametrize("on", ["", "23 11 2026", "2026-11-23", "23/11/2026", "23 November 2026", "23 nov 2026"])
def test_the_day_is_read_as_people_write_it(office: FlaskClient, occasion: Occasion, website: Use, on: str) -> None:
    allowed(occasion, "Sam Patel", website)
    assert "Monday 23 November 2026" in said(ask(office, "Sam Patel", on=on))


@pytest.mark.parametrize("on", ["22 11 2026", "1 1 1999"])
def test_a_day_in_the_past_is_refused_with_a_sentence(office: FlaskClient, occasion: Occasion, website: Use, on: str) -> None:
    allowed(occasion, "Sam Patel", website)
    response = ask(office, "Sam Patel", on=on)
    assert "Choose today or a later day" in said(response, 422)
    assert "Sam Patel</textarea>" in response.text


@pytest.mark.parametrize(("on", "sentence"), [("31 11 2026", "November 2026 has 30 days."), ("soon", "Enter a day, such as 1 9 2023.")])
def test_a_day_that_is_none_is_refused_and_kept_as_typed(office: FlaskClient, website: Use, on: str, sentence: str) -> None:
    response = ask(office, "Sam Patel", on=on)
    assert sentence in said(response, 422)
    assert f'type="text" value="{on}"' in response.text


def test_a_use_that_is_none_is_refused(office: FlaskClient, occasion: Occasion, elsewhere: Occasion, website: Use) -> None:
    theirs = records.add(USES, {"name": "Their newsletter", "kind": "newsletter"}, elsewhere)
    for use in ("billboards", str(theirs.id), "newsletter", "Their newsletter", str(uuid4())):
        assert "This school has no such use of pictures." in said(ask(office, "Sam Patel", use), 422)
    assert "Choose where the picture will appear." in said(ask(office, "Sam Patel", ""), 422)


@pytest.mark.parametrize("names", ["", "   \n \t", "---\n***", ",;,"])
def test_no_names_are_refused(office: FlaskClient, website: Use, names: str) -> None:
    assert "Enter the names of those who can be recognised" in said(ask(office, names), 422)


def test_five_thousand_lines_are_refused_and_kept(office: FlaskClient, website: Use) -> None:
    response = ask(office, "\n".join(f"Pupil Number{chr(97 + number % 26)}" for number in range(5_000)))
    assert "These are 5,000 names. Check at most 500 at a time." in said(response, 422)
    assert response.text.count("Pupil Number") == 5_000
    assert "This is too long to be a list of names." in said(ask(office, "x" * 300_000), 422)


HOSTILE = ("🎉🎉", "شخص غير معروف", "\u202eanna\u202c", "<script>alert(1)</script>", "'; DROP TABLE pupil; --", "\x00\x07Sam", "%s{{ 7*7 }}")


@pytest.mark.parametrize("written", HOSTILE)
def test_whatever_is_no_name_we_know_is_never_a_yes(office: FlaskClient, occasion: Occasion, website: Use, written: str) -> None:
    allowed(occasion, "Ann Lee", website)
    response = ask(office, written)
    page = said(response)
    assert "Not yet. Ask first" in page
    assert "May be in it" not in page
    assert "<script>alert" not in response.text
    assert "49" not in page.replace("149", "")


@pytest.mark.parametrize("apostrophe", "'’‘`´ʼ′＇")
def test_every_apostrophe_finds_its_owner(office: FlaskClient, occasion: Occasion, website: Use, apostrophe: str) -> None:
    allowed(occasion, "Noah O’Rourke", website)
    assert "Yes. You may publish" in said(ask(office, f"Noah O{apostrophe}Rourke"))


def test_right_to_left_names_get_their_answer(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "محمد الأحمد", website)
    assert "Yes. You may publish" in said(ask(office, "\u202bمحمد الأحمد\u202c (4H)"))


def test_a_class_that_does_not_exist_is_never_a_yes(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    page = said(ask(office, "Sam Patel (9Z)"))
    assert "Not yet. Ask first 1 name is unclear." in page
    assert "Nobody of that name is in 9Z. One is elsewhere." in page


def keys(response: TestResponse) -> list[str]:
    """The names of the questions that a verdict asks."""
    return list(dict.fromkeys(re.findall(r'type="radio" value="[^"]*"', response.text) and re.findall(r'name="(pick-[0-9a-f]+)"', response.text)))


def hidden(response: TestResponse) -> dict[str, str]:
    """What the form with the choices carries along."""
    form = re.search(r'<form[^>]*aria-labelledby="choose">(.*?)</form>', response.text, re.DOTALL)
    assert form
    held = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[1]))
    names = re.search(r'<textarea name="names"[^>]*>\n(.*?)</textarea>', form[1], re.DOTALL)
    assert names
    return {**held, "names": names[1]}


def test_choosing_between_two_of_one_name_carries_everything(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    sam = allowed(occasion, "Sam Patel", website, "4 Heron")
    a_pupil(occasion, "Sam Patel", "6 Kestrel")
    okonjo = allowed(occasion, "Amelia Okonjo", website)
    first = ask(office, "Sam Patel\nOkonja, Amelia", show="first")
    assert "Two people have this name." in said(first)
    assert "Nobody of that name. One is close." in said(first)
    one, two = keys(first)
    second = office.post(CHECK, data={**hidden(first), one: sam.id.hex})
    assert "1 name is unclear. The other person may be on the website." in said(second)
    third = office.post(CHECK, data={**hidden(second), two: okonjo.id.hex})
    assert "Yes. You may publish Both people may be on the website" in said(third)
    assert "Amelia, Sam</textarea>" in third.text


def test_somebody_else_stays_unclear(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Amelia Okonjo", website)
    first = ask(office, "Amelia Okonja")
    (one,) = keys(first)
    assert "Somebody who is not on our list." in said(office.post(CHECK, data={**hidden(first), one: "nobody"}))


def test_nobody_can_be_chosen_who_was_not_offered(office: FlaskClient, occasion: Occasion, elsewhere: Occasion, website: Use) -> None:
    allowed(occasion, "Amelia Okonjo", website)
    other = allowed(occasion, "Wilhelmina Featherstone", website)
    theirs = a_pupil(elsewhere, "Amelia Okonja")
    first = ask(office, "Amelia Okonja")
    (one,) = keys(first)
    for chosen in (theirs.id.hex, other.id.hex, uuid4().hex, "", "x" * 500):
        assert "Not yet. Ask first" in said(office.post(CHECK, data={**hidden(first), one: chosen}))


def test_two_of_one_name_in_one_picture_are_chosen_one_by_one(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    heron, kestrel = (allowed(occasion, "Sam Patel", website, name) for name in ("4 Heron", "6 Kestrel"))
    first = ask(office, "Sam Patel\nSam Patel")
    one, two = keys(first)
    chosen = {one: heron.id.hex, two: kestrel.id.hex}
    assert "Both people may be on the website" in said(office.post(CHECK, data={**hidden(first), **chosen}))


def test_one_person_named_twice_counts_once(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    assert "This person may be on the website" in said(ask(office, "Sam Patel\nPatel, Sam"))


def test_a_full_name_beside_the_picture_is_a_no_where_the_use_forbids_it(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    sam, ann = allowed(occasion, "Sam Patel", website), allowed(occasion, "Ann Lee", website)
    assert "Too much of the name for the website." in said(ask(office, "Sam Patel\nAnn Lee", show="full"))
    page = said(ask(office, "Sam Patel\nAnn Lee", show="first", **{f"shown-{sam.id.hex}": "full"}))
    assert "1 of the 2 people must not be on the website. It is safe with the other person." in page
    assert "Yes." in said(ask(office, "Sam Patel\nAnn Lee", show="full", **{f"shown-{each.id.hex}": "none" for each in (sam, ann)}))
    assert "Choose whether no names" in said(ask(office, "Sam Patel", show="twice"), 422)


def test_the_picture_itself_is_asked_about_once(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    response = ask(office, "Sam Patel", looked="asked", dress="yes")
    page = said(response)
    assert "Not yet. Look at the picture first This person may be on the website." in page
    assert "Record a publication" not in page
    page = said(ask(office, "Sam Patel", looked="asked", dress="yes", background="yes", device="school"))
    assert "Yes. You may publish" in page
    page = said(ask(office, "Sam Patel", looked="asked", dress="yes", background="yes", device="own"))
    assert "No. Do not publish this picture It was not taken on a device of the school. Take it again with one." in page
    assert "May be in it" not in page


def test_who_has_left_is_asked_about_first(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    gone = a_pupil(occasion, "Sam Patel", "4 Heron", status="left")
    an_answer(occasion, gone, website)
    page = said(ask(office, "Sam Patel"))
    assert "Not yet. Ask first 1 person has to be asked about first." in page
    assert "Sam Patel, 4 Heron Has left the school." in page


def test_a_whole_class_is_added_to_the_names(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website, "4 Heron")
    allowed(occasion, "Ann Lee", website, "4 Heron")
    a_pupil(occasion, "Kit Moss", "6 Kestrel", year_group="Year 6")
    scanned = visit(office, f"{CHECK}?class=4+Heron&use=website")
    assert "Ann Lee (4 Heron)\nSam Patel (4 Heron)</textarea>" in scanned.text
    assert f'<option value="{website.id}" selected>' in scanned.text
    added = ask(office, "Noah Flint", do="group", group="year Year 6")
    assert added.status_code == 200
    assert "Noah Flint\nKit Moss (6 Kestrel)</textarea>" in added.text
    assert ImageCheck.select().count() == 0
    assert "nobody is in one of that name" in text_of(office, f"{CHECK}?class=9Z")
