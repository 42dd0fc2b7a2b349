"""A limit on pictures is known to the safeguarding lead and the headteacher: nobody else is sent one byte of it, by any address."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from models.attachment import Attachment
from models.audit import AuditEntry
from models.batch import Batch, Together
from models.comment import Comment
from models.roles import Role
from models.school import School
from models.take_down import TakeDown
from models.vocabulary import ImageDecision
from models.vocabulary.files import FileCategory
from registry import records
from registry.accounts import tokens
from registry.accounts.tokens import Wanted
from registry.catalogue import REGISTERS, area_of
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.images.uses import Use
from registry.lists import saved_views
from registry.lists.views import View
from registry.many import together
from registry.many.together import Wish
from registry.records import Occasion
from registry.registers.images.flags import FLAGS
from registry.registers.images.publications import PUBLICATIONS
from registry.school.schools import facts_of
from registry.search import search_entries
from registry.talk import comments
from tests.browsing import plain, sign_in, token, visit
from tests.people import NOW, Person
from tests.pictured import a_limit, a_pupil, a_use, an_answer
from tests.web.checking_names import ask
from tests.web.test_every_route import routes

pytestmark = pytest.mark.usefixtures("in_quillbrook")

OUTSIDERS = ("dev", "ola", "ian")
OF_PICTURES = tuple(register for register in REGISTERS if area_of(register) == "Images")
SECRET = "Zephyr"


@dataclass(frozen=True)
class World:
    """Two pupils, each in a picture on the website: one was limited in secret, the other's mother took her yes back."""

    limited: Any
    plain: Any
    flag: Any
    publications: dict[UUID, Any]
    tasks: dict[UUID, Any]
    answer: Any
    hidden: tuple[str, ...]  # what must be sent to no outsider


@pytest.fixture
def as_lead(dina: Person, school: School) -> Occasion:
    return Occasion(dina.actor, NOW, facts_of(school, NOW.date()))


@pytest.fixture
def world(app: Flask, school: School, occasion: Occasion, ola: Person, as_lead: Occasion, hana: Person) -> World:
    office = Occasion(ola.actor, NOW, facts_of(school, NOW.date()))
    use = a_use(occasion)
    limited, usual = a_pupil(office, "Pat Quist"), a_pupil(office, "Nia Flint")
    for each in (limited, usual):
        an_answer(office, each, use)
    shown = {each.id: _published(office, use, each) for each in (limited, usual)}
    flag = a_limit(as_lead, limited, reason=f"{SECRET} reason", next_review_on=date(2027, 5, 6))
    answer = an_answer(office, usual, use, ImageDecision.WITHDRAWN, decided_on=NOW.date())
    other = a_limit(as_lead, limited)
    file = Arriving(school.id, f"{SECRET}.txt", NOW)
    file.write(SECRET.encode())
    attachments.add(FLAGS, flag, [file], Described(FileCategory.OTHER), occasion=as_lead)
    comment = comments.write(FLAGS, flag, f"{SECRET} comment", [hana.user], occasion=as_lead)
    saved_views.save(FLAGS, f"{SECRET} view", View(chip="errors"), as_lead, shared=False)
    batch = _archived_together(other, as_lead)
    records.change(FLAGS, records.find(FLAGS, flag.id, as_lead.by), {"next_review_on": date(2027, 6, 7)}, as_lead)
    search_entries.catch_up(school.id)
    tasks = {task.person: task for task in TakeDown.select()}
    ids = [flag.id, other.id, batch.id, comment.id, *(row.id for row in Attachment.select())]
    hidden = (*(each.hex for each in ids), *map(str, ids), "PF-0001", "PF-0002", SECRET, FLAGS.one)
    return World(limited, usual, flag, shown, tasks, answer, hidden)


def _published(occasion: Occasion, use: Use, pupil: Any) -> Any:
    told = {"name": "Day out", "use": use.id, "published_on": date(2026, 10, 1), "pupils": (pupil.id,)}
    return records.add(PUBLICATIONS, told, occasion)


def _archived_together(flag: Any, occasion: Occasion) -> Batch:
    wish, view = Wish(Together.ARCHIVE), View(only=(flag.id,))
    plan = together.plan(FLAGS, view, wish, occasion)
    return together.do(FLAGS, view, wish, occasion, shown=plan.mark, stands=plan.stands)


def addresses(app: Flask, world: World) -> Iterator[str]:
    """Every page, with every register, and with each record that matters in its own register."""
    pairs = {"pupils": world.limited, "take-downs": world.tasks[world.limited.id], "publications": world.publications[world.limited.id]}
    pairs |= {"image-decisions": world.answer, "image-flags": world.flag}
    parts = {"file": Attachment.get().id, "comment": Comment.get().id, "batch": Batch.get().id, "entry": 1, "number": 1}
    for rule in routes(app):
        if "GET" not in (rule.methods or ()) or "secret" in rule.arguments:
            continue
        for slug, row in pairs.items() if "record" in rule.arguments else ((register.slug, None) for register in OF_PICTURES):
            yield built(rule, {**parts, "slug": slug, "record": row.id if row else UUID(int=7)})
            if "slug" not in rule.arguments and row is None:
                break
    yield from (f"/registers/{register.slug}/?q={words}" for register in OF_PICTURES for words in ("Pat+Quist", "PF-0001", SECRET))
    yield from (f"/registers/{register.slug}/?show={chip}" for register in OF_PICTURES for chip in ("archived", "errors"))
    yield from (f"/audit?register={register.slug}" for register in OF_PICTURES)
    yield from (f"/audit?deed={deed}" for deed in ("added", "changed", "archived", "together", "comments", "files", "opened", "views"))
    yield from (f"/audit?save={entry.number}" for entry in AuditEntry.select().where(AuditEntry.chain == world.flag.school_id))
    yield from (f"/audit?reference={reference}" for reference in ("PF-0001", "1"))


def built(rule: Rule, values: dict[str, Any]) -> str:
    address = rule.build({name: values.get(name) or UUID(int=7) for name in rule.arguments}, append_unknown=False)
    assert address, rule.rule
    return address[1]


def told(response: TestResponse) -> str:
    """Everything that a response says, a workbook unpacked; without what the address itself gave away."""
    if response.data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(response.data)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return response.get_data(as_text=True) if response.mimetype != "application/pdf" else ""


@pytest.mark.parametrize("key", OUTSIDERS)
def test_no_page_says_a_word_of_it(app: Flask, client: FlaskClient, people: dict[str, Person], world: World, key: str) -> None:
    sign_in(client, people[key])
    about_every_register = ("/who-can-do-what",)
    for address in dict.fromkeys(addresses(app, world)):
        response = client.get(address)
        said = told(response)
        for text in world.hidden:
            if text not in address and not (text == FLAGS.one and address in about_every_register):
                assert text not in said, f"{address} ({response.status}) says {text}"


@pytest.mark.parametrize("key", ["dev", "ola"])
def test_no_file_and_no_search_says_a_word_of_it(client: FlaskClient, people: dict[str, Person], world: World, key: str) -> None:
    sign_in(client, people[key])
    proof = {"csrf_token": token(client, "/account")}
    asked = [("/registers/export.xlsx", {})]
    asked += [(f"/registers/{register.slug}/export.{kind}", {}) for register in OF_PICTURES for kind in ("csv", "xlsx")]
    asked += [("/search", {"q": words}) for words in ("Pat Quist", "PF-0001", SECRET, "2")]
    for address, sent in asked:
        response = client.post(address, data={**proof, **sent}, follow_redirects=True)
        said = told(response)
        for text in world.hidden:
            if text not in sent.values():
                assert text not in said, f"{address} {sent} says {text}"


@pytest.mark.parametrize("key", ["dev", "ola"])
def test_no_program_is_told(app: Flask, people: dict[str, Person], world: World, key: str) -> None:
    person = people[key]
    secret = tokens.make(person.actor, Wanted(name="Kiosk", role=person.actor.role or Role.OFFICE, days=7), NOW)
    client, bearer = app.test_client(), {"Authorization": f"Bearer {secret}"}
    for address in dict.fromkeys(each for each in addresses(app, world) if each.startswith("/api/")):
        response = client.get(address, headers=bearer)
        assert response.status_code < 500
        for text in world.hidden:
            if text not in address:
                assert text not in told(response), f"{address} says {text}"


def test_the_answer_about_a_flag_is_the_same_whether_it_is_there_or_not(client: FlaskClient, ola: Person, world: World) -> None:
    sign_in(client, ola)
    for part in ("", "/linked", "/files", "/comments", "/history", "/change", "/archive"):
        there, nowhere = (client.get(f"/registers/image-flags/{key}{part}") for key in (world.flag.id, UUID(int=7)))
        assert (there.status_code, stripped(there.text)) == (nowhere.status_code, stripped(nowhere.text))


def stripped(page: str) -> str:
    """A page without what differs each time it is opened."""
    return re.sub(r'(nonce|value|content)="[^"]{20,}"', "", re.sub(r"\b[0-9a-f]{8}\b", "", page))


def alike(page: str, world: World, pupil: Any) -> str:
    """A page about one of the two pupils, with what names that pupil put in general words."""
    task, publication = world.tasks[pupil.id], world.publications[pupil.id]
    names = {str(pupil.id): "(pupil)", pupil.name: "(name)", str(task.id): "(task)", str(publication.id): "(publication)"}
    names |= {task.reference: "(TD)", publication.reference: "(PB)", pupil.reference: "(PU)", pupil.id.hex: "(pupil)"}
    for said, instead in names.items():
        page = page.replace(said, instead)
    page = re.sub(r"(Entry </span>|entry |history/)\d+", r"\1(N)", page)
    return stripped(page)


@pytest.mark.parametrize("key", ["dev", "ola"])
@pytest.mark.parametrize("part", ["", "/linked", "/files", "/comments", "/history"])
def test_the_task_of_a_limited_pupil_is_the_task_of_any_other(
    client: FlaskClient, people: dict[str, Person], world: World, key: str, part: str
) -> None:
    sign_in(client, people[key])
    for slug, rows in (("take-downs", world.tasks), ("publications", world.publications)):
        one, other = (
            alike(visit(client, f"/registers/{slug}/{rows[pupil.id].id}{part}").text, world, pupil) for pupil in (world.limited, world.plain)
        )
        assert one == other, f"{slug}{part}"
        assert "(name)" in one or slug == "publications" or part


@pytest.mark.parametrize("key", ["dev", "ola", "tess"])
def test_no_day_to_come_tells_when_a_limit_ends(
    client: FlaskClient, people: dict[str, Person], occasion: Occasion, as_lead: Occasion, key: str
) -> None:
    use = a_use(occasion)
    limited, refused = a_pupil(occasion, "Ada Flint"), a_pupil(occasion, "Eva Flint")
    an_answer(occasion, limited, use)
    a_limit(as_lead, limited, cleared_on=date(2026, 12, 1))
    an_answer(occasion, refused, use, ImageDecision.REFUSED)
    sign_in(client, people[key])
    for on in ("23 11 2026", "1 12 2026", "1 1 2030"):
        pages = [ask(client, pupil.name, use.id, on).text.replace(pupil.name, "(name)").replace(pupil.id.hex, "") for pupil in (limited, refused)]
        one, other = (stripped(re.sub(r"IC-\d+|[0-9a-f]{8}-[0-9a-f-]{27}", "", page)) for page in pages)
        assert one == other, on
        assert "Not for the website." in one


@pytest.mark.parametrize("key", ["dev", "ola"])
def test_the_list_of_differences_says_the_same_of_both(client: FlaskClient, people: dict[str, Person], world: World, key: str) -> None:
    sign_in(client, people[key])
    said = plain(visit(client, "/consents/recheck").text)
    for pupil in (world.limited, world.plain):
        assert f"Day out {world.publications[pupil.id].reference} {pupil.name}, 3 Oak Not for the website." in said


def test_whoever_took_the_whole_history_away_knows_no_more(client: FlaskClient, dev: Person, world: World, dina: Person) -> None:
    sign_in(client, dev)
    for page in ("/audit", f"/audit?by={dina.user.hex}", "/audit/batches"):
        said = plain(visit(client, page).text)
        assert "may not see" not in said
        assert "Dina Okafor added" not in said
        assert "Dina Okafor put a new file" not in said
        assert "Dina Okafor did one thing" not in said
        assert "Dina Okafor archived" not in said


def test_those_two_see_all_of_it(client: FlaskClient, hana: Person, world: World) -> None:
    sign_in(client, hana)
    limit = f"/registers/image-flags/{world.flag.id}"
    assert SECRET in visit(client, limit).text
    for page in (limit, f"{limit}/change?section=why", f"{limit}/history"):
        assert "Never shown or shared" in visit(client, page).text
        assert "no_publication" not in plain(visit(client, page).text)
    assert "PF-0001" in visit(client, "/registers/image-flags/").text
    history = plain(visit(client, "/audit").text)
    assert "Dina Okafor added" in history
    assert "Dina Okafor archived 1 image flag" in plain(visit(client, "/audit/batches").text)
