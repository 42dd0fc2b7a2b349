"""Until when systems get security updates, as the school keeps it: dates, not code, because makers change them."""

from models.support_end import SupportEnd
from registry.definition import Question, Register, Section
from registry.registers.devices import ACCESS

SUPPORT_ENDS = Register(
    slug="support-ends",
    table=SupportEnd,
    one="end of support",
    many="ends of support",
    about="Versions of systems with the last day of their support. What stands here goes before the dates that come with the program.",
    access=ACCESS,
    sections=(
        Section(
            "The system",
            Question(SupportEnd.name, "Which system is it?", short="System", listed=True, hint="Such as: Windows 11 24H2 Education."),
            Question(SupportEnd.family, "Which family does it belong to?", short="Family", listed=True, filtered=True, hint="As devices report it."),
            Question(SupportEnd.version_name, "Which version?", short="Version", listed=True, hint="Such as 24H2 or 17."),
            Question(SupportEnd.edition, "Which edition?", short="Edition", hint="Where editions end on different days."),
            Question(SupportEnd.recognise, "How does its number begin?", short="Number begins",
                     hint="Such as 10.0.26100, as lists of devices give it."),
        ),
        Section(
            "Its end",
            Question(SupportEnd.ends_on, "What is the last day of support?", short="Supported until", listed=True,
                     hint="Empty means not known, which never counts as supported."),
            Question(SupportEnd.fix_released_on, "When did the last urgent fix come out?", short="Urgent fix of",
                     hint="Devices that were not updated within 14 days of it are shown.", why="Cyber Essentials; DfE cyber security standards."),
            Question(SupportEnd.source, "Where is that said?", short="Source", hint="The maker’s page."),
            Question(SupportEnd.checked_on, "When was that last looked up?", short="Looked up", listed=True, hint="Look again each term."),
        ),
    ),
    kept=(SupportEnd.starter_id, SupportEnd.starter_source, SupportEnd.starter_certainty),
)
