"""What the loss of a device usually means for the duty to report it (UK GDPR Articles 33 and 34): reasons to be kept, not a decision."""

from dataclasses import dataclass
from datetime import date

from models.vocabulary import RemoteStep
from registry.rules.answers import Answer, is_no, is_yes
from registry.rules.plain_dates import full_day


@dataclass(frozen=True, slots=True, kw_only=True)
class LossFacts:
    """The device as it was when it went missing; `key_safe` says whether neither password nor recovery key went with it."""

    encrypted: Answer = None
    encryption_verified_on: date | None = None
    strong_login: Answer = None
    key_safe: Answer = None
    wipe: str | None = None
    holds_personal: Answer = None
    lost_on: date | None = None

    @property
    def is_verified(self) -> bool:
        """Whether it is known to have been encrypted when it went missing."""
        checked = self.encryption_verified_on
        return is_yes(self.encrypted) and checked is not None and (self.lost_on is None or checked <= self.lost_on)

    @property
    def is_unreadable(self) -> bool:
        """Whether nobody who finds it can read what is on it, as far as anybody can know."""
        return self.is_verified and is_yes(self.strong_login) and is_yes(self.key_safe)


@dataclass(frozen=True, slots=True)
class LossReasoning:
    """Whether writing it down is usually enough, and why, a sentence each."""

    is_usually_record_only: bool
    reasons: tuple[str, ...]


WIPED = {
    RemoteStep.NOT_SENT: "No command to wipe it has been sent. Send one now.",
    RemoteStep.SENT: "A command to wipe it was sent, and the device has not confirmed it: count what was on it as still there.",
    RemoteStep.CONFIRMED: "The device has confirmed that it is wiped; what was read before then is not undone.",
    RemoteStep.IMPOSSIBLE: "It cannot be wiped from afar, as no program manages it.",
}

RECORD_ONLY = (
    (
        "So nobody who finds it can read the data, and a risk to people is unlikely: it usually need not be reported (Article 33(1)),"
        " nor need people be told (Article 34(3)(a))."
    ),
    "Write down what happened and these reasons all the same (Article 33(5)).",
)
TO_BE_JUDGED = (
    (
        "So it cannot be ruled out that somebody reads the data. Judge the risk to people; unless one is unlikely,"
        " report it within 72 hours of learning of it (Article 33(1))."
    ),
)


def reasoning(loss: LossFacts) -> LossReasoning:
    """The reasons in the order in which they are weighed: what it held, whether it can be read, whether it is wiped, and what usually follows."""
    if is_no(loss.holds_personal):
        reasons = ("It held no personal data, so its loss is usually no personal data breach (Article 4(12)).", "Write down how you know that.")
        return LossReasoning(True, reasons)
    held = "It held personal data." if is_yes(loss.holds_personal) else "Nobody knows whether it held personal data, so count it as if it did."
    read = (_encryption(loss), *_credential(loss))
    wiped = (WIPED[RemoteStep(loss.wipe or RemoteStep.NOT_SENT)],)
    return LossReasoning(loss.is_unreadable, (held, *read, *wiped, *(RECORD_ONLY if loss.is_unreadable else TO_BE_JUDGED)))


def _encryption(loss: LossFacts) -> str:
    if is_no(loss.encrypted):
        return "It was not encrypted."
    if not is_yes(loss.encrypted):
        return "Nobody knows whether it was encrypted: unknown does not count as encrypted."
    if loss.encryption_verified_on is None:
        return "It is said to have been encrypted, but nobody checked: that does not count as encrypted."
    if not loss.is_verified:
        return "Its encryption was only checked after it went missing: that does not count as encrypted."
    return f"It was encrypted, as last checked on {full_day(loss.encryption_verified_on)}."


def _credential(loss: LossFacts) -> tuple[str, ...]:
    """What is known of the password and the key, where there is encryption for them to keep."""
    if not loss.is_verified:
        return ()
    strong = "It was locked with a strong password or the like." if is_yes(loss.strong_login) else (
        "It is not known to have been locked with a strong password or the like, without which encryption keeps nobody out."
    )  # fmt: skip
    safe = "Neither the password nor the recovery key went with it." if is_yes(loss.key_safe) else (
        "It is not known that neither the password nor the recovery key went with it."
    )  # fmt: skip
    return (strong, safe)
