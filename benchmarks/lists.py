"""R4 and R5: one page of a list beside what bare peewee needs for it, and a page far down beside the first."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from peewee import fn

from benchmarks.house import ASSETS, TODAY, House, house, in_clear, twin_of
from benchmarks.neighbours import fill, lengthen
from benchmarks.pairs import WORK, Result, ratios, seconds
from registry.lists import query
from registry.lists.views import View
from registry.records import Occasion

ROWS = 50
COLUMNS = ("asset_type", "business_function", "owner_role", "owner", "format", "classification", "next_review_on")
LONG = 200_000
TIMES = 20


def measure() -> Iterator[Result]:
    """A page of fifty rows, one of the seven columns sealed."""
    with house() as there:
        fill(there.occasion, ((ASSETS, 5_000),))
        yield Result("R4", f"page of {ROWS} rows in words ÷ bare peewee's in clear (CPU)", _page_beside_bare(there), 0.6)
        lengthen(ASSETS, there.occasion, LONG)
        yield Result("R5", f"last page of {LONG:,} ÷ second page (CPU)", _last_beside_second(there.occasion), 1.2)


def _page_beside_bare(there: House) -> list[float]:
    bare = twin_of(there.folder)
    with bare._meta.database.atomic():
        for number in range(1, 5_001):
            bare.create(**in_clear(number, there.school))
    view = View(columns=COLUMNS, size=ROWS)

    def ours() -> None:
        assert len(query.page(ASSETS, there.occasion.by, view, TODAY).rows) == ROWS

    return ratios(partial(seconds, ours, TIMES, WORK), partial(seconds, partial(_bare_page, bare, there), TIMES, WORK))


def _bare_page(bare: Any, there: House) -> None:
    fields = [getattr(bare, name) for name in ("id", "number", "name", "errors", "warnings", "starter", "archived_at", *COLUMNS)]
    listed = bare.select(*fields).where((bare.school == there.school.id) & bare.archived_at.is_null())
    rows = [tuple(getattr(row, field.name) for field in fields) for row in listed.order_by(fn.LOWER(bare.name), bare.id).limit(ROWS + 1)]
    assert len(rows) == ROWS + 1


def _last_beside_second(occasion: Occasion) -> list[float]:
    """Both begin after a row, so that only the depth differs."""
    first = query.page(ASSETS, occasion.by, View(columns=COLUMNS, size=ROWS), TODAY)
    columns = ASSETS.table
    last = columns.select(columns.id).order_by(fn.LOWER(columns.name).desc(), columns.id.desc()).offset(ROWS).limit(1).scalar()

    def page_after(row: Any) -> None:
        assert len(query.page(ASSETS, occasion.by, View(columns=COLUMNS, size=ROWS, after=row), TODAY).rows) == ROWS

    return ratios(partial(seconds, partial(page_after, last), TIMES, WORK), partial(seconds, partial(page_after, first.later), TIMES, WORK))
