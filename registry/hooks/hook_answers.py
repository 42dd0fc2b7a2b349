"""What is entered about a channel, as it is kept; what cannot be so is told at its question."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from models.webhook import HookKind
from registry.rules.public_addresses import is_public
from registry.schema import Invalid

KINDS = {kind.value: kind for kind in HookKind}
LONGEST_NAME, LONGEST_ADDRESS = 80, 2_000


def read_hook(typed: Mapping[str, str]) -> dict[str, Any]:
    """The answers as they are kept. Raises Invalid with a sentence for each that cannot be kept."""
    asked = {name: " ".join(value.split()) for name, value in typed.items()}
    problems = {
        "name": _not_a_name(asked["name"]),
        "kind": "" if asked["kind"] in KINDS else "Choose what the channel belongs to.",
        "address": _not_an_address(asked["address"]),
    }
    found = {name: [sentence] for name, sentence in problems.items() if sentence}
    if found:
        raise Invalid(found)
    return {"name": asked["name"], "kind": KINDS[asked["kind"]], "address": asked["address"]}


def _not_a_name(text: str) -> str:
    if not text:
        return "Enter what you call the channel."
    return f"Shorten the name to {LONGEST_NAME} characters." if len(text) > LONGEST_NAME else ""


def _not_an_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme != "https" or not host or port == 0 or len(text) > LONGEST_ADDRESS:
        return "Enter the whole address that the channel gave you. It begins with https://"
    if not text.isascii() or " " in text or parts.username is not None or parts.password is not None or parts.fragment:
        return "This address holds something that a channel’s address does not: a space, a letter with an accent, a password, or a #."
    is_number = ":" in host or host.replace(".", "").isdigit()
    if is_number and not is_public(host):
        return "This address lies inside a building. Channels must lie in the public internet."
    return ""
