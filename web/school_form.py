"""The questions about a school in words, for the set-up and for the page that changes them."""

from collections.abc import Iterable

from models.vocabulary import BankHolidays, Controller, Nation, Phase, SchoolType
from registry.school.school_answers import IDENTITY, RUNNING
from web.plain_forms import Asked, Form, options

WHO_DECIDES = "The controller answers to the law for how personal data is used (UK GDPR Article 4(7)). In a trust, it is the trust."
PUBLIC = (
    "A public authority cannot rely on legitimate interests for its public tasks (UK GDPR Article 6(1)), "
    "must have a data protection officer (Article 37), and answers freedom of information requests. State-funded schools are public authorities."
)


def form(names: Iterable[str] = (*IDENTITY, *RUNNING)) -> Form:
    """These questions, empty."""
    wanted = set(names)
    return Form(question for question in _questions() if question.name in wanted)


def _questions() -> list[Asked]:
    return [
        Asked(name="name", label="What is the school called?", required=True, autocomplete="organization"),
        Asked(
            name="urn",
            label="What is its number?",
            hint="The URN in England, such as 123456; the school number elsewhere. You can leave this for later.",
        ),
        Asked(name="nation", label="Where is it?", kind="choice", options=options(Nation), required=True),
        Asked(name="school_type", label="What type of school is it?", kind="choice", options=options(SchoolType), required=True),
        Asked(name="phases", label="Whom does it teach?", kind="choices", options=options(Phase), hint="Choose all that apply.", required=True),
        *_how_it_is_run(),
    ]


def _how_it_is_run() -> list[Asked]:
    return [
        Asked(
            name="controller",
            label="Who decides how the school uses personal data?",
            kind="choice",
            options=options(Controller),
            why=WHO_DECIDES,
            required=True,
        ),
        Asked(name="public_authority", label="Is it a public authority?", kind="yesno", why=PUBLIC, required=True),
        Asked(name="financial_year_end", label="When does its financial year end?", hint="For example, 31 March.", required=True),
        Asked(
            name="bank_holidays",
            label="Which bank holidays does it keep?",
            kind="choice",
            options=options(BankHolidays),
            hint="Working days are counted by them.",
            required=True,
        ),
        Asked(name="regulator_name", label="What should we call the regulator?", hint="The name used in sentences, such as ICO.", required=True),
        Asked(
            name="term_dates",
            label="When is it open to pupils?",
            kind="lines",
            hint="A note for whoever reads this page; you can leave it empty. Days are counted by the term dates that are kept under School. "
            "One stretch a line, such as 3 September 2026 to 23 October 2026.",
        ),
    ]
