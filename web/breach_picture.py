"""The governors' picture of breaches, by term, and the log of all of them for those who answer for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, stream_with_context
from flask.typing import ResponseReturnValue

from exports import breach_log, breach_picture
from exports.paper import Letterhead, pdf
from registry.access import Deed, Permission, may
from registry.breaches.picture import seen_by_governors
from registry.registers.data_protection.breaches import BREACHES
from registry.rules.breach_picture import Tally
from registry.school import logos
from web.files import attachment
from web.guard import current_actor, needs, now, school_facts, visitor
from web.pages import occasion
from web.rendering import moment

blueprint = Blueprint("breach_picture", __name__)

PICTURE, LOG = "/breach-picture", f"/registers/{BREACHES.slug}/log"
SLUG = {"slug": BREACHES.slug}
ROW = 44
"""The height of one bar with its label, in px."""


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its words, its number, and how wide it is, in per cent; None where the number is hidden."""

    words: str
    many: int | None
    width: float
    top: int


@dataclass(frozen=True)
class Chart:
    """Bars below each other; where they sum up the columns of a table by term, with these."""

    id: str
    title: str
    bars: Sequence[Bar]
    tallies: Sequence[Tally] = ()

    @property
    def height(self) -> int:
        """Its height in px."""
        return ROW * len(self.bars)


@blueprint.get(PICTURE)
@needs(Permission.SEE_BREACH_PICTURE)
def show() -> ResponseReturnValue:
    """How many breaches there were by term, outcome, kind and cause, without names."""
    picture = seen_by_governors(occasion())
    labels = [period.label for period in picture.periods]
    *parted, (people, _told) = breach_picture.tables(picture)
    charts = [
        _chart("terms", "All breaches", [(period.label, period.many) for period in picture.periods]),
        *(_of_table(place, title, tallies) for place, (title, tallies) in enumerate(parted)),
        _chart("people", people, list(zip(labels, picture.people_told.counts, strict=True))),
    ]
    return render_template(
        "breaches/picture.html",
        picture=picture, charts=charts, why_hidden=breach_picture.WHY_HIDDEN,
        takes_log=may(current_actor(), Deed.EXPORT, BREACHES), regulator=school_facts().regulator_name,
    )  # fmt: skip


@blueprint.post(f"{PICTURE}.csv")
@needs(Permission.SEE_BREACH_PICTURE)
def as_csv() -> Response:
    """The same numbers as a file."""
    return attachment(stream_with_context(breach_picture.as_csv(seen_by_governors(occasion()))), f"breaches-by-term-{school_facts().today}.csv")


@blueprint.post(f"{PICTURE}.pdf")
@needs(Permission.SEE_BREACH_PICTURE)
def as_pdf() -> Response:
    """The same numbers on paper."""
    when = occasion()
    return attachment(pdf(breach_picture.as_paper(seen_by_governors(when), when, _head())), f"breaches-by-term-{school_facts().today}.pdf")


@blueprint.get(LOG, defaults=SLUG)
@needs(Deed.EXPORT, register_from_slug=True)
def log(slug: str) -> ResponseReturnValue:
    """Every breach with what was decided and why, and the files of it."""
    return render_template("breaches/log.html", lines=breach_log.lines(occasion()))


@blueprint.post(f"{LOG}.csv", defaults=SLUG)
@needs(Deed.EXPORT, register_from_slug=True)
def log_as_csv(slug: str) -> Response:
    """The log as a CSV file; noted in the history, therefore never a GET."""
    return attachment(stream_with_context(breach_log.as_csv(occasion())), _named("csv"))


@blueprint.post(f"{LOG}.xlsx", defaults=SLUG)
@needs(Deed.EXPORT, register_from_slug=True)
def log_as_workbook(slug: str) -> Response:
    """The same as an Excel workbook."""
    return attachment(breach_log.as_workbook(occasion()), _named("xlsx"))


@blueprint.post(f"{LOG}.pdf", defaults=SLUG)
@needs(Deed.EXPORT, register_from_slug=True)
def log_as_pdf(slug: str) -> Response:
    """The same on paper."""
    return attachment(pdf(breach_log.as_paper(occasion(), _head())), _named("pdf"))


def _named(kind: str) -> str:
    return f"log-of-breaches-{school_facts().today}.{kind}"


def _head() -> Letterhead:
    person = visitor()
    return Letterhead(person.school.name if person and person.school else "", moment(now()), logos.logo_of_school())


def _of_table(place: int, title: str, tallies: Sequence[Tally]) -> Chart:
    return _chart(f"table-{place}", title, [(tally.words, tally.total) for tally in tallies], tallies)


def _chart(key: str, title: str, counted: Sequence[tuple[str, int | None]], tallies: Sequence[Tally] = ()) -> Chart:
    most = max((many or 0 for _words, many in counted), default=0) or 1
    bars = [Bar(words, many, round(90 * (many or 0) / most, 2), ROW * place) for place, (words, many) in enumerate(counted)]
    return Chart(key, title, bars, tallies)
