"""Handing out to a whole year group: one device for each pupil, in the order of the class list and of the pile."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.base import new_id
from models.device import Device
from models.vocabulary import YesNo
from registry.access import Permission, require
from registry.devices import handing, holders, scanning
from registry.devices.handing import HandOver, Out, Paper
from registry.devices.holders import Holder
from registry.images import people
from registry.occasion import Occasion
from registry.rows import CannotBeDone
from registry.schema import Invalid

MOST = 60
"""Pupils at once: each gets a receipt of their own."""


@dataclass(frozen=True)
class Pair:
    """One pupil and the device that comes next, with what is in the way."""

    holder: Holder
    device: Device | None = None
    problem: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it can be handed over as it is."""
        return self.device is not None and not self.problem


def years(occasion: Occasion) -> tuple[str, ...]:
    """The year groups of the school in view. Raises Forbidden."""
    require(occasion.by, Permission.HAND_OVER_DEVICES)
    return people.years()


def pairs(year: str, codes: Sequence[str], occasion: Occasion) -> tuple[list[Pair], list[str]]:
    """Who gets what: pupils by surname beside the devices in the order in which they were scanned, and a sentence for each code that is none.

    Who holds a device of this pile already, or has not accepted what is to be accepted, is told with the reason.
    """
    require(occasion.by, Permission.HAND_OVER_DEVICES)
    found = [scanning.found(code) for code in codes if code.strip()]
    problems = [each.problem for each in found if each.device is None]
    pile = list({each.device.id: each.device for each in found if each.device}.values())
    made: list[Pair] = []
    for person in people.in_year(year)[:MOST]:
        holder = holders.by_key(f"person:{person.id}", occasion.by)
        device = pile[len(made)] if len(made) < len(pile) else None
        made.append(Pair(holder, device, "" if device is None else _problem(holder, device, occasion)))
    return made, problems


def hand_over(ready: Sequence[Pair], occasion: Occasion, *, paper: Paper) -> tuple[int, list[str]]:
    """Hand each pair over by itself; how many went, and a sentence for each that did not after all."""
    done, problems = 0, []
    for each in ready:
        try:
            handing.hand_over(_plan(each.holder, each.device), occasion, paper=paper)
            done += 1
        except (CannotBeDone, Invalid) as problem:
            problems.append(f"{each.holder.name}: {problem}")
    return done, problems


def _problem(holder: Holder, device: Device, occasion: Occasion) -> str:
    seen = handing.look(_plan(holder, device), occasion)
    if seen.problem:
        return seen.problem
    if seen.to_sign or seen.parent_to_sign:
        who = "they have" if seen.to_sign else "a parent has"
        return f"Not yet: {who} still to sign version {seen.agreement.edition if seen.agreement else 1} of the agreement."
    return next((decision.reason for _row, decision in seen.lines if not decision.allowed), "")


def _plan(holder: Holder, device: Device | None) -> HandOver:
    out = (Out(device=device.id, condition=device.condition),) if device else ()
    return replace(HandOver(bundle=new_id(), holder=holder, devices=out), off_site=YesNo.YES)
