"""What is done from a terminal: serving, migrating, verifying the trace. Each is also safe to run from cron."""

import threading
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from playhouse.migrations import Runner

from models import file_store, vault
from models.base import db
from models.school import Installation
from models.secret_file import KeyDoesNotOpen, add_key, note_key
from models.statements import learn_sizes
from models.turns import one_at_a_time
from registry import demonstration
from registry.accounts import links
from registry.accounts.links import Purpose
from registry.catalogue import REGISTERS
from registry.definition import Register
from registry.files import arriving, file_check
from registry.importing import uploads
from registry.jobs import jobs
from registry.school.schools import is_set_up
from registry.search import search_entries
from registry.trace import resealing, verification
from settings import PROJECT, Settings
from web import device_commands, job_commands, limits, runner, sealed_bodies

MIGRATIONS = PROJECT / "migrations"


class NewerDatabase(click.ClickException):
    """The database has been through migrations that this version of the program does not know."""


def init_app(app: Flask) -> None:
    """Offer every command under `flask --app app`."""
    own = (serve, serve_jobs, migrate, verify_audit, check_files, rotate_keys, rebuild_search, set_up_link)
    for command in (*own, *job_commands.COMMANDS, *device_commands.COMMANDS):
        app.cli.add_command(command)


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def prepare(settings: Settings) -> None:
    """Bring the database to this version of the program; fill it when it is the demonstration's. Of two starts at once, one waits."""
    with one_at_a_time():
        done = _migrate()
        note_key(vault.current(), datetime.now(UTC))
        uploads.forget_old(datetime.now(UTC))
        arriving.sweep(datetime.now(UTC))
        if done:
            click.echo(f"Database brought up to date: {', '.join(done)}.")
        if outdated := search_entries.outdated():
            _rebuild_search(outdated)
        if settings.demo:
            _fill(settings)
        search_entries.catch_up_everywhere()
        learn_sizes()


def _fill(settings: Settings) -> None:
    """Fill the demonstration once; it is one only when it is whole."""
    if Installation.get().demonstration:
        return
    if is_set_up():
        where = settings.data_folder
        raise click.ClickException(f"The demonstration was stopped while it was being filled. Delete the folder {where}, then start it again.")
    click.echo("Filling the demonstration with invented schools, people and records ...")
    demonstration.fill(settings.password_memory_kib)
    Installation.update(demonstration=True).execute()


def _migrate() -> list[str]:
    runner = Runner(db.obj, str(MIGRATIONS))
    known = {path.stem for path in MIGRATIONS.glob("[0-9]*.py")}
    newer = sorted(set(runner.applied()) - known)
    if newer:
        raise NewerDatabase(
            f"This database was used by a newer version of Safehold (it knows {newer[-1]}). Start that version, or restore the backup made before it."
        )
    return list(runner.up())


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database to this version of the program."""
    prepare(_settings())
    click.echo("The database is up to date.")


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@with_appcontext
def serve(port: int | None, no_browser: bool) -> None:
    """Prepare the data, then answer requests until stopped."""
    settings = _settings()
    prepare(settings)
    port = port or settings.port
    address = f"http://{settings.address}:{port}"
    try:
        server = sealed_bodies.create_server(
            current_app._get_current_object(),  # type: ignore[attr-defined]
            host=settings.address,
            port=port,
            threads=settings.threads,
            ident=None,
            clear_untrusted_proxy_headers=True,
            max_request_body_size=limits.most_over_the_wire(max(settings.upload_mb, settings.file_mb)),
            **_proxy(settings),
        )
    except OSError as problem:
        raise click.ClickException(f"Cannot listen on port {port}: {problem.strerror}. Choose another: --port {port + 1}") from None
    page = address if is_set_up() else f"{address}/set-up/{links.make(Purpose.SET_UP, datetime.now(UTC))}"
    _greet(address, page, settings)
    if not no_browser:
        threading.Timer(0.5, webbrowser.open, [page]).start()
    running = runner.begin() if settings.runner == "inside" else None
    try:
        server.run()
    finally:
        if running is not None:
            running.end()


@click.command("jobs")
@with_appcontext
def serve_jobs() -> None:
    """Send letters and do the work of the night until stopped, apart from the serving program, which then has SAFEHOLD_RUNNER=apart."""
    prepare(_settings())
    click.echo(f"Doing jobs: {', '.join(job.name for job in jobs.JOBS)}. Stop it with Ctrl-C.")
    runner.serve_apart()


def _proxy(settings: Settings) -> dict[str, object]:
    if settings.trusted_proxy is None:
        return {}
    return {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_count": 1, "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto"}


def _greet(address: str, page: str, settings: Settings) -> None:
    if page != address:
        click.echo("\nThis installation has no school yet. Set it up with this address, which works once and for seven days:")
        click.echo(f"\n    {page}\n")
        if settings.secret is None:
            click.echo(f"The key to everything personal is in {settings.secret_file}.")
            click.echo("Keep a copy of it apart from the database: without it nothing opens.")
    click.echo(f"Safehold is ready on {address}{' (demonstration)' if settings.demo else ''}. Stop it with Ctrl-C.")


@click.command("set-up-link")
@with_appcontext
def set_up_link() -> None:
    """Print a new one-time address for setting up the first school."""
    if is_set_up():
        raise click.ClickException("This installation has a school already. Invite people from its People page.")
    click.echo(f"http://{_settings().address}:{_settings().port}/set-up/{links.make(Purpose.SET_UP, datetime.now(UTC))}")


@click.command("verify-audit")
@click.option("--rows", is_flag=True, help="Compare every record with its seal as well.")
@with_appcontext
def verify_audit(rows: bool) -> None:
    """Check that nobody changed the history, or (with --rows) the records, behind the program's back."""
    faults: list[verification.Fault] = []
    total = verification.entry_count()
    with click.progressbar(length=total, label=f"Checking {total:,} entries") as bar:
        for chain in verification.chains():
            faults += verification.verify_chain(chain, bar.update)
    if rows:
        with click.progressbar(length=verification.row_count(), label="Comparing records with their seals") as bar:
            faults += verification.verify_rows(bar.update)
    for fault in faults:
        click.echo(f"FAULT  {fault.message}", err=True)
    if rows:
        job_commands.note("verify-audit", len(faults))
    if faults:
        raise click.ClickException(f"{len(faults)} faults. Keep the database as it is, and tell whoever answers for data protection.")
    click.echo(f"Nothing altered: {total:,} entries{' and every record' if rows else ''} are as the program wrote them.")


@click.command("check-files")
@with_appcontext
def check_files() -> None:
    """Open every file of every record and hold it against what is known of it, and clear what uploads left behind; for a nightly job."""
    swept = arriving.sweep(datetime.now(UTC))
    count, size = file_check.totals()
    try:
        with click.progressbar(length=size, label=f"Checking {count:,} files") as bar:
            faults = list(file_check.check(bar.update))
    except file_store.OutOfReach as problem:
        raise click.ClickException(str(problem)) from None
    if swept:
        click.echo(f"{swept} uploads or removals had been cut short; what they left behind is gone.")
    for fault in faults:
        click.echo(f"FAULT  {fault.message}", err=True)
    job_commands.note("check-files", len(faults))
    if faults:
        raise click.ClickException(f"{len(faults)} faults. Keep database and store as they are, and tell whoever answers for data protection.")
    click.echo(f"Nothing missing and nothing altered: {count:,} files are as they were added.")


@click.command("rotate-keys")
@with_appcontext
def rotate_keys() -> None:
    """Make a new key and seal everything personal with it, while the program runs. Stopped half-way, it goes on when run again."""
    now = datetime.now(UTC)
    number = _newest_key(_settings(), now)
    uploads.forget_old(now)
    rows = resealing.older_count()
    with click.progressbar(length=rows, label=f"Sealing {rows:,} rows with key {number}") as bar:
        left = resealing.reseal(now, bar.update)
    for fault in left:
        click.echo(f"LEFT  {fault.message}", err=True)
    if left:
        raise click.ClickException(f"{len(left)} rows were left as they are, sealed with an older key. Look at them with verify-audit --rows.")
    if saved := resealing.older_count():
        raise click.ClickException(f"{saved} rows were saved with an older key meanwhile. Run this again.")
    click.echo(f"Everything personal is sealed with key {number}.")
    click.echo("Keep the older keys: they open the old values in the history. Copy all keys anew to where you keep your copy of the secret.")


def _newest_key(settings: Settings, now: datetime) -> int:
    """The number of the key that is to seal everything: a new one, unless the newest is not everywhere yet."""
    keys = vault.current()
    with one_at_a_time():
        keys.learn()  # another run may have made one since this one was started
        if resealing.older_count():
            click.echo(f"Going on with key {keys.sealing_number}, which is not everywhere yet. For another new key, run this again afterwards.")
        else:
            click.echo(f"Made key {_make_key(settings)}. It stands in {settings.secret_file}.")
            keys.learn()
        note_key(keys, now)
    return keys.sealing_number


def _make_key(settings: Settings) -> int:
    line = f"a line “{vault.current().sealing_number + 1} ” and 64 random hexadecimal digits"
    if settings.secret is not None:
        raise click.ClickException(
            f"The secret stands in SAFEHOLD_SECRET, which this command cannot change. Add {line} to it there (a secret without numbers first"
            " becomes “1 ” and its bytes in hexadecimal), start Safehold with both lines everywhere, then run this again."
        )
    try:
        return add_key(settings.secret_file)
    except (OSError, KeyDoesNotOpen) as problem:
        raise click.ClickException(f"{settings.secret_file} cannot be written ({problem}). Add {line} to it yourself, then run this again.") from None


@click.command("rebuild-search")
@with_appcontext
def rebuild_search() -> None:
    """Make the words by which everything is searched anew, and leave nothing of what was erased; people can work meanwhile."""
    _rebuild_search(REGISTERS)
    click.echo("The search knows every record as it is.")


def _rebuild_search(registers: Sequence[Register]) -> None:
    total = search_entries.record_count(registers)
    if not total:
        search_entries.rebuild(registers)
        return
    with click.progressbar(length=total, label=f"Reading {total:,} records for the search") as bar:
        search_entries.rebuild(registers, bar.update)
