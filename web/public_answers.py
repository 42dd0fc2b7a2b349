"""The page behind a parent’s link: without an account, for one family, and known by nothing but its secret."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports import answers_copy
from exports.paper import Letterhead, pdf
from models import doors
from models.answer_link import AnswerLink
from models.school import School
from registry.actor import Actor
from registry.families import answering, asking
from registry.families.form_words import is_by_consent, told
from registry.families.own_page import Page, Shut, page_of
from registry.occasion import Occasion
from registry.rules.local_time import in_zone
from registry.school import logos
from registry.school.schools import facts_of
from registry.trace.audit import where_it_stands
from registry.trace.chain import in_groups
from web import lock_out
from web.account import unreferred
from web.answers_sent import Sent, ids_in, key_of, read
from web.files import attachment
from web.guard import now, public
from web.rendering import ZONE, clock, moment

blueprint = Blueprint("public_answers", __name__, url_prefix="/answers/<secret:secret>")


@dataclass(frozen=True)
class Behind:
    """What a link opens: its school, and one family’s page."""

    link: AnswerLink
    school: School
    page: Page
    occasion: Occasion

    def copy(self, page: Page) -> bytes:
        """What this parent answered, on a paper of the school: theirs to keep, and the school's evidence."""
        number, digest = where_it_stands(self.school.id)
        head = Letterhead(self.school.name, moment(now()), logos.logo_of_school())
        return pdf(answers_copy.of_page(page, head, f"History: entry {number:,}, seal {in_groups(digest)}"))


@blueprint.get("")
@public
def form(secret: str) -> ResponseReturnValue:
    """The questions, with what this parent has answered so far."""
    return _within(secret, lambda behind: _form_page(behind, Sent()))


@blueprint.post("")
@public
def send(secret: str) -> ResponseReturnValue:
    """Keep what was answered, and show it."""

    def take(behind: Behind) -> ResponseReturnValue:
        sent = read(request.form, behind.page)
        if sent.errors:
            return _form_page(behind, sent, 422)
        answering.answer(behind.link, sent.said(behind.page), behind.occasion, copy=behind.copy)
        return redirect(url_for("public_answers.receipt", secret=secret), 303)

    return _within(secret, take)


@blueprint.get("/kept")
@public
def receipt(secret: str) -> ResponseReturnValue:
    """What is kept of this parent’s answers now."""
    return _within(secret, lambda behind: _answered("kept", behind, said=answers_copy.said))


@blueprint.get("/copy.pdf")
@public
def copy(secret: str) -> ResponseReturnValue:
    """The same to keep."""

    return _within(secret, lambda behind: attachment(behind.copy(behind.page), f"answers-{behind.page.today}.pdf"))


@blueprint.post("/no")
@public
def say_no(secret: str) -> ResponseReturnValue:
    """Take a yes back, or object: asked once more, then done at once."""
    asked = ids_in(request.form.get("no", ""))

    def take(behind: Behind) -> ResponseReturnValue:
        child = next((each for each in behind.page.family.children if asked and each.id == asked[0]), None)
        use = next((each for each in (*behind.page.asked, *behind.page.told) if asked and each.id == asked[1]), None)
        if child is None or use is None or not behind.page.can_say_no(child, use):
            return redirect(url_for("public_answers.receipt", secret=secret), 303)
        if request.form.get("sure") != "yes":
            return _answered("sure", behind, child=child, use=use, words=told(use), is_consent=is_by_consent(use), key=key_of(child, use))
        answering.say_no(behind.link, child.id, use.id, behind.occasion, copy=behind.copy)
        return redirect(url_for("public_answers.receipt", secret=secret), 303)

    return _within(secret, take)


def _within(secret: str, do: Callable[[Behind], ResponseReturnValue]) -> ResponseReturnValue:
    """Do something in the school of the link and in no other; a link that is wrong, over or ended gets the same page."""
    link = asking.find(secret, now())
    if link is None:
        return knocked_in_vain()
    try:
        with _school_of(link) as school:
            occasion = Occasion(Actor.robot(answering.ROBOT, school.id), now(), facts_of(school, in_zone(now(), ZONE).date()))
            behind = Behind(link, school, page_of(link, in_zone(now(), ZONE).date()), occasion)
            response = make_response(do(behind))
    except Shut:
        return knocked_in_vain()
    return quiet(response)


@contextmanager
def _school_of(link: AnswerLink) -> Iterator[School]:
    with doors.looking_at(link.school_id):
        yield School.get_by_id(link.school_id)


def knocked_in_vain() -> ResponseReturnValue:
    """Whoever guesses is slowed down, by where they knock from; a link that works is open all the same, for a whole street may share an address."""
    address = lock_out.place_of(request.remote_addr)
    try:
        lock_out.begin(f"answers from {address}", f"answers from {address}", now())
    except lock_out.Resting as rest:
        return quiet(unreferred(render_template("answers_public/too_many.html", until=clock(rest.until)), 429))
    return quiet(unreferred(render_template("answers_public/shut.html"), 404))


def _form_page(behind: Behind, sent: Sent, status: int = 200) -> ResponseReturnValue:
    words = {use.id: told(use) for use in (*behind.page.asked, *behind.page.told)}
    return _answered("form", behind, status, words=words, sent=sent, errors=sent.problems, key_of=key_of, is_by_consent=is_by_consent)


def _answered(template: str, behind: Behind, status: int = 200, **more: object) -> ResponseReturnValue:
    names = dict(zip((child.id for child in behind.page.family.children), behind.page.family.names, strict=True))
    secret = request.view_args["secret"]  # type: ignore[index]
    here = {"page": behind.page, "school": behind.school, "names": names, "home": url_for("public_answers.form", secret=secret)}
    return render_template(f"answers_public/{template}.html", **here, link=behind.link, **more), status


def quiet(response: ResponseReturnValue) -> ResponseReturnValue:
    """Told to nobody: not to the next page, and not to search engines."""
    made = make_response(response)
    made.headers["Referrer-Policy"] = "no-referrer"
    made.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return made
