"""Registers as files to take away."""

from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from exports import ico_layout, ico_workbook, register_csv, register_xlsx, selection
from exports.approved_rows import counted
from exports.selection import Chosen
from registry import catalogue
from registry.access import Deed, Permission, has_versions
from registry.records import NotFound
from web import export_menu
from web.guard import current_actor, needs, school_facts, visitor
from web.list_view import asked_view, list_address
from web.pages import occasion

blueprint = Blueprint("files", __name__, url_prefix="/registers")

APPROVED = "approved"
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.post("/<slug:slug>/export.csv")
@needs(Deed.EXPORT, register_from_slug=True)
def export_csv(slug: str) -> Response:
    """The list as its address asks for it, or with `all` everything, as a CSV file; noted in the history, therefore never a GET."""
    stream = register_csv.export(_chosen(slug), occasion())
    return attachment(stream_with_context(stream), _named(slug, "csv"))


@blueprint.post("/<slug:slug>/export.xlsx")
@needs(Deed.EXPORT, register_from_slug=True)
def export_xlsx(slug: str) -> Response:
    """The same as an Excel workbook."""
    made = register_xlsx.export([_chosen(slug)], occasion())
    return attachment(made, _named(slug, "xlsx"))


@blueprint.get("/<slug:slug>/export/approved")
@needs(Deed.EXPORT, register_from_slug=True)
def ask_approved(slug: str) -> ResponseReturnValue:
    """How many records of a list have an approved version and how many are left out, with the buttons that take those away."""
    register, by = catalogue.find(slug), current_actor()
    if not has_versions(register):
        raise NotFound("There are no versions in this register.")
    view = asked_view(register, by)
    found = counted(selection.as_listed(register, view, by), by, register_csv.today_of(occasion()))
    ways = export_menu.of_this_list(register, by, view, state=APPROVED)
    back = list_address(register, urlencode(view.asked()))
    return render_template("versions/export.html", register=register, found=found, ways=ways, back_href=back)


@blueprint.post("/export.xlsx")
@needs(Permission.EXPORT_SCHOOL)
def export_school() -> Response:
    """Every register that this person may take away, as one workbook with a sheet for each."""
    made = register_xlsx.export(register_xlsx.whole_school(current_actor()), occasion())
    return attachment(made, f"registers-{school_facts().today}.xlsx")


@blueprint.post("/<slug:slug>/export/ico.xlsx")
@needs(Deed.EXPORT, register_from_slug=True)
def export_ico(slug: str) -> Response:
    """The record of processing in the layout of the regulator's documentation template; no other register has one."""
    register, here = catalogue.find(slug), visitor()
    if not ico_layout.is_offered(register) or here is None or here.school is None:
        raise NotFound("This register has no such layout.")
    made = ico_workbook.export(register, here.school, occasion())
    return attachment(made, f"ico-documentation-{school_facts().today}.xlsx")


def _chosen(slug: str) -> Chosen:
    register, by = catalogue.find(slug), current_actor()
    chosen = selection.everything(register, by) if "all" in request.args else selection.as_listed(register, asked_view(register, by), by)
    return selection.as_approved(chosen) if request.args.get("state") == APPROVED and has_versions(register) else chosen


def _named(slug: str, kind: str) -> str:
    state = f"-{APPROVED}" if request.args.get("state") == APPROVED else ""
    return f"{slug}{state}-{school_facts().today}.{kind}"


def attachment(content: object, name: str) -> Response:
    """A file that the browser saves under a name, whose ending says what it is."""
    response = Response(content, content_type=_KINDS[name.rpartition(".")[2]])  # type: ignore[arg-type]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
