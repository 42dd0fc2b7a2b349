"""What each answer of a register means: a page, and the same as a file. Nothing in it is about anybody, so it is no export."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from exports import csv_file, dictionary, register_template
from registry import catalogue
from registry.access import Deed
from web.files import attachment
from web.guard import current_actor, needs, now

blueprint = Blueprint("dictionary", __name__, url_prefix="/registers/<slug:slug>")


@blueprint.get("/dictionary")
@needs(Deed.SEE, register_from_slug=True)
def page(slug: str) -> ResponseReturnValue:
    """The questions of a register with their choices, hints and reasons."""
    register = catalogue.find(slug)
    return render_template("register/dictionary.html", register=register, entries=list(dictionary.entries(register, current_actor())))


@blueprint.get("/dictionary.csv")
@needs(Deed.SEE, register_from_slug=True)
def as_csv(slug: str) -> ResponseReturnValue:
    """The same as a CSV file."""
    rows = (entry.cells for entry in dictionary.entries(catalogue.find(slug), current_actor()))
    return attachment(csv_file.write(dictionary.HEADINGS, rows), f"{slug}-dictionary.csv")


@blueprint.get("/dictionary.xlsx")
@needs(Deed.SEE, register_from_slug=True)
def as_workbook(slug: str) -> ResponseReturnValue:
    """The same as an Excel workbook."""
    made = register_template.meanings(catalogue.find(slug), current_actor(), now())
    return attachment(made, f"{slug}-dictionary.xlsx")
