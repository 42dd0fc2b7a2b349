"""The links of a record: every one of them, whichever side asked, with what can be linked and taken away here."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry import catalogue, neighbourhood
from registry.access import Deed
from registry.lists.views import LONGEST_SEARCH
from registry.neighbourhood import End
from registry.records import NotFound
from registry.typed import NOT_TEXT
from web.chrome import tell
from web.guard import needs
from web.linked_view import LinkedPage
from web.pages import occasion, shown_record

blueprint = Blueprint("linked", __name__, url_prefix="/registers/<slug:slug>/<uuid:record>")


@blueprint.get("/linked")
@needs(Deed.SEE, register_from_slug=True)
def of_record(slug: str, record: UUID) -> ResponseReturnValue:
    """What a record is linked to, what is around it, and what a search to link something finds."""
    shown = shown_record(slug, record)
    words = NOT_TEXT.sub("", request.args.get("q", "")).strip()[:LONGEST_SEARCH]
    page = LinkedPage(shown, request.args.get("to", ""), words)
    return render_template("linked/record.html", shown=shown, page=page)


@blueprint.post("/link")
@needs(Deed.SEE, register_from_slug=True)
def link(slug: str, record: UUID) -> ResponseReturnValue:
    """Link another record to this one; whether the reader may is asked where the question stands."""
    neighbourhood.link(End(catalogue.find(slug), record), _far(), occasion())
    tell("success", "Linked. Both records show it.")
    return redirect(url_for("linked.of_record", slug=slug, record=record))


@blueprint.post("/unlink")
@needs(Deed.SEE, register_from_slug=True)
def unlink(slug: str, record: UUID) -> ResponseReturnValue:
    """Take a link away; the other record stays as it is."""
    neighbourhood.unlink(End(catalogue.find(slug), record), _far(), occasion())
    tell("success", "The link is gone. Both records keep it in their history.")
    return redirect(url_for("linked.of_record", slug=slug, record=record))


def _far() -> End:
    """The other record, as the form names it; raises NotFound."""
    try:
        return End(catalogue.find(request.form.get("to", "")), UUID(request.form.get("far", "")))
    except (catalogue.NoSuchRegister, ValueError):
        raise NotFound("There is no such record to link.") from None
