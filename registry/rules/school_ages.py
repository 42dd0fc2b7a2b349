"""Which agreement is for whom: what people are to the school, and for pupils whether they are under eleven."""

import re
from collections.abc import Collection

from models.vocabulary import AgreementAudience, HolderKind, Nation, Phase

OF_ADULTS = {
    HolderKind.STAFF: AgreementAudience.STAFF,
    HolderKind.GOVERNOR: AgreementAudience.GOVERNOR,
    HolderKind.VISITOR: AgreementAudience.VISITOR,
}
EARLY = re.compile(r"nursery|reception|pre-?school|foundation|\beyfs\b|^[nr]\d?$", re.IGNORECASE)
SCOTTISH = re.compile(r"^\s*([ps])\s*(\d)", re.IGNORECASE)
FIGURE = re.compile(r"\d+")
YOUNGER_PHASES = frozenset({Phase.EARLY_YEARS, Phase.PRIMARY})
LAST_UNDER_11 = 6
"""The last year in which most pupils begin under eleven, in England and Wales; in Northern Ireland it is a year more."""


def audience_of(kind: str, year_group: str | None = None, phases: Collection[str] = (), nation: str = Nation.ENGLAND) -> AgreementAudience | None:
    """Whose agreement counts; None for a room, and for a pupil of whom nobody can tell whether they are under eleven."""
    if kind != HolderKind.PUPIL:
        return OF_ADULTS.get(HolderKind(kind))
    young = is_under_11(year_group or "", nation)
    if young is None and phases:
        young = None if set(phases) & YOUNGER_PHASES and set(phases) - YOUNGER_PHASES else set(phases) <= YOUNGER_PHASES
    if young is None:
        return None
    return AgreementAudience.PUPIL_UNDER_11 if young else AgreementAudience.PUPIL_11_PLUS


def is_under_11(year_group: str, nation: str = Nation.ENGLAND) -> bool | None:
    """Whether pupils of a year group are mostly under eleven; None when its name does not say."""
    if EARLY.search(year_group):
        return True
    if scottish := SCOTTISH.match(year_group):
        return scottish[1].lower() == "p"
    figure = FIGURE.search(year_group)
    if figure is None:
        return None
    return int(figure[0]) <= LAST_UNDER_11 + (nation == Nation.NORTHERN_IRELAND)
