"""A verdict in words that nobody misreads: a headline that begins with the answer, and one or two sentences with the figures."""

from dataclasses import dataclass

from models.vocabulary import Outcome
from registry.rules.image_verdict import Reason

NUMBERS = ("Nobody", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
LOOK_FIRST = "Say that dress, background and device are in order, then check again."
NOT_OURS = "It was not taken on a device of the school. Take it again with one."


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a verdict is about: how many people stand how, what is the matter with the picture itself, where it is to appear, and when."""

    blocked: int = 0
    to_ask: int = 0
    unclear: int = 0
    allowed: int = 0
    picture: Reason | None = None
    place: str = "in it"
    day: str = ""

    @property
    def all(self) -> int:
        """How many names were asked about."""
        return self.blocked + self.to_ask + self.unclear + self.allowed


def headline(outcome: Outcome, figures: Figures) -> str:
    """The answer, before anything else is said."""
    if outcome is Outcome.ALLOW:
        return "Yes. You may publish"
    if outcome is Outcome.BLOCK:
        return "No. Do not publish this picture"
    return "Not yet. Look at the picture first" if figures.allowed == figures.all else "Not yet. Ask first"


def sentences(outcome: Outcome, figures: Figures) -> str:
    """Why, in figures, and with whom it would be safe."""
    said = [_about_blocked(figures), _about_open(figures), _about_rest(outcome, figures), _about_picture(figures)]
    return " ".join(filter(None, said))


def how_many(count: int) -> str:
    """A small count as a word that begins a sentence; a large one in figures."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _about_blocked(figures: Figures) -> str:
    if not figures.blocked:
        return ""
    if figures.blocked == figures.all:
        return f"This person must not be {figures.place}." if figures.all == 1 else f"None of the {figures.all} people may be {figures.place}."
    end = f", and {_unclear(figures.unclear)}" if figures.unclear else ""
    return f"{figures.blocked} of the {figures.all} people must not be {figures.place}{end}."


def _about_open(figures: Figures) -> str:
    unclear = _unclear(figures.unclear) if figures.unclear and not figures.blocked else ""
    to_ask = f"{figures.to_ask} {'person has' if figures.to_ask == 1 else 'people have'} to be asked about first" if figures.to_ask else ""
    said = ", and ".join(filter(None, (unclear, to_ask)))
    return f"{said}." if said else ""


def _unclear(count: int) -> str:
    return "1 name is unclear" if count == 1 else f"{count} names are unclear"


def _about_rest(outcome: Outcome, figures: Figures) -> str:
    """Those who may: everybody, or the others; with a picture that may not be used at all it is safe with nobody."""
    if figures.picture is Reason.DEVICE_POLICY or not figures.allowed:
        return ""
    if figures.allowed == figures.all:
        day = f" on {figures.day}" if outcome is Outcome.ALLOW and figures.day else ""
        return f"{_everybody(figures.all)} may be {figures.place}{day}."
    others = "person" if figures.allowed == 1 else str(figures.allowed)
    return f"It is safe with the other {others}." if figures.blocked else f"The other {others} may be {figures.place}."


def _everybody(count: int) -> str:
    return {1: "This person", 2: "Both people"}.get(count, f"All {count} people")


def _about_picture(figures: Figures) -> str:
    return {Reason.ATTESTATION: LOOK_FIRST, Reason.DEVICE_POLICY: NOT_OURS}.get(figures.picture, "") if figures.picture else ""
