"""Programs that act for somebody: the token that a request carries in its header, and nothing else, says for whom."""

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from registry.accounts import tokens
from registry.accounts.tokens import Bearer, TokenRefused
from registry.rules.local_time import in_zone
from web import lock_out
from web.rendering import ZONE
from web.sessions import Visitor

PLACE = "/api"
REALM = "Safehold registers"
HOW = "Send a personal token in the header, as “Authorization: Bearer …”. You make one on your account page."


def is_api() -> bool:
    """Whether this request is made to the API, where cookies count for nothing and nothing is a page."""
    return request.path == PLACE or request.path.startswith(f"{PLACE}/")


def visitor_of_request() -> Visitor | None:
    """Whoever the token of this request acts for; None without one. Raises Unauthorized, or TooManyRequests after many wrong ones."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, secret = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise refusal(HOW)
    found = _bearer(secret.strip())
    today = in_zone(g.now, ZONE).date()
    if found.used_on != today:
        tokens.note_use(found.token, today)
    return Visitor(found.token, g.now, found.actor, found.school, 1)


def refusal(sentence: str, is_known: bool = False) -> Unauthorized:
    """The answer to a request without a token that works, with what such an answer must name."""
    named: dict[str, str | None] = {"realm": REALM, "error": "invalid_token"} if is_known else {"realm": REALM}
    challenge = WWWAuthenticate("bearer", named)
    return Unauthorized(sentence, www_authenticate=challenge)


def _bearer(secret: str) -> Bearer:
    """Who acts with this token; only wrong ones are counted, so that a guesser shuts nobody out who has a right one."""
    try:
        return tokens.bearer(secret, in_zone(g.now, ZONE).date())
    except TokenRefused as problem:
        try:
            lock_out.begin(f"token:{secret}", f"api:{lock_out.place_of(request.remote_addr)}", g.now)
        except lock_out.Resting as rest:
            seconds = max(1, int((rest.until - g.now).total_seconds()))
            raise TooManyRequests("Too many requests with tokens that do not work. Wait, then try again.", retry_after=seconds) from None
        raise refusal(str(problem), is_known=True) from None
