"""How mail is sent is entered by whoever leads every school, with a trace, and what lets others send is sealed."""

from datetime import timedelta
from typing import Any

import pytest

from models.audit import AuditEntry
from models.mail import MailSettings, Security
from models.message import Message, Way
from models.school import Installation, School
from registry.access import Forbidden
from registry.accounts import people as accounts
from registry.post import mail
from registry.post.mail_answers import as_typed, read_mail
from registry.post.trying import try_mail
from registry.rows import CannotBeDone
from registry.schema import Invalid
from registry.trace.audit import Happened, changes_of
from registry.trace.chain import INSTALLATION
from tests import databases
from tests.people import NOW, Person
from tests.registry.post.conftest import ANSWERS
from tests.tampering import behind_its_back, faults, sql

LATER = NOW + timedelta(hours=1)
SECRET = {**ANSWERS, "security": Security.STARTTLS, "user": "safehold@quillbrook.example", "password": "open sesame"}
TYPED = {
    "host": "smtp.quillbrook.example", "port": "587", "security": "starttls", "user": "", "password": "",
    "sender": "safehold@quillbrook.example", "base_address": "https://safehold.quillbrook.example/",
}


def entries() -> list[AuditEntry]:
    return [*AuditEntry.select().where(AuditEntry.deed == Happened.MAIL_CHANGED.value).order_by(AuditEntry.number)]


def test_it_is_kept_with_a_trace_and_its_secrets_sealed(hana: Person, in_quillbrook: School) -> None:
    assert mail.enter(hana.actor, SECRET, NOW, seen=None)
    kept = mail.in_use()
    assert kept is not None
    assert (kept.user, kept.password, kept.host) == ("safehold@quillbrook.example", "open sesame", "127.0.0.1")
    held = repr(databases.contents()["mail_settings"])
    assert "sesame" not in held
    (entry,) = entries()
    assert (entry.chain, entry.actor) == (INSTALLATION, hana.user.hex)
    changes = changes_of(entry)
    assert changes is not None
    assert (changes["password"], changes["user"]) == ([None, "changed"], [None, "changed"])
    assert faults() == []
    with behind_its_back():
        sql("UPDATE mail_settings SET host = 'mail.elsewhere.example'")
    assert any("How mail is sent" in fault for fault in faults())


def test_an_empty_password_keeps_the_one_there_is_until_the_user_name_changes(hana: Person) -> None:
    mail.enter(hana.actor, SECRET, NOW, seen=None)
    mail.enter(hana.actor, {**SECRET, "password": None, "port": 587}, LATER, seen=1)
    kept = mail.settings()
    assert kept is not None
    assert (kept.password, kept.port) == ("open sesame", 587)
    assert not mail.enter(hana.actor, {**SECRET, "password": None, "port": 587}, LATER, seen=2)
    mail.enter(hana.actor, {**SECRET, "password": None, "user": None, "port": 587}, LATER, seen=3)
    kept = mail.settings()
    assert kept is not None
    assert (kept.user, kept.password) == (None, None)


def test_a_kept_password_is_sent_to_no_other_mail_server(hana: Person) -> None:
    other = {"host": "mail.elsewhere.example"}
    mail.enter(hana.actor, SECRET, NOW, seen=None)
    with pytest.raises(CannotBeDone, match=r"Enter it again"):
        mail.enter(hana.actor, {**SECRET, "password": None, **other}, LATER, seen=1)
    kept = mail.settings()
    assert kept is not None
    assert (kept.host, kept.password) == ("127.0.0.1", "open sesame")
    assert mail.enter(hana.actor, {**SECRET, "password": "another", **other}, LATER, seen=1)


def test_of_two_who_enter_it_at_once_one_is_told(hana: Person) -> None:
    mail.enter(hana.actor, ANSWERS, NOW, seen=None)
    for seen in (None, 7):
        with pytest.raises(CannotBeDone, match="Somebody else"):
            mail.enter(hana.actor, {**ANSWERS, "port": 26}, LATER, seen=seen)
    assert len(entries()) == 1


def test_what_was_told_before_is_not_sent_all_at_once(mention: Any, ola: Person, hana: Person, in_quillbrook: School) -> None:
    mention(ola)
    mail.enter(hana.actor, ANSWERS, LATER, seen=None)
    assert Message.get().state is Way.BELL


@pytest.mark.parametrize("key", ["dev", "ola", "dina", "ian", "tess", "gus"])
def test_nobody_else_may(people: dict[str, Person], key: str) -> None:
    with pytest.raises(Forbidden):
        mail.enter(people[key].actor, ANSWERS, NOW, seen=None)
    assert MailSettings.select().count() == 0


def test_where_others_lead_other_schools_only_somebody_who_leads_them_all(hana: Person, otto: Person, other_school: School) -> None:
    sql("UPDATE membership SET role = 'admin' WHERE user_id = ?", otto.user.bytes)
    assert not mail.may_set_up(hana.actor)
    with pytest.raises(CannotBeDone, match="all schools"):
        mail.enter(hana.actor, ANSWERS, NOW, seen=None)
    sql("UPDATE membership SET user_id = ? WHERE school_id = ?", hana.user.bytes, other_school.id.bytes)
    assert [role.value for _school, role in accounts.schools_of(hana.user)] == ["headteacher", "admin"]
    assert mail.may_set_up(hana.actor)


def test_it_can_be_turned_off_and_on(hana: Person) -> None:
    with pytest.raises(CannotBeDone):
        mail.turn(hana.actor, NOW, is_on=False)
    mail.enter(hana.actor, ANSWERS, NOW, seen=None)
    mail.turn(hana.actor, NOW, is_on=False)
    assert mail.in_use() is None
    mail.turn(hana.actor, NOW, is_on=True)
    assert mail.in_use() is not None
    assert len(entries()) == 3


def test_answers_are_kept_as_they_are_meant() -> None:
    read = read_mail({**TYPED, "user": " safehold ", "password": " open sesame "})
    assert (read["port"], read["security"], read["user"], read["password"]) == (587, Security.STARTTLS, "safehold", " open sesame ")
    assert read["base_address"] == "https://safehold.quillbrook.example"
    kept = MailSettings(changed_at=NOW, **read)
    assert as_typed(kept) == {
        "host": "smtp.quillbrook.example", "port": "587", "security": "starttls", "user": "safehold",
        "sender": "safehold@quillbrook.example", "base_address": "https://safehold.quillbrook.example",
    }


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("host", text) for text in ("", "smtp quillbrook", "https://smtp.example", "smtp.example:25", "-x.example", "a" * 300)),
        *(("port", text) for text in ("", "0", "65536", "twenty", "５８７", "-1")),
        ("security", "rot13"),
        *(("sender", text) for text in ("", "safehold", "Safehold <a@b.example>", "a@b.example\nBcc: c@d.example", "a b@c.example")),
        *(("base_address", text) for text in ("", "safehold.example", "ftp://a.example", "https://", "https://a.example/x", "https://a.example?x=1")),
        *(("base_address", text) for text in ("https://u:p@a.example", "https://a.example:99999", "javascript:alert(1)", "https://a b.example")),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_question(name: str, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_mail({**TYPED, name: typed})
    assert list(refused.value.messages) == [name]


def test_a_password_never_travels_in_the_clear() -> None:
    open_wire = {**TYPED, "security": "none", "user": "safehold", "password": "open sesame"}
    with pytest.raises(Invalid) as refused:
        read_mail(open_wire)
    assert "in the clear" in refused.value.messages["password"][0]
    assert read_mail({**open_wire, "host": "localhost"})["password"] == "open sesame"
    assert read_mail({**open_wire, "user": "", "password": ""})["security"] is Security.NONE
    with pytest.raises(Invalid) as refused:
        read_mail({**TYPED, "password": "open sesame"})
    assert list(refused.value.messages) == ["user"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "mail", "smtp.office365.com", "xn--bcher-kva.example"])
def test_a_server_may_be_named_in_any_usual_way(host: str) -> None:
    assert read_mail({**TYPED, "host": host})["host"] == host


def test_from_the_demonstration_nothing_reaches_anybody(set_up: MailSettings, hana: Person) -> None:
    Installation.update(demonstration=True).execute()
    assert mail.in_use() is not None, "a mail server on this very computer is somebody's own"
    changed = {**{name: getattr(set_up, name) for name in ANSWERS}, "host": "smtp.quillbrook.example"}
    mail.enter(hana.actor, changed, NOW, seen=set_up.version)
    assert mail.in_use() is None
    entered = mail.settings()
    assert entered is not None
    with pytest.raises(CannotBeDone, match="demonstration"):
        try_mail(hana.actor, entered, NOW)
