"""What the status of an answer means, in a sentence for the person who set the connection up."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registry.connectors.troubles import NotAnswered, NotYet, Remedy
from registry.rules.mdm_values import at
from registry.rules.retry_after import seconds_to_wait

FINE, UNAUTHORISED, FORBIDDEN, NOT_FOUND, GONE, TOO_MANY = 200, 401, 403, 404, 410, 429
BAD_REQUEST = 400
LATER = frozenset({408, 425, TOO_MANY})
THROTTLED = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RESOURCE_EXHAUSTED"})
"""Reasons that Google gives beside a status that otherwise means that something is not allowed."""


@dataclass(frozen=True, kw_only=True)
class Vendor:
    """Who is asked, and what to say when it refuses."""

    name: str
    refused: str
    forbidden: str
    not_found: str


@dataclass(frozen=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def told(self) -> Any:
        """What the body says; none when it is no whole JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


def judge(vendor: Vendor, answer: Answer, now: datetime, *, goes_on: bool = False) -> None:
    """Raise NotYet or NotAnswered unless an answer is fine. `goes_on` says that a place was named at which reading stopped earlier."""
    status, wait = answer.status, seconds_to_wait(answer.headers.get("Retry-After"), now)
    if status == FINE:
        return
    if status >= 500 or status in LATER or (status == FORBIDDEN and _is_throttled(answer)):
        why = "asks to be asked less often" if status in (TOO_MANY, FORBIDDEN) else "cannot answer at the moment"
        raise NotYet(f"{vendor.name} {why} (it answered {status}).", wait)
    if goes_on and status in (BAD_REQUEST, NOT_FOUND, GONE):
        raise NotAnswered(f"{vendor.name} no longer knows where reading stopped. Start again from the beginning.", Remedy.RESTART)
    raise NotAnswered(_mend(vendor, status), Remedy.MEND)


def _mend(vendor: Vendor, status: int) -> str:
    if 300 <= status < 400:
        return f"{vendor.name} wants to be asked elsewhere (it answered {status}), which is not followed. Check the address."
    sentences = {UNAUTHORISED: vendor.refused, FORBIDDEN: vendor.forbidden, NOT_FOUND: vendor.not_found}
    return sentences.get(status, f"{vendor.name} did not take the question (it answered {status}). Check what was entered, and the permissions.")


def _is_throttled(answer: Answer) -> bool:
    error = at(answer.told(), "error")
    several = at(error, "errors")
    reasons = [at(each, "reason") for each in several] if isinstance(several, list) else []
    return any(isinstance(reason, str) and reason in THROTTLED for reason in [*reasons, at(error, "status")])
