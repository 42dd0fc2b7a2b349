"""What a parent sent from the page behind their link: read for their own children and the uses that are asked, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from registry.families.answering import Said
from registry.families.families import Child
from registry.families.own_page import Page
from registry.images.uses import Use
from registry.typed import NOT_TEXT

LONGEST = 500
YES, NO = "yes", "no"
RESPONSIBLE = "responsible"
SAY_WHETHER = "Say whether you have parental responsibility. Only then does your yes count."


def key_of(child: Child, use: Use) -> str:
    """What the answer about a child and a use is called in the form."""
    return f"{child.id.hex}-{use.id.hex}"


def ids_in(key: str) -> tuple[UUID, UUID] | None:
    """The child and the use that such a name means, if it is one."""
    child, _, use = key.partition("-")
    try:
        return UUID(hex=child), UUID(hex=use)
    except ValueError:
        return None


@dataclass
class Sent:
    """The form as it was sent, with what cannot be taken as it is."""

    chosen: dict[str, str] = field(default_factory=dict)
    unwanted: set[str] = field(default_factory=set)
    conditions: dict[UUID, str] = field(default_factory=dict)
    responsible: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every sentence with the id of its field."""
        return list(self.errors.items())

    def said(self, page: Page) -> Said:
        """What it says, for the registry."""
        pairs = [(child, use, key_of(child, use)) for child in page.here for use in page.asked]
        return Said(
            {(child.id, use.id): self.chosen[key] == YES for child, use, key in pairs if key in self.chosen},
            frozenset((child.id, use.id) for child, use, key in pairs if key in self.unwanted),
            self.conditions,
            {YES: True, NO: False}.get(self.responsible),
        )


def read(form: Mapping[str, str], page: Page) -> Sent:
    """What was sent; names of other children, or of anything else, are not looked at."""
    keys = [key_of(child, use) for child in page.here for use in page.asked]
    sent = Sent(
        chosen={key: form[key] for key in keys if form.get(key) in (YES, NO)},
        unwanted={key for key in keys if form.get(f"not-{key}")},
        conditions={child.id: " ".join(NOT_TEXT.sub("", form.get(f"conditions-{child.id.hex}", "")).split()) for child in page.here},
        responsible=form.get(RESPONSIBLE, "") if form.get(RESPONSIBLE) in (YES, NO) else "",
    )
    for child, text in sent.conditions.items():
        if len(text) > LONGEST:
            sent.errors[f"conditions-{child.hex}"] = f"Use {LONGEST} characters or fewer. You have used {len(text):,}."
    if page.asks_responsibility and YES in sent.chosen.values() and not sent.responsible:
        sent.errors[RESPONSIBLE] = SAY_WHETHER
    return sent
