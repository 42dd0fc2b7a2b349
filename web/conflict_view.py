"""The page on which two people's answers meet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import request, url_for

from registry.catalogue import find as register_of
from registry.merging import Difference, Merging, Side
from registry.naming import ids_of, named
from registry.rules.answers import listed
from registry.trace.telling import lines_of_answer
from web.form_view import SectionForm

KEPT_BACK = ("csrf_token", "version", "opened")


@dataclass
class ConflictPage:
    """What both changed, what only one did, and what was sent, so that nothing typed is lost."""

    form: SectionForm
    merging: Merging
    opened: int
    choices: dict[str, Side] = field(default_factory=dict)
    unchosen: list[str] = field(default_factory=list)

    def settle(self) -> bool:
        """Take the choices that were sent; whether there is one for every answer that both changed."""
        for clash in self.merging.clashes:
            chosen = request.form.get(f"stands-{clash.question.name}")
            if chosen in (Side.THEIRS, Side.YOURS):
                self.choices[clash.question.name] = Side(chosen)
            else:
                self.unchosen.append(clash.question.name)
        return not self.unchosen

    @property
    def who(self) -> str:
        """The name of whoever saved, or of all who did."""
        return listed(self.merging.names)

    @property
    def first_name(self) -> str:
        """What to call them in a cell."""
        return self.merging.names[0].split()[0] if self._is_one else "The others"

    @property
    def whose(self) -> str:
        """What to call their answers."""
        return f"{self.first_name}’s" if self._is_one else "Theirs"

    @property
    def _is_one(self) -> bool:
        return len(self.merging.names) == 1 and bool(self.merging.names[0])

    @property
    def rows(self) -> Iterator[tuple[Difference, list[str], list[str], list[str]]]:
        """Each difference with the three answers in words."""
        for each in sorted(self.merging.differences, key=lambda difference: difference.side is not Side.BOTH):
            yield each, self._words(each, each.before), self._words(each, each.theirs), self._words(each, each.yours)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What has not been chosen yet."""
        labels = {clash.question.name: clash.question.label for clash in self.merging.clashes}
        return [(f"stands-{name}-theirs", f"Choose which answer stands: {labels[name]}.") for name in self.unchosen]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What was typed, to be sent again with the choices."""
        left_out = {f"stands-{name}" for name in self.form.register.questions} | set(KEPT_BACK)
        return [(name, value) for name, values in request.form.lists() for value in values if name not in left_out]

    @property
    def action(self) -> str:
        """Where the choices are sent."""
        return self.form.address(self.form.section)

    @property
    def record_href(self) -> str:
        """The record as it is stored."""
        return url_for("pages.record", slug=self.form.register.slug, record=self.form.row.id)

    def _words(self, difference: Difference, answer: object) -> list[str]:
        question = difference.question
        if question.to:
            records = named(register_of(question.to), self.form.by, ids_of(answer))
            return [f"{record.name} ({record.reference})" for record in records]
        return list(lines_of_answer(question, answer))
