"""Files: one of 200 MB goes in through the real server and comes out again; what the server's memory does meanwhile, and how long it takes."""

import http.client
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from benchmarks.asking import Server, serving
from benchmarks.house import ASSETS, house
from benchmarks.pages import signed_in
from benchmarks.pairs import Result
from registry import records

MB = 1024 * 1024
SIZE = 200 * MB
TIMES = 3
BOUNDARY = "between-the-parts"
PIECE = os.urandom(MB)


def measure() -> Iterator[Result]:
    """In and out, a few times; memory is what the process held at most beyond what it held before, as the system counts it."""
    with house() as there:
        asset = records.add(ASSETS, {"name": "Pupil database"}, there.occasion)
        cookie = signed_in(there).get_cookie("safehold")
        assert cookie is not None
        with serving(there.folder, f"safehold={cookie.value}") as server:
            page = f"/registers/assets/{asset.id}/files"
            server, token = _form(server, page)
            before = _memory(server, "VmRSS")
            taken_in = [_bring(server, page, token, number) for number in range(TIMES)]
            held_in = _memory(server, "VmHWM") - before
            ways = re.findall(r'action="([^"]+/open)"', _ask(server, "GET", page)[1].decode())
            taken_out = [_take(server, each, token) for each in dict.fromkeys(ways)]
            held_out = _memory(server, "VmHWM") - before
    yield Result("F1", f"memory while {SIZE // MB} MB come in", [held_in], 100, "MB")
    yield Result("F1", f"memory while {SIZE // MB} MB go out", [held_out], 100, "MB")
    yield Result("F2", f"{SIZE // MB} MB in, to the answer", taken_in, 20, "s")
    yield Result("F2", f"{SIZE // MB} MB out", taken_out, 10, "s")


def _memory(server: Server, which: str) -> float:
    """Of the server's process, in megabytes; 0 where the system does not tell."""
    status = Path(f"/proc/{server.process}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(which)), 0.0)


def _ask(server: Server, method: str, path: str, body: object = None, **headers: str) -> tuple[int, bytes]:
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    try:
        asked.request(method, path, body, {"Cookie": server.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}})  # type: ignore[arg-type]
        answer = asked.getresponse()
        return answer.status, answer.read()
    finally:
        asked.close()


def _bring(server: Server, page: str, token: str, number: int) -> float:
    """Send one file; seconds."""
    begun = time.perf_counter()
    fields = {"csrf_token": token, "category": "other", "note": ""}
    head = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{number}.bin"\r\n\r\n{number}'
    tail = f"\r\n--{BOUNDARY}--\r\n"
    body = (part for part in (head.encode(), *[PIECE] * (SIZE // MB), tail.encode()))
    length = str(len(head) + SIZE + len(tail))
    status, answer = _ask(server, "POST", page, body, Content_Length=length, Content_Type=f"multipart/form-data; boundary={BOUNDARY}")
    assert status == 303, answer.decode()
    return time.perf_counter() - begun


def _take(server: Server, path: str, token: str) -> float:
    """Fetch one file, a piece at a time; seconds."""
    begun, size = time.perf_counter(), 0
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    form = {"Cookie": server.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    asked.request("POST", path, f"csrf_token={quote(token)}", form)
    answer = asked.getresponse()
    while piece := answer.read(MB):
        size += len(piece)
    asked.close()
    assert (answer.status, size) == (200, SIZE + 1)
    return time.perf_counter() - begun


def _form(server: Server, page: str) -> tuple[Server, str]:
    """The token of the form, and the server with the cookie that goes with it."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    asked.request("GET", page, headers={"Cookie": server.cookie})
    answer = asked.getresponse()
    text, cookie = answer.read().decode(), answer.getheader("Set-Cookie", server.cookie)
    asked.close()
    return replace(server, cookie=cookie.partition(";")[0]), text.partition('name="csrf_token" value="')[2].partition('"')[0]
