"""The parts of a record's page, each a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from registry import neighbourhood
from registry.access import Deed, has_versions, may, may_read_along
from registry.actor import Actor
from registry.definition import Register
from registry.files import attachments
from registry.neighbourhood import End
from registry.talk import comments


@dataclass(frozen=True)
class Tab:
    """One part: its words, its page, and how much there is behind it, where that can be counted."""

    label: str
    endpoint: str
    count: Callable[[Register, Any, Actor], int] | None = None
    belongs: Callable[[Register, Actor], bool] = lambda _register, _by: True


def _of_breaches(register: Register, _by: Actor) -> bool:
    return register.slug == "breaches"


def _of_handlers(register: Register, by: Actor) -> bool:
    return register.slug == "breaches" and may(by, Deed.CHANGE, register)


def _of_readers(register: Register, by: Actor) -> bool:
    return may_read_along(by, register)


TABS: tuple[Tab, ...] = (
    Tab("Now", "breaches.of_record", belongs=_of_breaches),
    Tab("Assess", "breach_assess.of_record", belongs=_of_handlers),
    Tab("Decide", "breach_decide.of_record", belongs=_of_handlers),
    Tab("Report", "breach_report.of_record", belongs=_of_handlers),
    Tab("Tell people", "breach_people.of_record", belongs=_of_handlers),
    Tab("Others", "breach_parties.of_record", belongs=_of_handlers),
    Tab("Close", "breach_closing.of_record", belongs=_of_handlers),
    Tab("Details", "pages.record"),
    Tab("Linked", "linked.of_record", lambda register, row, by: neighbourhood.count(End(register, row.id), by)),
    Tab("Files", "attachments.of_record", attachments.count, _of_readers),
    Tab("Comments", "comments.of_record", lambda _register, row, _by: comments.count(row), _of_readers),
    Tab("Versions", "versions.of_record", lambda _register, row, _by: row.approved_number or 0, lambda register, _by: has_versions(register)),
    Tab("History", "history.of_record", belongs=_of_readers),
)


def landing(slug: str) -> str:
    """The part of a record to which lists and notices lead: the first."""
    return "breaches.of_record" if slug == "breaches" else "pages.record"


def tabs_of(register: Register, row: Any, by: Actor) -> list[tuple[str, str, bool]]:
    """(words, address, whether the page being shown belongs to it) of each part of a record."""
    here = {"slug": register.slug, "record": row.id}
    tabs = [tab for tab in TABS if tab.belongs(register, by)]
    return [(_words(tab, register, row, by), url_for(tab.endpoint, **here), tab.endpoint.split(".")[0] == request.blueprint) for tab in tabs]


def _words(tab: Tab, register: Register, row: Any, by: Actor) -> str:
    return tab.label if tab.count is None else f"{tab.label} ({tab.count(register, row, by)})"
