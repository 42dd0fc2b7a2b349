"""Comments are read by whoever may see the record, written by colleagues, and gone once they are withdrawn."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models import doors
from models.audit import AuditDetail, AuditEntry
from models.comment import Comment
from models.message import Message
from models.roles import Role
from models.school import School
from models.user import Membership
from registry import records
from registry.access import Forbidden
from registry.breaches.reporting import Report, report
from registry.many import batches, undoing
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.breaches import BREACHES
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rows import CannotBeDone, store
from registry.schema import Invalid
from registry.talk import comments
from registry.talk.comments import LONGEST, to_be_told, withdraw, write
from registry.talk.thread import SIZE, Said, thread
from registry.trace import history
from registry.trace.audit import Happened, recording
from registry.trace.chain import INSTALLATION
from registry.trace.verification import verify_chain, verify_rows
from tests.people import NOW, Person
from tests.registry.importing.rows_in_files import save
from tests.tampering import sql

pytestmark = pytest.mark.usefixtures("in_quillbrook")
SECRET = "Wilhelmina Featherstone asked about this"


@pytest.fixture
def files(occasion: Occasion) -> Any:
    """Paper files, on which people comment."""
    return records.add(ASSETS, {"name": "Paper files"}, occasion)


def by(person: Person, occasion: Occasion, minutes: int = 0) -> Occasion:
    """Somebody else of the same school, some minutes later."""
    return Occasion(person.actor, occasion.at + timedelta(minutes=minutes), occasion.school)


def said(row: Any, reader: Person) -> tuple[Said, ...]:
    return thread(ASSETS, row, reader.actor).said


def told() -> set[tuple[UUID, str, UUID]]:
    return {(message.person, message.key, message.sender) for message in Message.select()}


def stop_working(person: Person, school: School) -> None:
    member = Membership.get((Membership.user == person.user) & (Membership.school == school.id))
    with recording(person.actor, NOW) as trace:
        member.ended_at = NOW
        store(trace, Happened.ACCESS_ENDED, member)


def become(person: Person, role: Role, school: School) -> None:
    member = Membership.get((Membership.user == person.user) & (Membership.school == school.id))
    with recording(person.actor, NOW) as trace:
        member.role = role
        store(trace, Happened.ACCESS_CHANGED, member)


def test_a_comment_stands_under_those_before_it_with_who_and_when(files: Any, occasion: Occasion, ola: Person, gus: Person) -> None:
    write(ASSETS, files, "Is this still kept?", (), occasion=occasion)
    write(ASSETS, files, "  Yes,\r\nin the archive. \n", (), occasion=by(ola, occasion, 5))
    first, second = said(files, gus)
    assert (first.author, first.role, first.at, first.text) == ("Dev Marchetti", Role.DPO, occasion.at, "Is this still kept?")
    assert (second.author, second.role, second.text) == ("Ola Brandt", Role.OFFICE, "Yes,\nin the archive.")
    assert comments.count(files) == 2
    assert [each.may_withdraw for each in (first, second)] == [False, False], "a governor reads"


def test_the_role_is_the_one_they_wrote_in(files: Any, occasion: Occasion, ola: Person, dev: Person, school: School) -> None:
    write(ASSETS, files, "From the office", (), occasion=by(ola, occasion))
    become(ola, Role.TEACHER, school)
    assert said(files, dev)[0].role is Role.OFFICE


def test_it_is_sealed_and_stands_nowhere_else_not_even_in_the_trace(files: Any, occasion: Occasion, school: School) -> None:
    before = AuditDetail.select().count()
    write(ASSETS, files, SECRET, (), occasion=occasion)
    (stored,) = sql("SELECT text FROM comment")[0]
    assert b"Featherstone" not in bytes(stored)
    assert AuditDetail.select().count() == before
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_the_history_says_that_there_was_one_and_not_what_it_said(files: Any, occasion: Occasion, gus: Person, dev: Person) -> None:
    key = write(ASSETS, files, SECRET, (), occasion=occasion).id
    version = records.find(ASSETS, files.id, dev.actor).version
    withdraw(ASSETS, files, comments.find(ASSETS, files, key, dev.actor), occasion)
    lines = history.of_record(ASSETS, files, gus.actor).lines
    assert [line.sentence for line in lines][:2] == [
        "Dev Marchetti withdrew a comment on this information asset",
        "Dev Marchetti commented on this information asset",
    ]
    assert "Featherstone" not in str(lines)
    assert records.find(ASSETS, files.id, dev.actor).version == version == files.version, "a comment is no answer, so nobody's form goes stale"


def test_what_is_withdrawn_is_gone_and_who_withdrew_it_stays(files: Any, occasion: Occasion, dev: Person, school: School) -> None:
    key = write(ASSETS, files, SECRET, (), occasion=occasion).id
    sealed_before = bytes(sql("SELECT text FROM comment")[0][0])
    withdraw(ASSETS, files, comments.find(ASSETS, files, key, dev.actor), by(dev, occasion, 3))
    (line,) = said(files, dev)
    assert (line.text, line.withdrawn_by, line.withdrawn_at) == ("", "Dev Marchetti", occasion.at + timedelta(minutes=3))
    assert not line.may_withdraw
    assert comments.count(files) == 0
    assert sql("SELECT text FROM comment")[0][0] is None
    assert sealed_before not in [bytes(sealed) for (sealed,) in sql("SELECT sealed FROM audit_detail")]
    withdraw(ASSETS, files, comments.find(ASSETS, files, key, dev.actor), by(dev, occasion, 9))
    assert said(files, dev) == (line,), "withdrawing it again changes nothing"
    assert [*verify_chain(school.id), *verify_rows()] == []


def test_only_the_writer_and_the_leaders_withdraw(files: Any, occasion: Occasion, ola: Person, dina: Person, hana: Person) -> None:
    key = write(ASSETS, files, SECRET, (), occasion=by(ola, occasion)).id
    with pytest.raises(Forbidden):
        withdraw(ASSETS, files, comments.find(ASSETS, files, key, dina.actor), by(dina, occasion))
    assert [said(files, who)[0].may_withdraw for who in (ola, dina, hana)] == [True, False, True]
    withdraw(ASSETS, files, comments.find(ASSETS, files, key, hana.actor), by(hana, occasion))
    assert (said(files, ola)[0].author, said(files, ola)[0].withdrawn_by) == ("Ola Brandt", "Hana Whitlow")


def test_of_two_who_withdraw_at_once_the_second_hears_of_it(files: Any, occasion: Occasion, dev: Person) -> None:
    key = write(ASSETS, files, SECRET, (), occasion=occasion).id
    mine, theirs = (comments.find(ASSETS, files, key, dev.actor) for _ in range(2))
    withdraw(ASSETS, files, theirs, occasion)
    with pytest.raises(CannotBeDone):
        withdraw(ASSETS, files, mine, occasion)


@pytest.mark.parametrize("who", ["gus", "tess"])
def test_those_who_only_read_or_do_not_even_see_it_write_nothing(who: str, files: Any, occasion: Occasion, people: dict[str, Person]) -> None:
    with pytest.raises(Forbidden):
        write(ASSETS, files, "Mine", (), occasion=by(people[who], occasion))
    assert Comment.select().count() == 0
    assert not comments.may_comment(ASSETS, people[who].actor)


def test_those_who_may_not_see_the_record_read_no_comments(files: Any, occasion: Occasion, tess: Person) -> None:
    write(ASSETS, files, SECRET, (), occasion=occasion)
    with pytest.raises(Forbidden):
        thread(ASSETS, files, tess.actor)
    with pytest.raises(Forbidden):
        to_be_told(ASSETS, tess.actor)


def test_another_school_finds_none_of_it(files: Any, occasion: Occasion, elsewhere: Occasion, other_school: School) -> None:
    key = write(ASSETS, files, SECRET, (), occasion=occasion).id
    with doors.looking_at(other_school.id):
        theirs = records.add(ASSETS, {"name": "Theirs"}, elsewhere)
        assert thread(ASSETS, files, elsewhere.by).said == ()
        assert comments.count(files) == 0
        for row in (theirs, files):
            with pytest.raises(NotFound):
                comments.find(ASSETS, row, key, elsewhere.by)
    supplier = records.add(SUPPLIERS, {"name": "Plateful"}, occasion)
    with pytest.raises(NotFound):
        comments.find(SUPPLIERS, supplier, key, occasion.by)


def test_an_empty_comment_and_an_endless_one_are_refused_in_a_sentence(files: Any, occasion: Occasion) -> None:
    for text, sentence in ((" \n\x00 ", "Write your comment first."), ("x" * (LONGEST + 1200), "Shorten this one by 1,200")):
        with pytest.raises(Invalid) as problem:
            write(ASSETS, files, text, (), occasion=occasion)
        assert sentence in problem.value.messages["text"][0]
    write(ASSETS, files, "x" * LONGEST, (), occasion=occasion)
    assert comments.count(files) == 1


def test_the_same_form_sent_twice_makes_one_comment(files: Any, occasion: Occasion, ola: Person) -> None:
    key = UUID(int=77)
    write(ASSETS, files, "Once", (ola.user,), occasion=occasion, comment=key)
    again = write(ASSETS, files, "Once", (ola.user,), occasion=occasion, comment=key)
    assert (again.id, comments.count(files), Message.select().count()) == (key, 1, 1)
    with pytest.raises(Invalid) as problem:
        write(ASSETS, files, "Something else", (), occasion=occasion, comment=key)
    assert "sent before, with other words" in problem.value.messages["text"][0]
    assert comments.count(files) == 1


def test_those_chosen_and_those_named_are_told_once_and_never_oneself(files: Any, occasion: Occasion, dev: Person, ola: Person, hana: Person) -> None:
    written = write(ASSETS, files, "@Ola Brandt and @Hana: see what @Dev found. @Ola!", (ola.user, dev.user), occasion=occasion)
    assert told() == {(ola.user, f"mentioned:{written.id.hex}", dev.user), (hana.user, f"mentioned:{written.id.hex}", dev.user)}
    assert (written.told, written.left_out) == (2, 0)
    assert said(files, dev)[0].told == ("Hana Whitlow", "Ola Brandt")
    assert said(files, dev)[0].not_told == ()


def test_nobody_is_told_who_may_not_see_the_record(
    files: Any, occasion: Occasion, tess: Person, otto: Person, gus: Person, dev: Person
) -> None:
    written = write(ASSETS, files, "@Tess, @Otto Renwick and @Gus", (tess.user, otto.user), occasion=occasion)
    assert {person for person, _key, _sender in told()} == {gus.user}
    assert (written.told, written.left_out) == (1, 2)
    assert said(files, dev)[0].not_told == (
        "Tess Quayle may not read what is said here, so is not told.",
        "Nobody here is called Otto, so nobody is told of that.",
    )
    assert said(files, gus)[0].not_told == (), "who only reads is not told who works here"


def test_those_who_can_be_told_work_here_now_and_may_see_the_register(occasion: Occasion, ian: Person, dina: Person, school: School) -> None:
    assert [each.name for each in to_be_told(ASSETS, occasion.by)] == ["Dina Okafor", "Gus Penhale", "Hana Whitlow", "Ian Sollis", "Ola Brandt"]
    stop_working(ian, school)
    become(dina, Role.TEACHER, school)
    assert [each.name for each in to_be_told(PROCESSING, occasion.by)] == ["Gus Penhale", "Hana Whitlow", "Ola Brandt"]


def test_of_a_breach_only_those_are_told_who_read_its_comments(occasion: Occasion, ian: Person, hana: Person) -> None:
    breach = report(Report(what="A list lay open.", noticed_at=NOW), occasion)
    assert ian.user not in {each.id for each in to_be_told(BREACHES, occasion.by)}
    written = write(BREACHES, breach, "@Ian Sollis and @Hana Whitlow", (), occasion=occasion)
    assert (written.told, {person for person, *_rest in told()} & {ian.user, hana.user}) == (1, {hana.user})
    assert thread(BREACHES, breach, occasion.by).said[0].not_told == ("Ian Sollis may not read what is said here, so is not told.",)


def test_whoever_left_since_the_form_was_opened_is_not_told(files: Any, occasion: Occasion, ian: Person, school: School) -> None:
    stop_working(ian, school)
    written = write(ASSETS, files, "@Ian Sollis", (ian.user,), occasion=occasion)
    assert (written.told, written.left_out, Message.select().count()) == (0, 1, 0)


def test_a_comment_that_is_rolled_back_tells_nobody(files: Any, occasion: Occasion, ola: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_wishes: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(comments.outbox, "mark_read", fail)
    entries = AuditEntry.select().count()
    with pytest.raises(ZeroDivisionError):
        write(ASSETS, files, "Lost", (ola.user,), occasion=occasion)
    assert (Message.select().count(), comments.count(files), AuditEntry.select().count()) == (0, 0, entries)


def test_a_long_thread_comes_in_pages_newest_last(files: Any, occasion: Occasion, dev: Person) -> None:
    for number in range(SIZE + 3):
        write(ASSETS, files, f"Comment {number}", (), occasion=by(dev, occasion, number))
    newest = thread(ASSETS, files, dev.actor)
    assert [newest.said[0].text, newest.said[-1].text] == ["Comment 3", f"Comment {SIZE + 2}"]
    older = thread(ASSETS, files, dev.actor, newest.earlier)
    assert [each.text for each in older.said] == ["Comment 0", "Comment 1", "Comment 2"]
    assert older.earlier is None


def test_a_register_shut_to_somebody_shuts_its_comments_too(files: Any, occasion: Occasion, ola: Person) -> None:
    write(ASSETS, files, SECRET, (ola.user,), occasion=occasion)
    access = ASSETS.access
    object.__setattr__(ASSETS, "access", replace(access, see=frozenset({Role.DPO})))
    try:
        with pytest.raises(Forbidden):
            thread(ASSETS, files, ola.actor)
        assert to_be_told(ASSETS, occasion.by) == []
    finally:
        object.__setattr__(ASSETS, "access", access)


def test_comments_changed_behind_the_programs_back_are_found(files: Any, occasion: Occasion) -> None:
    write(ASSETS, files, "As written", (), occasion=occasion)
    sql("UPDATE comment SET written_at = 1")
    assert [fault.message.startswith("The comment ") for fault in verify_rows()] == [True]


def test_comments_of_one_moment_are_paged_without_losing_one(files: Any, occasion: Occasion, dev: Person) -> None:
    for number in range(SIZE + 3):
        write(ASSETS, files, f"Comment {number}", (), occasion=occasion)
    newest = thread(ASSETS, files, dev.actor)
    older = thread(ASSETS, files, dev.actor, newest.earlier)
    assert {each.text for each in (*older.said, *newest.said)} == {f"Comment {number}" for number in range(SIZE + 3)}


def test_accounts_are_not_touched(files: Any, occasion: Occasion) -> None:
    before = AuditEntry.select().where(AuditEntry.chain == INSTALLATION).count()
    write(ASSETS, files, "Here", (), occasion=occasion)
    assert AuditEntry.select().where(AuditEntry.chain == INSTALLATION).count() == before


def test_nothing_is_said_about_a_record_that_was_taken_away_meanwhile(occasion: Occasion, people: dict[str, Person]) -> None:
    save(["name"], [["Lost and found"]], occasion)
    row = next(iter(ASSETS.table.select()))
    undoing.undo(ASSETS, batches.recent(occasion.by, ASSETS)[0].id, occasion)
    with pytest.raises(NotFound):
        write(ASSETS, row, "Whose is it?", [people["hana"].user], occasion=occasion)
    assert (Comment.select().count(), Message.select().count()) == (0, 0)
