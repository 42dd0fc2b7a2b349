"""Stock-takes: what was found in a place, by somebody other than its keeper."""

from models.stock_take import StockTake
from registry.definition import Question, Register, Section
from registry.registers.devices import OF_CHECKS

DEVICE_CHECKS = Register(
    slug="device-checks",
    table=StockTake,
    one="check of devices",
    many="checks of devices",
    about="A place is scanned once a year by somebody other than its keeper: what is missing, what is too many, what has moved.",
    access=OF_CHECKS,
    sections=(
        Section(
            "The check",
            Question(StockTake.name, "What is checked?", short="Check", listed=True, hint="The place and the day."),
            Question(StockTake.place, "Which room or pool?", short="Room or pool", listed=True, filtered=True, hint="One at a time."),
            Question(StockTake.stage, "Is it still going on?", short="Stage", listed=True, filtered=True, hint="Closed on its own page."),
            Question(StockTake.begun_at, "When was it begun?", short="Begun", listed=True, hint="With the first scan."),
            Question(StockTake.closed_at, "When was it closed?", short="Closed", hint="With what was found."),
            Question(StockTake.seen, "How many were there?", short="Seen", listed=True, hint="Devices that belong there."),
            Question(StockTake.missing, "How many were missing?", short="Missing", listed=True, hint="They belong there and were not seen."),
            Question(StockTake.unexpected, "How many were too many?", short="Unexpected", listed=True,
                     hint="They belong elsewhere, or nobody knows them."),
        ),
    ),
    kept=(StockTake.begun_by,),
)
