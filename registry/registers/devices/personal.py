"""Devices and memory sticks of people's own that the school allows."""

from models.personal_device import PersonalDevice
from registry.access import LEADERS, Access
from registry.definition import Question, Register, Section
from registry.registers.devices import HOLDERS_SEEN_BY, IT

PERSONAL = Register(
    slug="personal-devices",
    table=PersonalDevice,
    one="personal device",
    many="personal devices",
    about="What is not the school’s and may be used here all the same: whose, what for, and until when.",
    access=Access(see=HOLDERS_SEEN_BY, add=IT | LEADERS, change=IT | LEADERS, erase=LEADERS, export=HOLDERS_SEEN_BY),
    sections=(
        Section(
            "What is allowed",
            Question(PersonalDevice.name, "What is it?", short="Thing", listed=True, hint="Such as: phone, or encrypted memory stick."),
            Question(PersonalDevice.ownership, "Whose is it?", short="Whose", listed=True, filtered=True, hint="As the school’s policy sorts them."),
            Question(PersonalDevice.holder, "Who uses it?", short="Who", listed=True, hint="Their full name."),
            Question(PersonalDevice.holder_kind, "Who are they to the school?", short="As", filtered=True, hint="As of now."),
            Question(PersonalDevice.use, "What may it do?", short="May do", listed=True, filtered=True,
                     hint="The policy’s own answer unless there is a reason."),
            Question(PersonalDevice.why, "Why is it needed?", short="Why", hint="What the school’s own devices cannot do."),
            Question(PersonalDevice.encrypted, "Is it encrypted?", short="Encrypted", listed=True, filtered=True,
                     hint="Seen, not told. Unknown is not yes."),
            Question(PersonalDevice.allowed_on, "When was it allowed?", short="Allowed", hint="By whoever answers for devices."),
            Question(PersonalDevice.until_on, "Until when?", short="Until", listed=True, hint="A year at most, then look again."),
        ),
    ),
)
