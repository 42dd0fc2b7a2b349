"""Pages that explain: help, accessibility, who can do what; and the one that machines ask whether all is well."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from peewee import PeeweeException

from models.roles import Role
from models.statements import knock
from registry import catalogue
from registry.access import POLICY, Deed, Permission, allowed
from registry.definition import Register
from web.guard import current_actor, needs, public

blueprint = Blueprint("help", __name__)

DEEDS = {
    Deed.SEE: "See",
    Deed.ADD: "Add",
    Deed.CHANGE: "Change",
    Deed.ATTACH: "Keep files with it",
    Deed.EXPORT: "Export",
    Deed.ADVISE: "Advise before approval",
    Deed.APPROVE: "Approve",
}
"""The deeds that there are pages for; erasing has none until records are disposed of under a retention rule.

Whoever changes records keeps files with them, so that is only said where it is otherwise."""


@dataclass(frozen=True)
class Line:
    """One line of a table of the matrix: what is done, and for each role whether it may."""

    words: str
    may: tuple[bool, ...]
    note: str = ""


@blueprint.get("/help")
@public
def help_page() -> ResponseReturnValue:
    """How to get on with the program."""
    return render_template("help/help.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What is done so that everybody can use the program."""
    return render_template("help/accessibility.html")


@blueprint.get("/who-can-do-what")
@needs(Permission.SEE_MATRIX)
def matrix() -> ResponseReturnValue:
    """Every permission of every role, as the program itself decides."""
    tables = [("In the whole program", [Line(permission.label, _among(POLICY[permission])) for permission in Permission])]
    tables += [(register.heading, list(lines_of(register))) for register in catalogue.REGISTERS]
    return render_template("help/who_can_do_what.html", roles=list(Role), tables=tables, own=current_actor().role)


@blueprint.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Whether the program and its database answer."""
    try:
        knock()
    except PeeweeException:
        return jsonify(status="database does not answer"), 503
    return jsonify(status="ok")


def lines_of(register: Register) -> Iterator[Line]:
    """The deeds of a register, then the answers that fewer may see or change, together where the same people may."""
    for deed, words in DEEDS.items():
        roles = allowed(deed, register)
        if deed is Deed.ATTACH and roles == allowed(Deed.CHANGE, register):
            continue
        if roles or deed not in (Deed.ADVISE, Deed.APPROVE):  # where nobody approves, there are no versions
            yield Line(words, _among(roles))
    for deed in (Deed.SEE, Deed.CHANGE):
        narrower: dict[frozenset[Role], list[str]] = {}
        for question in register.questions.values():
            roles = allowed(deed, register, question)
            if roles != allowed(deed, register):
                narrower.setdefault(roles, []).append(question.label)
        for roles, labels in narrower.items():
            yield Line(f"{DEEDS[deed]} {len(labels)} of the {len(register.questions)} answers", _among(roles), ", ".join(labels))


def _among(roles: frozenset[Role]) -> tuple[bool, ...]:
    return tuple(role in roles for role in Role)
