"""The form of a comment: what was typed, and which colleagues can be told."""

from collections.abc import Sequence
from uuid import UUID

from werkzeug.datastructures import MultiDict

from registry.actor import Actor
from registry.definition import Register
from registry.talk.comments import LONGEST, Written, to_be_told
from registry.talk.thread import Said
from web.plain_forms import Asked, Form
from web.rendering import lower_first, plural

HINT = "Your colleagues who may see this record read it. You can also name somebody in it, such as @{}, and they are told."
TOLD = "They find it at the bell, at the top of every page. Only colleagues who may see this record can be told."


def draft_place(record: UUID) -> str:
    """Where the draft of a comment on a record is kept."""
    return f"comment on {record.hex}"


def blank_form(register: Register, by: Actor, said: Sequence[Said]) -> Form:
    """A form for one comment more; whoever spoke last is to be told, for most comments are answers."""
    form = _form(register, by)
    last = next((each.author_id.hex for each in reversed(said) if each.withdrawn_at is None), "")
    if "tell" in form:
        form.tell.value = [value for value, _label, _hint in form.tell.options if value == last]
    return form


def sent_form(register: Register, by: Actor, sent: "MultiDict[str, str]") -> Form:
    """The form as somebody sent it, or left it as a draft."""
    form = _form(register, by)
    form.text.value = sent.get("text", "")[: 2 * LONGEST]
    if "tell" in form:
        form.tell.value = sent.getlist("tell")
    return form


def chosen(form: Form) -> list[UUID]:
    """The colleagues ticked in a form, of those who were offered, or might have been when it was opened."""
    return [UUID(hex=each) for each in form.tell.value if _is_id(each)] if "tell" in form else []


def tell_of(written: Written) -> str:
    """What became of a comment, without a name: the line about it travels in a cookie."""
    told = f"{plural(written.told, 'colleague is', 'colleagues are')} told." if written.told else "Nobody is told."
    if not written.left_out:
        return f"Your comment stands below. {told}"
    left_out, are = plural(written.left_out, "person", "people"), "is" if written.left_out == 1 else "are"
    return f"Your comment stands below. {told} {left_out} you chose may not read this now and {are} not told."


def _form(register: Register, by: Actor) -> Form:
    people = to_be_told(register, by)
    questions = [Asked(name="text", label="Add a comment", kind="text")]
    if people:
        questions[0].hint = HINT.format(people[0].name)
        options = [(each.id.hex, f"{each.name}, {lower_first(each.role.label)}", None) for each in people]
        questions.append(Asked(name="tell", label="Tell", kind="choices", hint=TOLD, options=options, value=[]))
    return Form(questions)


def _is_id(text: str) -> bool:
    return len(text) == 32 and set(text) <= set("0123456789abcdef")
