from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.vocabulary import RemoteStep
from registry.rules.loss_reasoning import LossFacts, reasoning

LOST = date(2026, 11, 20)
SAFE = LossFacts(
    encrypted="yes",
    encryption_verified_on=date(2026, 9, 1),
    strong_login="yes",
    key_safe="yes",
    wipe="confirmed",
    holds_personal="yes",
    lost_on=LOST,
)


def said(loss: LossFacts) -> str:
    return " ".join(reasoning(loss).reasons)


def test_a_device_that_nobody_can_read_is_usually_only_recorded() -> None:
    found = reasoning(SAFE)
    assert found.is_usually_record_only
    assert found.reasons == (
        "It held personal data.",
        "It was encrypted, as last checked on Tuesday 1 September 2026.",
        "It was locked with a strong password or the like.",
        "Neither the password nor the recovery key went with it.",
        "The device has confirmed that it is wiped; what was read before then is not undone.",
        (
            "So nobody who finds it can read the data, and a risk to people is unlikely: it usually need not be reported (Article 33(1)),"
            " nor need people be told (Article 34(3)(a))."
        ),
        "Write down what happened and these reasons all the same (Article 33(5)).",
    )
    assert reasoning(replace(SAFE, encryption_verified_on=LOST)).is_usually_record_only
    assert reasoning(replace(SAFE, lost_on=None)).is_usually_record_only


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("no", "It was not encrypted."),
        ("unknown", "unknown does not count as encrypted"),
        (None, "unknown does not count as encrypted"),
    ],
)
def test_unknown_is_not_encrypted(answer: str | None, sentence: str) -> None:
    loss = replace(SAFE, encrypted=answer)
    assert not reasoning(loss).is_usually_record_only
    assert sentence in said(loss)
    assert "strong password" not in said(loss)
    assert "report it within 72 hours" in said(loss)


def test_encryption_counts_as_it_was_last_checked_before_the_loss() -> None:
    for checked, sentence in ((None, "but nobody checked"), (LOST + timedelta(days=1), "only checked after it went missing")):
        loss = replace(SAFE, encryption_verified_on=checked)
        assert not reasoning(loss).is_usually_record_only
        assert sentence in said(loss)


@pytest.mark.parametrize("column", ["strong_login", "key_safe"])
@pytest.mark.parametrize("answer", ["no", "unknown", None])
def test_encryption_is_worth_as_much_as_its_password(column: str, answer: str | None) -> None:
    loss = replace(SAFE, **{column: answer})
    assert not reasoning(loss).is_usually_record_only
    assert "It is not known" in said(loss)


@pytest.mark.parametrize("step", [*RemoteStep, None])
def test_wiping_is_told_and_does_not_decide(step: RemoteStep | None) -> None:
    assert reasoning(replace(SAFE, wipe=step)).is_usually_record_only
    assert not reasoning(replace(SAFE, wipe=step, encrypted="no")).is_usually_record_only
    assert ("still there" in said(replace(SAFE, wipe=step))) == (step is RemoteStep.SENT)


def test_what_held_no_personal_data_is_no_breach() -> None:
    found = reasoning(replace(SAFE, holds_personal="no", encrypted="no"))
    assert found.is_usually_record_only
    assert found.reasons[0] == "It held no personal data, so its loss is usually no personal data breach (Article 4(12))."
    assert "count it as if it did" in said(replace(SAFE, holds_personal="unknown"))
