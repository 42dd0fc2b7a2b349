"""A real mail server on the loopback address, which does as a test tells it."""

import os
import signal
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.serving import free_port

USER, PASSWORD = "safehold", "open sesame"


class Mailbox:
    """What arrived, and what the server answers at each step; an empty answer means that it takes everything."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, list[str]] = {"MAIL": [], "RCPT": [], "DATA": []}
        self.once_taken: Callable[[], None] = lambda: None
        self.port = 0

    def answer(self, step: str, *answers: str) -> None:
        """Give these answers at a step, one after the other, and then be willing again."""
        self.answers[step] += answers

    def _next(self, step: str) -> str:
        return self.answers[step].pop(0) if self.answers[step] else ""

    async def handle_MAIL(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        """The sender."""
        envelope.mail_from = address
        return self._next("MAIL") or "250 OK"

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        """The recipient."""
        answer = self._next("RCPT")
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The letter itself."""
        answer = self._next("DATA")
        if answer == "hang up":
            server.transport.close()
            return "250 nobody hears this"
        if not answer:
            assert isinstance(envelope.content, bytes)
            letter = message_from_bytes(envelope.content, policy=policy.default)
            self.letters.append(letter)
            self.recipients += envelope.rcpt_tos
            self.once_taken()
        return answer or "250 taken"


def signs_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, credentials: Any) -> AuthResult:
    """Whether somebody may send: with the one user name and password."""
    assert isinstance(credentials, LoginPassword)
    return AuthResult(success=(credentials.login, credentials.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def mail_server(**options: Any) -> Iterator[Mailbox]:
    """A mail server at work until the block ends; options are aiosmtpd's."""
    box = Mailbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def tls_of(certificate: str, key: str) -> ssl.SSLContext:
    """What a server shows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def killer(process: int) -> Callable[[], None]:
    """What kills another process, as a power cut does."""
    return lambda: os.kill(process, signal.SIGKILL)


