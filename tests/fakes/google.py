"""Google’s sign-in and Directory API, as far as ChromeOS devices go."""

import re

from flask import Blueprint, Response, jsonify, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from tests.fakes.serving import Mood, refusal

ACCOUNT, ADMIN = "safehold@quillbrook.iam.gserviceaccount.com", "devices@quillbrook.example"
SCOPE = "https://www.googleapis.com/auth/admin.directory.device.chromeos.readonly"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIST_OF_DEVICES = "admin#directory#chromeosdevices"


def device(number: int) -> dict[str, object]:
    """A Chromebook as Google tells of it."""
    return {
        "deviceId": f"google-{number}",
        "serialNumber": f"nx{number:04}",
        "status": "ACTIVE",
        "lastSync": "2026-11-20T07:15:30.000Z",
        "annotatedUser": f"pupil{number}@quillbrook.example",
        "annotatedLocation": "Trolley 2",
        "annotatedAssetId": f"CB-{number:03}",
        "model": "Acer Chromebook 311",
        "osVersion": "142.0.7444.59",
        "bootMode": "Verified",
        "lastEnrollmentTime": "2025-09-01T08:30:00.000Z",
        "autoUpdateExpiration": "1874966400000",
        "recentUsers": [{"type": "USER_TYPE_MANAGED", "email": "somebody@quillbrook.example"}],
        "notes": "never to be read",
    }


def google(mood: Mood, key: RSAKey) -> Blueprint:
    """The part of the server that is Google; it knows the public half of the key."""
    part = Blueprint("google", __name__)

    @part.post("/token")
    def token() -> Response:
        try:
            claims = jwt.decode(request.form["assertion"], key, algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            return refusal(400, error="invalid_grant")
        known = {"iss": ACCOUNT, "sub": ADMIN, "scope": SCOPE, "aud": "https://oauth2.googleapis.com/token"}
        if request.form["grant_type"] != GRANT or {name: claims.get(name) for name in known} != known or claims["exp"] - claims["iat"] > 3600:
            return refusal(401, error="unauthorized_client")
        return mood.token()

    @part.get("/admin/directory/v1/customer/my_customer/devices/chromeos")
    def devices() -> Response:
        if not mood.is_let_in():
            return refusal(401)
        first, size = int(request.args.get("pageToken", 0)), int(request.args["maxResults"])
        found = re.search(r"chromeosdevices\((.+)\)", request.args["fields"])
        asked = found[1].split(",") if found else []
        every = mood.devices["google"]
        told: dict[str, object] = {"kind": LIST_OF_DEVICES}
        if every:  # Google leaves an empty list out
            told["chromeosdevices"] = [{name: each[name] for name in asked if name in each} for each in every[first : first + size]]
        if first + size < len(every):
            told["nextPageToken"] = str(first + size)
        return jsonify(told)

    return part
