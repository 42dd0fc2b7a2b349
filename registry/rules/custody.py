"""Whether a device may be handed to somebody: it is there, nobody else holds it, and what is to be accepted is accepted (UK GDPR Article 32(4))."""

from collections.abc import Callable
from dataclasses import dataclass

from models.vocabulary import DeviceStatus, HolderKind, Words


class Refusal(Words):
    """Why a device is not handed over."""

    HELD_ALREADY = "held_already", "They have it already"
    NOT_THERE = "not_there", "It is not there to be handed over"
    HELD_BY_ANOTHER = "held_by_another", "Somebody else holds it"
    LEFT = "left", "They have left"
    NO_AGREEMENT = "no_agreement", "There is no agreement to accept"
    NOT_ACCEPTED = "not_accepted", "The current agreement is not accepted"
    PARENT = "parent", "A parent has not accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyFacts:
    """What decides a hand-over; what is not told counts as not there, but for the roll, which may not know a visitor.

    `agreement_current` is the number of the version in force for the holder's audience, none where none is; `agreement_accepted` and
    `parent_accepted` are the highest versions accepted by the holder and by a parent. `parent_needed` is for pupils under 11.
    """

    device_status: str = DeviceStatus.IN_STOCK
    open_allocations: int = 0
    holder_kind: str = HolderKind.STAFF
    is_on_roll: bool | None = None
    agreement_current: int | None = None
    agreement_accepted: int | None = None
    parent_needed: bool = False
    parent_accepted: int | None = None
    already_held_by_same: bool = False

    @property
    def is_for_a_person(self) -> bool:
        """Whether somebody signs for it."""
        return HolderKind(self.holder_kind).is_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Yes or no, why, in a sentence that says what to do, and in a few words how to mend a no."""

    allowed: bool
    reason: str
    mend: str = ""
    refusal: Refusal | None = None


NOT_THERE: dict[str, tuple[str, str]] = {
    DeviceStatus.IN_REPAIR: ("This device is in repair. Record that it is back first.", "Record the repair as done"),
    DeviceStatus.LOST: ("This device is recorded as lost. If it has been found, record that first.", "Record it as found"),
    DeviceStatus.STOLEN: ("This device is recorded as stolen. If it is back, record that first.", "Record it as found"),
    DeviceStatus.RETIRED: ("This device is waiting for disposal. Put it back into stock first, or choose another.", "Put it back into stock"),
    DeviceStatus.DISPOSED: ("This device has been disposed of. Choose another.", "Choose another device"),
}
"""By status: why it cannot be handed over, and what to do."""


def decide(facts: CustodyFacts) -> Decision:
    """Whether the device may be handed over; the first thing in the way is the one that is told."""
    for rule in RULES:
        if refused := rule(facts):
            return refused
    if facts.is_for_a_person:
        return Decision(allowed=True, reason=f"Version {facts.agreement_current} of the agreement, which is the current one, is accepted.")
    return Decision(allowed=True, reason="A room or pool signs no agreement.")


def outstanding(facts: CustodyFacts) -> Decision | None:
    """What is to be signed by somebody who holds a device already, where the current version is not accepted; nothing where all is."""
    return _agreed(facts) or _parent_agreed(facts)


def _is_there(facts: CustodyFacts) -> Decision | None:
    if facts.device_status in NOT_THERE:
        return _no(Refusal.NOT_THERE, *NOT_THERE[facts.device_status])
    return None


def _is_free(facts: CustodyFacts) -> Decision | None:
    if facts.already_held_by_same:
        return _no(Refusal.HELD_ALREADY, "They have this device already. There is nothing to hand over.", "See the hand-over")
    if facts.open_allocations:
        held = "This device is with somebody else" if facts.open_allocations == 1 else f"This device has {facts.open_allocations} open hand-overs"
        return _no(Refusal.HELD_BY_ANOTHER, f"{held}. Take it back first.", "Take it back")
    return None


def _is_here(facts: CustodyFacts) -> Decision | None:
    if facts.is_for_a_person and facts.is_on_roll is False:
        reason = "This person has left. Choose somebody who is here, or correct the entry if they are."
        return _no(Refusal.LEFT, reason, "Choose somebody else")
    return None


def _agreed(facts: CustodyFacts) -> Decision | None:
    if not facts.is_for_a_person:
        return None
    if facts.agreement_current is None:
        reason = "No agreement is in force for people like this. Adopt one first, then have it signed."
        return _no(Refusal.NO_AGREEMENT, reason, "Adopt an agreement")
    return _lacking(Refusal.NOT_ACCEPTED, facts.agreement_current, facts.agreement_accepted, "this person has")


def _parent_agreed(facts: CustodyFacts) -> Decision | None:
    if not (facts.is_for_a_person and facts.parent_needed and facts.agreement_current is not None):
        return None
    return _lacking(Refusal.PARENT, facts.agreement_current, facts.parent_accepted, "a parent must accept it too, and has")


def _lacking(why: Refusal, current: int, accepted: int | None, who: str) -> Decision | None:
    if accepted is not None and accepted >= current:
        return None
    so_far = "accepted none" if accepted is None else f"accepted version {accepted}"
    by = " by a parent" if why is Refusal.PARENT else ""
    reason = f"The current agreement is version {current}; {who} {so_far}. Have version {current} signed{by} first."
    return _no(why, reason, f"Have version {current} signed{by}")


def _no(why: Refusal, reason: str, mend: str) -> Decision:
    return Decision(allowed=False, reason=reason, mend=mend, refusal=why)


RULES: tuple[Callable[[CustodyFacts], Decision | None], ...] = (_is_there, _is_free, _is_here, _agreed, _parent_agreed)
"""In the order in which they are told."""
