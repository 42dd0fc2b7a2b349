"""Registers as files to take away."""

from flask import Blueprint, Response, request, stream_with_context

from exports import register_csv
from registry import catalogue
from registry.access import Deed
from web.guard import current_actor, needs
from web.list_view import asked_view
from web.pages import occasion

blueprint = Blueprint("files", __name__, url_prefix="/registers")


@blueprint.post("/<slug:slug>/export.csv")
@needs(Deed.EXPORT, register_from_slug=True)
def export_csv(slug: str) -> Response:
    """The list as its address asks for it, or with `all` everything, as a CSV file; noted in the history, therefore never a GET."""
    register, by, when = catalogue.find(slug), current_actor(), occasion()
    chosen = register_csv.everything(register, by) if "all" in request.args else register_csv.as_listed(register, asked_view(register, by), by)
    stream = register_csv.export(chosen, when)
    return attachment(stream_with_context(stream), f"{slug}-{when.school.today}.csv")


def attachment(content: object, name: str) -> Response:
    """A CSV file that the browser saves under a name."""
    response = Response(content, mimetype="text/csv", content_type="text/csv; charset=utf-8")  # type: ignore[arg-type]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
