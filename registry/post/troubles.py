"""What goes wrong between the program and a mail server, in a sentence for whoever set it up, and whether to try again."""

import smtplib
import socket
import ssl
from enum import Enum

from models.mail import MailSettings, Security
from registry.outgoing import Fate, NotSent

GREYLISTING = 450, 451
TOO_BUSY = 421
SIGN_IN_FIRST = 530
LASTING = 500


class Stage(Enum):
    """How far the talk with the mail server had come; `words` begin a sentence about it."""

    CONNECT = "connect"
    TLS = "tls"
    SIGN_IN = "sign in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    TEXT = "text"
    AFTERWARDS = "afterwards"


class Trouble(NotSent):
    """A letter did not go out, or may have."""

    def __init__(self, sentence: str, fate: Fate, *, is_for_all: bool = False, stage: Stage | None = None) -> None:
        """With `is_for_all` the next letter would fare the same, so none is tried until later."""
        super().__init__(sentence, fate)
        self.is_for_all = is_for_all
        self.is_about_the_address = fate is Fate.NEVER and stage is Stage.RECIPIENT


LASTING_WORDS = {
    Stage.SENDER: "{host} sends no letters from {sender}. Use an address that belongs to the account, or have this one allowed.",
    Stage.RECIPIENT: "{host} takes no letters for this person’s address. See whether it is spelt rightly on the People page.",
    Stage.TEXT: "{host} refused the letter itself, perhaps as unwanted mail. Ask whoever runs that mail server.",
}


def refused(stage: Stage, code: int, settings: MailSettings) -> Trouble:
    """What an answer of the mail server means: 4xx is for now, 5xx for good."""
    if code == TOO_BUSY:
        return Trouble(f"{settings.host} is too busy, or takes no more letters for now (it answered {code}).", Fate.AGAIN, is_for_all=True)
    if stage is Stage.SIGN_IN or code == SIGN_IN_FIRST:
        return Trouble(_about_sign_in(code, settings), Fate.AGAIN, is_for_all=True)
    if stage in (Stage.CONNECT, Stage.TLS):
        said = f"{settings.host} does not take letters from this computer (it answered {code})."
        return Trouble(f"{said} Ask whoever runs that mail server to allow it.", Fate.AGAIN, is_for_all=True)
    if code < LASTING:
        grey = " Many servers do this to a sender they do not know yet." if code in GREYLISTING else ""
        return Trouble(f"{settings.host} asked to come back later (it answered {code}).{grey}", Fate.AGAIN)
    return Trouble(f"{LASTING_WORDS[stage].format(host=settings.host, sender=settings.sender)} (It answered {code}.)", Fate.NEVER, stage=stage)


def failed(stage: Stage, error: Exception, settings: MailSettings) -> Trouble:
    """What an error of the connection means."""
    if stage is Stage.AFTERWARDS:
        sentence = f"The connection to {settings.host} broke after the letter was handed over and before it was taken. It may have arrived."
        return Trouble(sentence, Fate.UNSURE, is_for_all=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return refused(stage, error.smtp_code, settings)
    if isinstance(error, UnicodeError) and stage is Stage.SIGN_IN:
        sentence = "The user name or the password has letters, such as é or £, that this program cannot send to a mail server. Choose another."
        return Trouble(sentence, Fate.AGAIN, is_for_all=True)
    if isinstance(error, UnicodeError) and stage is Stage.RECIPIENT:
        return Trouble("This person’s address has letters that the mail server cannot take.", Fate.NEVER, stage=stage)
    return Trouble(_why(error, settings), Fate.AGAIN, is_for_all=True)


SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "There is no computer called {host}, or this computer cannot look names up. See whether the name is spelt rightly."),
    (ConnectionRefusedError, "{host} is there, but nothing answers on port {port}. See whether the port is right: usually 587, 465 or 25."),
    (TimeoutError, "{host} does not answer on port {port}. The port may be wrong, or a firewall may stand between."),
    (ssl.SSLCertVerificationError, "{host} shows a certificate that this computer does not trust, or one for another name. Nothing was sent to it."),
    (ssl.SSLError, "{host} speaks no TLS on port {port} in the way that was chosen. {other}"),
    (smtplib.SMTPNotSupportedError, "{host} does not offer what was chosen: {missing}"),
    (smtplib.SMTPServerDisconnected, "{host} ended the connection on port {port} in the middle. {other}"),
    (smtplib.SMTPException, "{host} offers no way to sign in that this program knows."),
    (Exception, "{host} cannot be reached on port {port}. See whether this computer has a network."),
)
"""What an error means, the most particular first."""


def _why(error: Exception, settings: MailSettings) -> str:
    if isinstance(error.__context__, TimeoutError):  # smtplib tells of waiting in vain as of a connection that broke
        error = error.__context__
    sentence = next(sentence for kind, sentence in SENTENCES if isinstance(error, kind))
    return sentence.format(host=settings.host, port=settings.port, other=_other(settings.security), missing=_missing(settings))


def _other(security: Security) -> str:
    if security is Security.TLS:
        return "Try STARTTLS, usually on port 587."
    return "Try TLS from the first byte, usually on port 465." if security is Security.STARTTLS else "It may want STARTTLS, usually on port 587."


def _missing(settings: MailSettings) -> str:
    if settings.security is Security.STARTTLS:
        return "encryption by STARTTLS, or signing in. Try TLS from the first byte, usually on port 465."
    return "signing in. Leave user name and password empty if it wants none."


def _about_sign_in(code: int, settings: MailSettings) -> str:
    if code == SIGN_IN_FIRST:
        return f"{settings.host} wants a user name and password before it takes letters (it answered {code})."
    if code < LASTING:
        return f"{settings.host} could not look at user name and password just now (it answered {code})."
    return f"{settings.host} does not accept the user name and password (it answered {code}). Some providers want a password made for programs."
