"""Rooms, pools and stores in which devices stand."""

from models.place import Place
from registry.definition import Question, Register, Section
from registry.registers.devices import ACCESS, HOLDERS_SEEN_BY

PLACES = Register(
    slug="places",
    table=Place,
    one="room or pool",
    many="rooms and pools",
    about="Where devices stand when nobody holds them, and who keeps them there.",
    access=ACCESS,
    sections=(
        Section(
            "The place",
            Question(Place.name, "What is it called?", short="Room or pool", listed=True, hint="Such as: Trolley B, or ICT suite."),
            Question(Place.kind, "What kind of place is it?", short="Kind", listed=True, filtered=True, hint="A pool is lent out by the hour."),
            Question(Place.keeper, "Who keeps it?", short="Keeper", listed=True, see=HOLDERS_SEEN_BY, hint="Somebody else does the yearly check."),
        ),
    ),
)
