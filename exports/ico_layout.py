"""The ICO's documentation template for Article 30: its columns, in its order and words, and which of our answers each of them holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exports import ico_words
from models.fields import ChoicesField
from models.vocabulary import ActivityRole, Art6, Art9, Words
from registry.definition import Register

SLUG = "processing"
"""The register that the template is about."""

Said = Mapping[str, str]
"""The cells of one activity as our own files have them, by the name of the question."""

Say = Callable[[Said], str]
Hear = Callable[[str], Said]


@dataclass(frozen=True)
class IcoColumn:
    """One column of the template: what it is headed, here and elsewhere, the questions it holds, how it is put together and taken apart."""

    words: str
    names: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    ways: tuple[Say, Hear] | None = None
    width: int = 30

    def said(self, answers: Said) -> str:
        """The cell for an activity."""
        return self.ways[0](answers) if self.ways else answers.get(self.names[0], "")

    def heard(self, register: Register, text: str) -> dict[str, str]:
        """What a cell answers, as a cell of our own files would; what stands for nothing, such as N/A, answers nothing."""
        if ico_words.is_blank(text):
            return {}
        answers = self.ways[1](text) if self.ways else {self.names[0]: text}
        return {name: _in_our_words(register, name, answer) for name, answer in answers.items() if answer}


@dataclass(frozen=True)
class IcoSheet:
    """One of the two sheets of the template, with the part that the school plays in what it lists."""

    title: str
    role: ActivityRole
    columns: tuple[IcoColumn, ...]
    groups: Mapping[int, str]
    core: frozenset[str]

    @property
    def names(self) -> tuple[str, ...]:
        """Every question that the sheet can hold."""
        return tuple(dict.fromkeys(name for column in self.columns for name in column.names))


def _in_our_words(register: Register, name: str, text: str) -> str:
    column = register.questions[name].column if name in register.questions else None
    words: tuple[Words, ...] = tuple(getattr(column, "words", ()))
    if not words:
        return text
    return ico_words.several(words, text) if isinstance(column, ChoicesField) else ico_words.one(words, text)


def _together(*parts: tuple[str, str]) -> tuple[Say, Hear]:
    """A cell for several answers, each on lines of its own after a word; the first may have none: "Trust Ltd / Contact: A. Person"."""
    shape = re.compile("^(" + "|".join(re.escape(word) for _name, word in parts if word) + "): ?", re.MULTILINE)
    names = {word: name for name, word in parts}

    def say(answers: Said) -> str:
        return "\n".join(f"{word}: {answers[name]}" if word else answers[name] for name, word in parts if answers.get(name))

    def hear(text: str) -> Said:
        pieces = shape.split(text)
        heard = {parts[0][0]: pieces[0].strip()}
        return heard | {names[word]: said.strip() for word, said in zip(pieces[1::2], pieces[2::2], strict=True)}

    return say, hear


def _with_articles(name: str, words: type[Words]) -> tuple[Say, Hear]:
    """Lawful bases with their articles, as the template has them."""
    articles = {word.label: "{}({})({})".format(*word.value.split(".")) for word in words}

    def say(answers: Said) -> str:
        labels = filter(None, answers.get(name, "").split("; "))
        return "; ".join(f"{label} (Article {articles[label]})" if label in articles else label for label in labels)

    return say, lambda text: {name: text}


_AUTOMATED = _together(("automated_note", ""), ("automated_significant", "Decided by machine alone"), ("profiling", "Profiling"))


def _hear_automated(text: str) -> Said:
    """A bare no is about both decisions and profiling, a bare yes about decisions; anything longer is a note for somebody to read."""
    alone = {"yes": "Yes", "y": "Yes", "no": "No", "n": "No"}.get(text.strip().lower())
    if alone is None:
        return _AUTOMATED[1](text)
    return {"automated_significant": alone, "profiling": alone} if alone == "No" else {"automated_significant": alone}


_ABROAD = (
    IcoColumn("Names of third countries / international organisations", ("third_countries",), (
        "Names of third countries or international organisations that personal data are transferred to",
        "Names of third countries or international organisations",)),
    IcoColumn("Safeguards for exceptional transfers", ("exceptional_safeguards",), (
        "Safeguards for exceptional transfers of personal data to third countries or international organisations",)),
)  # fmt: skip
_SECURITY = IcoColumn("General description of technical and organisational measures", ("security_measures",), (
    "General description of technical and organisational security measures",), width=48)  # fmt: skip
_CONTRACT = IcoColumn("Link to contract with processor", ("processor_contract_link",))
_OURS = (IcoColumn("Reference", ("reference",), width=12), IcoColumn("Activity", ("name",), width=36))
"""What the template has no column for and an import cannot do without; they stand after its last one."""

CONTROLLER = IcoSheet(
    "Controller",
    ActivityRole.CONTROLLER,
    (
        IcoColumn("Business function", ("business_function",), ("Function", "Department")),
        IcoColumn("Purpose of processing", ("purpose",), ("Purpose", "Purposes of processing"), width=44),
        IcoColumn("Name and contact details of joint controller", ("joint_controller", "joint_controller_contact"),
                  ways=_together(("joint_controller", ""), ("joint_controller_contact", "Contact"))),
        IcoColumn("Categories of individuals", ("individuals",), ("Categories of data subjects",)),
        IcoColumn("Categories of personal data", ("data_categories",), width=44),
        IcoColumn("Categories of recipients", ("recipients",)),
        _CONTRACT,
        *_ABROAD,
        IcoColumn("Retention schedule", ("retention",), ("Retention schedule (if possible)", "Retention period")),
        _SECURITY,
        IcoColumn("Art 6 lawful basis", ("art6",), ("Article 6 lawful basis for processing personal data", "Article 6 lawful basis"),
                  ways=_with_articles("art6", Art6)),
        IcoColumn("Art 9 basis", ("art9",), ("Article 9 basis for processing special category data", "Article 9 condition", "Article 9 basis"),
                  ways=_with_articles("art9", Art9)),
        IcoColumn("Legitimate interests", ("lia_interest", "lia_necessity", "lia_balance"), ("Legitimate interests for the processing",),
                  ways=_together(("lia_interest", ""), ("lia_necessity", "Necessity"), ("lia_balance", "Balance")), width=44),
        IcoColumn("Link to LIA", ("lia_link",), ("Link to record of legitimate interests assessment",)),
        IcoColumn("Rights available", ("rights",), ("Rights available to individuals",)),
        IcoColumn("Automated decisions incl. profiling", ("automated_note", "automated_significant", "profiling"), (
            "Existence of automated decision-making, including profiling",), ways=(_AUTOMATED[0], _hear_automated)),
        IcoColumn("Source of the data", ("source_of_data",), ("The source of the personal data", "Source of the personal data")),
        IcoColumn("Link to record of consent", ("consent_link",)),
        IcoColumn("Location of personal data (for access requests)", ("location",), ("Location of personal data",)),
        IcoColumn("DPIA required?", ("dpia_required",), ("Data Protection Impact Assessment required?",)),
        IcoColumn("DPIA progress", ("dpia_progress",), ("Data Protection Impact Assessment progress",)),
        IcoColumn("Link to DPIA", ("dpia_link",), ("Link to Data Protection Impact Assessment",)),
        IcoColumn("Breach occurred?", ("breach_occurred",), ("Has a personal data breach occurred?",)),
        IcoColumn("Link to record of breach", ("breach_link",), ("Link to record of personal data breach",)),
        IcoColumn("Schedule 1 condition for processing", ("sch1",), ("Data Protection Act 2018 Schedule 1 Condition for processing",)),
        IcoColumn("Art 6 lawful basis, for the Schedule 1 condition", ("art6",), ("GDPR Article 6 lawful basis for processing",),
                  ways=(lambda said: _with_articles("art6", Art6)[0](said) if said.get("sch1") else "", lambda text: {"art6": text})),
        IcoColumn("Link to retention and erasure policy document", ("retention_policy_link",)),
        IcoColumn("Kept and erased in accordance with the policy document?", ("kept_per_policy",), (
            "Is personal data retained and erased in accordance with the policy document?",)),
        IcoColumn("Reasons for not adhering to the policy document", ("kept_not_reason",), (
            "Reasons for not adhering to retention and erasure policy document",)),
        *_OURS,
    ),
    {0: "Article 30 record of processing activities", 11: "Privacy notices", 18: "Consent", 19: "Access requests",
     20: "Data protection impact assessments", 23: "Personal data breaches",
     25: "Data Protection Act 2018: special category or criminal-offence data", 30: "Kept by Safehold"},
    frozenset({"business_function", "purpose", "individuals", "data_categories", "recipients", "security_measures", "third_countries"}),
)  # fmt: skip

PROCESSOR = IcoSheet(
    "Processor",
    ActivityRole.PROCESSOR,
    (
        IcoColumn("Name and contact details of controller", ("controller_acted_for", "controller_contact"), (
            "Controller name and contact details", "Name and contact details of controllers"),
            ways=_together(("controller_acted_for", ""), ("controller_contact", "Contact")), width=40),
        IcoColumn("Name and contact details of controller’s representative", ("controller_representative",), (
            "Name and contact details of controller's representative", "Controller’s representative"), width=40),
        IcoColumn("Categories of processing", ("processing_categories",), width=44),
        *_ABROAD,
        _SECURITY,
        _CONTRACT,
        *_OURS,
    ),
    {0: "Article 30 record of processing activities", 7: "Kept by Safehold"},
    frozenset({"controller_acted_for", "controller_representative", "processing_categories"}),
)  # fmt: skip

SHEETS = (CONTROLLER, PROCESSOR)


def is_offered(register: Register) -> bool:
    """Whether a register can go out and come in as the template has it."""
    return register.slug == SLUG
