"""Who accepted which version of which agreement, when and how."""

from models.acceptance import Acceptance
from registry.definition import Question, Register, Section
from registry.registers.devices import OF_ACCEPTANCES

ACCEPTANCES = Register(
    slug="acceptances",
    table=Acceptance,
    one="acceptance",
    many="acceptances",
    about="Signatures under agreements. It is not consent to anything: it proves that people were told the rules and took them on.",
    access=OF_ACCEPTANCES,
    sections=(
        Section(
            "Who accepted what",
            Question(Acceptance.holder, "Who accepted it?", short="Who", listed=True, hint="Their full name."),
            Question(Acceptance.holder_kind, "Who are they to the school?", short="As", listed=True, filtered=True, hint="As when they signed."),
            Question(Acceptance.person, "Which person on the roll is it?", short="On the roll", hint="So that a change of name does not part them."),
            Question(Acceptance.agreement, "Which agreement?", short="Agreement", listed=True, filtered=True,
                     hint="Its text in that version is kept."),
            Question(Acceptance.edition, "Which version of it?", short="Version", listed=True, hint="As approved by then."),
            Question(Acceptance.accepted_at, "When?", short="Accepted", listed=True, hint="The moment of signing."),
            Question(Acceptance.how, "How?", short="Signed how", hint="On the screen, through a link, or on paper."),
        ),
        Section(
            "The parent",
            Question(Acceptance.parent, "Which parent or carer accepted it too?", short="Parent", hint="For pupils whose agreement asks for one."),
            Question(Acceptance.parent_accepted_at, "When did they?", short="Parent accepted", hint="Empty while they are still asked."),
            Question(Acceptance.parent_how, "How did they?", short="Parent signed how", hint="On the screen, through a link, or on paper."),
        ),
    ),
)
