"""The picture on a school's papers: chosen, looked at and taken away on the page of the school."""

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from exports.paper import can_be_printed
from registry.access import Permission
from registry.records import NotFound
from registry.rules.pictures import picture_of
from registry.schema import Invalid
from registry.school import logos
from web.chrome import tell
from web.guard import needs
from web.limits import takes_files
from web.pages import occasion

blueprint = Blueprint("logo", __name__, url_prefix="/school/logo")


@blueprint.get("")
@needs(Permission.CHANGE_SCHOOL)
def show() -> Response:
    """The picture itself, as it was brought."""
    image = logos.logo_of_school()
    picture = picture_of(image) if image else None
    if image is None or picture is None:
        raise NotFound("This school has no logo.")
    response = Response(image, mimetype=picture.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.post("")
@needs(Permission.CHANGE_SCHOOL)
@takes_files
def bring() -> ResponseReturnValue:
    """Use a picture from now on."""
    sent = request.files.get("logo")
    try:
        if sent is None or not sent.filename:
            raise Invalid({"logo": ["Choose a picture first."]})
        logos.set_logo(sent.stream.read(logos.LARGEST + 1), occasion(), can_be_printed=can_be_printed)
    except Invalid as problem:
        tell("error", problem.messages["logo"][0])
    else:
        tell("success", "Saved. The logo stands on every paper from now on.")
    return redirect(url_for("schools.facts"))


@blueprint.post("/take-away")
@needs(Permission.CHANGE_SCHOOL)
def take_away() -> ResponseReturnValue:
    """Print the name alone."""
    logos.take_away(occasion())
    tell("success", "Papers carry the name of the school alone now.")
    return redirect(url_for("schools.facts"))
