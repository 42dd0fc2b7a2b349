"""The check of names before a picture is used: one answer that nobody misreads, kept as evidence, and nothing that tells a limit from a no."""

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.audit import AuditEntry
from models.base import db
from models.image_check import ImageCheck
from models.school import School
from models.vocabulary import ImageDecision, ImageFlag, YesNo
from registry import records
from registry.images import evidence
from registry.images.uses import Use
from registry.records import Occasion
from registry.registers.images.answers import ANSWERS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.uses import USES
from registry.school.schools import facts_of
from registry.trace.verification import verify_chain, verify_rows
from tests.browsing import check_page, plain, sign_in, text_of, token, visit
from tests.people import NOW, Person
from tests.pictured import a_limit, a_pupil, a_use, an_answer
from web.consent_check import FRAGMENT

pytestmark = pytest.mark.usefixtures("in_quillbrook")

CHECK = "/consents/check"


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def as_lead(dina: Person, school: School) -> Occasion:
    return Occasion(dina.actor, NOW, facts_of(school, NOW.date()))


@pytest.fixture
def office(client: FlaskClient, ola: Person) -> FlaskClient:
    sign_in(client, ola)
    return client


def ask(client: FlaskClient, names: str, use: object = "website", on: str = "24 11 2026", **more: object) -> TestResponse:
    """Send the form as a browser does."""
    return client.post(CHECK, data={"csrf_token": token(client, "/account"), "use": str(use), "names": names, "on": on, **more})


def said(response: TestResponse, status: int = 200) -> str:
    """What the page of an answer says, without its tags."""
    assert response.status_code == status, plain(response.text)[:400]
    check_page(response)
    return plain(response.text)


def allowed(occasion: Occasion, name: str, use: Use, class_name: str = "4 Heron") -> Any:
    """A pupil whose family said yes."""
    pupil = a_pupil(occasion, name, class_name)
    an_answer(occasion, pupil, use)
    return pupil


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


def test_every_check_is_kept_and_says_years_later_what_it_said_then(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    sam = allowed(occasion, "Sam Patel", website)
    page = said(ask(office, "Sam Patel\nMr Toller", show="first"))
    assert "Check IC-0001, by Ola Brandt (school office), Monday 23 November 2026, 09:14." in page
    check = ImageCheck.get()
    assert (check.name, check.publish_on, check.outcome, check.people, check.allowed) == (
        "School website, 24 November 2026", date(2026, 11, 24), "review", 2, 1)
    an_answer(occasion, sam, website, ImageDecision.WITHDRAWN)
    records.change(PUPILS, records.find(PUPILS, sam.id, occasion.by), {"name": "Sam Lee"}, occasion)
    kept = text_of(office, f"/consents/checks/{check.id}")
    assert "Not yet. Ask first 1 name is unclear. The other person may be on the website." in kept
    assert "Sam Patel, 4 Heron First name shown, rested on ID-0001" in kept
    assert "“Mr Toller” Nobody of that name, and nobody close." in kept
    assert "No. Do not publish" in said(ask(office, "Sam Lee"))


def test_a_check_leaves_one_entry_and_no_name_in_clear(office: FlaskClient, occasion: Occasion, website: Use, school: School) -> None:
    allowed(occasion, "Wilhelmina Featherstone", website)
    before = AuditEntry.select().count()
    ask(office, "Wilhelmina Featherstone\nBarnabas Unknown")
    assert AuditEntry.select().count() == before + 1
    for table in ("image_check", "audit_entry", "audit_detail", "search_word"):
        rows = db.execute_sql(f"SELECT * FROM {table}").fetchall()
        everything = str([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in rows])
        assert "Featherstone" not in everything
        assert "Barnabas" not in everything
        assert "featherstone" not in everything
    assert [*verify_chain(school.id)] == []
    assert [*verify_rows()] == []


def test_the_kept_check_is_the_same_for_everybody_who_may_check(app: Flask, office: FlaskClient, occasion: Occasion, as_lead: Occasion,
                                                                website: Use, people: dict[str, Person]) -> None:
    limited = allowed(occasion, "Sam Patel", website)
    a_limit(as_lead, limited)
    ask(office, "Sam Patel\nNoah Flint")
    seen = set()
    for key in ("ola", "dina", "hana", "dev"):
        desk = app.test_client()
        sign_in(desk, people[key])
        page = visit(desk, f"/consents/checks/{ImageCheck.get().id}").text
        seen.add(re.sub(r"printed by [^,]*,", "", page[page.index("<main") : page.index("</main>")]))
    assert len(seen) == 1


@pytest.mark.parametrize("key", ["tess", "hana", "dina", "dev", "ola"])
def test_those_who_use_pictures_may_check(client: FlaskClient, occasion: Occasion, website: Use, people: dict[str, Person], key: str) -> None:
    allowed(occasion, "Sam Patel", website)
    sign_in(client, people[key])
    page = said(ask(client, "Sam Patel\nNoah Flint"))
    assert "Not yet. Ask first" in page
    assert ("Add somebody and ask them" in page) is (key != "tess")


@pytest.mark.parametrize("key", ["ian", "gus"])
def test_nobody_else_may(client: FlaskClient, occasion: Occasion, website: Use, people: dict[str, Person], key: str) -> None:
    allowed(occasion, "Sam Patel", website)
    sign_in(client, people[key])
    assert client.get(CHECK).status_code == 403
    assert ask(client, "Sam Patel").status_code == 403
    assert client.get(f"/consents/checks/{uuid4()}").status_code == 403
    assert ImageCheck.select().count() == 0


def test_a_check_of_another_school_is_not_there(app: Flask, office: FlaskClient, website: Use, otto: Person) -> None:
    ask(office, "Sam Patel")
    stranger = app.test_client()
    sign_in(stranger, otto)
    for check in (ImageCheck.get().id, uuid4()):
        assert stranger.get(f"/consents/checks/{check}").status_code == 404


def test_while_somebody_types_the_answer_comes_alone_and_is_not_kept(office: FlaskClient, occasion: Occasion, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    sent = {"csrf_token": token(office, "/account"), "use": "website", "names": "Sam Patel\nAmelia", "on": "", "looked": "asked"}
    response = office.post(CHECK, data=sent, headers={FRAGMENT: "yes"})
    assert response.status_code == 200
    assert "Not yet. Ask first" in response.text
    assert "This is not kept" in response.text
    assert "<html" not in response.text
    assert office.post(CHECK, data={**sent, "names": ""}, headers={FRAGMENT: "yes"}).status_code == 422
    assert ImageCheck.select().count() == 0


def test_a_school_without_uses_is_told_where_to_begin(office: FlaskClient) -> None:
    assert "Nobody has written down yet what the school uses pictures for." in text_of(office, CHECK)


def without_what_must_differ(response: TestResponse, pupil: Any) -> str:
    """A page without the pupil's name and id, the token, the nonce, and the number and id of the check."""
    text = response.text
    for own in (pupil.name, str(pupil.id), pupil.id.hex):
        text = text.replace(own, "…")
    text = re.sub(r'(name="csrf_token" value=|nonce=)"[^"]+"', r"\1", text)
    return re.sub(r"/consents/(checks/|publish\?check=)[0-9a-f-]{36}|IC-\d{4}", "…", text)


def ways_of_no(occasion: Occasion, as_lead: Occasion, website: Use) -> dict[str, Any]:
    """Pupils whose picture is a no for every reason that nobody may tell from another, the limited one among them."""
    names = {
        "limited": "Ann Moss",
        "limited and refused": "Ben Moss",
        "refused": "Cat Moss",
        "withdrawn": "Dan Moss",
        "objected": "Eve Moss",
        "parents disagree": "Flo Moss",
        "pupil said no": "Gus Moss",
        "limited, nobody asked": "Ham Moss",
        "limited, run out": "Ida Moss",
    }
    made = {reason: a_pupil(occasion, name, "4 Heron") for reason, name in names.items()}
    for each in ("limited", "parents disagree", "pupil said no"):
        an_answer(occasion, made[each], website, decided_by="Kay Moss")
    a_limit(as_lead, made["limited"])
    an_answer(occasion, made["limited and refused"], website, ImageDecision.REFUSED)
    a_limit(as_lead, made["limited and refused"], ImageFlag.NO_IMAGES)
    for decision in ("refused", "withdrawn", "objected"):
        an_answer(occasion, made[decision], website, decision)
    an_answer(occasion, made["parents disagree"], website, ImageDecision.REFUSED, decided_by="Lee Moss")
    an_answer(occasion, made["pupil said no"], website, ImageDecision.REFUSED, decider="pupil")
    a_limit(as_lead, made["limited, nobody asked"], ImageFlag.INTERNAL_ONLY)
    an_answer(occasion, made["limited, run out"], website, valid_until=date(2026, 10, 1))
    a_limit(as_lead, made["limited, run out"])
    return made


def test_a_limit_reads_to_the_letter_like_a_no(office: FlaskClient, occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    bodies, kept, live, lists = {}, {}, {}, {}
    allowed(occasion, "Sam Patel", website)
    for reason, pupil in ways_of_no(occasion, as_lead, website).items():
        response = ask(office, f"{pupil.name}\nSam Patel\nNoah Flint", show="first")
        bodies[reason] = without_what_must_differ(response, pupil)
        check = ImageCheck.select().order_by(ImageCheck.number.desc()).get()
        kept[reason] = without_what_must_differ(office.get(f"/consents/checks/{check.id}"), pupil)
        lists[reason] = (check.outcome, check.people, check.allowed, check.name)
        sent = {"csrf_token": token(office, "/account"), "use": "website", "names": pupil.name, "on": ""}
        live[reason] = without_what_must_differ(office.post(CHECK, data=sent, headers={FRAGMENT: "yes"}), pupil)
    for answers in (bodies, kept, live, lists):
        assert len(set(answers.values())) == 1
    assert "Not for the website." in bodies["limited"]


def test_no_answer_reads_otherwise_than_a_limit(office: FlaskClient, occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    """The comparison above can fail."""
    pupil, limited = a_pupil(occasion, "Ann Moss"), a_pupil(occasion, "Ben Moss")
    a_limit(as_lead, limited)
    assert without_what_must_differ(ask(office, "Ann Moss"), pupil) != without_what_must_differ(ask(office, "Ben Moss"), limited)


def test_people_stand_by_name_whatever_the_reason(office: FlaskClient, occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    made = ways_of_no(occasion, as_lead, website)
    page = said(ask(office, "\n".join(pupil.name for pupil in made.values())))
    places = [page.index(pupil.name) for pupil in made.values()]
    assert places == sorted(places)


def test_a_limit_spares_what_it_is_meant_to_spare(office: FlaskClient, occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    inside = a_use(occasion, "Displays inside school", "internal_display", leaves_school=YesNo.NO)
    pupil = allowed(occasion, "Ann Moss", website)
    an_answer(occasion, pupil, inside)
    a_limit(as_lead, pupil, ImageFlag.INTERNAL_ONLY)
    assert "No. Do not publish" in said(ask(office, "Ann Moss"))
    assert "Yes. You may publish This person may be in displays inside school" in said(ask(office, "Ann Moss", "internal_display"))


def test_evidence_is_read_back_exactly_as_it_was_kept(occasion: Occasion, office: FlaskClient, website: Use) -> None:
    allowed(occasion, "Sam Patel", website)
    a_pupil(occasion, "Sam Lee")
    ask(office, "Sam Patel\nSam\nMr Toller\nSam Lee", show="first", looked="asked", dress="yes")
    row = ImageCheck.get()
    found = evidence.find(row.id, occasion.by)
    assert [line.reason for line in found.checked.people] == ["no_consent", ""]
    assert found.checked.facts["basis"] == "consent"
    assert (found.by, found.role, found.reference) == ("Ola Brandt", "School office", "IC-0001")
    assert records.find(ANSWERS, next(iter(ids_of_answers())), occasion.by)


def ids_of_answers() -> list[UUID]:
    """The ids of every answer in view."""
    return [row.id for row in ANSWERS.table.select()]
