"""When the school is open: what school days are counted by (SI 2010/2768, SI 2005/1437)."""

from models.term_date import TermDate
from registry.definition import Check, Question, Register, Section
from registry.registers.school import ACCESS
from registry.rules.term_dates import TermDateFacts, term_date_findings

TERM_DATES = Register(
    slug="term-dates",
    table=TermDate,
    one="term date",
    many="term dates",
    about="When the school is open, so that days which are counted in school days come out right. Bank holidays are known already.",
    access=ACCESS,
    sections=(
        Section(
            "The days",
            Question(TermDate.name, "What are these days called?", short="Called", listed=True, hint="Such as Autumn term, or October half term."),
            Question(TermDate.kind, "What are they?", short="Kind", listed=True, filtered=True,
                     hint="Bank holidays are known already, but for one that was proclaimed lately.",
                     why="Pupils are taught on a school day. Requests for information and for a pupil’s educational record are answered within "
                         "so many of them (SI 2010/2768, SI 2005/1437); requests under the UK GDPR are not."),
            Question(TermDate.begins_on, "Which is the first day?", short="First day", listed=True, hint="For example, 3 9 2026."),
            Question(TermDate.ends_on, "Which is the last day?", short="Last day", listed=True, hint="Leave it empty for a single day."),
        ),
    ),
    checks=(Check(term_date_findings, TermDateFacts),),
)
