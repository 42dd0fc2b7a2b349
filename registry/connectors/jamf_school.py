"""Jamf School: all devices in one answer."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from requests import Session

from models.vocabulary import DeviceSource
from registry.connectors.asking import Asker, Fixed, has_list
from registry.connectors.credentials import JamfSchoolCredentials, base_of
from registry.connectors.judging import Vendor
from registry.connectors.manner import Manner
from registry.connectors.pages import Page, Place, Turned, walk
from registry.connectors.troubles import NotAnswered, Remedy
from registry.connectors.wires import prepared
from registry.rules.mdm_answers import from_jamf_school
from registry.rules.mdm_values import moment

JAMF_SCHOOL = Vendor(
    name="Jamf School",
    refused="Jamf School refuses the key: it may have been deleted, or the network ID may be wrong. "
    "In Jamf School, under Organisation, Settings, API, make a new key and enter it.",
    forbidden="Jamf School lets us in but not at the devices. In Jamf School, under Organisation, Settings, API, let the key read Devices.",
    not_found="There is no Jamf School at this address. Enter the address at which you open it.",
)
DEVICES = "/api/devices"
PROTOCOL = {"X-Server-Protocol-Version": "3"}


def fetch(
    credentials: JamfSchoolCredentials, *, since: datetime | None = None, resume: str | None = None, manner: Manner | None = None
) -> Iterator[Page]:
    """Every device that Jamf School manages, or those that reported since then. Raises NotAnswered.

    Jamf School gives all devices at once, so there is no place in the middle from which to go on.
    """
    manner = manner or Manner()
    session = prepared(Session(), manner)
    session.headers.update(PROTOCOL)
    proof = b64encode(f"{credentials.network_id}:{credentials.api_key}".encode()).decode()
    asker = Asker(JAMF_SCHOOL, session, Fixed(f"Basic {proof}"), base=base_of(credentials.address), manner=manner)
    return walk(resume, since, lambda place: _turn(asker, place))


def _turn(asker: Asker, place: Place) -> Turned:
    if place.at:
        raise NotAnswered("Jamf School gives all devices at once. Start again from the beginning.", Remedy.RESTART)
    told = asker.page(DEVICES, None, _is_whole)
    since = moment(place.since)
    chosen = [each for each in told["devices"] if since is None or _is_newer(each, since)]
    return Turned(chosen, None, DeviceSource.JAMF_SCHOOL, from_jamf_school)


def _is_newer(told: Mapping[str, Any], since: datetime) -> bool:
    seen = moment(told.get("lastCheckin"))
    return seen is not None and seen >= since


def _is_whole(told: Any) -> bool:
    """Whether as many devices came as the answer says."""
    if not has_list(told, "devices") or not all(each.get("UDID") for each in told["devices"]):
        return False
    return isinstance(told.get("count"), int) and told["count"] == len(told["devices"])
