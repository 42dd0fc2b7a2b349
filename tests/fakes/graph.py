"""Microsoft’s sign-in and Graph, as far as Intune’s devices go."""

from flask import Blueprint, Response, jsonify, request

from tests.fakes.serving import Mood, refusal

TENANT, CLIENT, SECRET = "quillbrook.example", "client", "s3cret~ +&=é"


def device(number: int) -> dict[str, object]:
    """A device as Graph tells of it, with what nobody may read."""
    return {
        "id": f"graph-{number}",
        "deviceName": f"QB-LAP-{number:03}",
        "managedDeviceOwnerType": "company",
        "enrolledDateTime": "2025-09-01T08:30:00Z",
        "lastSyncDateTime": "2026-11-20T07:15:30.1234567Z",
        "operatingSystem": "Windows",
        "osVersion": "10.0.26100.2314",
        "complianceState": "compliant",
        "isEncrypted": True,
        "isSupervised": False,
        "userPrincipalName": f"pupil{number}@quillbrook.example",
        "model": "Latitude 3140",
        "manufacturer": "Dell Inc.",
        "serialNumber": f"5CD{number:04}X",
        "activationLockBypassCode": "never to be read",
        "phoneNumber": "+44 1632 960001",
    }


def graph(mood: Mood) -> Blueprint:
    """The part of the server that is Microsoft."""
    part = Blueprint("graph", __name__)

    @part.post("/<tenant>/oauth2/v2.0/token")
    def token(tenant: str) -> Response:
        form = request.form
        known = (TENANT, CLIENT, mood.known.get("secret", SECRET), "client_credentials", "https://graph.microsoft.com/.default")
        asked = (tenant, form.get("client_id"), form.get("client_secret"), form.get("grant_type"), form.get("scope"))
        return mood.token() if asked == known else refusal(401, error="invalid_client", error_description="AADSTS7000222")

    @part.get("/v1.0/deviceManagement/managedDevices")
    def devices() -> Response:
        if not mood.is_let_in():
            return refusal(401)
        first, size = int(request.args.get("$skiptoken", 0)), int(request.args["$top"])
        asked = request.args["$select"].split(",")
        every = mood.devices["graph"]
        told: dict[str, object] = {"value": [{name: each[name] for name in asked if name in each} for each in every[first : first + size]]}
        if first + size < len(every):
            here = mood.link or request.base_url
            told["@odata.nextLink"] = f"{here}?$top={size}&$select={request.args['$select']}&$skiptoken={first + size}"
        return jsonify(told)

    return part
