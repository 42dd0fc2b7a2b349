"""Tokens that open a program for an hour or less: had with a secret or a signed statement, and had anew when they run out."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from requests import Response

from registry.connectors.asking import as_it_is, how, read, told_plainly
from registry.connectors.judging import BAD_REQUEST, FORBIDDEN, UNAUTHORISED, Answer, Vendor, judge
from registry.connectors.manner import Manner
from registry.connectors.troubles import NotAnswered, NotYet, Remedy
from registry.connectors.wires import prepared
from registry.rules.mdm_values import at

SPARE = 5
"""Seconds before its end at which a token is not used any more; some last for a minute only."""

IN_THE_BODY = "client_secret_post"
NOT_ALLOWED = frozenset({"unauthorized_client", "access_denied", "invalid_scope"})
"""What says that the secret is right and a permission is lacking (RFC 6749, section 5.2)."""


class Token:
    """One token after the other. `question` says what is asked for, and is called anew for each; `client` is a name and its secret."""

    def __init__(
        self, vendor: Vendor, address: str, manner: Manner, *, question: Callable[[], dict[str, str]], client: tuple[str, str] | None = None
    ) -> None:
        self._vendor, self._address, self._manner, self._question = vendor, address, manner, question
        name, secret = client or (None, None)
        self._proof = None if client else as_it_is
        self._session: Any = OAuth2Session(name, secret, token_endpoint_auth_method=IN_THE_BODY)
        self._session.register_compliance_hook("access_token_response", self._judged)
        prepared(self._session, manner)

    def header(self) -> str:
        """What goes under Authorization, with a token that still holds. Raises NotAnswered."""
        if not self._session.token or self._session.token.is_expired(SPARE):
            self._manner.patiently(self._fetch)
        return f"Bearer {self._session.token['access_token']}"

    def renew(self) -> bool:
        """Forget the token; a new one is had with the next question."""
        self._session.token = None
        return True

    def _fetch(self) -> None:
        with told_plainly(self._vendor):
            self._session.fetch_token(self._address, auth=self._proof, **self._question(), **how(self._manner))

    def _judged(self, response: Response) -> Response:
        """The answer, if there is nothing wrong with it."""
        answer = read(self._vendor, response, self._manner)
        told = answer.told()
        if answer.status in (BAD_REQUEST, UNAUTHORISED, FORBIDDEN):
            raise NotAnswered(self._vendor.forbidden if str(at(told, "error")) in NOT_ALLOWED else self._vendor.refused, Remedy.MEND)
        judge(self._vendor, answer, self._manner.now())
        if not _is_token(told):
            raise NotYet(f"{self._vendor.name} gave no token that can be read.")
        return _once_more(answer)


def client_credentials(client: tuple[str, str], scope: str = "") -> dict[str, Any]:
    """What asks for a token with a name and a secret."""
    question = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
    return {"question": lambda: dict(question), "client": client}


def _is_token(told: Any) -> bool:
    return isinstance(at(told, "access_token"), str) and type(at(told, "expires_in")) in (int, type(None)) and "error" not in told


def _once_more(answer: Answer) -> Response:
    """An answer that was read from the wire, for whoever reads it next."""
    response = Response()
    response.status_code, response.raw = answer.status, BytesIO(answer.body)
    return response
