"""What is entered about mail, as it is kept; what cannot be so is told at its question."""

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from models.mail import MailSettings, Security
from registry.schema import Invalid

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?)*\.?", re.IGNORECASE)
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
HIGHEST_PORT = 65_535
HERE = ("localhost", "127.0.0.1", "::1")
LONGEST = 200
SECURITIES = {each.value: each for each in Security}


def read_mail(typed: Mapping[str, str]) -> dict[str, Any]:
    """The answers as they are kept. Raises Invalid with a sentence for each that cannot be kept."""
    asked = {name: value.strip()[:LONGEST] for name, value in typed.items()}
    problems = {name: [sentence] for name, sentence in _problems(asked).items() if sentence}
    if problems:
        raise Invalid(problems)
    return {
        "host": asked["host"],
        "port": int(asked["port"]),
        "security": SECURITIES[asked["security"]],
        "user": asked["user"] or None,
        "password": typed["password"][:LONGEST] or None,  # as typed: it may begin or end with a space
        "sender": asked["sender"],
        "base_address": asked["base_address"].rstrip("/"),
    }


def as_typed(row: MailSettings) -> dict[str, str]:
    """The kept answers as a form shows them; never the password."""
    kept = {"host": row.host, "port": str(row.port), "security": row.security.value, "user": row.user or ""}
    return {**kept, "sender": row.sender, "base_address": row.base_address}


def _problems(asked: Mapping[str, str]) -> dict[str, str]:
    port = asked["port"]
    has_port = port.isascii() and port.isdigit() and 1 <= int(port[:6]) <= HIGHEST_PORT
    is_open = asked["security"] == Security.NONE and asked["host"] not in HERE
    return {
        "host": "" if _is_host(asked["host"]) else "Enter the name of the mail server, such as smtp.quillbrook.example.",
        "port": "" if has_port else f"Enter the port as a whole number from 1 to {HIGHEST_PORT}, usually 587.",
        "security": "" if asked["security"] in SECURITIES else "Choose how the connection is kept from being read.",
        "user": "Enter the user name as well, or leave the password empty." if asked["password"] and not asked["user"] else "",
        "password": "A password would travel in the clear. Choose STARTTLS or TLS, or leave user name and password empty."
        if is_open and asked["user"]
        else "",
        "sender": "" if ADDRESS.fullmatch(asked["sender"]) else "Enter the address that letters come from, such as safehold@quillbrook.example.",
        "base_address": "" if _is_base(asked["base_address"]) else "Enter the address at which people open Safehold, beginning with https:// or http://",
    }


def _is_host(text: str) -> bool:
    if HOST.fullmatch(text):
        return True
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def _is_base(text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or parts.password or any(each.isspace() for each in text))
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and has_port and parts.path in ("", "/")
