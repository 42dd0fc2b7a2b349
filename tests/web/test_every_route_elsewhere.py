"""Nothing of another school is reached by any address of the program; an address that names a new kind of thing needs a case here."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from models import doors
from models.answer_link import AnswerLink
from models.audit import AuditEntry
from models.base import new_id
from models.batch import Together
from models.breach_person import BreachPerson
from models.breach_step import BreachStep
from models.calendar_link import FedEvent
from models.duty import Duty
from models.letter import Letter
from models.message import Message, News
from models.roles import Role
from models.school import School
from models.token import ApiToken
from models.user import Session
from models.vocabulary import BreachPart
from models.vocabulary.files import FileCategory
from models.webhook import HookKind
from registry import records
from registry.access import may
from registry.accounts import tokens
from registry.accounts.tokens import Wanted
from registry.actor import Actor
from registry.breaches.reporting import Report, report
from registry.families import asking
from registry.feed import events
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.hooks import hooks
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.lists import saved_views
from registry.lists.views import View
from registry.many import batches
from registry.post.sorting import put_letter
from registry.records import Occasion
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.devices.devices import DEVICES
from registry.registers.images.carers import CARERS
from registry.registers.images.checks import CHECKS
from registry.registers.images.pupils import PUPILS
from registry.rows import store
from registry.talk import comments, outbox
from registry.talk.outbox import Word
from registry.trace.audit import Happened, recording
from tests.browsing import sign_in, token
from tests.least import add_least
from tests.people import NOW, Person
from tests.web.test_every_route import pages
from web.guard import MARK

NAMED_OTHERWISE = {"slug", "entry", "number", "name", "secret", "filename", "code"}
"""Parts of an address that name nothing which belongs to one school: registers, places in a record, steps; secrets are tried elsewhere."""


@pytest.fixture
def theirs(app: Flask, other_school: School, elsewhere: Occasion, otto: Person) -> dict[str, UUID]:
    """One of everything that an address can name, in the other school."""
    with doors.looking_at(other_school.id):
        row = records.add(SUPPLIERS, {"name": "Theirs alone", "next_review_on": NOW.date()}, elsewhere)
        file = Arriving(other_school.id, "Theirs.txt", NOW)
        file.write(b"Theirs alone")
        attachments.add(SUPPLIERS, row, [file], Described(FileCategory.OTHER), occasion=elsewhere)
        comment = comments.write(SUPPLIERS, row, "Theirs alone", [], occasion=elsewhere)
        upload = uploads.keep(SUPPLIERS, FileRows(["Supplier"], [["Theirs"]], [2], {}, [], "0"), otto.actor, NOW)
        saved_views.save(SUPPLIERS, "Theirs", View(chip="errors"), elsewhere, shared=True)
        tokens.make(otto.actor, Wanted(name="Theirs", role=Role.GOVERNOR, days=7), NOW)
        with recording(otto.actor, NOW) as trace:
            first = trace.number + 1
            trace.note(Happened.EXPORTED, "supplier")
            batch = batches.keep(trace, Together.IMPORT, SUPPLIERS, otto.actor, first=first, many=0)
        with recording(Actor.robot("tests", other_school.id), NOW) as trace:
            word = Word(news=News.MENTIONED, register="suppliers", record=row.id, about=comment.id)
            outbox.put(trace, Actor.robot("tests", other_school.id), word, [otto.user])
            trace.note(Happened.EXPORTED, "supplier")
        person = told_of(row.id, other_school, otto)
        put_letter(otto.user, "news:theirs", NOW, message=Message.select().get())
        pupil = records.add(PUPILS, {"name": "Theirs alone"}, elsewhere)
        asking.make_links([records.add(CARERS, {"name": "Theirs alone", "pupils": (pupil.id,)}, elsewhere).id], elsewhere)
        link = AnswerLink.select(AnswerLink.id).get().id
        found = attachments.of_record(SUPPLIERS, row, otto.actor)[0]
        view = saved_views.kept_views(SUPPLIERS, otto.actor)[0]
        events.catch_up(other_school, NOW.date(), NOW)
        event = FedEvent.select(FedEvent.id).get().id
        duty, step = planned(otto, elsewhere)
        allocation = handed_out(elsewhere)
        hook, _secret = hooks.add(otto.actor, {"name": "Theirs", "kind": HookKind.TEAMS, "address": "https://hooks.example/"}, "", NOW)
    browser = app.test_client()
    sign_in(browser, otto)
    return {
        "record": row.id, "file": found.id, "comment": comment.id, "upload": upload.id, "view": view.id, "batch": batch.id,
        "token": ApiToken.select(ApiToken.id).get().id, "notice": Message.select(Message.id).get().id,
        "session_id": Session.select(Session.id).where(Session.user == otto.user).get().id, "user_id": otto.user,
        "link": link, "check_id": add_least(CHECKS, "Theirs alone", elsewhere).id, "letter": Letter.select(Letter.id).get().id,
        "event": event, "hook": hook, "allocation": allocation.id, "bundle": allocation.bundle, "duty": duty, "step": step, "person": person,
    }


def handed_out(occasion: Occasion) -> Any:
    """A device that somebody holds."""
    held = {"holder": "Theirs alone", "device": add_least(DEVICES, "Theirs alone", occasion).id, "bundle": new_id()}
    with recording(occasion.by, occasion.at) as trace:
        return records.insert(trace, ALLOCATIONS, held, occasion, number=1)


def told_of(breach: UUID, school: School, otto: Person) -> UUID:
    """Somebody who is told of a breach."""
    with recording(otto.actor, NOW) as trace:
        person = BreachPerson(id=new_id(), school=school.id, breach=breach, place=1, name="Theirs alone")
        store(trace, Happened.BREACH_PEOPLE, person, new=True)
    return person.id  # type: ignore[no-any-return]


@pytest.fixture
def mine(school: School, occasion: Occasion) -> UUID:
    """A record of one's own, under which to ask for parts of theirs."""
    with doors.looking_at(school.id):
        return records.add(SUPPLIERS, {"name": "Ours"}, occasion).id  # type: ignore[no-any-return]


def planned(person: Person, occasion: Occasion) -> tuple[UUID, UUID]:
    """An absence in the breach plan of their school, where nobody else could stand in, and a step of a breach there."""
    row = Duty(school=occasion.by.school, person=person.user, stand_in=person.user, begins_on=NOW.date(), ends_on=NOW.date())
    breach = report(Report(what="Theirs alone", noticed_at=NOW), occasion)
    step = BreachStep(school=occasion.by.school, breach=breach.id, place=1, part=BreachPart.CONTAIN, words="Theirs alone")
    with recording(occasion.by, occasion.at) as trace:
        for each in (row, step):
            store(trace, Happened.DUTY_CHANGED, each, new=True)
    return row.id, step.id


def named(rule: Rule) -> set[str]:
    """What an address names that belongs to a school or to a person."""
    return set(rule.arguments) - NAMED_OTHERWISE


def addresses(rule: Rule, theirs: dict[str, UUID], mine: UUID) -> set[str]:
    """The address with everything theirs, and with their parts of a record of one's own."""
    values: dict[str, Any] = {"slug": "suppliers", "entry": 1, "number": 1, "code": "SU1", **theirs}
    both = [values] if named(rule) == {"record"} else [values, {**values, "record": mine}]
    return {rule.build({name: given[name] for name in rule.arguments})[1] for given in both}  # type: ignore[index]


def test_every_kind_of_thing_that_an_address_names_has_a_case(app: Flask, theirs: dict[str, UUID]) -> None:
    assert {name for rule in pages(app) for name in named(rule)} == set(theirs)


def test_nothing_of_another_school_is_there_by_any_address(
    app: Flask, theirs: dict[str, UUID], mine: UUID, hana: Person, dev: Person, ian: Person, other_school: School
) -> None:
    desks = [(person, app.test_client()) for person in (dev, hana, ian)]
    proofs = {}
    for person, client in desks:
        sign_in(client, person)
        proofs[person.key] = token(client, "/account")
    before = entries_of(other_school)
    for rule in pages(app):
        if named(rule):
            for address in sorted(addresses(rule, theirs, mine)):
                for person, client in desks:
                    ask_for(client, rule, address, proofs[person.key])
    assert entries_of(other_school) == before


def ask_for(client: FlaskClient, rule: Rule, address: str, proof: str) -> None:
    """Open and send: it is not there, or not for this role, whatever it is."""
    answers = [client.get(address)] if "GET" in (rule.methods or ()) else []
    if "POST" in (rule.methods or ()):
        answers.append(client.post(address, data={"csrf_token": proof, "version": "1", "text": "Mine now", "name": "Mine now"}))
    for answer in answers:
        assert answer.status_code in (403, 404), f"{rule.rule} answered {answer.status_code} for {address}"
        assert b"Theirs" not in answer.data


def test_one_of_those_who_try_may_do_each_deed_at_home(app: Flask, hana: Person, dev: Person, ian: Person) -> None:
    """So that no address is only ever refused for the role."""
    for rule in pages(app):
        deed = getattr(app.view_functions[rule.endpoint], MARK).deed
        if named(rule) and deed is not None:
            assert any(may(person.actor, deed, SUPPLIERS) for person in (hana, dev, ian)), rule.rule


def entries_of(school: School) -> int:
    """How much the trace of a school says."""
    return int(AuditEntry.select().where(AuditEntry.chain == school.id).count())
