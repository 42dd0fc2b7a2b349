"""Files with a record: who may bring what, what is noted, and what is left when something goes wrong half-way."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from models import file_store
from models.attachment import Attachment, LooseFile
from models.audit import AuditEntry
from models.file_store import OutOfReach
from models.school import School
from models.vocabulary import FileCategory
from registry import records
from registry.access import Forbidden
from registry.files import arriving, attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Damaged, Described
from registry.records import NotFound, Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.rows import CannotBeDone
from registry.trace import history
from registry.trace.audit import Happened
from tests.people import NOW, Person
from tests.tampering import faults

LONG = bytes(range(256)) * 12_000  # three pieces
ABOUT = Described(FileCategory.CONTRACT, "Signed by Nell Abara")


@pytest.fixture
def row(in_quillbrook: School, occasion: Occasion) -> Any:
    """An asset of Quillbrook."""
    return records.add(ASSETS, {"name": "Paper files"}, occasion)


def arrive(school: School, content: bytes, name: str = "Contract.pdf") -> Arriving:
    """A file that has come in."""
    file = Arriving(school.id, name, NOW)
    for start in range(0, len(content), 70_000):
        file.write(content[start : start + 70_000])
    return file


def bring(school: School, row: Any, content: bytes, occasion: Occasion, name: str = "Contract.pdf") -> Attachment:
    """A file that was added."""
    assert attachments.add(ASSETS, row, [arrive(school, content, name)], ABOUT, occasion=occasion) == []
    return attachments.of_record(ASSETS, row, occasion.by)[0]


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_came(row: Any, school: School, occasion: Occasion, tmp_path: Path) -> None:
    file = bring(school, row, LONG, occasion)
    assert b"".join(attachments.opened(ASSETS, row, file, occasion)) == LONG
    assert (file.size, file.digest, file.name, file.note) == (len(LONG), hashlib.sha256(LONG).hexdigest(), "Contract.pdf", ABOUT.note)
    (path,) = stored(tmp_path)
    assert LONG[:256] not in path.read_bytes()
    assert path.parent.stat().st_mode & 0o077 == 0, "for the program only"
    assert (attachments.count(ASSETS, row, occasion.by), LooseFile.select().count(), faults()) == (1, 0, [])


def test_what_is_done_with_files_is_told_in_the_history_of_the_record(row: Any, school: School, occasion: Occasion) -> None:
    file = bring(school, row, b"one", occasion)
    list(attachments.opened(ASSETS, row, file, occasion))
    attachments.replace(ASSETS, row, file, arrive(school, b"two", "Newer.pdf"), about=ABOUT, occasion=occasion)
    attachments.remove(ASSETS, row, attachments.find(ASSETS, row, file.id, occasion.by), occasion)
    told = [(line.sentence, [change[:3] for change in line.changes]) for line in history.of_record(ASSETS, row, occasion.by).lines]
    assert [(sentence, [tuple(change) for change in changes]) for sentence, changes in told[:4]] == [
        ("Dev Marchetti removed a file from this information asset", [("File", "Contract.pdf", "")]),
        ("Dev Marchetti put a newer file in the place of one of this information asset", [("File", "Contract.pdf", "Newer.pdf")]),
        ("Dev Marchetti opened a file of this information asset", [("File", "", "Contract.pdf")]),
        ("Dev Marchetti added a file to this information asset", [("File", "", "Contract.pdf")]),
    ]
    latest = history.last_changes(ASSETS, row, occasion.by, 10)
    assert not [line for line in latest if "opened" in line.sentence], "reading is no change"
    assert faults() == []


def test_the_record_itself_does_not_move_on(row: Any, school: School, occasion: Occasion) -> None:
    bring(school, row, b"one", occasion)
    now = records.find(ASSETS, row.id, occasion.by)
    assert now.version == row.version
    assert records.change(ASSETS, row, {"location": "Corridor"}, occasion), "an open form does not conflict with a file"


def test_a_file_is_replaced_once_and_stays(row: Any, school: School, occasion: Occasion) -> None:
    old = bring(school, row, b"one", occasion)
    stale = attachments.find(ASSETS, row, old.id, occasion.by)
    attachments.replace(ASSETS, row, old, arrive(school, b"two", "Newer.pdf"), about=ABOUT, occasion=occasion)
    third = arrive(school, b"three")
    with pytest.raises(CannotBeDone, match="in the meantime"):
        attachments.replace(ASSETS, row, stale, third, about=ABOUT, occasion=occasion)
    third.give_up()
    with pytest.raises(CannotBeDone, match="newer file"):
        attachments.replace(ASSETS, row, old, third, about=ABOUT, occasion=occasion)
    assert b"".join(attachments.contents(attachments.find(ASSETS, row, old.id, occasion.by))) == b"one"
    assert (attachments.count(ASSETS, row, occasion.by), LooseFile.select().count(), faults()) == (1, 0, [])


def test_one_that_replaces_itself_is_refused_and_nothing_changes(row: Any, school: School, occasion: Occasion) -> None:
    old = bring(school, row, b"one", occasion)
    refused = attachments.replace(ASSETS, row, old, arrive(school, b"one", "Same.pdf"), about=ABOUT, occasion=occasion)
    assert refused is not None
    assert refused.why == "is here already, under the name Contract.pdf."
    assert attachments.find(ASSETS, row, old.id, occasion.by).superseded_by is None


def test_removing_deletes_the_bytes_and_the_key_and_keeps_the_row(row: Any, school: School, occasion: Occasion, tmp_path: Path) -> None:
    file = bring(school, row, LONG, occasion)
    attachments.remove(ASSETS, row, file, occasion)
    kept = Attachment.get_by_id(file.id)
    assert (kept.name, kept.key, kept.removed_by, kept.removed_at) == ("Contract.pdf", None, occasion.by.user, NOW)
    assert (stored(tmp_path), LooseFile.select().count(), faults()) == ([], 0, [])
    with pytest.raises(NotFound):
        attachments.find(ASSETS, row, file.id, occasion.by)


@pytest.mark.parametrize("key", ["gus", "ian", "dina", "tess"])
def test_only_those_who_may_change_the_register_may_change_its_files(
    row: Any, school: School, people: dict[str, Person], occasion: Occasion, key: str
) -> None:
    file, other = bring(school, row, b"one", occasion), arrive(school, b"two")
    theirs = Occasion(people[key].actor, NOW, occasion.school)
    with pytest.raises(Forbidden):
        attachments.add(ASSETS, row, [other], ABOUT, occasion=theirs)
    with pytest.raises(Forbidden):
        attachments.replace(ASSETS, row, file, other, about=ABOUT, occasion=theirs)
    with pytest.raises(Forbidden):
        attachments.remove(ASSETS, row, file, theirs)
    if key == "tess":
        for ask in (attachments.of_record, attachments.count):
            with pytest.raises(Forbidden):
                ask(ASSETS, row, theirs.by)
        with pytest.raises(Forbidden):
            attachments.opened(ASSETS, row, file, theirs)


def test_a_file_of_another_record_is_not_found(row: Any, school: School, occasion: Occasion) -> None:
    file = bring(school, row, b"one", occasion)
    other = records.add(ASSETS, {"name": "Another"}, occasion)
    with pytest.raises(NotFound):
        attachments.find(ASSETS, other, file.id, occasion.by)


def test_what_was_given_up_leaves_nothing(row: Any, school: School, occasion: Occasion, tmp_path: Path) -> None:
    file = arrive(school, LONG)
    assert LooseFile.select().count() == 1
    file.give_up()
    assert (stored(tmp_path), LooseFile.select().count()) == ([], 0)


def test_what_was_cut_short_is_swept_once_it_cannot_be_coming_any_more(school: School, tmp_path: Path, in_quillbrook: School) -> None:
    arrive(school, LONG)
    assert arriving.sweep(NOW + timedelta(minutes=59)) == 0
    assert len(stored(tmp_path)) == 1
    assert arriving.sweep(NOW + timedelta(hours=1)) == 1
    assert (stored(tmp_path), LooseFile.select().count(), arriving.sweep(NOW + timedelta(days=1))) == ([], 0, 0)


def test_a_file_that_was_swept_while_it_came_is_not_added(row: Any, school: School, occasion: Occasion) -> None:
    file = arrive(school, b"slow")
    arriving.sweep(NOW + timedelta(hours=2))
    with pytest.raises((CannotBeDone, file_store.Missing)):
        attachments.add(ASSETS, row, [file], ABOUT, occasion=occasion)
    assert (Attachment.select().count(), AuditEntry.select().where(AuditEntry.deed == Happened.FILE_ADDED.value).count()) == (0, 0)


def test_a_file_that_was_added_is_never_swept(row: Any, school: School, occasion: Occasion) -> None:
    file = bring(school, row, b"one", occasion)
    assert arriving.sweep(NOW + timedelta(days=30)) == 0
    assert b"".join(attachments.contents(file)) == b"one"


def test_bytes_that_could_not_be_deleted_are_swept_later(
    row: Any, school: School, occasion: Occasion, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bring(school, row, b"one", occasion)

    def fail(*_words: object) -> None:
        raise OutOfReach("away")

    with monkeypatch.context() as patched:
        patched.setattr(file_store.FileStore, "remove", fail)
        attachments.remove(ASSETS, row, file, occasion)
    assert (len(stored(tmp_path)), LooseFile.select().count()) == (1, 1)
    assert arriving.sweep(NOW + timedelta(hours=1)) == 1
    assert stored(tmp_path) == []


def test_a_deed_that_fails_leaves_neither_row_nor_entry(row: Any, school: School, occasion: Occasion, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = arrive(school, b"one", "a"), arrive(school, b"two", "b")
    LooseFile.delete().where(LooseFile.id == second.id).execute()
    with pytest.raises(CannotBeDone, match="longer than an hour"):
        attachments.add(ASSETS, row, [first, second], ABOUT, occasion=occasion)
    assert (Attachment.select().count(), faults()) == (0, [])
    first.give_up()
    assert LooseFile.select().count() == 0


def test_a_files_bytes_in_the_place_of_anothers_do_not_open(row: Any, school: School, occasion: Occasion, tmp_path: Path) -> None:
    one, two = bring(school, row, b"one", occasion, "1.txt"), bring(school, row, b"two", occasion, "2.txt")
    folder = tmp_path / "files" / school.id.hex
    (folder / one.id.hex).replace(folder / two.id.hex)
    with pytest.raises(Damaged, match="missing or was altered"):
        attachments.opened(ASSETS, row, two, occasion)
    assert AuditEntry.select().where(AuditEntry.deed == Happened.FILE_OPENED.value).count() == 0


class Overtaken(Arriving):
    """A file that takes so long that a colleague is quicker."""

    meanwhile: Callable[[], object] | None = None

    def finish(self) -> None:
        super().finish()
        if self.meanwhile:
            deed, self.meanwhile = self.meanwhile, None
            deed()


@pytest.mark.parametrize("replaces", [False, True])
def test_the_same_file_from_two_people_at_once_is_kept_once(row: Any, school: School, occasion: Occasion, tmp_path: Path, replaces: bool) -> None:
    old, late = bring(school, row, b"old", occasion), Overtaken(school.id, "Contract again.pdf", NOW)
    late.write(b"one")
    late.meanwhile = lambda: bring(school, row, b"one", occasion)
    about: dict[str, Any] = {"about": ABOUT, "occasion": occasion}
    deed = partial(attachments.replace, ASSETS, row, old, late, **about) if replaces else partial(attachments.add, ASSETS, row, [late], **about)
    with pytest.raises(CannotBeDone, match=r"^Contract again.pdf is here already, under the name Contract.pdf"):
        deed()
    late.give_up()
    assert (attachments.count(ASSETS, row, occasion.by), len(stored(tmp_path)), LooseFile.select().count(), faults()) == (2, 2, 0, [])


def test_a_file_that_comes_after_its_record_was_put_away_is_not_kept(row: Any, school: School, occasion: Occasion) -> None:
    records.archive(ASSETS, records.find(ASSETS, row.id, occasion.by), occasion)
    with pytest.raises(CannotBeDone, match="archived"):
        attachments.add(ASSETS, row, [arrive(school, b"one")], ABOUT, occasion=occasion)
    assert not Attachment.select().count()
