"""What is in force for whom, and who has accepted it: the version of an agreement that counts is the one approved last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.acceptance import Acceptance
from models.agreement import Agreement
from models.version import ApprovedVersion
from models.vocabulary import AgreementAudience, HolderKind
from registry.approval.freezing import thaw
from registry.devices.holders import Holder
from registry.occasion import Occasion
from registry.registers.devices.agreements import AGREEMENTS
from registry.rules.school_ages import audience_of


@dataclass(frozen=True, kw_only=True)
class InForce:
    """An agreement as it was approved last."""

    id: UUID
    title: str
    edition: int
    text: str
    second_signature: str = ""

    @property
    def wants_parent(self) -> bool:
        """Whether a parent signs as well."""
        return bool(self.second_signature)

    @property
    def lines(self) -> tuple[str, ...]:
        """Its text, paragraph by paragraph."""
        return tuple(line for line in self.text.splitlines() if line.strip())


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What somebody has accepted of an agreement: the highest version by themselves and by a parent, with the records of the last."""

    edition: int | None = None
    by_parent: int | None = None
    last: Acceptance | None = None
    parents: Acceptance | None = None


def audience(holder: Holder, occasion: Occasion) -> AgreementAudience | None:
    """Whose agreement is for this holder; None for a room, and for a pupil whose age nobody can tell."""
    return audience_of(holder.kind, holder.year_group, occasion.school.phases, occasion.school.nation)


def in_force(wanted: AgreementAudience | None) -> InForce | None:
    """The agreement that people of this kind accept now; of several the one approved last."""
    if wanted is None:
        return None
    rows = Agreement.select().where((Agreement.audience == wanted) & Agreement.archived_at.is_null() & Agreement.approved_number.is_null(False))
    versions = [version for row in rows if (version := of_edition(row.id, row.approved_number))]
    return max(versions, key=lambda each: (each[1], each[0].edition))[0] if versions else None


def of_edition(agreement: UUID, edition: int) -> tuple[InForce, Any] | None:
    """An agreement as it stood in one version, with the moment of its approval."""
    is_it = (ApprovedVersion.register == AGREEMENTS.slug) & (ApprovedVersion.record == agreement) & (ApprovedVersion.number == edition)
    version = ApprovedVersion.get_or_none(is_it)
    if version is None:
        return None
    answers = {name: str(each.value or "") for name, each in thaw(str(version.answers)).by_name.items()}
    frozen = InForce(id=agreement, title=answers.get("name", ""), edition=edition, text=answers.get("text", ""),
                     second_signature=answers.get("second_signature", ""))  # fmt: skip
    return frozen, version.approved_at


def accepted(holder: Holder, agreement: InForce | None) -> Accepted:
    """How far somebody has accepted an agreement. Whoever is on the roll is known by that, others by their name."""
    if agreement is None or not holder.is_person:
        return Accepted()
    who = Acceptance.person == holder.person if holder.person else Acceptance.person.is_null() & (Acceptance.holder_index == holder.name)
    rows = Acceptance.select().where(who & (Acceptance.agreement == agreement.id) & Acceptance.archived_at.is_null())
    by_edition = sorted(rows, key=lambda row: (row.edition or 0, row.number))
    own = [row for row in by_edition if row.accepted_at]
    parents = [row for row in by_edition if row.parent_accepted_at]
    return Accepted(
        edition=own[-1].edition if own else None,
        by_parent=parents[-1].edition if parents else None,
        last=by_edition[-1] if by_edition else None,
        parents=parents[-1] if parents else None,
    )


def custody_facts(holder: Holder, agreement: InForce | None, so_far: Accepted) -> Mapping[str, Any]:
    """What the rule of custody has to know of the holder."""
    return {
        "holder_kind": holder.kind,
        "is_on_roll": holder.is_here,
        "agreement_current": agreement.edition if agreement else None,
        "agreement_accepted": so_far.edition,
        "parent_needed": bool(agreement and agreement.wants_parent and holder.kind is HolderKind.PUPIL),
        "parent_accepted": so_far.by_parent,
    }


