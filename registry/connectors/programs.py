"""Every program that can be asked, by its name."""

from collections.abc import Callable, Iterator
from typing import Any

from models.vocabulary.device_programs import DeviceProgram
from registry.connectors import google, graph, jamf_pro, jamf_school
from registry.connectors.credentials import KINDS, Credentials
from registry.connectors.pages import Page

FETCHES: dict[DeviceProgram, Callable[..., Iterator[Page]]] = {
    DeviceProgram.INTUNE: graph.fetch,
    DeviceProgram.GOOGLE: google.fetch,
    DeviceProgram.JAMF_PRO: jamf_pro.fetch,
    DeviceProgram.JAMF_SCHOOL: jamf_school.fetch,
}


def opened(program: DeviceProgram, kept: str) -> Credentials:
    """The credentials of a program from the text in which they are kept. Raises Unusable."""
    return KINDS[program].from_json(kept)


def fetch(program: DeviceProgram, kept: str, **how: Any) -> Iterator[Page]:
    """Every page of a program, with its credentials from the text in which they are kept. Raises Unusable and NotAnswered."""
    return FETCHES[program](opened(program, kept), **how)
