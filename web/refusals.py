"""A refusal for the role, noted in the trace whether a page or the API refused."""

from flask import g, request

from registry.trace.audit import Happened, recording


def note_refusal() -> None:
    """Note that the visitor was refused what this request asks for."""
    with recording(g.visitor.actor, g.now) as trace:
        trace.note(Happened.REFUSED, request.endpoint or "page")
