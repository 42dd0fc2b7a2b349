"""The order of a list, and where a page of it begins: past a row, however deep the list is."""

from enum import Enum
from typing import Any

from peewee import Case, CharField, TextField, fn

from models.fields import ChoiceField
from models.statements import Gap, gap
from registry.definition import Register
from registry.lists.views import ENGINE_SORTS, View


class Edge(Enum):
    """What stands at the row past which a page lies: there is none, a value, or nothing was answered."""

    NONE = "none"
    VALUE = "value"
    MISSING = "missing"


def sort_key(register: Register, view: View) -> tuple[Any, bool]:
    """What the list is sorted by, and whether it can be missing."""
    name = view.sort or register.order
    column = register.table._meta.fields[ENGINE_SORTS.get(name, name)]
    if isinstance(column, ChoiceField):  # in the order in which the choices are offered
        return Case(column, [(word.value, place) for place, word in enumerate(column.words)], len(column.words)), False
    return (fn.LOWER(column) if isinstance(column, TextField | CharField) else column), bool(column.null)


def is_downwards(register: Register, view: View) -> bool:
    """Whether the list begins at the greatest: as the reader chose, or with the newest where nobody chose and it stands by number."""
    return view.descending or (not view.sort and register.order == "reference")


def in_order(query: Any, register: Register, view: View, backwards: bool) -> Any:
    """The query in the order that the view asks for, or turned round."""
    key, nullable = sort_key(register, view)
    down = is_downwards(register, view) is not backwards
    order = [key.desc() if down else key.asc(), register.table.id.desc() if down else register.table.id.asc()]
    if nullable:  # what is not answered stands last on both databases, first when turned round
        missing = Case(None, [(key.is_null(), 1)], 0)
        order.insert(0, missing.desc() if down else missing.asc())
    return query.order_by(*order)


def beyond(register: Register, view: View, edge: Edge, backwards: bool) -> Any:
    """The condition that a row lies past another, whose sorted value and id are gaps in the statement."""
    table = register.table
    key, nullable = sort_key(register, view)
    value, record = gap(Gap.VALUE), gap(Gap.RECORD)
    down = is_downwards(register, view) is not backwards
    further_id = table.id < record if down else table.id > record
    if edge is Edge.MISSING:
        past = key.is_null() & further_id
        return past | key.is_null(False) if down else past
    further = (key < value if down else key > value) | ((key == value) & further_id)
    if nullable and not down:
        return further | key.is_null()
    from_there = key <= value if down else key >= value  # lets both databases start from the index instead of from the first row
    return from_there & further
