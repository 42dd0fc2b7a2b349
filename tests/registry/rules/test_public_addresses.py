"""What lies in the public internet, and what only looks so."""

import pytest

from registry.rules.public_addresses import is_public, is_this_computer


@pytest.mark.parametrize("text", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])
def test_what_is_out_there(text: str) -> None:
    assert is_public(text)
    assert not is_this_computer(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "127.0.0.1",
            "127.8.9.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
        ),
        *("192.0.2.1", "198.18.0.1", "240.0.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::127.0.0.1", "::10.1.2.3", "fec0::1", "feff::1"),
        *(
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::a00:1",
            "2002:7f00:1::1",
            "2002:a00:1::",
            "2001:0:0:0::1",
        ),
        *("", "localhost", "1.2.3", "010.0.0.1.5"),
    ],
)
def test_what_is_not(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize(
    ("text", "is_here"), [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("10.0.0.1", False), ("nonsense", False)]
)
def test_this_computer_itself(text: str, is_here: bool) -> None:
    assert is_this_computer(text) is is_here
