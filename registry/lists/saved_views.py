"""Lists kept under a name, for one person or for the school; the state is all in the address, so a view is only a name for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from peewee import JOIN

from models.saved_view import SavedView, UsualView
from models.statements import stored_rows
from registry.access import Deed, Permission, may, require, school_of
from registry.actor import Actor
from registry.definition import Register
from registry.lists.views import View, view_of
from registry.records import NotFound, Occasion
from registry.rows import CannotBeDone, store
from registry.trace.audit import Happened, recording
from registry.trace.chain import gone_seal

LONGEST_NAME = 60
MOST = 50
"""Saved views of one register that one person has, and that a school shares."""


@dataclass(frozen=True)
class Kept:
    """One saved view as its reader sees it; what they may not see is not in it."""

    id: UUID
    name: str
    view: View
    is_mine: bool
    is_usual: bool
    may_change: bool


def kept_views(register: Register, by: Actor) -> tuple[Kept, ...]:
    """The views of a register that this person can open, their own first, each by name. One query."""
    usual = (UsualView.view == SavedView.id) & (UsualView.user == by.user) & (UsualView.school == SavedView.school)
    query = SavedView.select(SavedView.id, SavedView.name, SavedView.asked, SavedView.owner, UsualView.id)
    query = query.join(UsualView, JOIN.LEFT_OUTER, on=usual).where((SavedView.register == register.slug) & _readable(by))
    found = [_kept(register, by, row) for row in stored_rows(query)]
    return tuple(sorted(found, key=lambda each: (not each.is_mine, each.name.casefold())))


def usual_view(register: Register, by: Actor) -> View | None:
    """The view with which this person wants the register to open; None for the list as it is."""
    return next((each.view for each in kept_views(register, by) if each.is_usual), None)


def find(register: Register, view: UUID, by: Actor) -> Kept:
    """One of the views that this person can open; raises NotFound."""
    for each in kept_views(register, by):
        if each.id == view:
            return each
    raise NotFound("There is no such view here.")


def save(register: Register, name: str, view: View, occasion: Occasion, *, shared: bool = False) -> UUID:
    """Keep a list under a name; raises Forbidden, and CannotBeDone for a name that is empty or taken."""
    _demand(register, occasion.by, shared)
    row = SavedView(school=school_of(occasion.by), register=register.slug, made_at=occasion.at, owner=None if shared else occasion.by.user)
    row.name, row.asked = _demand_free(register, name, occasion.by, shared), urlencode(view.first_page().asked())
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.VIEW_SAVED, row, new=True)
    return row.id


def change(register: Register, view: UUID, occasion: Occasion, *, name: str | None = None, shows: View | None = None) -> None:
    """Give a view another name, or another list; raises NotFound, Forbidden, CannotBeDone."""
    row = _own(register, view, occasion.by)
    if name is not None:
        row.name = _demand_free(register, name, occasion.by, row.owner is None, besides=view)
    if shows is not None:
        row.asked = urlencode(shows.first_page().asked())
    with recording(occasion.by, occasion.at) as trace:
        store(trace, Happened.VIEW_SAVED, row)


def remove(register: Register, view: UUID, occasion: Occasion) -> None:
    """Delete a view, for good; raises NotFound or Forbidden."""
    row = _own(register, view, occasion.by)
    with recording(occasion.by, occasion.at) as trace:
        UsualView.delete().where(UsualView.view == row.id).execute()
        SavedView.delete().where(SavedView.id == row.id).execute()
        table = SavedView._meta.table_name
        trace.note(Happened.VIEW_REMOVED, table, row.id, seal=gone_seal(table, row.id.bytes))


def make_usual(register: Register, view: UUID | None, by: Actor) -> None:
    """Let a register open with a view for this person from now on, or with none of them; raises NotFound."""
    mine = (UsualView.user == by.user) & (UsualView.school == school_of(by)) & (UsualView.register == register.slug)
    if view is not None:
        find(register, view, by)
        new = UsualView.insert(user=by.user, school=school_of(by), register=register.slug, view=view)
        targets = (UsualView.user, UsualView.school, UsualView.register)
        new.on_conflict(conflict_target=targets, update={UsualView.view: view}).execute()
    else:
        UsualView.delete().where(mine).execute()


def _readable(by: Actor) -> Any:
    shared = SavedView.owner.is_null()
    return shared if by.user is None else shared | (SavedView.owner == by.user)


def _kept(register: Register, by: Actor, stored: Sequence[Any]) -> Kept:
    key, name, asked, owner, usual = stored
    record = UUID(bytes=bytes(key))
    view = view_of(register, by, {} if asked is None else parse_qs(SavedView.asked.open(record, asked)))
    is_mine = owner is not None
    return Kept(record, SavedView.name.open(record, name), view, is_mine, usual is not None, is_mine or may(by, Permission.SHARE_VIEWS))


def _demand(register: Register, by: Actor, shared: bool) -> None:
    require(by, Deed.SEE, register)
    if shared:
        require(by, Permission.SHARE_VIEWS)


def _own(register: Register, view: UUID, by: Actor) -> SavedView:
    """The row of a view that this person may change."""
    kept = find(register, view, by)
    _demand(register, by, not kept.is_mine)
    return SavedView.get_by_id(view)


def _demand_free(register: Register, name: str, by: Actor, shared: bool, *, besides: UUID | None = None) -> str:
    """The name on one line; raises CannotBeDone where it cannot be given."""
    words = " ".join(name.split())
    if not words:
        raise CannotBeDone("Enter a name for this view, such as Needs work before the audit.")
    if len(words) > LONGEST_NAME:
        raise CannotBeDone(f"Use {LONGEST_NAME} characters or fewer. You have used {len(words)}.")
    others = [each for each in kept_views(register, by) if each.is_mine is not shared and each.id != besides]
    if any(each.name.casefold() == words.casefold() for each in others):
        raise CannotBeDone("There is a view of that name already. Choose another name, or put this list in its place.")
    if besides is None and len(others) >= MOST:
        raise CannotBeDone(f"There are {MOST} views already. Remove one that is not used any more.")
    return words
