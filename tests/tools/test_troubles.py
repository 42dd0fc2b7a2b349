"""The sentences for what pip, npm and the system say when the set-up fails."""

import errno

import pytest

from tools import troubles


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", troubles.DISK_FULL),
        ("npm error code ENOSPC\nnpm error syscall write", troubles.DISK_FULL),
        ("/usr/bin/python3: No module named venv", troubles.NO_VENV),
        ("The virtual environment was not created successfully because ensurepip is not\navailable.", troubles.NO_VENV),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", troubles.CHANGED),
        ("npm error code EINTEGRITY\nnpm error sha512-abc integrity checksum failed", troubles.CHANGED),
        ("SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')) - skipping", troubles.INSPECTED),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", troubles.INSPECTED),
        ("ERROR: Could not find a version that satisfies the requirement flask==3.1.3 (from versions: none)", troubles.NO_NETWORK),
        ("npm error code ENOTFOUND", troubles.NO_NETWORK),
        ("npm error code ETIMEDOUT", troubles.NO_NETWORK),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", troubles.NO_NETWORK),
        ("(from versions: 1.0, 2.0)\nERROR: No matching distribution found for cryptography==50.0.2", troubles.NO_WHEEL),
        ("Error: [Errno 13] Permission denied: '/opt/safehold/.venv'", troubles.NOT_WRITABLE),
        ("npm error code EACCES", troubles.NOT_WRITABLE),
    ],
)
def test_a_known_trouble_gets_its_own_sentence(said: str, sentence: str) -> None:
    assert troubles.explain(f"something before\n{said}\nsomething after") == sentence


def test_an_unknown_trouble_is_told_in_its_own_last_words() -> None:
    assert troubles.explain("first\n\n  the flux capacitor is empty \n").endswith("The last words were: the flux capacitor is empty")


def test_a_program_that_fails_in_silence_still_gets_a_sentence() -> None:
    assert "(nothing)" in troubles.explain("")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, troubles.DISK_FULL),
        (errno.EROFS, troubles.NOT_WRITABLE),
        (errno.EACCES, troubles.NOT_WRITABLE),
        (errno.ENOENT, troubles.MISSING),
    ],
)
def test_a_refusal_of_the_system_gets_its_sentence(number: int, sentence: str) -> None:
    assert troubles.explain_refusal(OSError(number, "refused")) == sentence


@pytest.mark.parametrize("sentence", sorted({sentence for _, sentence in troubles.TROUBLES} | {troubles.MISSING}))
def test_every_sentence_says_what_to_do(sentence: str) -> None:
    assert any(word in sentence for word in ("then run this again", "Then run this again", "Run this again", "Use a", "Move it"))
