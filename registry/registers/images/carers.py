"""Who may answer for a pupil, and how they are asked: no more of them than that takes (UK GDPR Article 5(1)(c))."""

from models.carer import Carer
from models.vocabulary import YesNoUnknown
from registry.definition import Links, Question, Register, Section
from registry.registers.images import OF_FAMILIES

HAS_IT = (Carer.responsibility, (YesNoUnknown.YES,))

CARERS = Register(
    slug="carers",
    table=Carer,
    one="parent or carer",
    many="parents and carers",
    about="Who may answer for which pupils, and where their link is sent. A parent has one entry for all pupils of whom the same is true.",
    access=OF_FAMILIES,
    sections=(
        Section(
            "Who it is",
            Question(Carer.name, "What is their name?", short="Name", listed=True, hint="First name and surname, such as Ann Patel."),
            Question(Links("pupils"), "Whose parent or carer are they?", short="Pupils", listed=True,
                     hint="All pupils of whom the answers below are true. For another pupil add a second entry."),
            Question(Carer.relation, "Who are they to the pupil?", short="Relation", listed=True, filtered=True,
                     hint="A foster carer’s or social worker’s yes counts only once parental responsibility is answered with yes below."),
            Question(Carer.email, "What is their e-mail address?", short="E-mail", hint="Their own: whoever reads it there can answer."),
            Question(Carer.mis_number, "What is their number in the pupil database?", short="Number in the MIS",
                     hint="Lists from the pupil database are matched by it."),
        ),
        Section(
            "What they may decide",
            Question(Carer.responsibility, "Do they have parental responsibility?", short="Parental responsibility", listed=True, filtered=True,
                     hint="While it is not known, what they signed counts. Answered with no, only their no does.",
                     why="A parent with parental responsibility may answer for a child (Children Act 1989 section 3). Parents who disagree "
                         "count as no until the headteacher has spoken with them."),
            Question(Carer.source, "Where does it come from?", short="Comes from", when=HAS_IT,
                     hint="For a child in care it depends on the order: ask the local authority. A foster carer may decide only what was delegated."),
            Question(Carer.restrictions, "Does a court order or an agreement limit them?", short="Restrictions",
                     hint="What they may not decide or be told, such as where the child lives."),
        ),
    ),
)
