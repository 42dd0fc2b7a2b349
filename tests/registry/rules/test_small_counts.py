"""No small count in a table can be worked out from what is shown, whatever the table."""

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.rules.small_counts import LEAST, Suppressed, suppressed

Table = Mapping[tuple[str, str], int]
Rows = tuple[tuple[int, ...], ...]


def table_of(*rows: tuple[int, ...]) -> Table:
    """A table whose rows are called a, b, c and whose columns x, y, z."""
    return {("abcdef"[i], "uvwxyz"[j]): count for i, row in enumerate(rows) for j, count in enumerate(row)}


def read(shown: Suppressed) -> list[list[int | None]]:
    """What is shown, row by row, with the totals at the ends."""
    rows = [[*(shown.cells[row, column] for column in shown.columns), shown.rows[row]] for row in shown.rows]
    return [*rows, [*shown.columns.values(), shown.total]]


def with_totals(rows: Rows) -> Rows:
    wide = [(*row, sum(row)) for row in rows]
    return (*wide, tuple(map(sum, zip(*wide, strict=True))))


def looking_the_same(rows: Rows, shown: list[list[int | None]]) -> Iterator[Rows]:
    """Every table of counts that are at most one off, as far as they are hidden, which agrees with everything shown."""
    *within, below = shown

    def fits(row: tuple[int, ...], told: list[int | None]) -> bool:
        return told[-1] in (None, sum(row))

    choices = [
        [row for row in product(*(_around(count, hint) for count, hint in zip(row, told, strict=False))) if fits(row, told)]
        for row, told in zip(rows, within, strict=True)
    ]
    for other in product(*choices):
        sums = with_totals(other)[-1]
        if all(hint in (None, count) for count, hint in zip(sums, below, strict=True)):
            yield other


def _around(count: int, hint: int | None) -> list[int]:
    return [count] if hint is not None else [each for each in (count - 1, count, count + 1) if each >= 0]


def sums_to_be_worked_out(rows: Rows, shown: list[list[int | None]]) -> Iterator[int]:
    """Every sum of hidden counts and totals that follows from adding and subtracting whole rows and columns."""
    true, bottom, right = with_totals(rows), len(rows), len(rows[0])
    hidden = [
        (i, j, -1 if (i == bottom) != (j == right) else 1, true[i][j])
        for i, line in enumerate(shown) for j, hint in enumerate(line) if hint is None
    ]  # fmt: skip
    for taken in product((-1, 0, 1), repeat=bottom + right + 2):
        parts = [(sign * (taken[i] + taken[bottom + 1 + j]), count) for i, j, sign, count in hidden]
        if any(times for times, _ in parts) and all(times in (0, 1) for times, _ in parts):
            yield sum(times * count for times, count in parts)


tables = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 6) | st.integers(0, 30), min_size=size[1], max_size=size[1]).map(tuple), min_size=size[0], max_size=size[0]
    ).map(tuple)
)
smaller_tables = tables.filter(lambda rows: len(rows) + len(rows[0]) <= 5)


@settings(max_examples=200, deadline=None)
@given(tables)
def test_at_least_two_tables_agree_with_everything_shown_and_differ_wherever_something_is_hidden(rows: Rows) -> None:
    shown, true = read(suppressed(table_of(*rows))), with_totals(rows)
    undecided = {(i, j) for i, line in enumerate(shown) for j, hint in enumerate(line) if hint is None}
    for other in looking_the_same(rows, shown):
        if not undecided:
            break
        undecided -= {(i, j) for i, j in undecided if with_totals(other)[i][j] != true[i][j]}
    assert not undecided


@settings(max_examples=150, deadline=None)
@given(smaller_tables)
def test_no_sum_of_hidden_counts_that_can_be_worked_out_is_small(rows: Rows) -> None:
    assert min(sums_to_be_worked_out(rows, read(suppressed(table_of(*rows)))), default=LEAST) >= LEAST


@settings(max_examples=100, deadline=None)
@given(smaller_tables)
def test_nothing_is_hidden_without_need(rows: Rows) -> None:
    shown, true = read(suppressed(table_of(*rows))), with_totals(rows)
    for i, line in enumerate(shown):
        for j, count in enumerate(true[i]):
            if line[j] is None and not 0 < count < LEAST:
                told = [[count if (y, x) == (i, j) else hint for x, hint in enumerate(row)] for y, row in enumerate(shown)]
                assert min(sums_to_be_worked_out(rows, told)) < LEAST


@settings(max_examples=500, deadline=None)
@given(tables, st.integers(1, 12))
def test_what_is_shown_is_true_and_what_is_small_is_hidden(rows: Rows, least: int) -> None:
    for line, counts in zip(read(suppressed(table_of(*rows), least)), with_totals(rows), strict=True):
        for hint, count in zip(line, counts, strict=True):
            assert hint in (None, count)
            assert hint is None or not 0 < count < least


@given(tables.map(lambda rows: tuple(tuple(count and count + LEAST - 1 for count in row) for row in rows)))
def test_nothing_is_hidden_when_nothing_is_small(rows: Rows) -> None:
    assert read(suppressed(table_of(*rows))) == [list(row) for row in with_totals(rows)]


@given(tables, st.randoms(use_true_random=False))
def test_the_same_table_is_always_shown_the_same(rows: Rows, chance: Random) -> None:
    table = table_of(*rows)
    entries = list(table.items())
    chance.shuffle(entries)
    assert suppressed(dict(entries)) == suppressed(table)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(12, 7), (0, 9)], [[12, 7, 19], [0, 9, 9], [12, 16, 28]]),
        ([(3, 20, 30), (15, 10, 30), (40, 40, 40)], [[None, None, 30, 53], [None, None, 30, 55], [40, 40, 40, 120], [58, 70, 100, 228]]),
        ([(2, 3, 50), (50, 60, 70)], [[None, None, 50, 55], [None, None, 70, 180], [52, 63, 120, 235]]),
        ([(1, 1, 50), (50, 60, 70)], [[None, None, None, 52], [None, None, None, 180], [51, 61, 120, 232]]),
        ([(2,), (7,), (8,)], [[None, None], [None, None], [8, 8], [17, 17]]),
        ([(1, 5), (1, 0)], [[None, None, None], [None, 0, None], [None, None, 7]]),  # the 0 was hidden on the way, and need not be
        ([(3,)], [[None, None], [None, None]]),
        ([(9,)], [[9, 9], [9, 9]]),
        ([(0, 0), (0, 0)], [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
    ],
)
def test_a_table_is_shown_so(rows: list[tuple[int, ...]], expected: list[list[int | None]]) -> None:
    assert read(suppressed(table_of(*rows))) == expected


def test_an_empty_table_counts_nothing() -> None:
    assert suppressed({}) == Suppressed(cells={}, rows={}, columns={}, total=0)


def test_a_pair_that_is_missing_counts_nothing() -> None:
    assert suppressed({("Autumn", "E-mail"): 7, ("Spring", "Paper"): 6}).cells["Autumn", "Paper"] == 0


def test_a_count_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        suppressed({("Autumn", "E-mail"): -1})


@settings(max_examples=150, deadline=None)
@given(smaller_tables.filter(lambda rows: all(sum(row) == 0 or sum(row) >= LEAST for row in rows)))
def test_totals_of_rows_that_are_known_stand_and_nothing_small_can_be_worked_out_from_them(rows: Rows) -> None:
    shown = suppressed(table_of(*rows), rows_stand=True)
    assert [*shown.rows.values(), shown.total] == [*map(sum, rows), sum(map(sum, rows))]
    assert min(sums_to_be_worked_out(rows, read(shown)), default=LEAST) >= LEAST


def test_the_total_of_a_row_that_is_known_may_not_be_small() -> None:
    with pytest.raises(ValueError, match="too small"):
        suppressed(table_of((2, 2)), rows_stand=True)
