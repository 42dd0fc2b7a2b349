"""Every register in the order of the menu, by area."""

from registry.definition import Register
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.breaches import BREACHES
from registry.registers.data_protection.dpias import DPIAS
from registry.registers.data_protection.holds import HOLDS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.records_disposals import RECORDS_DISPOSALS
from registry.registers.data_protection.retention import RETENTION_RULES
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.registers.devices.acceptances import ACCEPTANCES
from registry.registers.devices.agreements import AGREEMENTS
from registry.registers.devices.allocations import ALLOCATIONS
from registry.registers.devices.checks import DEVICE_CHECKS
from registry.registers.devices.devices import DEVICES
from registry.registers.devices.disposals import DISPOSALS
from registry.registers.devices.licences import LICENCES
from registry.registers.devices.losses import LOSSES
from registry.registers.devices.models import MODELS
from registry.registers.devices.personal import PERSONAL
from registry.registers.devices.places import PLACES
from registry.registers.devices.repairs import REPAIRS
from registry.registers.devices.support_ends import SUPPORT_ENDS
from registry.registers.images.answers import ANSWERS
from registry.registers.images.carers import CARERS
from registry.registers.images.checks import CHECKS
from registry.registers.images.flags import FLAGS
from registry.registers.images.publications import PUBLICATIONS
from registry.registers.images.pupils import PUPILS
from registry.registers.images.take_downs import TAKE_DOWNS
from registry.registers.images.uses import USES
from registry.registers.school.term_dates import TERM_DATES

AREAS: dict[str, tuple[Register, ...]] = {
    "Data protection": (PROCESSING, ASSETS, SUPPLIERS, DPIAS, BREACHES),
    "Retention": (RETENTION_RULES, HOLDS, RECORDS_DISPOSALS),
    "Images": (PUBLICATIONS, TAKE_DOWNS, USES, ANSWERS, CHECKS, FLAGS),
    "Pupils": (PUPILS, CARERS),
    "Devices": (DEVICES, ALLOCATIONS, AGREEMENTS, LOSSES, DISPOSALS),
    "Device care": (PLACES, REPAIRS, DEVICE_CHECKS, ACCEPTANCES, PERSONAL, LICENCES, MODELS, SUPPORT_ENDS),
    "School": (TERM_DATES,),
}
REGISTERS: tuple[Register, ...] = tuple(register for registers in AREAS.values() for register in registers)

_BY_SLUG = {register.slug: register for register in REGISTERS}
_BY_TABLE = {register.table._meta.table_name: register for register in REGISTERS}


class NoSuchRegister(KeyError):
    """No register goes by this name."""


def find(slug: str) -> Register:
    """The register at this address; raises NoSuchRegister."""
    try:
        return _BY_SLUG[slug]
    except KeyError:
        raise NoSuchRegister(slug) from None


def by_table(table_name: str) -> Register | None:
    """The register kept in this table, as the trace names it; None for what is not a register, such as people."""
    return _BY_TABLE.get(table_name)


def area_of(register: Register) -> str:
    """The area of the menu in which a register stands."""
    return next(area for area, registers in AREAS.items() if register in registers)
