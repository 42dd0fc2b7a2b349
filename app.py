"""Safehold as a web program: settings, vault and database first, then what stands around every page, then the pages."""

import os
import sys

from flask import Blueprint, Flask
from flask.cli import ScriptInfo

import commands
from models import file_store, heads, vault
from models.base import db
from models.database import database_at
from models.file_store import NoSuchStore
from models.secret_file import KeyDoesNotOpen, open_vault
from registry.files import virus_scan
from registry.hooks import calling
from settings import PROJECT, Settings, SettingsError
from web import (
    account,
    answers_file,
    api,
    api_help,
    asking,
    attachments,
    batches,
    breach_assess,
    breach_closing,
    breach_decide,
    breach_parties,
    breach_people,
    breach_picture,
    breach_plan,
    breach_report,
    breach_steps,
    breach_times,
    breaches,
    calendar,
    chrome,
    class_sheet,
    comments,
    connections,
    consent_check,
    consent_coverage,
    consent_grid,
    converters,
    csrf,
    device_differences,
    device_disposals,
    device_labels,
    device_lists,
    device_losses,
    device_programs,
    device_rules,
    dictionary,
    dpia_beginning,
    dpia_file,
    dpia_sending,
    dpias,
    errors,
    files,
    findings,
    fleet,
    forms,
    guard,
    hand_over,
    hand_over_year,
    headers,
    history,
    holds,
    home,
    identity,
    imports,
    incoming,
    jobs,
    keeping_drafts,
    letters,
    limits,
    linked,
    log,
    logo,
    mail,
    minimising,
    notices,
    pages,
    papers,
    parent_signing,
    people,
    public_answers,
    publishing,
    receipts,
    rechecking,
    records_disposals,
    rendering,
    reporting,
    retention,
    roll,
    saved_views,
    schools,
    search,
    set_up,
    starter,
    stock_takes,
    take_back,
    term_dates,
    together,
    tokens,
    versions,
    webhooks,
    withdrawing,
    worked_out,
)
from web import help as help_pages
from web.log import Program

PAGES: tuple[Blueprint, ...] = (
    identity.blueprint,
    set_up.blueprint,
    home.blueprint,
    findings.blueprint,
    account.blueprint,
    tokens.blueprint,
    calendar.blueprint,
    people.blueprint,
    schools.blueprint,
    logo.blueprint,
    starter.blueprint,
    help_pages.blueprint,
    api_help.blueprint,
    pages.blueprint,
    together.blueprint,
    saved_views.blueprint,
    batches.blueprint,
    forms.blueprint,
    linked.blueprint,
    comments.blueprint,
    notices.blueprint,
    mail.blueprint,
    letters.blueprint,
    webhooks.blueprint,
    jobs.blueprint,
    versions.blueprint,
    worked_out.blueprint,
    history.blueprint,
    imports.blueprint,
    attachments.blueprint,
    files.blueprint,
    search.blueprint,
    dictionary.blueprint,
    papers.blueprint,
    consent_check.blueprint,
    consent_grid.blueprint,
    class_sheet.blueprint,
    answers_file.blueprint,
    consent_coverage.blueprint,
    asking.blueprint,
    public_answers.blueprint,
    publishing.blueprint,
    rechecking.blueprint,
    roll.blueprint,
    withdrawing.blueprint,
    term_dates.blueprint,
    breaches.blueprint,
    breach_steps.blueprint,
    breach_report.blueprint,
    breach_times.blueprint,
    breach_assess.blueprint,
    breach_decide.blueprint,
    breach_closing.blueprint,
    breach_people.blueprint,
    breach_parties.blueprint,
    reporting.blueprint,
    breach_plan.blueprint,
    breach_picture.blueprint,
    hand_over.blueprint,
    hand_over_year.blueprint,
    parent_signing.blueprint,
    device_losses.blueprint,
    device_disposals.blueprint,
    stock_takes.blueprint,
    device_labels.blueprint,
    device_rules.blueprint,
    fleet.blueprint,
    take_back.blueprint,
    receipts.blueprint,
    device_lists.blueprint,
    device_differences.blueprint,
    device_programs.blueprint,
    retention.blueprint,
    minimising.blueprint,
    records_disposals.blueprint,
    holds.blueprint,
    dpias.blueprint,
    dpia_beginning.blueprint,
    dpia_file.blueprint,
    dpia_sending.blueprint,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The program for one installation. Raises SettingsError, NoSuchStore or KeyDoesNotOpen with a sentence before anything is written.

    Tables that are missing are not made here: `flask migrate` does that.
    """
    settings = settings or Settings.from_environment(os.environ)
    open_house(settings)
    app = Program(__name__, root_path=str(PROJECT), static_folder="static", template_folder="templates")
    app.extensions["settings"] = settings
    app.testing = settings.testing
    app.secret_key = vault.current().session_key
    app.config.update(
        SESSION_COOKIE_NAME="safehold-demo" if settings.demo else "safehold",  # cookies do not tell ports apart
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        MAX_CONTENT_LENGTH=settings.upload_mb * 1024 * 1024,
        MAX_FORM_PARTS=5_000,
        TEMPLATES_AUTO_RELOAD=False,
    )
    surround(app, settings)
    for page in PAGES:
        app.register_blueprint(page)
    api.init_app(app)
    commands.init_app(app)
    return app


def open_house(settings: Settings) -> None:
    """Open the database and the vault, and say where the heads of the trace and the files are kept."""
    db.initialize(database_at(settings.database_url, settings.synchronous))
    vault.unlock(open_vault(settings.secret, settings.secret_file))
    heads.open_folder(settings.heads_folder)
    file_store.open_store(settings.files)
    virus_scan.use(settings.clamd)
    calling.allow_here(settings.channels_here, nobody=settings.demo)


def surround(app: Flask, settings: Settings) -> None:
    """Everything that is true of each page; the order is the order in which requests pass."""
    log.start()
    converters.init_app(app)
    rendering.init_app(app)
    app.before_request(errors.name_request)
    headers.init_app(app, settings.https)
    connections.init_app(app)
    guard.init_app(app)
    limits.init_app(app)
    incoming.init_app(app)
    csrf.init_app(app)
    chrome.init_app(app)
    keeping_drafts.init_app(app)
    errors.init_app(app)


def main() -> None:
    """Run one of the commands; what stands in the way of starting is said in a sentence."""
    try:
        app = create_app()
    except (SettingsError, KeyDoesNotOpen, NoSuchStore) as problem:
        sys.exit(str(problem))
    app.cli.main(prog_name="safehold", obj=ScriptInfo(create_app=lambda: app))


if __name__ == "__main__":
    main()
