"""Devices of the demonstration: who holds them, what is not safe about some, one lost, one in repair, and old ones that wait to leave."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from models import doors
from models.device import Device
from models.roles import Role
from models.school import School
from models.user import User
from models.vocabulary import (
    AgreementAudience,
    DeviceCondition,
    DeviceKind,
    DeviceOwner,
    DeviceOwnership,
    DeviceStatus,
    HolderKind,
    LossKind,
    PersonalDeviceUse,
    PlaceKind,
    SignedHow,
    YesNo,
)
from registry import catalogue, records
from registry.actor import Actor
from registry.approval import approving
from registry.approval.approving import Seen
from registry.devices import handing, holders, taking_back
from registry.devices.handing import HandOver, Out, Signed
from registry.devices.taking_back import Back
from registry.many.bulk import insert_many
from registry.occasion import Occasion
from registry.placing import next_number
from registry.school.schools import facts_of
from registry.trace.audit import recording

BEGAN = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
PARTS = {"it": Role.IT_PROVIDER, "head": Role.HEADTEACHER, "office": Role.OFFICE, "other": Role.DPO}
PLACES = (("ICT suite", PlaceKind.ROOM), ("Trolley A", PlaceKind.POOL), ("Trolley B", PlaceKind.POOL), ("IT store", PlaceKind.STORE))
FLEET: tuple[tuple[DeviceKind, str, str, str, str, int], ...] = (
    (DeviceKind.LAPTOP, "Aldine", "Aldine 14", "Windows 11", "24H2 Education", 24),
    (DeviceKind.LAPTOP, "Aldine", "Aldine 13", "Windows 11", "23H2 Education", 8),
    (DeviceKind.DESKTOP, "Corbel", "Corbel Mini", "Windows 10", "22H2", 6),
    (DeviceKind.CHROMEBOOK, "Fenn", "Fenn C11", "ChromeOS", "142.0.7444.59", 30),
    (DeviceKind.TABLET, "Pippin", "Pippin Tab 10", "iPadOS", "26.1", 16),
)
"""Kind, make, model, system, its version, and how many of them."""

SUPPORTED_UNTIL = {"Fenn C11": date(2029, 6, 30)}
HELD_BY = ("Tess Quayle", "Ola Brandt", "Hana Whitlow")


class Bench:
    """Where the IT provider works in one school; each deed a minute after the one before."""

    def __init__(self, school: School, users: Mapping[str, User]) -> None:
        self._school = school
        self._people = {key: Actor(str(users[key].name), user=users[key].id, role=role, school=school.id) for key, role in PARTS.items()}
        self._at = BEGAN

    def next(self, who: str = "it") -> Occasion:
        """Somebody at work."""
        self._at += timedelta(minutes=1)
        return Occasion(self._people[who], self._at, facts_of(self._school, self._at.date()))

    def robot(self) -> Occasion:
        """The program itself, for what nobody writes by hand."""
        own = self.next()
        return Occasion(Actor.robot("demonstration", self._school.id), own.at, own.school)

    def bundle(self, number: int) -> UUID:
        """The same id for the same hand-over on every machine."""
        return uuid5(self._school.id, f"hand-over {number}")


def devices(school: School, users: Mapping[str, User], *, in_full: bool) -> None:
    """Put the devices of a school down; `in_full` hands some out, and has one lost, one mended and some leave."""
    bench, chance = Bench(school, users), Random(school.urn)
    with doors.looking_at(school.id):
        places = {name: _add(bench, "places", name=name, kind=kind, keeper="Ola Brandt").id for name, kind in PLACES}
        models = {model: _add(bench, "device-models", name=model, make=make, kind=kind, support_end_on=SUPPORTED_UNTIL.get(model)).id
                  for kind, make, model, _os, _version, _many in FLEET}  # fmt: skip
        _write(bench.next(), [*_fleet(str(school.urn), places, models, chance)])
        if in_full:
            _agree(bench)
            _hand_out(bench)
            _go_wrong(bench)
            _beside(bench)


def _fleet(urn: str, places: Mapping[str, UUID], models: Mapping[str, UUID], chance: Random) -> Iterator[dict[str, Any]]:
    number = 100
    for kind, make, model, os, version, many in FLEET:
        for _ in range(many):
            number += 1
            seen = BEGAN - timedelta(days=chance.choice((0, 0, 1, 1, 2, 3, 41)))
            yield {
                "name": f"{kind.label} {number}", "asset_tag": f"{urn[-2:]}-{number:04d}",
                "serial": f"{make[:2].upper()}{chance.randrange(16**8):08X}",
                "kind": kind, "make": make, "model": model, "device_model": models[model], "os": os, "os_version": version,
                "support_end_on": SUPPORTED_UNTIL.get(model), "place": places[chance.choice(("ICT suite", "Trolley A", "Trolley B", "IT store"))],
                "owner": DeviceOwner.SCHOOL, "condition": chance.choice((DeviceCondition.GOOD, DeviceCondition.GOOD, DeviceCondition.WORN)),
                "purchased_on": date(2023, 7, 1) + timedelta(days=chance.randrange(900)), "cost": chance.choice((289, 349, 479, 615)),
                "holds_personal": chance.choice(("yes", "no")), "encrypted": chance.choice(("yes", "yes", "yes", "unknown", "no")),
                "encryption_verified_on": seen.date(), "anti_malware": "yes", "shared_login": "no", "in_mdm": "yes", "mdm_name": "Intune",
                "last_seen_at": seen, "last_patched_on": date(2026, 11, 12),
                "last_checked_on": chance.choice((date(2025, 12, 9), date(2026, 3, 4), date(2026, 7, 14))),
            }  # fmt: skip


def _agree(bench: Bench) -> None:
    register = catalogue.find("agreements")
    table: Any = register.table
    for audience in (AgreementAudience.STAFF, AgreementAudience.PUPIL_UNDER_11):
        row = table.select().where(table.audience == audience).order_by(table.number).get()
        records.confirm(register, row, bench.next("head"))
        records.change(register, row, {"sign_again_when": "Each new version, and every September"}, bench.next())
        approving.approve(register, Seen(row.id, row.version), "", bench.next("head"))


def _hand_out(bench: Bench) -> None:
    laptops = _of("Aldine 14")
    for number, name in enumerate(HELD_BY):
        (holder,) = holders.named(name, bench.next().by)[:1]
        taken = laptops[2 * number : 2 * number + 1 + number % 2]
        out = tuple(Out(device=row.id, condition=DeviceCondition.GOOD, accessories="Charger") for row in taken)
        plan = HandOver(bundle=bench.bundle(number), holder=holder, devices=out, off_site=YesNo.YES,
                        signed=Signed(name=name, how=SignedHow.ON_PAPER), due_back_on=date(2026, 11, 20) if number == 1 else None)  # fmt: skip
        handing.hand_over(plan, bench.next("office"), paper=None)
    (trolley,) = holders.named("Trolley A", bench.next().by)
    shelf = tuple(Out(device=row.id) for row in _of("Fenn C11")[:15])
    handing.hand_over(HandOver(bundle=bench.bundle(9), holder=trolley, devices=shelf), bench.next(), paper=None)
    taking_back.take_back([shelf[0].device], Back(condition=DeviceCondition.DAMAGED, damage="Two keys missing"), bench.next())


def _go_wrong(bench: Bench) -> None:
    tablets = _of("Pippin Tab 10")
    _add(bench, "repairs", name="Screen cracked", device=tablets[0].id, sent_on=date(2026, 11, 10), repairer="Fixwell Repairs",
         due_back_on=date(2026, 11, 24), data_on_it="no")  # fmt: skip
    lost = {"name": f"{tablets[1].name}, left on a coach", "device": tablets[1].id, "kind": LossKind.LOST, "reported_at": bench.next().at,
            "noticed_at": bench.next().at, "encrypted": tablets[1].encrypted, "wipe": "sent", "found_on": date(2026, 11, 19)}  # fmt: skip
    records.add(catalogue.find("losses"), lost, bench.robot())
    _add(bench, "disposals", name="Old desktops, winter 2026", method="physical", standard="nist_800_88", destination="recycled")
    checked = {"name": "Trolley B, 18 November 2026", "place": tablets[0].place, "stage": "done", "begun_at": bench.next().at,
               "closed_at": bench.next().at, "seen": 14, "missing": 1, "unexpected": 0}  # fmt: skip
    records.add(catalogue.find("device-checks"), checked, bench.robot())


def _beside(bench: Bench) -> None:
    _add(bench, "personal-devices", name="Phone for school mail", ownership=DeviceOwnership.STAFF_OWNED, holder="Hana Whitlow",
         holder_kind=HolderKind.STAFF, use=PersonalDeviceUse.INTERNET_ONLY, encrypted="yes",
         allowed_on=date(2026, 9, 7), until_on=date(2027, 7, 21))  # fmt: skip
    _add(bench, "licences", name="Office suite, A3", seats=120, used=117, renews_on=date(2026, 12, 14), notice_days=30, cost=2160,
         kept_at="Portal of the supplier")  # fmt: skip


def _of(model: str) -> list[Device]:
    free = (Device.model == model) & (Device.status == DeviceStatus.IN_STOCK)
    return [*Device.select().where(free).order_by(Device.number)]


def _add(bench: Bench, slug: str, **answers: Any) -> Any:
    return records.add(catalogue.find(slug), answers, bench.next())


def _write(on: Occasion, answers: list[dict[str, Any]]) -> None:
    register = catalogue.find("devices")
    with recording(on.by, on.at) as trace:
        insert_many(trace, register, answers, on, number=next_number(register, on.by))
