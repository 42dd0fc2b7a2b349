"""A real channel on the loopback address: it speaks https, keeps what it is told, and answers as a test tells it."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Told:
    """One thing that the channel was told."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.path, self.headers, self.body = path, headers, body

    @property
    def said(self) -> Any:
        """What the body says."""
        return json.loads(self.body)


class Channel:
    """What arrived, and how the channel answers: with 200 unless told otherwise."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.answers: list[int | str] = []
        self.once_told: Callable[[], None] = lambda: None
        self.port = 0

    @property
    def address(self) -> str:
        """Where it is."""
        return f"https://localhost:{self.port}/hooks/abc?key=def"

    def answer(self, *answers: int | str) -> None:
        """Answer so, one after the other: a status, “hang up”, “wait” or “drip”."""
        self.answers += answers


def _handler(channel: Channel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            channel.told.append(Told(self.path, dict(self.headers.items()), body))
            channel.once_told()
            answer = channel.answers.pop(0) if channel.answers else 200
            if isinstance(answer, int):
                self.send_response(answer)
                self.send_header("Location", "https://elsewhere.example/")
                self.end_headers()
            else:
                self._misbehave(answer)

        def _misbehave(self, how: str) -> None:
            self.close_connection = True
            if how == "wait":
                time.sleep(1.5)
            for _letter in range(20 if how == "drip" else 0):
                try:
                    self.wfile.write(b"H")
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.1)

        def log_message(self, *_args: object) -> None:
            """Nothing."""

    return Handler


@contextmanager
def channel_at_work(folder: Path, name: str = "localhost") -> Iterator[Channel]:
    """A channel that proves to have this name by `certificate.pem` in the folder, until the block ends."""
    made = Channel()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*_certificate(folder, name))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]  # whoever calls breaks off on purpose
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(folder: Path, name: str) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    shown, kept = folder / "certificate.pem", folder / "certificate.key"
    shown.write_bytes(certificate.public_bytes(Encoding.PEM))
    kept.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(shown), str(kept)
