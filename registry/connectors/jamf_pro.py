"""Jamf Pro: first the computers, then the mobile devices."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from requests import Session

from models.vocabulary import DeviceSource
from registry.connectors.asking import Asker, has_list
from registry.connectors.credentials import JamfProCredentials, base_of
from registry.connectors.judging import Vendor
from registry.connectors.manner import Manner
from registry.connectors.pages import Page, Place, Translate, Turned, walk
from registry.connectors.tokens import Token, client_credentials
from registry.connectors.troubles import NotAnswered, Remedy
from registry.connectors.wires import prepared
from registry.rules.mdm_answers import from_jamf_pro_computer, from_jamf_pro_mobile

JAMF_PRO = Vendor(
    name="Jamf Pro",
    refused="Jamf Pro refuses the secret: it may have been made anew, or the API client may be turned off. "
    "In Jamf Pro, under Settings, API roles and clients, generate a new client secret and enter it.",
    forbidden="Jamf Pro lets us in but not at the devices. In Jamf Pro, under Settings, API roles and clients, give the role the privileges "
    "Read Computers and Read Mobile Devices.",
    not_found="There is no Jamf Pro at this address, or it is too old. Check the address.",
)
ENTRANCE = "/api/oauth/token"
PAGE_SIZE = 100


@dataclass(frozen=True)
class Part:
    """One of the two lists of Jamf Pro. `seen` is the name by which devices that reported lately are chosen."""

    path: str
    sections: tuple[str, ...]
    key: str
    order: str
    seen: str
    source: DeviceSource
    translate: Translate


PARTS = (
    Part(
        path="/api/v1/computers-inventory",
        sections=("GENERAL", "HARDWARE", "OPERATING_SYSTEM", "USER_AND_LOCATION", "PURCHASING"),
        key="id",
        order="id:asc",
        seen="general.lastContactTime",
        source=DeviceSource.JAMF_PRO_COMPUTERS,
        translate=from_jamf_pro_computer,
    ),
    Part(
        path="/api/v2/mobile-devices/detail",
        sections=("GENERAL", "HARDWARE", "USER_AND_LOCATION", "PURCHASING", "SECURITY"),
        key="mobileDeviceId",
        order="mobileDeviceId:asc",
        seen="lastInventoryUpdateDate",
        source=DeviceSource.JAMF_PRO_MOBILES,
        translate=from_jamf_pro_mobile,
    ),
)


@dataclass(frozen=True)
class Spot:
    """A page of one of the lists, how many devices a page has, and how long the list was when reading stopped."""

    part: int = 0
    number: int = 0
    size: int = 0
    total: int = 0

    def to_text(self) -> str:
        """The spot as a place calls it."""
        return f"{self.part}:{self.number}:{self.size}:{self.total}"


def fetch(
    credentials: JamfProCredentials, *, since: datetime | None = None, resume: str | None = None, manner: Manner | None = None
) -> Iterator[Page]:
    """Every device that Jamf Pro manages, or those that reported since then. Raises NotAnswered."""
    manner = manner or Manner()
    base = manner.instead or base_of(credentials.address)
    token = Token(JAMF_PRO, base + ENTRANCE, manner, **client_credentials((credentials.client_id, credentials.secret)))
    asker = Asker(JAMF_PRO, prepared(Session(), manner), token, base=base, manner=manner)
    return walk(resume, since, lambda place: _turn(asker, place))


def _turn(asker: Asker, place: Place) -> Turned:
    spot = _spot(place.at)
    part, first = PARTS[spot.part], spot.number * spot.size
    told = asker.page(part.path, _question(part, spot, place.since), lambda told: _is_whole(told, part, first, spot.size))
    total = told["totalCount"]
    if spot.number and total < spot.total:  # what stood on the next page may have moved onto one that was read already
        raise NotAnswered("Devices were removed from Jamf Pro while it was read, so that others may have been missed. Start again.", Remedy.RESTART)
    return Turned(told["results"], _next(spot, total), part.source, part.translate)


def _question(part: Part, spot: Spot, since: str) -> list[tuple[str, str]]:
    chosen = [("filter", f'{part.seen}=ge="{since}"')] if since else []
    order = [("page", str(spot.number)), ("page-size", str(spot.size)), ("sort", part.order)]
    return [*(("section", name) for name in part.sections), *order, *chosen]


def _is_whole(told: Any, part: Part, first: int, size: int) -> bool:
    """Whether a page has as many devices as it must have, from the length of the whole list."""
    if not has_list(told, "results") or not isinstance(told.get("totalCount"), int):
        return False
    return len(told["results"]) == max(0, min(size, told["totalCount"] - first)) and all(each.get(part.key) for each in told["results"])


def _next(spot: Spot, total: int) -> str | None:
    if (spot.number + 1) * spot.size < total:
        return Spot(spot.part, spot.number + 1, spot.size, total).to_text()
    return Spot(spot.part + 1, 0, spot.size).to_text() if spot.part + 1 < len(PARTS) else None


def _spot(at: str) -> Spot:
    if not at:
        return Spot(size=PAGE_SIZE)
    with suppress(ValueError):
        part, number, size, total = map(int, at.split(":"))
        if 0 <= part < len(PARTS) and number >= 0 and size > 0:
            return Spot(part, number, size, total)
    raise NotAnswered("The place where reading stopped cannot be read. Start again from the beginning.", Remedy.RESTART)
