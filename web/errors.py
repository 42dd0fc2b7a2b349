"""What people see when something is refused, missing, in conflict or broken: a sentence, and the step that helps."""

import secrets
from typing import Any

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, RequestEntityTooLarge

from models.file_store import OutOfReach
from registry.access import Forbidden
from registry.accounts.people import NoSuchPerson, names_of_managers
from registry.accounts.tokens import NoSuchToken
from registry.files.attachments import Damaged
from registry.post.outcomes import NoSuchLetter
from registry.records import Conflict, NotFound
from registry.rows import CannotBeDone
from registry.rules.answers import listed
from registry.schema import Invalid
from web import bearers, limits, problems
from web.log import described, log
from web.refusals import note_refusal


def init_app(app: Flask) -> None:
    """Turns what is raised below into pages."""
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(NotFound, _missing)
    app.register_error_handler(NoSuchPerson, _missing)
    app.register_error_handler(NoSuchToken, _missing)
    app.register_error_handler(NoSuchLetter, _missing)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(CannotBeDone, _cannot_be_done)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(OutOfReach, _out_of_reach)
    app.register_error_handler(Damaged, _damaged)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(InternalServerError, _broken)
    app.register_error_handler(HTTPException, _other)


def page(status: int, template: str, **context: Any) -> ResponseReturnValue:
    """An error page with its status."""
    return render_template(f"errors/{template}.html", **context), status


def _forbidden(_error: Forbidden) -> ResponseReturnValue:
    """Refused for the role: noted, and told who gives out roles."""
    visitor = g.get("visitor")
    if visitor is None:
        return page(403, "403")
    note_refusal()
    givers = names_of_managers(visitor.school.id) if visitor.school else []
    return page(403, "403", givers=listed(givers[:2]) if givers else None)


def _missing(_error: Exception) -> ResponseReturnValue:
    return page(404, "404")


def _conflict(_error: Conflict) -> ResponseReturnValue:
    return page(409, "409")


def _cannot_be_done(error: CannotBeDone) -> ResponseReturnValue:
    return page(409, "409", problem=str(error))


def _invalid(error: Invalid) -> ResponseReturnValue:
    return page(422, "400", problems=[line for lines in error.messages.values() for line in lines])


def _form_too_old(_error: CSRFError) -> ResponseReturnValue:
    return page(400, "csrf")


def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    settings = current_app.extensions["settings"]
    if limits.is_to_be_kept():
        return page(413, "413", limit=f"{settings.file_mb} MB", is_kept=True)
    return page(413, "413", limit=f"{settings.upload_mb} MB" if limits.is_about_a_file() else None)


def _out_of_reach(error: OutOfReach) -> ResponseReturnValue:
    log.error("reference=%s %s", g.get("reference", "none"), described(error.__cause__ or error))
    return page(503, "files", problem=str(error))


def _damaged(error: Damaged) -> ResponseReturnValue:
    log.error("reference=%s A file is missing or was altered: run check-files.", g.get("reference", "none"))
    return page(410, "files", problem=str(error))


def _broken(_error: InternalServerError) -> ResponseReturnValue:
    return page(500, "500", reference=g.get("reference"))


def _other(error: HTTPException) -> ResponseReturnValue:
    """What the server itself refuses: an address that does not exist, a way of asking that a page does not know."""
    if bearers.is_api():
        return problems.of_error(error)
    if error.code == 404:
        return _missing(error)
    if error.code is None or error.code < 400:
        return error.get_response()
    body, status = render_template("errors/400.html", problems=()), error.code
    allowed = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if isinstance(error, MethodNotAllowed) else {}
    return body, status, allowed


def name_request() -> None:
    """Give the request a number under which the log and the page speak of the same failure."""
    g.reference = secrets.token_hex(4)
