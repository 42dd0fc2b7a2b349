"""What can be entered about a channel."""

import pytest

from models.webhook import HookKind
from registry.hooks.hook_answers import read_hook
from registry.schema import Invalid

TYPED = {"name": " Leadership ", "kind": "slack", "address": "https://hooks.slack.example/services/T0/B0/x"}


def test_what_is_entered_is_kept() -> None:
    assert read_hook(TYPED) == {"name": "Leadership", "kind": HookKind.SLACK, "address": TYPED["address"]}


@pytest.mark.parametrize(
    "address",
    [
        *("", "hooks.example", "http://hooks.example/", "ftp://hooks.example/", "https://", "https://:443/", "https://hooks.example:x/"),
        *("https://[::1/", "https://a:b@hooks.example/", "https://hooks.example/#here", "https://hooks.example/ŵ", "https://hooks.example/a b"),
        *(
            "https://127.0.0.1/",
            "https://10.0.0.1/",
            "https://[::1]/",
            "https://2130706433/",
            "https://hooks.example:0/",
            f"https://hooks.example/{'x' * 2000}",
        ),
    ],
)
def test_an_address_that_is_none_is_told_at_its_question(address: str) -> None:
    with pytest.raises(Invalid) as found:
        read_hook({**TYPED, "address": address})
    assert [*found.value.messages] == ["address"]


@pytest.mark.parametrize(("question", "answer"), [("name", ""), ("name", "x" * 81), ("kind", "pigeon"), ("kind", "")])
def test_what_else_cannot_be_kept(question: str, answer: str) -> None:
    with pytest.raises(Invalid) as found:
        read_hook({**TYPED, question: answer})
    assert [*found.value.messages] == [question]
