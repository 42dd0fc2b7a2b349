"""Every table is accounted for: what goes with a record, what stops naming it, what stays and why."""

from peewee import BooleanField, Field

from models.fields import OneField
from models.tables import RECORDS, TABLES
from registry.catalogue import REGISTERS, find
from registry.erasing import afterwards
from registry.erasing.whole import BESIDE, MENTIONED_IN, REPEATING, STAYS, WHOLE


def name_of(table: object) -> str:
    return str(table._meta.table_name)  # type: ignore[attr-defined]


def test_every_table_goes_or_loses_its_mention_or_stays_for_a_reason() -> None:
    goes = {name_of(find(slug).table) for slug in WHOLE} | {name_of(column.model) for whole in WHOLE.values() for column in whole.rows}
    goes |= {name_of(table) for table in (*BESIDE, *REPEATING)}
    assert (goes & {*STAYS}, goes & {*MENTIONED_IN}, {*STAYS} & {*MENTIONED_IN}) == (set(), set(), set())
    assert goes | {*STAYS} | {*MENTIONED_IN} == {name_of(table) for table in TABLES}
    assert all(reason.endswith(".") for reason in (*STAYS.values(), *MENTIONED_IN.values()))


def test_every_column_that_names_a_record_that_may_go_is_settled() -> None:
    naming = {column for table in TABLES for column in table._meta.sorted_fields if isinstance(column, OneField) and column.to in WHOLE}
    settled: set[Field] = {column for whole in WHOLE.values() for column in (*whole.records, *whole.rows, *whole.loses)}
    assert naming - settled == set()
    lost = {column for whole in WHOLE.values() for column in whole.loses}
    assert all(column.null for column in lost), "what stays can be without it"
    assert all(column.model in RECORDS for column in lost), "and says so in an entry of its own"


def test_every_table_that_stands_beside_any_record_is_named() -> None:
    beside = {table for table in TABLES if {"register", "record"} <= table._meta.fields.keys()}
    assert {name_of(table) for table in beside - {*BESIDE, *REPEATING}} == {"disposal_record", "fed_event"}


def test_what_belongs_to_a_breach_is_all_of_it() -> None:
    of_a_breach = {table for table in TABLES if "breach" in table._meta.fields and table not in RECORDS}
    assert of_a_breach == {column.model for column in WHOLE["breaches"].rows}


def test_what_goes_can_be_found_by_its_register() -> None:
    slugs = {register.slug for register in REGISTERS}
    assert {*WHOLE} <= slugs
    assert {far for whole in WHOLE.values() for far in whole.last_linked} <= {*WHOLE}
    assert {column.to for whole in WHOLE.values() for column in whole.last_named} <= {*WHOLE}
    assert not any(isinstance(column, BooleanField) for whole in WHOLE.values() for column in whole.said_as)


def test_every_table_from_which_something_goes_is_written_anew() -> None:
    touched = {*afterwards.tables_touched()}
    assert {"pupil", "carer", "audit_detail", "search_word", "breach_person", "attachment", "image_check"} <= touched
    assert touched.isdisjoint({"audit_entry", "person", "school"})
