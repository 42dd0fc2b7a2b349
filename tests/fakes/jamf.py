"""Jamf Pro and Jamf School, as far as their devices go."""

from base64 import b64encode

from flask import Blueprint, Response, jsonify, request

from tests.fakes.serving import Mood, refusal

CLIENT, SECRET = "client", "s3cret"
NETWORK, API_KEY = "12345678", "KEYKEYKEY"


def computer(number: int) -> dict[str, object]:
    """A Mac as Jamf Pro tells of it."""
    return {
        "id": str(number),
        "general": {"name": f"Mac {number}", "assetTag": f"M{number:03}", "supervised": True, "remoteManagement": {"managed": True}},
        "hardware": {"serialNumber": f"C02{number:05}", "model": "MacBook Air (M2, 2022)", "make": "Apple"},
        "operatingSystem": {"name": "macOS", "version": "15.6", "fileVault2Status": "BOOT_ENCRYPTED"},
    }


def mobile(number: int) -> dict[str, object]:
    """An iPad as Jamf Pro tells of it."""
    return {
        "mobileDeviceId": str(number),
        "deviceType": "iOS",
        "general": {"displayName": f"iPad {number}", "managed": True, "supervised": True, "osVersion": "18.6", "airPlayPassword": "never to be read"},
        "hardware": {"serialNumber": f"DMP{number:05}", "model": "iPad (9th generation)"},
        "security": {"dataProtected": True, "passcodePresent": True},
    }


def school_device(number: int) -> dict[str, object]:
    """An iPad as Jamf School tells of it."""
    return {
        "UDID": f"udid-{number}",
        "serialNumber": f"DMQ{number:05}",
        "name": f"iPad {number}",
        "isManaged": True,
        "isSupervised": True,
        "inTrash": False,
        "model": {"name": "iPad 9th Gen (Wi-Fi)", "identifier": "iPad12,1", "type": "iPad"},
        "os": {"prefix": "iOS", "version": "18.6"},
        "owner": {"username": f"pupil{number}", "email": f"pupil{number}@quillbrook.example"},
        "lastCheckin": f"2026-11-{10 + number:02}T07:15:30Z",
        "notes": "never to be read",
    }


def jamf_pro(mood: Mood) -> Blueprint:
    """The part of the server that is Jamf Pro."""
    part = Blueprint("jamf_pro", __name__)

    @part.post("/api/oauth/token")
    def token() -> Response:
        asked = tuple(request.form.get(name) for name in ("client_id", "client_secret", "grant_type"))
        return mood.token() if asked == (CLIENT, mood.known.get("secret", SECRET), "client_credentials") else refusal(401)

    def listed(name: str) -> Response:
        if not mood.is_let_in():
            return refusal(401)
        number, size = int(request.args["page"]), int(request.args["page-size"])
        every = mood.devices[name]
        return jsonify(totalCount=len(every), results=every[number * size : (number + 1) * size])

    @part.get("/api/v1/computers-inventory")
    def computers() -> Response:
        return listed("computers")

    @part.get("/api/v2/mobile-devices/detail")
    def mobiles() -> Response:
        return listed("mobiles")

    return part


def jamf_school(mood: Mood) -> Blueprint:
    """The part of the server that is Jamf School."""
    part = Blueprint("jamf_school", __name__)

    @part.get("/api/devices")
    def devices() -> Response:
        proof = "Basic " + b64encode(f"{NETWORK}:{mood.known.get('secret', API_KEY)}".encode()).decode()
        if request.headers.get("Authorization") != proof or request.headers.get("X-Server-Protocol-Version") != "3":
            return refusal(401)
        return jsonify(code=200, count=len(mood.devices["school"]), devices=mood.devices["school"])

    return part
