"""The page behind a parent's link to an agreement: read, sign, done; without an account, and known by nothing but its secret."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from models import doors
from models.school import School
from registry.actor import Actor
from registry.devices import parents
from registry.devices.handing import Signed
from registry.occasion import Occasion
from registry.rows import CannotBeDone
from registry.rules.local_time import in_zone
from registry.rules.signatures import NotASignature, signature
from registry.schema import Invalid
from registry.school.schools import facts_of
from registry.typed import NOT_TEXT
from web.guard import now, public
from web.public_answers import knocked_in_vain, quiet
from web.rendering import ZONE

blueprint = Blueprint("parent_signing", __name__, url_prefix="/sign/<secret:secret>")


class _Page:
    """What the parts for signing ask of their page: what was typed, and what cannot be taken."""

    def __init__(self, said: dict[str, list[str]] | None = None) -> None:
        self.said = said or {}

    def text(self, name: str) -> str:
        """What was typed under a name."""
        return NOT_TEXT.sub("", request.form.get(name, ""))[:200].strip()


@blueprint.get("")
@public
def form(secret: str) -> ResponseReturnValue:
    """The agreement, and where it is signed."""
    return _within(secret)


@blueprint.post("")
@public
def send(secret: str) -> ResponseReturnValue:
    """Keep that it is accepted."""
    return _within(secret, is_signing=True)


def _within(secret: str, *, is_signing: bool = False) -> ResponseReturnValue:
    link = parents.find(secret, now())
    if link is None:
        return knocked_in_vain()
    with doors.looking_at(link.school_id):
        school, there = School.get_by_id(link.school_id), parents.behind(link)
        if there is None:
            return knocked_in_vain()
        page, status, template = _Page(), 200, "form"
        if is_signing:
            occasion = Occasion(Actor.robot(parents.ROBOT, school.id), now(), facts_of(school, in_zone(now(), ZONE).date()))
            try:
                parents.sign(link, _signed(page), occasion)
                template = "done"
            except Invalid as problem:
                page, status = _Page(problem.messages), 422
            except CannotBeDone:
                return knocked_in_vain()
        errors = [(name, sentence) for name, sentences in page.said.items() for sentence in sentences]
        told = {"school": school, "there": there, "page": page, "errors": errors, "secret": secret}
        return quiet(make_response(render_template(f"devices/parent_{template}.html", **told), status))


def _signed(page: _Page) -> Signed:
    name, drawn = page.text("parent_name"), request.form.get("parent_drawn", "")
    if not drawn:
        return Signed(name=name)
    try:
        return Signed(name=name, png=signature(drawn).png)
    except NotASignature as problem:
        raise Invalid({"parent": [str(problem)]}) from None
