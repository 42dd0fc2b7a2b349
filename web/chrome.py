"""What stands around every page: who is signed in, in which school, the menus, and the lines about deeds just done."""

from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, session

from models.roles import Role
from registry import catalogue
from registry.access import POLICY, Deed, Permission, allowed
from registry.breaches import alerts
from registry.registers.data_protection.breaches import BREACHES
from registry.rules.local_time import in_zone
from registry.rules.plain_dates import clock, plain_day
from registry.talk import notices
from web import csrf
from web.breach_clock_view import BreachClock
from web.rendering import ZONE, initials
from web.sessions import Visitor

Link = tuple[str, str]
NOTICE = "notice"
NOTICES = "/notices"
SEARCH = "/search"
FOOTER: tuple[Link, ...] = (("Help", "/help"), ("Accessibility", "/accessibility"))
PAGES: dict[str, tuple[tuple[Permission, Link], ...]] = {
    "Images": (
        (Permission.CHECK_IMAGES, ("Check names", "/consents/check")),
        (Permission.RECORD_ANSWERS, ("Answers", "/consents/grid")),
        (Permission.CHECK_IMAGES, ("Class sheets", "/consents/sheet")),
        (Permission.ASK_FAMILIES, ("Ask parents", "/consents/ask")),
        (Permission.SEE_COVERAGE, ("Coverage", "/consents/coverage")),
    ),
    "Pupils": ((Permission.IMPORT_ROLL, ("From the pupil database", "/consents/roll")),),
    "Devices": (
        (Permission.HAND_OVER_DEVICES, ("Hand over", "/devices/hand-over")),
        (Permission.HAND_OVER_DEVICES, ("Take back", "/devices/take-back")),
        (Permission.CHECK_DEVICES, ("Check a room", "/devices/check")),
        (Permission.READ_DEVICE_LISTS, ("Bring in a list", "/devices/lists")),
        (Permission.READ_DEVICE_LISTS, ("What differs", "/devices/differences")),
    ),
    "Device care": (
        (Permission.CHECK_DEVICES, ("Labels", "/devices/labels")),
        (Permission.CHECK_DEVICES, ("Is the fleet safe?", "/devices/fleet")),
    ),
    "Governance": (
        (Permission.READ_TRACE, ("History", "/audit")),
        (Permission.MANAGE_PEOPLE, ("People", "/people")),
        (Permission.CHANGE_SCHOOL, ("School", "/school")),
        (Permission.MANAGE_MAIL, ("Mail", "/settings/mail")),
        (Permission.MANAGE_MAIL, ("Letters", "/settings/messages")),
        (Permission.MANAGE_HOOKS, ("Channels", "/settings/webhooks")),
        (Permission.SEE_JOBS, ("Jobs", "/settings/jobs")),
    ),
}
"""The pages of an area that are not a register, which stand before its registers."""
BESIDE: dict[str, tuple[tuple[Permission, Link], ...]] = {
    "Retention": ((Permission.SEE_DUE, ("What is due", "/retention")),),
    "Data protection": (
        (Permission.SEE_BREACH_PICTURE, ("Breaches by term", "/breach-picture")),
        (Permission.PLAN_BREACHES, ("Breach plan", "/breach-plan")),
    ),
    "Device care": ((Permission.CHECK_DEVICES, ("Allowed use", "/settings/devices")),),
}
"""The same that stand after its registers."""
AREAS = tuple(dict.fromkeys((*catalogue.AREAS, *PAGES)))
MATRIX: Link = ("Who can do what", "/who-can-do-what")
MOST_CLOCKS = 5
"""Of the breaches whose clock runs so many are looked at for the line on every page: those nearest to their end."""
REPORT: Link = ("Report a breach", "/report")


def init_app(app: Flask) -> None:
    """Gives every template its `chrome`."""
    app.context_processor(lambda: {"chrome": Chrome(g.get("visitor"))})


def tell(kind: str, text: str, link_text: str | None = None, link_href: str | None = None, *, is_deed: bool = False) -> None:
    """Say on the next page what was done; kind is success, information, warning or error. Never a name: the cookie holds it.

    With `is_deed` the link is a button that sends a form there.
    """
    session[NOTICE] = [*session.get(NOTICE, ()), [kind, text, link_text, link_href, is_deed]]


class Bell(NamedTuple):
    """Where somebody's notices are, and how many of them are unread."""

    href: str
    unread: int


class Chrome:
    """The values described at the top of base.html; each is worked out when the page asks for it."""

    def __init__(self, visitor: Visitor | None) -> None:
        self._visitor = visitor
        self._path = request.path
        self.demo: bool = current_app.extensions["settings"].demo

    @cached_property
    def search(self) -> str | None:
        """Where the search of everything is, for those who may read some register."""
        return SEARCH if self._role and any(_registers(self._role, area) for area in catalogue.AREAS) else None

    @cached_property
    def person(self) -> dict[str, str] | None:
        """Who is signed in."""
        if self._visitor is None:
            return None
        actor = self._visitor.actor
        return {"name": actor.name, "initials": initials(actor.name), "role": actor.role.label if actor.role else "No school chosen"}

    @cached_property
    def school(self) -> Any:
        """The school in view."""
        return self._visitor.school if self._visitor else None

    @cached_property
    def may_switch(self) -> bool:
        """Whether there is another school to choose."""
        return self._visitor is not None and self._visitor.schools > 1

    @cached_property
    def notices(self) -> Bell | None:
        """The bell: where the notices are, and how many are unread."""
        if self._visitor is None or self._visitor.actor.school is None:
            return None
        return Bell(NOTICES, notices.unread(self._visitor.actor))

    @cached_property
    def switch_href(self) -> str | None:
        """Where another school is chosen."""
        return "/switch-school" if self.may_switch else None

    @cached_property
    def sign_out_href(self) -> str | None:
        """Where the sign-out form posts to."""
        return "/sign-out" if self._visitor else None

    @cached_property
    def areas(self) -> list[tuple[str, str, bool]]:
        """The menu: what this role may open, and nothing greyed."""
        current = self._area()
        return [(label, href, label == current) for label, href in _areas(self._role)] if self._role else []

    @cached_property
    def registers(self) -> list[tuple[str, str, bool]]:
        """The registers of the area in which this page stands."""
        links = _registers(self._role, self._area()) if self._role else ()
        stands_at = self._path if any(self._path.startswith(href) for _label, href in links) else f"/registers/{self._slug}/"
        return [(label, href, stands_at.startswith(href)) for label, href in links]

    @cached_property
    def account_links(self) -> list[Link]:
        """What stands above "Sign out"."""
        if self._visitor is None:
            return []
        mine = [("Devices with me", "/devices/with-me")] if self._visitor.school else []
        return [*mine, ("Your account, and where you are signed in", "/account")]

    @cached_property
    def breach_clock(self) -> BreachClock | None:
        """The clock that is nearest to its end among those of breaches whose next step is this reader's."""
        if self._visitor is None or self._role is None or self._role not in allowed(Deed.CHANGE, BREACHES) or self._path == "/":
            return None
        clocks = (BreachClock(row, g.now) for row in alerts.running(MOST_CLOCKS) if row.id.hex not in self._path.replace("-", ""))
        return next((told for told in clocks if told.is_for(self._visitor.actor)), None)

    @cached_property
    def footer_links(self) -> tuple[Link, ...]:
        """The links below every page."""
        return (REPORT, *FOOTER, MATRIX) if self._role else FOOTER

    @cached_property
    def notice(self) -> list[list[Any]]:
        """The lines about deeds just done, said once."""
        return session.pop(NOTICE, []) if NOTICE in session else []

    @cached_property
    def printed(self) -> str:
        """The line that only paper shows."""
        if self._visitor is None or self._visitor.school is None:
            return ""
        local = in_zone(g.now, ZONE)
        return f"Safehold · {self._visitor.school.name} · printed by {self._visitor.actor.name}, {plain_day(local)}, {clock(local)}"

    @cached_property
    def csrf(self) -> str:
        """The token for the forms of this page."""
        return csrf.token()

    @cached_property
    def _role(self) -> Role | None:
        return self._visitor.actor.role if self._visitor else None

    @property
    def _slug(self) -> str | None:
        """The register to which this page belongs, wherever its address is."""
        return (request.view_args or {}).get("slug")

    def _area(self) -> str:
        slug = self._slug
        if self._path == "/":
            return "Today"
        if slug is None:
            of_pages = (area for area in AREAS if self._path.startswith(_pages_of(area)))
            return next(of_pages, "Images" if self._path.startswith("/consents/") else "")
        try:
            return catalogue.area_of(catalogue.find(slug))
        except catalogue.NoSuchRegister:
            return ""


def _pages_of(area: str) -> tuple[str, ...]:
    """Where the pages of an area are that are not a register."""
    return tuple(href for _permission, (_label, href) in (*PAGES.get(area, ()), *BESIDE.get(area, ())))


@lru_cache(maxsize=64)
def _areas(role: Role) -> tuple[Link, ...]:
    """Each area with its first page that this role may open."""
    firsts = ((area, _registers(role, area)) for area in AREAS)
    return (("Today", "/"), *((area, pages[0][1]) for area, pages in firsts if pages))


@lru_cache(maxsize=256)
def _registers(role: Role | None, area: str) -> tuple[Link, ...]:
    pages, beside = ([link for permission, link in of_area.get(area, ()) if role in POLICY[permission]] for of_area in (PAGES, BESIDE))
    found = (register for register in catalogue.AREAS.get(area, ()) if role in allowed(Deed.SEE, register))
    return (*pages, *((register.heading, f"/registers/{register.slug}/") for register in found), *beside)
