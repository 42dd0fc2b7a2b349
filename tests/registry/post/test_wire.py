"""What goes wrong on the way to the mail server is told in a sentence that helps, and what is sent arrives as it was written."""

import ipaddress
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from models import vault
from models.mail import MailSettings, Security
from registry.outgoing import Fate
from registry.post.letters import DigestLine, addressed, digest_text
from registry.post.troubles import Stage, Trouble, failed
from registry.post.wire import Wire, as_sent
from tests.conftest import VAULT
from tests.mailbox import PASSWORD, USER, mail_server, signs_in, tls_of
from tests.people import NOW
from tests.serving import free_port

of_the_stand_in = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it does not know that it is inside TLS


@pytest.fixture(autouse=True)
def unlocked() -> None:
    vault.unlock(VAULT)


def settings(port: int, **other: Any) -> MailSettings:
    usual = {"host": "127.0.0.1", "security": Security.NONE, "sender": "safehold@quillbrook.example", "base_address": "https://safe.example"}
    return MailSettings(id=uuid4(), port=port, **{**usual, **other})


def a_letter(text: str = "Something waits.") -> EmailMessage:
    return addressed("Something waits", text, settings(25), to="ola@quillbrook.example", named=uuid4(), at=NOW)


def trouble_with(chosen: MailSettings, patience: float = 5) -> Trouble:
    with pytest.raises(Trouble) as raised, Wire(chosen, patience) as wire:
        wire.send(a_letter(), "ola@quillbrook.example")
    return raised.value


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for this computer that nobody has signed, and its key."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(1), now + timedelta(9))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    made = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return str(folder / "certificate.pem"), str(folder / "key")


@contextmanager
def silent_server() -> Iterator[int]:
    """A port on which somebody listens and says nothing."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield int(listening.getsockname()[1])


def test_a_name_that_nobody_has() -> None:
    found = trouble_with(settings(25, host="mail.quillbrook.invalid"))
    assert "There is no computer called mail.quillbrook.invalid" in str(found)
    assert (found.fate, found.is_for_all) == (Fate.AGAIN, True)


def test_a_port_on_which_nobody_listens() -> None:
    port = free_port()
    assert f"nothing answers on port {port}" in str(trouble_with(settings(port)))


def test_somebody_who_never_answers() -> None:
    with silent_server() as port:
        found = trouble_with(settings(port), patience=0.1)
    assert "does not answer" in str(found)
    assert found.fate is Fate.AGAIN


def test_a_server_without_the_encryption_that_was_chosen() -> None:
    with mail_server() as box:
        assert "does not offer what was chosen: encryption by STARTTLS" in str(trouble_with(settings(box.port, security=Security.STARTTLS)))
        assert "speaks no TLS" in str(trouble_with(settings(box.port, security=Security.TLS)))
        assert box.letters == []


@of_the_stand_in
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_is_not_trusted_gets_nothing(certificate: tuple[str, str], security: Security) -> None:
    with secured_server(certificate, security) as box:
        found = trouble_with(settings(box.port, security=security, user=USER, password=PASSWORD))
        assert "a certificate that this computer does not trust" in str(found)
        assert box.letters == []


@of_the_stand_in
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_with_a_trusted_certificate_and_the_right_password_it_arrives(
    certificate: tuple[str, str], security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
    with secured_server(certificate, security) as box:
        with Wire(settings(box.port, security=security, user=USER, password=PASSWORD), 5) as wire:
            wire.send(a_letter(), "ola@quillbrook.example")
            wire.send(a_letter(), "hana@quillbrook.example")
        assert box.recipients == ["ola@quillbrook.example", "hana@quillbrook.example"]
        found = trouble_with(settings(box.port, security=security, user=USER, password="wrong"))
        assert "does not accept the user name and password (it answered 535)" in str(found)
        assert PASSWORD not in str(found)
        assert (found.fate, found.is_for_all) == (Fate.AGAIN, True)
        assert "wants a user name and password" in str(trouble_with(settings(box.port, security=security)))


def secured_server(certificate: tuple[str, str], security: Security) -> Any:
    """A server that speaks TLS in one of the two ways, and wants a password."""
    options: dict[str, Any] = {"authenticator": signs_in, "auth_required": True}
    context = tls_of(*certificate)
    if security is Security.TLS:
        return mail_server(ssl_context=context, auth_require_tls=False, **options)
    return mail_server(tls_context=context, require_starttls=True, **options)


def test_a_server_that_cannot_sign_anybody_in() -> None:
    with mail_server() as box:
        assert "signing in. Leave user name and password empty" in str(trouble_with(settings(box.port, user=USER, password=PASSWORD)))


def test_an_address_that_cannot_be_written_to() -> None:
    with mail_server() as box, pytest.raises(Trouble, match="letters that the mail server") as raised, Wire(settings(box.port), 5) as wire:
        wire.send(a_letter(), "zoë@quillbrook.example")
    assert raised.value.fate is Fate.NEVER


@pytest.mark.parametrize(("stage", "said"), [(Stage.SIGN_IN, "user name or the password"), (Stage.CONNECT, "cannot be reached")])
def test_letters_that_cannot_be_sent_are_no_fault_of_the_reader_before_they_are_named(stage: Stage, said: str) -> None:
    found = failed(stage, UnicodeEncodeError("ascii", "pässword", 1, 2, "ordinal not in range"), settings(25))
    assert (found.fate, found.is_for_all) == (Fate.AGAIN, True)
    assert said in str(found)


def test_after_a_trouble_the_next_letter_goes_by_a_new_connection() -> None:
    with mail_server() as box, Wire(settings(box.port), 5) as wire:
        box.answer("RCPT", "550 unknown")
        with pytest.raises(Trouble):
            wire.send(a_letter(), "nobody@quillbrook.example")
        wire.send(a_letter(), "ola@quillbrook.example")
        assert box.recipients == ["ola@quillbrook.example"]


def test_a_text_arrives_as_it_was_written() -> None:
    text = "Begins.\n.\n.dots\nSchools’ names – “quoted”\n" + "long " * 400
    with mail_server() as box, Wire(settings(box.port), 5) as wire:
        wire.send(a_letter(text), "ola@quillbrook.example")
        assert box.letters[0].get_content().replace("\r\n", "\n").rstrip() == text.rstrip()
        assert box.letters[0]["From"] == "Safehold <safehold@quillbrook.example>"
    assert max(len(line) for line in as_sent(a_letter(text)).split(b"\r\n")) < 998


def test_a_header_cannot_be_smuggled_in() -> None:
    with pytest.raises(ValueError, match=r"(?i)linefeed|newline|carriage"):
        addressed("Subject\r\nBcc: all@quillbrook.example", "Text", settings(25), to="ola@quillbrook.example", named=uuid4(), at=NOW)


def test_a_digest_names_the_schools_only_when_there_are_several() -> None:
    here, there = (DigestLine("Somebody approved PA-0001", "/notices/1", school) for school in ("Quillbrook", "Saltmere"))
    assert "Quillbrook" not in digest_text([here], settings(25))
    both = digest_text([here, there], settings(25))
    assert both.index("Quillbrook\n----------") < both.index("Saltmere\n--------")
    assert "Somebody approved PA-0001:\nhttps://safe.example/notices/1" in both


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (smtplib.SMTPServerDisconnected(), "ended the connection on port 25 in the middle. It may want STARTTLS"),
        (smtplib.SMTPException(), "offers no way to sign in"),
        (OSError("No route to host"), "cannot be reached on port 25"),
        (smtplib.SMTPConnectError(554, b"go away"), "does not take letters from this computer (it answered 554)"),
    ],
)
def test_every_other_error_has_a_sentence_as_well(error: Exception, said: str) -> None:
    found = failed(Stage.CONNECT, error, settings(25))
    assert said in str(found)
    assert found.is_for_all
