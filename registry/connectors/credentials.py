"""What lets us into a program: typed once, kept sealed by others, and never shown, not even to who looks at the program's own faults."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar
from urllib.parse import urlsplit

from models.vocabulary.device_programs import DeviceProgram
from registry.connectors.key_files import has_private_key
from registry.rules.public_addresses import is_public

LONGEST = 10_000
TENANT = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?")
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
Kind = TypeVar("Kind", bound="Credentials")


class Unusable(Exception):
    """What was entered cannot be right; carries a sentence for each field."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__("The credentials cannot be used as they are.")
        self.messages = dict(messages)


@dataclass(frozen=True, repr=False)
class Credentials:
    """What every kind of credentials can do."""

    def __post_init__(self) -> None:
        """Nothing is kept that cannot be right. Raises Unusable."""
        for each in fields(self):
            object.__setattr__(self, each.name, str(getattr(self, each.name) or "").strip())
        found = {each.name: "Enter this." for each in fields(self) if not getattr(self, each.name)}
        found |= {each.name: "This is too long." for each in fields(self) if len(getattr(self, each.name)) > LONGEST}
        found = {**self._problems(), **found}
        if found:
            raise Unusable(found)

    def __repr__(self) -> str:
        """Which kind it is, and nothing of what it holds."""
        return f"{type(self).__name__}(…)"

    def to_json(self) -> str:
        """Everything in one text, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls: type[Kind], text: str) -> Kind:
        """The same from such a text. Raises Unusable."""
        try:
            kept = json.loads(text)
        except (ValueError, RecursionError):
            kept = None
        return cls.typed(kept if isinstance(kept, dict) else {})

    @classmethod
    def typed(cls: type[Kind], answers: Mapping[str, Any]) -> Kind:
        """Credentials from answers to a form; what is no field of theirs is passed over. Raises Unusable."""
        return cls(**{each.name: answers.get(each.name, "") for each in fields(cls)})

    def _problems(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True, repr=False)
class GraphCredentials(Credentials):
    """An app registration in Microsoft Entra, with a client secret."""

    tenant: str
    client_id: str
    secret: str

    def _problems(self) -> dict[str, str]:
        is_one = TENANT.fullmatch(self.tenant) and self.tenant.lower() not in ("common", "organizations", "consumers")
        return {} if is_one else {"tenant": "Enter the Directory (tenant) ID from the app’s overview in Entra, or the tenant’s domain."}


@dataclass(frozen=True, repr=False)
class GoogleCredentials(Credentials):
    """A service account of Google Cloud with its private key, and the administrator as whom it reads."""

    client_email: str
    private_key: str
    subject: str

    @classmethod
    def from_key_file(cls, text: str, subject: str) -> "GoogleCredentials":
        """Credentials from the JSON file that Google Cloud gave. Raises Unusable."""
        try:
            file = json.loads(text)
        except (ValueError, RecursionError):
            file = None
        if not isinstance(file, dict) or file.get("type") != "service_account":
            raise Unusable({"private_key": "Choose the JSON file of the service account’s key, as Google Cloud gave it."})
        return cls.typed({**file, "subject": subject})

    def _problems(self) -> dict[str, str]:
        found = {}
        if not has_private_key(self.private_key):
            found["private_key"] = "This key is not whole. Make a new one in Google Cloud and choose its JSON file."
        if not MAILBOX.fullmatch(self.client_email):
            found["client_email"] = "Enter the address of the service account. It ends with .iam.gserviceaccount.com"
        if not MAILBOX.fullmatch(self.subject):
            found["subject"] = "Enter the address of the administrator as whom the service account reads."
        return found


@dataclass(frozen=True, repr=False)
class JamfProCredentials(Credentials):
    """An API client of Jamf Pro."""

    address: str
    client_id: str
    secret: str

    def _problems(self) -> dict[str, str]:
        return _address_problems(self.address, "https://yourschool.jamfcloud.com")


@dataclass(frozen=True, repr=False)
class JamfSchoolCredentials(Credentials):
    """The network of a Jamf School, and a key to its API."""

    address: str
    network_id: str
    api_key: str

    def _problems(self) -> dict[str, str]:
        found = _address_problems(self.address, "https://yourschool.jamfcloud.com")
        if ":" in self.network_id:
            found["network_id"] = "A network ID holds no colon. Copy it from Devices, Enrol device(s)."
        return found


KINDS: dict[DeviceProgram, type[Credentials]] = {
    DeviceProgram.INTUNE: GraphCredentials,
    DeviceProgram.GOOGLE: GoogleCredentials,
    DeviceProgram.JAMF_PRO: JamfProCredentials,
    DeviceProgram.JAMF_SCHOOL: JamfSchoolCredentials,
}


def base_of(address: str) -> str:
    """The beginning of every address of a server, in one spelling."""
    parts = urlsplit(address)
    return f"https://{parts.netloc.lower()}"


def _address_problems(address: str, example: str) -> dict[str, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    is_plain = address.isascii() and " " not in address and "@" not in parts.netloc and not parts.query and not parts.fragment
    if parts.scheme != "https" or not host or port == 0 or not is_plain or parts.path not in ("", "/"):
        return {"address": f"Enter the address at which you open the program, without what follows the name. It looks like {example}"}
    if (":" in host or host.replace(".", "").isdigit()) and not is_public(host):
        return {"address": "This address lies inside a building. Only programs in the public internet can be asked."}
    return {}
