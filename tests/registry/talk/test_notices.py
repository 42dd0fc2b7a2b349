"""The bell holds what somebody was told in this school, as far as they may still see it, until they read it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from peewee import IntegrityError
from playhouse.test_utils import count_queries

from models import doors
from models.message import Message, News, Way
from models.roles import Role
from models.school import School
from registry import records
from registry.access import Forbidden
from registry.actor import Actor
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.talk import comments, notices, outbox
from registry.talk.comments import write
from registry.talk.notices import SIZE, follow, mark_all_read, unread
from registry.trace.audit import Happened, recording
from tests.people import NOW, Person
from tests.tampering import sql

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def files(occasion: Occasion) -> Any:
    """Paper files, on which people comment."""
    return records.add(ASSETS, {"name": "Paper files"}, occasion)


@pytest.fixture
def mention(files: Any, occasion: Occasion) -> Callable[..., UUID]:
    """What has Dev mention people in a comment; the comment."""

    seconds = count()

    def by_dev(*people: Person, row: Any = files) -> UUID:
        register = ASSETS if row is files else SUPPLIERS
        later = Occasion(occasion.by, occasion.at + timedelta(seconds=next(seconds)), occasion.school)
        return write(register, row, "See this", [person.user for person in people], occasion=later).id

    return by_dev


def sentences(person: Person) -> list[str]:
    return [line.sentence for line in notices.notices(person.actor).lines]


def acting_as(person: Person, role: Role) -> Actor:
    return Actor(person.name, user=person.user, role=role, school=person.actor.school)


def test_a_mention_stands_at_the_bell_in_a_sentence(mention: Callable[..., UUID], ola: Person, hana: Person, dev: Person) -> None:
    comment = mention(ola)
    (line,) = notices.notices(ola.actor).lines
    assert line.sentence == "Dev Marchetti mentioned you in a comment on IA-0001"
    assert (line.register, line.about, line.told_at, line.is_read) == ("assets", comment, NOW, False)
    assert [unread(each.actor) for each in (ola, hana, dev)] == [1, 0, 0]


def test_it_waits_in_the_outbox_with_references_only(mention: Callable[..., UUID], ola: Person, files: Any, school: School) -> None:
    comment = mention(ola)
    (message,) = Message.select()
    assert (message.school, message.person, message.record, message.about) == (school.id, ola.user, files.id, comment)
    assert message.state is Way.WAITING
    held = " ".join(str(value) for value in sql("SELECT * FROM message")[0])
    for words in ("See this", "Dev", "Ola", "Paper"):
        assert words not in held


def test_nobody_is_told_the_same_thing_twice(mention: Callable[..., UUID], ola: Person, files: Any, occasion: Occasion) -> None:
    comment = mention(ola)
    word = outbox.Word(news=News.MENTIONED, register="assets", record=files.id, about=comment)
    with recording(occasion.by, occasion.at) as trace:
        outbox.put(trace, occasion.by, word, [ola.user, ola.user])
        trace.note(Happened.COMMENTED, "asset", files.id)
    assert Message.select().count() == 1
    (there,) = Message.select()
    same = {name: getattr(there, name) for name in ("school", "person", "key", "news", "register", "record", "told_at")}
    with pytest.raises(IntegrityError):
        Message.create(id=uuid4(), **same)


def test_one_is_read_by_following_it_and_the_others_stay(mention: Callable[..., UUID], ola: Person, hana: Person) -> None:
    mention(ola, hana)
    second = mention(ola)
    newest = notices.notices(ola.actor).lines[0]
    assert follow(ola.actor, newest.id, NOW).about == second
    assert [line.is_read for line in notices.notices(ola.actor).lines] == [True, False]
    assert (unread(ola.actor), unread(hana.actor)) == (1, 1)
    follow(ola.actor, newest.id, NOW + timedelta(hours=1))
    assert Message.get_by_id(newest.id).read_at == NOW, "the first reading counts"


def test_all_of_ones_own_are_read_at_once(mention: Callable[..., UUID], ola: Person, hana: Person) -> None:
    mention(ola, hana)
    mention(ola)
    assert mark_all_read(ola.actor, NOW) == 2
    assert mark_all_read(ola.actor, NOW) == 0
    assert (unread(ola.actor), unread(hana.actor)) == (0, 1)


def test_answering_on_the_record_reads_what_was_told_about_it(mention: Callable[..., UUID], ola: Person, files: Any, occasion: Occasion) -> None:
    supplier = records.add(SUPPLIERS, {"name": "Plateful"}, occasion)
    mention(ola)
    mention(ola, row=supplier)
    write(ASSETS, files, "Seen", (), occasion=Occasion(ola.actor, occasion.at, occasion.school))
    assert [(line.reference, line.is_read) for line in notices.notices(ola.actor).lines] == [("SU-0001", False), ("IA-0001", True)]


def test_nobody_follows_what_somebody_else_was_told(mention: Callable[..., UUID], ola: Person, hana: Person, otto: Person) -> None:
    mention(ola)
    (line,) = notices.notices(ola.actor).lines
    for other in (hana, otto):
        with pytest.raises(NotFound):
            follow(other.actor, line.id, NOW)
    assert unread(ola.actor) == 1


def test_what_a_new_role_may_not_see_is_neither_shown_nor_counted(mention: Callable[..., UUID], ola: Person) -> None:
    mention(ola)
    (line,) = notices.notices(ola.actor).lines
    teaching = acting_as(ola, Role.TEACHER)
    assert (unread(teaching), notices.notices(teaching).lines) == (0, ())
    with pytest.raises(NotFound):
        follow(teaching, line.id, NOW)
    assert unread(ola.actor) == 1


def test_in_another_school_one_was_told_nothing(mention: Callable[..., UUID], ian: Person, other_school: School) -> None:
    mention(ian)
    there = Actor(ian.name, user=ian.user, role=Role.IT_PROVIDER, school=other_school.id)
    with doors.looking_at(other_school.id):
        assert (unread(there), notices.notices(there).lines, mark_all_read(there, NOW)) == (0, (), 0)
    assert unread(ian.actor) == 1


def test_who_has_no_school_in_view_has_no_bell(dev: Person) -> None:
    nowhere = Actor(dev.name, user=dev.user)
    assert unread(nowhere) == 0
    assert notices.notices(nowhere).lines == ()
    with pytest.raises(Forbidden):
        mark_all_read(nowhere, NOW)


def test_a_comment_withdrawn_since_is_said_to_be(mention: Callable[..., UUID], ola: Person, files: Any, occasion: Occasion) -> None:
    comment = mention(ola)
    comments.withdraw(ASSETS, files, comments.find(ASSETS, files, comment, occasion.by), occasion)
    assert sentences(ola) == ["Dev Marchetti mentioned you in a comment on IA-0001, withdrawn since"]


def test_what_is_no_longer_there_leads_nowhere(ola: Person, dev: Person, school: School) -> None:
    gone = {"register": "assets", "record": uuid4(), "news": News.MENTIONED}
    Message.create(school=school.id, person=ola.user, sender=dev.user, key="mentioned:x", told_at=NOW, **gone)
    Message.create(school=school.id, person=ola.user, sender=None, key="mentioned:y", told_at=NOW + timedelta(seconds=1), **gone)
    assert sentences(ola) == [
        "Safehold mentioned you in a comment on a record that is no longer there",
        "Dev Marchetti mentioned you in a comment on a record that is no longer there",
    ]


def test_many_come_in_pages_newest_first(mention: Callable[..., UUID], ola: Person) -> None:
    about = [mention(ola) for _ in range(SIZE + 2)]
    first = notices.notices(ola.actor)
    assert [line.about for line in first.lines] == about[:1:-1]
    second = notices.notices(ola.actor, first.older)
    assert ([line.about for line in second.lines], second.older) == (about[1::-1], None)


def test_the_bell_asks_one_question_and_a_long_page_as_few_as_a_short_one(mention: Callable[..., UUID], ola: Person) -> None:
    def questions(ask: Callable[[], object]) -> int:
        with count_queries() as counter:
            ask()
        return int(counter.count)

    mention(ola)
    few = questions(lambda: notices.notices(ola.actor))
    for _ in range(8):
        mention(ola)
    assert questions(lambda: notices.notices(ola.actor)) == few <= 4
    notices.unread(ola.actor)
    assert questions(lambda: notices.unread(ola.actor)) <= 1
