"""The files that a list can be taken away as."""

from typing import Any

from flask import url_for

from exports import ico_layout
from registry.access import Deed, Permission, may
from registry.actor import Actor
from registry.definition import Register
from registry.lists.views import View

Way = tuple[str, str]
"""The words on a button, and where it posts to."""


def of_this_list(register: Register, by: Actor, view: View, **more: str) -> list[Way]:
    """The list as it is shown, in each kind of file; none for those who may not take it away. `more` goes into the addresses."""
    if not may(by, Deed.EXPORT, register):
        return []
    several: dict[str, Any] = {**more}
    for name, value in view.first_page().asked():
        several.setdefault(name, []).append(value)
    papers = [] if more else [("PDF", url_for("papers.of_list", slug=register.slug, **several))]  # a paper is of the register as it stands now
    return [
        ("Excel workbook", url_for("files.export_xlsx", slug=register.slug, **several)),
        ("CSV file", url_for("files.export_csv", slug=register.slug, **several)),
        *papers,
    ]


def of_more(register: Register, by: Actor) -> list[Way]:
    """What goes beyond the list: the regulator's layout, and every register at once."""
    ways = []
    if may(by, Deed.EXPORT, register):
        ways.append(("Every record in full as a PDF", url_for("papers.of_register", slug=register.slug)))
        if ico_layout.is_offered(register):
            ways.append(("All of them in the ICO’s template (Excel)", url_for("files.export_ico", slug=register.slug)))
    if may(by, Permission.EXPORT_SCHOOL):
        ways.append(("All registers as one Excel workbook", url_for("files.export_school")))
    return ways
