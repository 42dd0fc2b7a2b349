"""The bell: what somebody was told, read and unread, and the way to what it is about."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.message import News
from registry.access import Permission
from registry.accounts.people import schools_of
from registry.records import NotFound
from registry.talk import notices
from registry.talk.notices import Notice
from web.chrome import tell
from web.guard import current_actor, needs, now
from web.ids_and_numbers import id_in
from web.record_tabs import landing
from web.rendering import plural

ON_THE_WAY = frozenset({News.APPROVAL_ASKED, News.ADVISED})
"""What is answered where a record is approved."""

APPROVED_ELSEWHERE = {"disposals": "device_disposals.show", "disposals-of-records": "records_disposals.show"}
"""Where that is for a register whose records have no versions."""

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.get("")
@needs(Permission.OWN_ACCOUNT)
def everything() -> ResponseReturnValue:
    """What this person was told, newest first."""
    by = current_actor()
    page = notices.notices(by, id_in(request.args.get("before", "")))
    return render_template("notices/list.html", page=page, unread=notices.unread(by), address=address_of)


@blueprint.post("/read")
@needs(Permission.OWN_ACCOUNT)
def read_all() -> ResponseReturnValue:
    """Mark all of it as read."""
    count = notices.mark_all_read(current_actor(), now())
    tell("success", f"{plural(count, 'notice')} marked as read." if count else "There was nothing unread.")
    return redirect(url_for("notices.everything"))


@blueprint.get("/<uuid:notice>")
@needs(Permission.OWN_ACCOUNT)
def one(notice: UUID) -> ResponseReturnValue:
    """Where a link in a letter leads: to one notice, in whichever of one's schools it was told. Nothing is marked as read by looking."""
    by = current_actor()
    place = notices.school_of_notice(by, notice)
    if place is None or by.user is None:
        raise NotFound("There is no such notice.")
    own = {school.id: school for school, _role in schools_of(by.user)}
    if place != by.school and place not in own:
        raise NotFound("There is no such notice.")
    shown = {"notice": notices.one(by, notice), "elsewhere": own[place] if place != by.school else None}
    return render_template("notices/one.html", id=notice, **shown)


@blueprint.post("/<uuid:notice>")
@needs(Permission.OWN_ACCOUNT)
def follow(notice: UUID) -> ResponseReturnValue:
    """Mark one as read, and go where it leads."""
    return redirect(address_of(notices.follow(current_actor(), notice, now())))


def address_of(notice: Notice) -> str:
    """Where a notice leads: to what it is about, or back to the list when that is no longer there."""
    if not notice.reference:
        return url_for("notices.everything")
    here: dict[str, Any] = {"slug": notice.register, "record": notice.record}
    if notice.news == News.MENTIONED:
        return url_for("comments.of_record", _anchor=f"comment-{notice.about}", **here)
    approval = APPROVED_ELSEWHERE.get(notice.register, "versions.approval")
    return url_for(approval if notice.news in ON_THE_WAY else landing(notice.register), **here)
