"""Work that is cut short: `python -m tests.crashing WORK ADDRESS FOLDER SCHOOL USER` writes until it has finished or is killed."""

import itertools
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from models import doors, file_store, heads, vault
from models.records_disposal import RecordsDisposal
from models.roles import Role
from models.school import School
from models.secret_file import open_vault
from models.vocabulary import FileCategory, ImageDecision
from registry import records
from registry.actor import Actor
from registry.files import attachments
from registry.files.arriving import Arriving
from registry.files.attachments import Described
from registry.importing import imports, uploads
from registry.importing.reading import Reading
from registry.importing.uploads import FileRows
from registry.importing.verdicts import judge
from registry.many.bulk import insert_many
from registry.records import Occasion
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.images.publications import PUBLICATIONS
from registry.retention import erasing_records
from registry.school.schools import facts_of
from registry.trace import resealing
from registry.trace.audit import recording
from tests import databases
from tests.conftest import VAULT
from tests.people import NOW
from tests.pictured import a_carer, a_pupil, a_use, an_answer

ROWS = 3_000
LEAVERS = 60
HEADINGS = ("Name", "Owner", "Location")
COLUMNS = ("name", "owner", "location")


def say(word: str) -> None:
    """Tell the test how far the work is."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def import_a_file(occasion: Occasion) -> None:
    """Save thousands of rows in one go."""
    cells = [(f"Cupboard {number}", "Ola Brandt", "Corridor") for number in range(ROWS)]
    file = FileRows(HEADINGS, cells, list(range(2, ROWS + 2)), {}, (), "digest")
    upload = uploads.keep(ASSETS, file, occasion.by, occasion.at)
    shown = judge(ASSETS, file, Reading(COLUMNS), occasion.by).mark
    say("begins")
    imports.save(ASSETS, upload, Reading(COLUMNS), occasion, shown=shown)
    say("done")


def stay_in_the_middle(occasion: Occasion) -> None:
    """Write hundreds of records in a transaction that never comes to its end."""
    with recording(occasion.by, occasion.at) as trace:
        insert_many(trace, ASSETS, ({"name": f"Shelf {number}", "owner": "Ola Brandt"} for number in range(500)), occasion, number=1)
        say("begins")
        time.sleep(60)


def save_again_and_again(occasion: Occasion) -> None:
    """Change and link two records without end."""
    asset = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    activity = records.add(PROCESSING, {"name": "Admissions", "owner": "Ola Brandt"}, occasion)
    say("begins")
    for number in itertools.count():
        row = records.find(PROCESSING, activity.id, occasion.by)
        linked = (asset.id,) if number % 2 == 0 else ()
        records.change(PROCESSING, row, {"name": f"Admissions {number}", "assets": linked}, occasion)


def seal_again(occasion: Occasion) -> None:
    """Bring the newest key everywhere, a few rows at a time; it has begun when it has come to some of them."""
    resealing.AT_ONCE = 5
    words = itertools.chain(("begins",), itertools.repeat("goes on"))
    resealing.reseal(occasion.at, lambda _rows: say(next(words)))
    say("done")


def bring_files(occasion: Occasion) -> None:
    """Add files to a record without end, three pieces each; it has begun when the first is half-way."""
    row = records.add(ASSETS, {"name": "Paper files", "owner": "Ola Brandt"}, occasion)
    words = itertools.chain(("begins",), itertools.repeat("goes on"))
    for number in itertools.count():
        files = [Arriving(row.school_id, f"{number}-{place}.bin", occasion.at) for place in range(2)]
        for file in files:
            for piece in range(3):
                file.write(bytes([number % 256, piece]) * 512 * 1024)
                say(next(words))
        attachments.add(ASSETS, row, files, Described(FileCategory.OTHER), occasion=occasion)


def take_back_again_and_again(occasion: Occasion) -> None:
    """Publish a picture of somebody and write down that their yes was taken back, without end."""
    use = a_use(occasion)
    say("begins")
    for number in itertools.count():
        pupil = a_pupil(occasion, f"Pupil {number}")
        an_answer(occasion, pupil, use)
        told = {"name": f"Day out {number}", "use": use.id, "pupils": (pupil.id,)}
        records.add(PUBLICATIONS, told, occasion)
        an_answer(occasion, pupil, use, ImageDecision.WITHDRAWN)


def leavers(occasion: Occasion, many: int) -> list[UUID]:
    """Pupils who left years ago, each with a parent and an answer about pictures."""
    use = a_use(occasion)
    pupils = [a_pupil(occasion, f"Leaver {number}", status="left", left_on=date(2020, 7, 21)) for number in range(many)]
    for number, pupil in enumerate(pupils):
        parent = a_carer(occasion, f"Parent {number}", pupil)
        an_answer(occasion, pupil, use, carer=parent.id)
    return [pupil.id for pupil in pupils]


def carry_a_disposal_out(occasion: Occasion) -> None:
    """Erase the pupils on the one disposal there is, a few at a time; it goes on once the first are gone."""
    real, parts = erasing_records.erase, itertools.count()

    def telling(*args: Any, **kwargs: Any) -> Any:
        if next(parts) == 1:
            say("goes on")
        return real(*args, **kwargs)

    erasing_records.AT_ONCE, erasing_records.erase = 2, telling
    say("begins")
    erasing_records.carry_out(RecordsDisposal.get(), occasion)
    say("done")


WORK: dict[str, Callable[[Occasion], None]] = {
    "import": import_a_file,
    "middle": stay_in_the_middle,
    "save": save_again_and_again,
    "seal": seal_again,
    "files": bring_files,
    "take back": take_back_again_and_again,
    "erase": carry_a_disposal_out,
}


def main(work: str, address: str, folder: Path, ids: tuple[str, str]) -> None:
    """Do the work as the school's DPO, with the secret in a file where there is one."""
    heads.open_folder(folder)
    file_store.open_store(str(folder.parent / "files"))
    databases.use(address)
    key_file = folder.parent / "secret.key"
    vault.unlock(open_vault(None, key_file) if key_file.exists() else VAULT)
    school, user = (UUID(each) for each in ids)
    by = Actor("Dev Marchetti", user=user, role=Role.DPO, school=school)
    with doors.looking_at(school):
        WORK[work](Occasion(by, NOW, facts_of(School.get_by_id(school), NOW.date())))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), (sys.argv[4], sys.argv[5]))
