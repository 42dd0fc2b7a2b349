"""Connections to device-management programs: what to grant and why, what was entered once and is never shown again, and how far the asking is."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.mdm import MdmConnection
from models.vocabulary.device_programs import DeviceProgram
from registry.access import Permission
from registry.connectors.credentials import KINDS, Credentials, GoogleCredentials, Unusable
from registry.connectors.permissions import GUIDES, Guide
from registry.devices import programs
from registry.devices.programs import Progress
from registry.jobs import jobs as every_job
from registry.records import NotFound
from web import runner
from web.chrome import tell
from web.guard import current_actor, needs, now
from web.limits import takes_files
from web.pages import occasion
from web.plain_forms import Asked, Form

blueprint = Blueprint("device_programs", __name__, url_prefix="/devices/lists/programs")

KEY_FILE = "private_key"
SECRETS = frozenset({"secret", "api_key"})
AT = "The address at which you open it, such as https://yourschool.jamfcloud.com"
FIELDS: dict[DeviceProgram, tuple[tuple[str, str, str], ...]] = {
    DeviceProgram.INTUNE: (
        ("tenant", "Directory (tenant) ID", "From the overview of the app in Entra."),
        ("client_id", "Application (client) ID", "From the same page."),
        ("secret", "Client secret", "Its value, not its ID."),
    ),
    DeviceProgram.GOOGLE: (("subject", "Address of the administrator", "As whom the service account reads."),),
    DeviceProgram.JAMF_PRO: (
        ("address", "Address of Jamf Pro", AT),
        ("client_id", "Client ID", "Of the API client called Safehold."),
        ("secret", "Client secret", "As it was shown once."),
    ),
    DeviceProgram.JAMF_SCHOOL: (
        ("address", "Address of Jamf School", AT),
        ("network_id", "Network ID", "From Devices, Enrol device(s)."),
        ("api_key", "API key", "Of the key called Safehold."),
    ),
}


@dataclass(frozen=True)
class ProgramLine:
    """One program as the page of all shows it."""

    program: DeviceProgram
    row: MdmConnection | None

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return programs.progress_of(self.row) if self.row else Progress()

    @property
    def is_going_on(self) -> bool:
        """Whether it is being asked, or will be within minutes."""
        return self.row is not None and programs.is_unfinished(self.row) and not self.progress.is_stopped and not self.row.trouble


@blueprint.get("")
@needs(Permission.READ_DEVICE_LISTS)
def page() -> ResponseReturnValue:
    """Every program, whether it is connected, and what came of asking it last."""
    known = programs.connections(current_actor())
    lines = [ProgramLine(program, known.get(program)) for program in DeviceProgram]
    shown = render_template("devices/lists/programs.html", lines=lines)
    return (shown, {"Refresh": "10"}) if any(line.is_going_on for line in lines) else shown


@blueprint.get("/<name>")
@needs(Permission.READ_DEVICE_LISTS)
def one(name: str) -> ResponseReturnValue:
    """What to grant in one program, why, and the form for what it gives."""
    program = _program(name)
    return _one_page(program, _form(program))


@blueprint.post("/<name>")
@needs(Permission.READ_DEVICE_LISTS)
@takes_files
def connect(name: str) -> ResponseReturnValue:
    """Keep what lets us in, sealed."""
    program = _program(name)
    form = _form(program)
    try:
        credentials = _credentials(program, form)
    except Unusable as problem:
        _blame(form, problem)
        return _one_page(program, form), 422
    programs.connect(program, credentials, occasion())
    tell("success", f"{program.label} is connected. What you entered is sealed, and is not shown again.")
    return redirect(url_for("device_programs.page"), 303)


@blueprint.post("/<name>/ask")
@needs(Permission.READ_DEVICE_LISTS)
def ask(name: str) -> ResponseReturnValue:
    """Have a program asked now."""
    programs.ask(_program(name), occasion())
    job = every_job.find("ask-programs")
    if job is not None:
        runner.ask(job, now())
    tell("information", "It is asked within the next minutes. You may go on with other things.")
    return redirect(url_for("device_programs.page"), 303)


@blueprint.post("/<name>/remove")
@needs(Permission.READ_DEVICE_LISTS)
def remove(name: str) -> ResponseReturnValue:
    """Forget what lets us in."""
    program = _program(name)
    programs.disconnect(program, occasion())
    tell("success", f"{program.label} is asked no more, and what let us in is deleted. Take its permission away there as well.")
    return redirect(url_for("device_programs.page"), 303)


def _program(name: str) -> DeviceProgram:
    found = next((each for each in DeviceProgram if each == name), None)
    if found is None:
        raise NotFound("There is no such program.")
    return found


def _form(program: DeviceProgram) -> Form:
    asked = [Asked(name=name, label=label, hint=hint, autocomplete="off", required=True) for name, label, hint in FIELDS[program]]
    key = Asked(name=KEY_FILE, label="The key of the service account", hint="The JSON file that Google Cloud gave.", required=True)
    return Form([*asked, key] if program is DeviceProgram.GOOGLE else asked)


def _credentials(program: DeviceProgram, form: Form) -> Credentials:
    typed = form.take()
    if program is not DeviceProgram.GOOGLE:
        return KINDS[program].typed(typed)
    chosen = request.files.get(KEY_FILE)
    text = chosen.read().decode("utf-8", "replace") if chosen else ""
    return GoogleCredentials.from_key_file(text, typed["subject"])


def _blame(form: Form, problem: Unusable) -> None:
    for field, sentence in problem.messages.items():
        form.say(field if field in form else KEY_FILE if KEY_FILE in form else next(iter(form)), sentence)


def _one_page(program: DeviceProgram, form: Form) -> str:
    for name in SECRETS & form.keys():
        form[name].value = ""  # what was typed as a secret is never sent back
    guide: Guide = GUIDES[program]
    is_kept = program in programs.connections(current_actor())
    shown = {"guide": guide, "form": form, "errors": form.problems, "secrets": SECRETS, "key_file": KEY_FILE, "is_kept": is_kept}
    return render_template("devices/lists/program.html", **shown)
