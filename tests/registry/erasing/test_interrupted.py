"""Work that is cut short leaves each record whole or gone, and asking again finishes it."""

from pathlib import Path
from typing import Any

import pytest

from models import doors
from models.audit import AuditEntry
from models.base import db
from models.carer import Carer
from models.image_answer import ImageAnswer
from models.image_use import ImageUse
from models.link import Link
from models.pupil import Pupil
from models.school import School
from registry import records
from registry.erasing import afterwards, erasing
from registry.erasing.erasing import erase_all
from registry.occasion import Occasion
from registry.registers.images.pupils import PUPILS
from registry.trace.audit import Happened
from tests import databases
from tests.crashing import LEAVERS, leavers
from tests.people import Person
from tests.serving import begun
from tests.tampering import faults

UNDER = "RD-0004"


def standing() -> tuple[int, int, int]:
    """How many pupils, parents and answers there are, once it is sure that each family is whole or gone."""
    pupils = {row.id for row in Pupil.select()}
    assert {row.person for row in ImageAnswer.select()} == pupils
    assert {row.near for row in Link.select().where(Link.far_register == "carers")} == pupils
    assert {row.near for row in Link.select().where(Link.far_register == "pupils")} == {row.id for row in Carer.select()}
    return len(pupils), Carer.select().count(), ImageAnswer.select().count()


def test_a_failure_between_two_parts_is_made_good_by_asking_again(
    occasion: Occasion, in_quillbrook: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "AT_ONCE", 3)
    ids = leavers(occasion, 10)
    noted: list[Any] = []

    def beside(_trace: Any, part: Any) -> None:
        if len(noted) == 2 and len(part) == 3:
            noted.append("failed")
            raise RuntimeError
        noted.append([*part])

    with pytest.raises(RuntimeError):
        erase_all(PUPILS, ids, occasion, under=UNDER, beside=beside)
    assert standing() == (4, 4, 4)
    assert faults() == []
    assert erase_all(PUPILS, ids, occasion, under=UNDER) == 4
    assert standing() == (0, 0, 0)
    assert faults() == []
    gone = AuditEntry.select().where((AuditEntry.deed == Happened.ERASED) & (AuditEntry.subject == "pupil"))
    assert gone.count() == 10, "one entry for each, and no second one"


def test_what_may_not_go_any_more_is_left_standing(occasion: Occasion, in_quillbrook: School) -> None:
    held, *others = leavers(occasion, 4)
    gone: list[Any] = []
    ids = [held, *others]

    def not_held(_trace: Any, part: Any) -> list[Any]:
        return [key for key in part if key != held]

    erased = erase_all(PUPILS, ids, occasion, under=UNDER, choosing=not_held, beside=lambda _trace, part: gone.extend(part))
    assert (erased, gone) == (3, others)
    assert standing() == (1, 1, 1)
    assert Pupil.get().id == held
    assert erase_all(PUPILS, ids, occasion, under=UNDER, choosing=lambda _trace, _part: []) == 0
    assert faults() == []


@pytest.mark.slow
def test_an_erasure_that_is_killed_leaves_each_record_whole_or_gone_and_is_finished_later(
    database: str, tmp_path: Path, school: School, dev: Person, occasion: Occasion
) -> None:
    databases.leave()
    with begun("tests.crashing", "erase", database, str(tmp_path / "heads"), str(school.id), str(dev.user)) as (worker, said):
        assert said.readline() == "begins\n"
        assert said.readline() == "goes on\n"
        worker.kill()
        worker.wait()
        words = said.read()
    databases.use(database)
    with doors.looking_at(school.id):
        left, carers, answers = standing()
        assert (carers, answers) == (left, left)
        assert "done" not in words
        assert 0 < left < LEAVERS
        assert faults() == []
        ids = [row.id for row in Pupil.select()]
        assert erase_all(PUPILS, ids, occasion, under=UNDER) == left
        assert standing() == (0, 0, 0)
        assert afterwards.finish().is_nothing
        assert faults() == []
        assert ImageUse.select().count() == 1
        assert records.add(PUPILS, {"name": "The next one"}, occasion).number == 1
        assert db.in_transaction() is False
