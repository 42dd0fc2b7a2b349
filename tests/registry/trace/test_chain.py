"""Every field of an entry is bound into its digest, and every stored value of a row into its seal."""

from datetime import date
from uuid import uuid4

import pytest

from models import vault
from models.vocabulary import YesNo
from registry.trace.chain import DERIVED, Entry, beginning, detail_place, is_linked, link, row_seal
from tests.conftest import VAULT

ENTRY = Entry(uuid4().bytes, 7, 1_700_000_000_000_000, uuid4().hex, "changed", "asset", uuid4().bytes, " name ", b"\1" * 32, b"\2" * 32)
PREVIOUS = b"\7" * 32


@pytest.fixture(autouse=True)
def _unlocked() -> None:
    vault.unlock(VAULT)


OTHER = Entry(uuid4().bytes, 8, 1, "robot:x", "added", "supplier", uuid4().bytes, " notes ", b"\3" * 32, b"\4" * 32)


@pytest.mark.parametrize("field", Entry._fields)
def test_another_value_of_any_field_gives_another_digest(field: str) -> None:
    changed = ENTRY._replace(**{field: getattr(OTHER, field)})
    assert link(PREVIOUS, changed) != link(PREVIOUS, ENTRY)


@pytest.mark.parametrize("field", ["record", "detail", "seal"])
def test_bytes_that_are_missing_or_longer_give_another_digest(field: str) -> None:
    held = getattr(ENTRY, field)
    digests = {link(PREVIOUS, ENTRY._replace(**{field: value})) for value in (held, None, held + b"\0", held[:-1], bytes(len(held)))}
    assert len(digests) == 5


def test_bytes_cannot_wander_from_one_field_to_the_next() -> None:
    assert link(PREVIOUS, ENTRY._replace(detail=None, seal=ENTRY.detail)) != link(PREVIOUS, ENTRY._replace(seal=None))


def test_an_entry_is_bound_to_the_one_before() -> None:
    assert link(b"\0" * 32, ENTRY) != link(PREVIOUS, ENTRY)


def test_the_quick_question_agrees_with_the_digest() -> None:
    linked = is_linked()
    for entry in (ENTRY, OTHER, ENTRY._replace(record=None, detail=None, seal=None, changed="")):
        digest = link(PREVIOUS, entry)
        assert linked(PREVIOUS, (*entry, digest))
        assert not linked(b"\0" * 32, (*entry, digest))
        assert not linked(PREVIOUS, (*entry, digest[:-1] + bytes([digest[-1] ^ 1])))


def test_without_the_key_nobody_can_make_a_digest() -> None:
    mine = link(PREVIOUS, ENTRY)
    vault.unlock(vault.Vault({1: b"another secret that has enough bytes, but is not ours"}))
    assert link(PREVIOUS, ENTRY) != mine


def test_each_chain_has_a_beginning_of_its_own() -> None:
    assert beginning(uuid4()) != beginning(uuid4())


def test_each_entry_has_a_place_of_its_own_for_its_values() -> None:
    chain = uuid4().bytes
    assert len({detail_place(chain, 1), detail_place(chain, 2), detail_place(uuid4().bytes, 1)}) == 3


COLUMNS = ("id", "name", "notes")


def seal(*values: object, columns: tuple[str, ...] = COLUMNS, table: str = "asset") -> bytes:
    return row_seal(table, columns, values)


def test_a_value_in_another_column_table_or_row_gives_another_seal() -> None:
    rows = ((b"1", "a", "b"), (b"1", "b", "a"), (b"2", "a", "b"), (b"1", "ab", ""), (b"1", "a", None))
    assert len({seal(b"1", "a", "b", table="supplier"), *(seal(*row) for row in rows)}) == len(rows) + 1


def test_a_column_that_was_added_later_does_not_break_an_older_seal() -> None:
    assert seal(b"1", "a", "b") == seal(b"1", None, "a", "b", columns=("id", "new", "name", "notes"))


def test_both_databases_hold_the_same_values_as_far_as_a_seal_goes() -> None:
    stored = (b"1", 1, "2026-01-31", "yes", b"sealed")
    handed_over = (memoryview(b"1"), True, date(2026, 1, 31), YesNo.YES, bytearray(b"sealed"))
    columns = ("id", "starter", "next_review_on", "answer", "owner")
    assert row_seal("asset", columns, stored) == row_seal("asset", columns, handed_over)


def test_a_text_is_not_the_number_or_the_bytes_that_look_like_it() -> None:
    assert len({seal(b"1", value, None) for value in ("1", 1, b"1")}) == 3


def test_what_is_worked_out_from_the_rest_is_not_sealed() -> None:
    for column in DERIVED:
        assert row_seal("asset", ("id", column), (b"1", 3)) == row_seal("asset", ("id", column), (b"1", 4))


def test_the_links_are_sealed_whatever_their_order() -> None:
    one, other = uuid4().bytes, uuid4().bytes
    with_both = row_seal("asset", ("id",), (b"1",), [one, other])
    assert with_both == row_seal("asset", ("id",), (b"1",), [other, one])
    assert with_both != row_seal("asset", ("id",), (b"1",), [one])
