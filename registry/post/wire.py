"""The talk with the mail server, step by step, so that it is always known whether a letter was handed over."""

import re
import smtplib
import ssl
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from models.mail import MailSettings, Security
from registry.post.troubles import Stage, Trouble, failed, refused

PATIENCE = 20.0
"""Seconds to wait for each answer of the mail server."""

OK, ALSO_OK, GO_ON = 250, 251, 354
BROKEN = (OSError, smtplib.SMTPException, UnicodeError)


class Wire:
    """One connection for several letters, opened with the first; raises Trouble with what became of a letter."""

    def __init__(self, settings: MailSettings, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._patience = patience
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Take leave of the mail server."""
        if self._smtp is not None:
            with suppress(*BROKEN):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None

    def send(self, letter: EmailMessage, recipient: str) -> None:
        """Hand one letter over; returns once the mail server has taken it."""
        try:
            self._hand_over(self._opened(), letter, recipient)
        except Trouble:
            self.close()  # a new connection knows nothing of half a letter
            raise

    def _opened(self) -> smtplib.SMTP:
        if self._smtp is None:
            stage = Stage.CONNECT
            try:
                self._smtp = self._connect()
                stage = Stage.TLS
                if self._settings.security is Security.STARTTLS:
                    self._smtp.starttls(context=ssl.create_default_context())
                stage = Stage.SIGN_IN
                if self._settings.user:
                    self._smtp.login(self._settings.user, self._settings.password or "")
            except BROKEN as error:
                raise failed(stage, error, self._settings) from None
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        own_name = urlsplit(self._settings.base_address).hostname or "localhost"
        host, port = str(self._settings.host), int(self._settings.port)
        if self._settings.security is Security.TLS:
            return smtplib.SMTP_SSL(host, port, own_name, timeout=self._patience, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, own_name, timeout=self._patience)

    def _hand_over(self, smtp: smtplib.SMTP, letter: EmailMessage, recipient: str) -> None:
        stage, steps = Stage.SENDER, ((Stage.SENDER, smtp.mail, self._settings.sender), (Stage.RECIPIENT, smtp.rcpt, recipient))
        try:
            smtp.ehlo_or_helo_if_needed()
            for stage, say, address in steps:
                self._demand(stage, say(address)[0], (OK, ALSO_OK))
            stage = Stage.TEXT
            self._demand(stage, smtp.docmd("DATA")[0], (GO_ON,))
            stage = Stage.AFTERWARDS
            smtp.send(as_sent(letter))
            self._demand(Stage.TEXT, smtp.getreply()[0], (OK,))
        except BROKEN as error:
            raise failed(stage, error, self._settings) from None

    def _demand(self, stage: Stage, code: int, good: tuple[int, ...]) -> None:
        if code not in good:
            raise refused(stage, code, self._settings)


def as_sent(letter: EmailMessage) -> bytes:
    """A letter as it goes over the wire, with lines that begin with a dot given a second one, and the dot that ends it."""
    text = letter.as_bytes(policy=policy.SMTP)
    return re.sub(rb"(?m)^\.", b"..", text).rstrip(b"\r\n") + b"\r\n.\r\n"
