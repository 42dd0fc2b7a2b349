"""Searching everything from the header: the question is sent in a form and stands in the address sealed, for it may be somebody's name."""

import base64
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models import vault
from registry import catalogue
from registry.access import Permission, school_of
from registry.actor import Actor
from registry.breaches.reporting import of_receipt
from registry.catalogue import NoSuchRegister
from registry.definition import Register
from registry.lists.views import LONGEST_SEARCH
from registry.registers.data_protection.breaches import BREACHES
from registry.search import search_entries, searching
from registry.search.searching import MOST_COUNTED, Found, Group
from registry.typed import NOT_TEXT
from web.guard import current_actor, needs
from web.record_tabs import landing

SHOWN_OF_ONE = 100

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True)
class SearchPage:
    """What somebody asked, what was found, and where the rest of it is."""

    text: str
    found: Found
    registers: tuple[Register, ...]
    only: Register | None = None
    address: str = ""
    was_anothers: bool = False

    @property
    def is_too_short(self) -> bool:
        """Whether so little was typed that nothing was looked for."""
        return bool(self.text) and searching.is_too_short(self.text)

    def how_many(self, group: Group) -> str:
        """How many records of a register, as far as they were counted."""
        return f"more than {MOST_COUNTED:,}" if group.is_more else f"{group.count:,}"

    def rest(self, group: Group) -> str | None:
        """Where all that was found in one register is: its list, unless a name would stand in the address; None where all of it is shown."""
        if group.count <= len(group.hits) or self.found.close or self.only is not None:
            return None
        if group.by_name:
            return url_for("search.results", s=self.address, register=group.register.slug)
        return url_for("pages.listing", slug=group.register.slug, q=self.text)


@blueprint.get("/search")
@needs(Permission.SEARCH)
def results() -> ResponseReturnValue:
    """What was found; a reference leads to its record at once."""
    page = _page(current_actor(), request.args.get("s", ""), request.args.get("register", ""))
    if page.found.straight is not None:
        register, record = page.found.straight
        return redirect(url_for(landing(register.slug), slug=register.slug, record=record))
    return render_template("search/results.html", page=page)


@blueprint.post("/search")
@needs(Permission.SEARCH)
def ask() -> ResponseReturnValue:
    """Take the question out of the form and put it, sealed, into the address of its answer; what was saved until now can be found there."""
    by = current_actor()
    text = NOT_TEXT.sub("", request.form.get("q", "")).strip()[:LONGEST_SEARCH]
    if text:
        search_entries.catch_up(school_of(by))
    return redirect(url_for("search.results", s=_sealed(text, by) if text else None), 303)


def _page(by: Actor, address: str, slug: str) -> SearchPage:
    registers = searching.searchable(by)
    try:
        text = _opened(address, by)
        only = catalogue.find(slug) if slug else None
    except (vault.WontOpen, ValueError, NoSuchRegister):
        return SearchPage("", Found(), registers, was_anothers=True)
    if not text or searching.is_too_short(text):
        return SearchPage(text, Found(), registers)
    reported = of_receipt(text, by)
    if reported is not None:
        return SearchPage(text, Found(straight=(BREACHES, reported)), registers)
    found = searching.search(by, text, only=only, shown=SHOWN_OF_ONE if only else searching.SHOWN)
    return SearchPage(text, found, registers, only, address)


def _sealed(text: str, by: Actor) -> str:
    return base64.urlsafe_b64encode(vault.current().seal(text, _place(by))).decode().rstrip("=")


def _opened(address: str, by: Actor) -> str:
    """The question in an address; raises vault.WontOpen or ValueError for one that somebody else asked, or nobody."""
    return vault.current().open(base64.b64decode(address + "=" * (-len(address) % 4), b"-_", validate=True), _place(by)) if address else ""


def _place(by: Actor) -> bytes:
    return f"search:{by.signature}".encode()
