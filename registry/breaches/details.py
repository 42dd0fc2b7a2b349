"""What a school writes down before there is a breach: whom to call, and what the regulator's form asks about the school."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from models.base import new_id
from models.breach_detail import BreachDetail
from registry.access import Permission, require, school_of
from registry.occasion import Occasion
from registry.rows import set_answers, store
from registry.schema import Invalid
from registry.trace.audit import Happened, recording
from registry.trace.chain import gone_seal

LONGEST = 500


class Detail(NamedTuple):
    """One of them: the school's own words, and when somebody last made sure of them."""

    words: str
    checked_on: date


def details() -> Mapping[str, Detail]:
    """Everything that the school in view wrote down, by code: the id of a contact of its playbooks, or a question of the regulator's form."""
    return {row.code: Detail(row.words, row.checked_on) for row in BreachDetail.select()}


def keep(code: str, words: str, occasion: Occasion) -> None:
    """Keep the school's own words for a code as checked today; without words the program’s own stand again. Raises Forbidden and Invalid."""
    require(occasion.by, Permission.PLAN_BREACHES)
    words, table = words.strip(), BreachDetail._meta.table_name
    if len(words) > LONGEST:
        raise Invalid({code: [f"Shorten it to {LONGEST} characters."]})
    with recording(occasion.by, occasion.at) as trace:
        row = BreachDetail.get_or_none(BreachDetail.code == code)
        if row is None and words:
            row = BreachDetail(id=new_id(), school=school_of(occasion.by), code=code, words=words, checked_on=occasion.school.today)
            store(trace, Happened.BREACH_PREPARED, row, new=True)
        elif row is None:
            trace.note(Happened.BREACH_PREPARED, table)
        elif words:
            set_answers(row, {"words": words, "checked_on": occasion.school.today})
            store(trace, Happened.BREACH_PREPARED, row)
        else:
            BreachDetail.delete().where(BreachDetail.id == row.id).execute()
            trace.note(Happened.BREACH_PREPARED, table, row.id, seal=gone_seal(table, row.id.bytes))
