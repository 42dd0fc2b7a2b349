"""Every check is kept as evidence, and neither its answer nor what is kept tells a limit from a no."""

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
from registry.school.schools import facts_of
from registry.trace.verification import verify_chain, verify_rows
from tests.browsing import sign_in, text_of, token, visit
from tests.people import NOW, Person
from tests.pictured import a_limit, a_pupil, a_use, an_answer
from tests.web.checking_names import CHECK, allowed, ask, said
from web.consent_check import FRAGMENT

pytestmark = pytest.mark.usefixtures("in_quillbrook")


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


def test_no_list_file_or_history_tells_what_a_check_rested_on(office: FlaskClient, occasion: Occasion, as_lead: Occasion, website: Use) -> None:
    """The record of a check holds every reason, and leaves the database through no other page than its own."""
    limited, refused = a_pupil(occasion, "Ann Moss"), a_pupil(occasion, "Ben Moss")
    a_limit(as_lead, limited)
    an_answer(occasion, refused, website, ImageDecision.REFUSED)
    for pupil in (limited, refused):
        ask(office, pupil.name)
    entry = AuditEntry.select().order_by(AuditEntry.chain, AuditEntry.number.desc()).where(AuditEntry.subject == "image_check").get()
    assert entry.changed.split() == ["name", "use", "publish_on", "outcome", "people", "allowed"]
    one, other = (check.id for check in ImageCheck.select().order_by(ImageCheck.number))
    for path in ("", "/history", "/related"):
        pages = [office.get(f"/registers/image-checks/{check}{path}") for check in (one, other)]
        assert pages[0].status_code == pages[1].status_code
        assert not any(word in page.text for page in pages for word in ("safeguarding", "Moss", "no_consent"))
    lists = [office.get(f"/registers/image-checks/{asked}") for asked in ("", "?sort=people", "?q=Moss")]
    files = [office.post(f"/registers/image-checks/export.{kind}", data={"csrf_token": token(office, "/account")}) for kind in ("csv", "xlsx")]
    assert [answer.status_code for answer in (*lists, *files)] == [200] * 5
    words = (b"safeguarding", b"Ann Moss", b"Ben Moss", b"no_consent")
    assert not any(word in answer.data for answer in (*lists, *files) for word in words)
    assert b"IC-0002" in files[0].data
