"""After a hand-over: what went out and its sealed receipt; and for everybody, what they hold themselves."""

from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from registry.access import Permission, may
from registry.devices import receipts
from web.files import attachment
from web.guard import current_actor, needs
from web.pages import occasion

blueprint = Blueprint("receipts", __name__, url_prefix="/devices")


@blueprint.get("/with-me")
@needs(Permission.OWN_ACCOUNT)
def with_me() -> ResponseReturnValue:
    """What is handed to the reader's own account."""
    return render_template("devices/with_me.html", held=receipts.with_me(current_actor()))


@blueprint.get("/receipts/<uuid:bundle>")
@needs(Permission.OWN_ACCOUNT)
def show(bundle: UUID) -> ResponseReturnValue:
    """One hand-over, for those who keep devices and for its holder."""
    found = receipts.of_bundle(bundle, current_actor())
    is_keeper = may(current_actor(), Permission.HAND_OVER_DEVICES)
    return render_template("devices/receipt.html", done=found, first=found.allocations[0], file=receipts.file_of(found), is_keeper=is_keeper)


@blueprint.post("/receipts/<uuid:bundle>/receipt.pdf")
@needs(Permission.OWN_ACCOUNT)
def take(bundle: UUID) -> Response:
    """The sealed receipt; noted in the history, therefore never a GET."""
    found = receipts.of_bundle(bundle, current_actor())
    return attachment(receipts.opened(found, occasion()), "receipt.pdf")
