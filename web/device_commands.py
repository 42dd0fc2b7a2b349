"""Lists of devices from the terminal, for whoever exports them by a program of their own."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from exports import device_list
from exports.device_list import DeviceList
from exports.unreadable import Unreadable
from models import doors
from models.school import School
from registry.actor import Actor
from registry.devices import importing
from registry.devices.comparing import Judged, Verdict
from registry.devices.importing import Listed, Preview
from registry.occasion import Occasion
from registry.rules.device_headings import FIELDS
from registry.rules.local_time import in_zone
from registry.school.schools import facts_of
from web.rendering import ZONE

ROBOT = "import-devices"
ANSWER = "Nothing was saved. Answer with --day-first or --month-first, or name the columns with --column “Heading=serial”."


@dataclass(frozen=True)
class Asked:
    """What was asked of the command beside the file."""

    day_first: bool | None
    columns: tuple[str, ...]


@click.command("import-devices")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--school", "urn", required=True, metavar="URN", help="The school whose devices these are.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and save nothing.")
@click.option("--day-first/--month-first", default=None, help="How days are written, where the list does not show it.")
@click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD", help=f"What a column of an unknown list says: {', '.join(FIELDS)}.")
@with_appcontext
def import_devices(file: Path, urn: str, *, dry_run: bool, day_first: bool | None, columns: tuple[str, ...]) -> None:
    """Bring in a list of devices from a management program or an asset register, and print as JSON what became of it."""
    school = _school(urn)
    brought = _read(file, Asked(day_first, columns))
    if brought.dropped_secrets:
        click.echo(f"Never read, because they hold secrets: {', '.join(brought.dropped_secrets)}.", err=True)
    at = datetime.now(UTC)
    occasion = Occasion(Actor.robot(ROBOT, school.id), at, facts_of(school, in_zone(at, ZONE).date()))
    listed = Listed(source=brought.recognised_as, rows=brought.rows, digest=brought.digest, twice=brought.twice)
    is_saved = not dry_run and not brought.questions
    with doors.looking_at(school.id):
        preview = importing.save(listed, occasion)[0] if is_saved else importing.judge(listed, occasion)
    click.echo(json.dumps(_said(brought, preview, is_saved=is_saved), ensure_ascii=False, indent=2))
    if brought.questions:
        raise click.ClickException(" ".join((*brought.questions, ANSWER)))


def _school(urn: str) -> School:
    found = list(School.select().where(School.urn == urn.strip()))
    if len(found) != 1:
        why = "No school here has" if not found else "Several schools here have"
        raise click.ClickException(f"{why} the URN {urn}. It stands on the page of the school.")
    school: School = found[0]
    return school


def _read(file: Path, asked: Asked) -> DeviceList:
    mapping = _mapping(asked.columns)
    try:
        return device_list.read(file.read_bytes(), file.name, day_first=asked.day_first, mapping=mapping)
    except OSError as problem:
        raise click.ClickException(f"{file.name} cannot be read: {problem.strerror}.") from None
    except Unreadable as problem:
        raise click.ClickException(problem.sentence) from None


def _mapping(columns: tuple[str, ...]) -> dict[str, str] | None:
    """By heading, what its column says."""
    pairs = [each.rpartition("=") for each in columns]
    for heading, _sign, field in pairs:
        if not heading or field not in FIELDS:
            raise click.ClickException(f"“{heading or field}” is not named as HEADING=FIELD. A field is one of: {', '.join(FIELDS)}.")
    return {heading: field for heading, _sign, field in pairs} or None


def _said(brought: DeviceList, preview: Preview, *, is_saved: bool) -> dict[str, Any]:
    counts = preview.counts
    refused = [*((each.line, each.sentence) for each in brought.refused), *_lines(preview, "sentence")]
    return {
        "recognised_as": brought.recognised_as.value,
        "new": counts[Verdict.NEW],
        "changed": counts[Verdict.CHANGED],
        "unchanged": counts[Verdict.UNCHANGED],
        "refused": len(refused),
        "continuation_rows": brought.continuation_rows,
        "saved": is_saved,
        "duplicates": len(brought.duplicates),
        "clashes": preview.clashes,
        "dropped_secrets": list(brought.dropped_secrets),
        "refused_rows": [{"line": line, "why": why} for line, why in sorted(refused)],
        "clashing_rows": [{"line": line, "why": why} for line, why in _lines(preview, "clash")],
        "notes": list(brought.notes),
        "questions": list(brought.questions),
    }


def _lines(preview: Preview, what: str) -> list[tuple[int, str]]:
    def told(each: Judged) -> str:
        return str(getattr(each, what))

    return [(each.row.line, told(each)) for each in preview.judged if told(each)]


COMMANDS = (import_devices,)
