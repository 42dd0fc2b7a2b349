"""Programs asked through their connections: page by page into what differs, gone on with after a break, and never into anybody's custody."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from models import doors
from models.allocation import Allocation
from models.audit import AuditEntry
from models.device import Device
from models.mdm import MdmConnection, Sighting
from models.vocabulary import DeviceStatus, Ruling, YesNoUnknown
from models.vocabulary.device_programs import DeviceProgram
from registry.access import Forbidden
from registry.connectors import graph
from registry.connectors.credentials import GraphCredentials
from registry.connectors.manner import Manner
from registry.devices import programs, reconciling
from registry.devices.differences import Kind
from registry.devices.reconciling import Choice
from registry.records import NotFound
from registry.trace.verification import verify_chain, verify_rows
from tests.fakes import graph as fake_graph
from tests.fakes.serving import Fake, Mood, serving
from tests.people import NOW

INTUNE = DeviceProgram.INTUNE
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def server() -> Iterator[Fake]:
    """Microsoft on this computer."""
    mood = Mood()
    with serving(mood, fake_graph.graph(mood)) as found:
        yield found


@pytest.fixture
def microsoft(server: Fake, monkeypatch: pytest.MonkeyPatch) -> Mood:
    """The same with five devices on pages of two."""
    server.mood.forget()
    server.mood.devices = {"graph": [fake_graph.device(number) for number in range(1, 6)]}
    monkeypatch.setattr(graph, "PAGE_SIZE", 2)
    return server.mood


@pytest.fixture
def asked(server: Fake, at_work: Any) -> Callable[..., str]:
    """What asks every program that is due, some time later, without waiting."""

    def ask(later: timedelta = timedelta(0), **more: Any) -> str:
        manner = Manner(sleep=lambda _seconds: None, now=lambda: NOW + later, instead=server.address, **more)
        return programs.ask_everywhere(NOW + later, manner)

    return ask


@pytest.fixture
def connected(at_work: Any) -> None:
    """Ian has connected Intune and had it asked."""
    programs.connect(INTUNE, GraphCredentials(fake_graph.TENANT, fake_graph.CLIENT, fake_graph.SECRET), at_work("ian"))
    programs.ask(INTUNE, at_work("ian"))


def connection() -> Any:
    """The connection as it stands."""
    return MdmConnection.get()


@pytest.mark.usefixtures("connected")
def test_known_devices_are_kept_up_to_date_and_the_others_wait(microsoft: Mood, asked: Any, device: Any, at_work: Any, school: Any) -> None:
    device("Laptop 1", serial="5CD0001X")
    assert asked() == "1 programs asked, 1 read to the end."
    found = Device.get(Device.name == "Laptop 1")
    assert (found.encrypted, found.in_mdm, found.mdm_user) == (YesNoUnknown.YES, YesNoUnknown.YES, "pupil1@quillbrook.example")
    assert (found.status, Allocation.select().count(), Device.select().count()) == (DeviceStatus.IN_STOCK, 0, 1)
    so_far = programs.progress_of(connection())
    assert (so_far.many, so_far.new, so_far.place, connection().finished_at) == (5, 4, None, NOW)
    open_ones = [each for each in reconciling.open_differences(at_work("ian")) if each.kind is Kind.PROGRAM_ONLY]
    assert len(open_ones) == 4
    reconciling.settle(Choice(kind=Kind.PROGRAM_ONLY, many=4), Ruling.ADDED, at_work("ian"))
    assert asked(MINUTE) == "0 programs asked, 0 read to the end.", "until somebody asks, or the next night"
    entries = AuditEntry.select().count()
    assert asked(timedelta(days=1)) == "1 programs asked, 1 read to the end."
    assert AuditEntry.select().count() == entries + 3, "one for each page: nothing new was said of any device"
    assert {row.read_at for row in Sighting.select()} == {NOW + timedelta(days=1)}
    microsoft.devices["graph"].pop()
    asked(timedelta(days=2))
    gone = [each for each in reconciling.open_differences(at_work("ian", timedelta(days=2))) if each.kind is Kind.REGISTER_ONLY]
    assert [each.there for each in gone] == ["In no list since 24 November 2026"]
    assert [*verify_chain(school.id), *verify_rows()] == []


@pytest.mark.usefixtures("connected")
def test_what_broke_off_goes_on_where_it_stopped_and_misses_nothing_meanwhile(microsoft: Mood, asked: Any, device: Any, at_work: Any) -> None:
    for number in range(1, 6):
        device(f"Laptop {number}", serial=f"5CD000{number}X")
    asked()
    programs.ask(INTUNE, at_work("ian", MINUTE))
    microsoft.answer("", "503", "503")
    assert asked(MINUTE, tries=2) == "1 programs asked, 0 read to the end."
    assert connection().trouble.endswith("reading goes on from where it stopped.")
    assert programs.progress_of(connection()).many == 2
    assert not [each for each in reconciling.open_differences(at_work("ian", MINUTE)) if each.kind is Kind.REGISTER_ONLY], "half is not all"
    assert asked(2 * MINUTE) == "0 programs asked, 0 read to the end.", "it is left alone for a while"
    microsoft.forget_questions()
    assert asked(40 * MINUTE) == "1 programs asked, 1 read to the end."
    assert (connection().trouble, programs.progress_of(connection()).many) == (None, 5)
    assert len(microsoft.listed) == 2, "the first page is not asked for twice"


@pytest.mark.usefixtures("connected")
def test_what_somebody_must_mend_is_said_and_not_tried_again_and_again(microsoft: Mood, asked: Any, at_work: Any) -> None:
    microsoft.known["secret"] = "another"
    asked()
    assert "secret" in connection().trouble
    assert "s3cret" not in connection().trouble
    assert asked(timedelta(hours=5)) == "0 programs asked, 0 read to the end."
    programs.connect(INTUNE, GraphCredentials(fake_graph.TENANT, fake_graph.CLIENT, "another"), at_work("ian", MINUTE))
    programs.ask(INTUNE, at_work("ian", MINUTE))
    assert connection().trouble is None
    assert asked(MINUTE) == "1 programs asked, 1 read to the end."


@pytest.mark.usefixtures("connected", "microsoft")
def test_a_connection_is_of_one_school_and_of_its_it_provider(asked: Any, at_work: Any, other_school: Any) -> None:
    asked()
    with doors.looking_at(other_school.id):
        assert not Sighting.select().count() + MdmConnection.select().count() + Device.select().count()
    for key in ("hana", "ola", "tess"):
        with pytest.raises(Forbidden):
            programs.connections(at_work(key).by)
        with pytest.raises(Forbidden):
            programs.ask(INTUNE, at_work(key))
    programs.disconnect(INTUNE, at_work("ian"))
    with pytest.raises(NotFound):
        programs.ask(INTUNE, at_work("ian"))
    assert Sighting.select().count() == 5, "what it told stays"
