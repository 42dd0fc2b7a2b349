"""Microsoft Intune, by Microsoft Graph: the devices that it manages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

from requests import Session

from models.vocabulary import DeviceSource
from registry.connectors.asking import Asker, has_list, same_place
from registry.connectors.credentials import GraphCredentials
from registry.connectors.judging import Vendor
from registry.connectors.manner import Manner
from registry.connectors.pages import Page, Place, Turned, walk
from registry.connectors.tokens import Token, client_credentials
from registry.connectors.troubles import NotAnswered, Remedy
from registry.connectors.wires import prepared
from registry.rules.mdm_answers import from_graph

MICROSOFT = Vendor(
    name="Microsoft",
    refused="Microsoft refuses the secret: it may have run out, or the tenant or the client ID may be wrong. "
    "Make a new client secret in Entra, under App registrations, Certificates & secrets, and enter its value.",
    forbidden="Microsoft lets us in but not at the devices. In Entra, under App registrations, API permissions, add the application permission "
    "DeviceManagementManagedDevices.Read.All and grant admin consent. The school also needs a licence for Intune.",
    not_found="Microsoft knows no such tenant. Copy the Directory (tenant) ID from the app’s overview in Entra.",
)
SIGN_IN, BASE = "https://login.microsoftonline.com", "https://graph.microsoft.com"
SCOPE = "https://graph.microsoft.com/.default"
DEVICES = "/v1.0/deviceManagement/managedDevices"
PAGE_SIZE = 200

ASKED = (
    *("id", "deviceName", "managedDeviceOwnerType", "enrolledDateTime", "lastSyncDateTime", "operatingSystem", "osVersion", "complianceState"),
    *("isSupervised", "isEncrypted", "userPrincipalName", "emailAddress", "model", "manufacturer", "serialNumber", "androidSecurityPatchLevel"),
)
"""Nothing else is even sent to us, and so no code that opens a device."""


def fetch(credentials: GraphCredentials, *, since: datetime | None = None, resume: str | None = None, manner: Manner | None = None) -> Iterator[Page]:
    """Every device that Intune manages, or those that reported since then. Raises NotAnswered."""
    manner = manner or Manner()
    address = f"{manner.instead or SIGN_IN}/{quote(credentials.tenant, safe='')}/oauth2/v2.0/token"
    token = Token(MICROSOFT, address, manner, **client_credentials((credentials.client_id, credentials.secret), SCOPE))
    asker = Asker(MICROSOFT, prepared(Session(), manner), token, base=BASE, manner=manner)
    return walk(resume, since, lambda place: _turn(asker, place))


def _turn(asker: Asker, place: Place) -> Turned:
    path, params = (place.at, None) if place.at else (DEVICES, _question(place))
    told = asker.page(path, params, _is_whole, goes_on=bool(place.at))
    return Turned(told["value"], _next(asker, told.get("@odata.nextLink")), DeviceSource.INTUNE, from_graph)


def _question(place: Place) -> dict[str, str]:
    chosen = {"$filter": f"lastSyncDateTime ge {place.since}"} if place.since else {}
    return {"$select": ",".join(ASKED), "$top": str(PAGE_SIZE), **chosen}


def _is_whole(told: Any) -> bool:
    return has_list(told, "value") and all(each.get("id") for each in told["value"])


def _next(asker: Asker, link: Any) -> str | None:
    if link is None:
        return None
    path = same_place(link, asker.base)
    if path is None or not path.startswith("/v1.0/"):
        raise NotAnswered("Microsoft named a next page that does not lie at Microsoft Graph. It was not asked for. Try again later.", Remedy.RESTART)
    return path
