"""Google Admin, by the Directory API: the ChromeOS devices of a school."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from requests import Session

from models.vocabulary import DeviceSource
from registry.connectors.asking import Asker, has_list
from registry.connectors.credentials import GoogleCredentials
from registry.connectors.judging import Vendor
from registry.connectors.key_files import signed
from registry.connectors.manner import Manner
from registry.connectors.pages import Page, Place, Turned, walk
from registry.connectors.tokens import Token
from registry.connectors.wires import prepared
from registry.rules.mdm_answers import from_google

GOOGLE = Vendor(
    name="Google",
    refused="Google refuses the key: it may have been deleted or turned off, the administrator’s address may be wrong, or the clock of this computer "
    "may be. Make a new key for the service account in Google Cloud and choose its JSON file.",
    forbidden="Google lets us in but not at the devices. In the Admin console, under Security, API controls, Domain-wide delegation, add the service "
    "account’s client ID with the scope that this page names, turn on the Admin SDK API in Google Cloud, and check that the administrator "
    "may read ChromeOS devices.",
    not_found="Google knows no such account of a school. Check the administrator’s address.",
)
SIGN_IN, BASE = "https://oauth2.googleapis.com", "https://admin.googleapis.com"
ENTRANCE = "/token"
SCOPE = "https://www.googleapis.com/auth/admin.directory.device.chromeos.readonly"
BY_STATEMENT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DEVICES = "/admin/directory/v1/customer/my_customer/devices/chromeos"
LIST_OF_DEVICES = "admin#directory#chromeosdevices"
PAGE_SIZE = 200
LASTS = 3600

ASKED = (
    *("deviceId", "serialNumber", "status", "lastSync", "annotatedUser", "annotatedLocation", "annotatedAssetId", "model", "orderNumber"),
    *("osVersion", "bootMode", "lastEnrollmentTime", "autoUpdateExpiration", "autoUpdateThrough", "osVersionCompliance"),
)
"""Nothing else is even sent to us: not who used a device lately, and not when."""


def fetch(
    credentials: GoogleCredentials, *, since: datetime | None = None, resume: str | None = None, manner: Manner | None = None
) -> Iterator[Page]:
    """Every ChromeOS device that is managed, or those that reported since that day. Raises NotAnswered."""
    manner = manner or Manner()
    address = (manner.instead or SIGN_IN) + ENTRANCE
    token = Token(GOOGLE, address, manner, question=lambda: _statement(credentials, manner))
    asker = Asker(GOOGLE, prepared(Session(), manner), token, base=BASE, manner=manner)
    return walk(resume, since, lambda place: _turn(asker, place))


def _statement(credentials: GoogleCredentials, manner: Manner) -> dict[str, str]:
    """Who asks for what and as whom, signed; it is always meant for Google, wherever it is sent in tests."""
    now = int(manner.now().timestamp())
    who = {"iss": credentials.client_email, "sub": credentials.subject, "scope": SCOPE, "aud": SIGN_IN + ENTRANCE}
    return {"grant_type": BY_STATEMENT, "assertion": signed({**who, "iat": now, "exp": now + LASTS}, credentials.private_key)}


def _turn(asker: Asker, place: Place) -> Turned:
    told = asker.page(DEVICES, _question(place), _is_whole, goes_on=bool(place.at))
    return Turned(told.get("chromeosdevices", []), told.get("nextPageToken") or None, DeviceSource.GOOGLE, from_google)


def _question(place: Place) -> dict[str, str]:
    what = {"projection": "FULL", "maxResults": str(PAGE_SIZE), "fields": f"kind,nextPageToken,chromeosdevices({','.join(ASKED)})"}
    chosen = {"query": f"sync:{place.since[:10]}.."} if place.since else {}
    return {**what, **chosen, **({"pageToken": place.at} if place.at else {})}


def _is_whole(told: Any) -> bool:
    """An empty list is left out altogether, so the answer must say of what it would be a list."""
    if not isinstance(told, dict) or told.get("kind") != LIST_OF_DEVICES or not isinstance(told.get("nextPageToken", ""), str):
        return False
    return "chromeosdevices" not in told or (has_list(told, "chromeosdevices") and all(each.get("deviceId") for each in told["chromeosdevices"]))
