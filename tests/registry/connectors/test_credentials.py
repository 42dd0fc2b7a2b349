"""What lets us in is checked when it is entered, and shown to nobody."""

import json
from typing import Any

import pytest
from joserfc.jwk import ECKey

from models.vocabulary.device_programs import DeviceProgram
from registry.connectors.credentials import (
    KINDS,
    Credentials,
    GoogleCredentials,
    GraphCredentials,
    JamfProCredentials,
    JamfSchoolCredentials,
    Unusable,
    base_of,
)
from registry.connectors.permissions import GUIDES
from tests.registry.connectors.conftest import PROGRAMS, key, pem

EVERY = [each.credentials for each in PROGRAMS]


def problems(kind: type[Credentials], **typed: Any) -> dict[str, str]:
    with pytest.raises(Unusable) as found:
        kind.typed(typed)
    assert str(found.value) == "The credentials cannot be used as they are."
    return found.value.messages


@pytest.mark.parametrize("make", EVERY)
def test_credentials_hide_what_they_hold_and_come_back_whole(make: Any) -> None:
    made = make()
    assert repr(made) == f"{made}" == f"{type(made).__name__}(…)"
    kept = made.to_json()
    assert type(made).from_json(kept) == made
    assert set(json.loads(kept)) == set(vars(made))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"tenant": null}'])
def test_what_was_kept_and_cannot_be_read_is_no_credential(text: str) -> None:
    with pytest.raises(Unusable):
        GraphCredentials.from_json(text)


def test_everything_has_to_be_entered_and_in_reason() -> None:
    assert problems(GraphCredentials, tenant=" ", client_id="c", secret="x" * 10_001) == {"tenant": "Enter this.", "secret": "This is too long."}
    assert GraphCredentials.typed({"tenant": " quillbrook.example\n", "client_id": "c", "secret": "s", "more": "m"}).tenant == "quillbrook.example"


@pytest.mark.parametrize("tenant", ["common", "Organizations", "../../other", "a/b", "-a", "a b"])
def test_a_tenant_is_the_schools_own(tenant: str) -> None:
    assert set(problems(GraphCredentials, tenant=tenant, client_id="c", secret="s")) == {"tenant"}


@pytest.mark.parametrize(
    "address",
    [
        "http://quillbrook.jamfcloud.com",
        "quillbrook.jamfcloud.com",
        "https://",
        "https://quillbrook.jamfcloud.com/api",
        "https://user@quillbrook.jamfcloud.com",
        "https://quillbrook.jamfcloud.com?x=1",
        "https://quillbrook.jamfcloud.com:0",
        "https://quillbrook.jamfcloud.com:port",
        "https://192.168.1.4",
        "https://[fd00::4]:8443",
        "https://127.0.0.1",
        "https://jämf.example",
    ],
)
def test_an_address_is_one_of_the_public_internet_and_nothing_more(address: str) -> None:
    assert set(problems(JamfProCredentials, address=address, client_id="c", secret="s")) == {"address"}
    assert set(problems(JamfSchoolCredentials, address=address, network_id="1:2", api_key="k")) == {"address", "network_id"}


def test_an_address_has_one_spelling() -> None:
    assert base_of("https://Quillbrook.JAMFcloud.com:8443/") == "https://quillbrook.jamfcloud.com:8443"
    assert JamfProCredentials("https://8.8.8.8:8443", "c", "s").address == "https://8.8.8.8:8443"


def test_the_file_of_google_is_taken_as_it_is() -> None:
    file = {"type": "service_account", "client_email": "a@b.example", "private_key": pem(), "token_uri": "https://elsewhere.example"}
    made = GoogleCredentials.from_key_file(json.dumps(file), "devices@quillbrook.example")
    assert (made.client_email, made.subject, "elsewhere" in made.to_json()) == ("a@b.example", "devices@quillbrook.example", False)


@pytest.mark.parametrize("text", ["", "[]", '{"type": "authorized_user"}'])
def test_another_file_is_not(text: str) -> None:
    with pytest.raises(Unusable) as found:
        GoogleCredentials.from_key_file(text, "devices@quillbrook.example")
    assert set(found.value.messages) == {"private_key"}


def test_half_a_key_is_no_key() -> None:
    public = key().as_pem(private=False).decode()
    for wrong in (pem()[:400], public, ECKey.generate_key("P-256").as_pem(private=True).decode(), "x", '{"kty": "oct", "k": "AAAA"}'):
        found = problems(GoogleCredentials, client_email="nobody", private_key=wrong, subject="n@o body")
        assert set(found) == {"private_key", "client_email", "subject"}


def test_every_program_has_credentials_and_a_guide_that_lets_us_read_only() -> None:
    assert set(KINDS) == set(GUIDES) == set(DeviceProgram)
    for program, guide in GUIDES.items():
        assert guide.program is program
        assert all("read" in each.name.lower() and each.why for each in guide.permissions)
        assert not any("readwrite" in each.name.lower() or "PrivilegedOperations" in each.name for each in guide.permissions)
        assert len(guide.steps) >= 4
        assert all(each.words and guide.never_read and guide.who for each in guide.steps)
