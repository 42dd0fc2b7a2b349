"""The form on which parents answer about pictures, a set of pages for each of them, as tagged PDF (UK GDPR Articles 7 and 13).

Nothing is ticked beforehand; each use is asked by itself, with its basis, the right that goes with it, and how long pictures are kept.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from exports.paper import Letterhead, laid_out, told_of
from exports.qr_code import svg
from registry.families.families import Child
from registry.families.form_words import told
from registry.images.uses import Use, form_version

LAYOUT = Path(__file__).resolve().parent.parent / "templates" / "paper" / "consent_form.typ"
MOST_FORMS = 400
"""As many as are laid out at once: ten classes, and as much paper as a tray holds."""


@dataclass(frozen=True)
class Addressee:
    """Whom one form is for: a parent by name or, where none is known, whoever answers for a child; with their link if one was made."""

    name: str
    children: tuple[Child, ...]
    names: tuple[str, ...]
    address: str = ""
    until: str = ""


def forms(addressees: Sequence[Addressee], uses: Sequence[Use], head: Letterhead) -> bytes:
    """A form for each of them, about these uses."""
    asked, only_told = [use for use in uses if use.is_asked], [use for use in uses if not use.is_asked]
    version = form_version(asked)
    return laid_out(
        LAYOUT,
        {
            "title": "May we use pictures of your children?",
            "letterhead": told_of(head),
            "below": [],
            "version": f"Form of {version}" if version else "",
            "asked": [asdict(told(use)) for use in asked],
            "told": [{**asdict(told(use)), "name": use.name, "question": use.sentence} for use in only_told],
            "forms": [_form(each) for each in addressees],
        },
    )


def _form(each: Addressee) -> dict[str, Any]:
    children = [{"name": _named(child), "may_decide": child.may_decide} for child in each.children]
    code = svg(each.address) if each.address else ""
    return {"to": each.name, "names": list(each.names), "children": children, "address": each.address, "until": each.until, "code": code}


def _named(child: Child) -> str:
    return f"{child.name}, {child.class_name}" if child.class_name else child.name
