"""The days of a calendar become term dates as somebody chose, all together or not at all, and none of them twice."""

from datetime import date
from typing import Any

import pytest

from exports.ics_file import take_in
from models.term_date import TermDate
from models.upload import Upload
from models.vocabulary import TermDateKind
from registry import records
from registry.access import Forbidden
from registry.importing import uploads
from registry.importing.uploads import FileRows
from registry.records import Occasion
from registry.registers.school.term_dates import TERM_DATES
from registry.rows import CannotBeDone
from registry.school.schools import facts_of
from registry.school.year_from_file import KEPT_AS, OF_TWO_EVENTS, judge, save
from registry.trace.verification import verify_rows
from tests.people import NOW, Person

pytestmark = pytest.mark.usefixtures("in_quillbrook")

EVENTS = (
    ("Autumn term begins", "20260901", "20260902"),
    ("October half term", "20261026", "20261031"),
    ("Christmas fair", "20261205", "20261206"),
    ("Autumn term ends", "20261218", "20261219"),
    ("Boxing Day", "20261226", "20261227"),
    ("INSET day", "20270104", "20270105"),
    ("Backwards", "20270105", "20270101"),
)


def of(*events: tuple[str, str, str]) -> FileRows:
    """The rows of a calendar with these events."""
    blocks = (f"BEGIN:VEVENT\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{over}\nEND:VEVENT" for name, first, over in events)
    return take_in("\n".join(("BEGIN:VCALENDAR", *blocks, "END:VCALENDAR")).encode(), NOW.date())


@pytest.fixture
def file() -> FileRows:
    """A calendar as a council publishes it."""
    return of(*EVENTS)


def bring(file: FileRows, occasion: Occasion) -> Upload:
    """Keep a file for the steps that follow."""
    return uploads.keep(KEPT_AS, file, occasion.by, NOW)


def chosen(file: FileRows) -> dict[int, TermDateKind]:
    """Every entry as it is likely to be."""
    return {each.place: each.guess.kind for each in judge(file).likely if each.guess.kind}


def test_each_entry_says_what_it_is_likely_to_be(file: FileRows) -> None:
    preview = judge(file)
    assert [(each.stretch.name, each.guess.kind, each.guess.why) for each in preview.likely] == [
        ("Autumn term", TermDateKind.TERM, OF_TWO_EVENTS),
        ("October half term", TermDateKind.HOLIDAY, ""),
        ("INSET day", TermDateKind.INSET, ""),
    ]
    assert [each.stretch.name for each in preview.others] == ["Autumn term begins", "Christmas fair", "Autumn term ends", "Boxing Day"]
    assert [(each.stretch.name, each.problem) for each in preview.refused] == [("Backwards", "It ends before it begins.")]


def test_what_was_chosen_is_stored_with_its_trace(file: FileRows, occasion: Occasion) -> None:
    assert save(bring(file, occasion), chosen(file), occasion, shown=judge(file).mark) == 3
    kept = [(row.name, row.kind, row.begins_on, row.ends_on) for row in TermDate.select().order_by(TermDate.begins_on)]
    assert kept == [
        ("Autumn term", TermDateKind.TERM, date(2026, 9, 1), date(2026, 12, 18)),
        ("October half term", TermDateKind.HOLIDAY, date(2026, 10, 26), date(2026, 10, 30)),
        ("INSET day", TermDateKind.INSET, date(2027, 1, 4), date(2027, 1, 4)),
    ]
    assert list(verify_rows()) == []
    assert Upload.select().count() == 0


def test_what_is_there_already_is_not_added_twice(file: FileRows, occasion: Occasion) -> None:
    save(bring(file, occasion), chosen(file), occasion, shown=judge(file).mark)
    again = judge(file)
    assert ([each.stretch.name for each in again.there], again.likely) == (["Autumn term", "October half term", "INSET day"], [])
    with pytest.raises(CannotBeDone, match="nothing to save"):
        save(bring(file, occasion), {each.place: TermDateKind.TERM for each in again.there}, occasion, shown=again.mark)


def test_a_single_day_that_was_entered_by_hand_is_found_and_one_that_was_put_away_is_not(occasion: Occasion) -> None:
    inset = of(("INSET  Day", "20270104", "20270105"))
    row = records.add(TERM_DATES, {"name": "inset day", "kind": TermDateKind.INSET, "begins_on": date(2027, 1, 4)}, occasion)
    assert [each.is_there for each in judge(inset).entries] == [True]
    records.archive(TERM_DATES, row, occasion)
    assert [each.is_there for each in judge(inset).entries] == [False]


def test_a_term_that_stands_whole_in_the_file_is_not_put_together_as_well() -> None:
    events = (("Term begins", "20260901", "20260902"), ("Term ends", "20261218", "20261219"), ("Term", "20260901", "20261219"))
    assert [each.stretch.name for each in judge(of(*events)).likely] == ["Term"]


def test_somebody_else_who_was_quicker_stops_the_save(file: FileRows, occasion: Occasion) -> None:
    shown, upload = judge(file).mark, bring(file, occasion)
    records.add(TERM_DATES, {"name": "INSET day", "kind": TermDateKind.INSET, "begins_on": date(2027, 1, 4)}, occasion)
    with pytest.raises(CannotBeDone, match="were changed since"):
        save(upload, chosen(file), occasion, shown=shown)
    assert (TermDate.select().count(), Upload.select().count()) == (1, 1)


def test_a_file_is_saved_once(file: FileRows, occasion: Occasion) -> None:
    upload = bring(file, occasion)
    save(upload, chosen(file), occasion, shown=judge(file).mark)
    with pytest.raises(CannotBeDone, match="saved already"):
        save(upload, chosen(file), occasion, shown=judge(file).mark)


def test_whoever_may_not_add_term_dates_saves_none(file: FileRows, occasion: Occasion, tess: Person, school: Any) -> None:
    with pytest.raises(Forbidden):
        save(bring(file, occasion), chosen(file), Occasion(tess.actor, NOW, facts_of(school, NOW.date())), shown=judge(file).mark)
