"""What browsers are told about every answer: run only our scripts, keep nothing, tell nobody where the reader came from."""

import re
import secrets

from flask import Flask, Response, g, request

HASHED = re.compile(r"\.[0-9a-f]{12}\.")
A_YEAR = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ASKED_ANEW = {"calendar.read": "private, no-cache"}
"""What another program of the reader keeps on purpose, and asks each time whether it is still so."""

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{}'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: Flask, https: bool) -> None:
    """Has every answer carry the headers; `https` adds the promise to be reached no other way."""
    app.before_request(_choose_nonce)
    app.after_request(_add_headers)
    if https:
        app.after_request(_promise_https)


def _choose_nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)


def _add_headers(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", POLICY.format(g.get("csp_nonce", "")))
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers["Cache-Control"] = ASKED_ANEW.get(request.endpoint or "", "no-store")
    elif response.status_code == 200:
        response.headers["Cache-Control"] = A_YEAR if request.args.get("v") or HASHED.search(request.path) else A_DAY
    return response


def _promise_https(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
