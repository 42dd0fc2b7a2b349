"""Handing out to a year group: choose it, scan the pile, look at who gets what, hand it over."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.access import Permission
from registry.devices import by_year
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.custody_papers import receipt
from web.guard import needs
from web.pages import occasion
from web.rendering import plural

blueprint = Blueprint("hand_over_year", __name__, url_prefix="/devices/hand-over/year")


@blueprint.get("")
@needs(Permission.HAND_OVER_DEVICES)
def show() -> ResponseReturnValue:
    """The empty form."""
    return _page("", "")


@blueprint.post("")
@needs(Permission.HAND_OVER_DEVICES)
def act() -> ResponseReturnValue:
    """Look at who gets what; with the button pressed, hand over what is ready."""
    year, codes = (NOT_TEXT.sub("", request.form.get(name, "").replace("\r\n", "\n"))[:20_000] for name in ("year", "codes"))
    if request.form.get("do") != "hand-over":
        return _page(year, codes)
    made, _problems = by_year.pairs(year, codes.splitlines(), occasion())
    done, wrong = by_year.hand_over([each for each in made if each.is_ready], occasion(), paper=receipt)
    if wrong:
        return _page(year, codes, wrong), 409
    tell("success" if done else "warning", f"Handed over: {plural(done, 'device')}." if done else "Nothing was ready to be handed over.")
    return redirect(url_for("pages.listing", slug="allocations"), 303)


def _page(year: str, codes: str, wrong: list[str] | None = None) -> str:
    made, problems = by_year.pairs(year, codes.splitlines(), occasion()) if year else ([], [])
    return render_template("devices/hand_over_year.html", years=by_year.years(occasion()), year=year, codes=codes, pairs=made,
                           problems=[*(wrong or ()), *problems], ready=sum(each.is_ready for each in made), most=by_year.MOST)  # fmt: skip
