"""stub"""
from dataclasses import dataclass
from datetime import timedelta
from models.vocabulary import BreachPart
@dataclass(frozen=True)
class Step:
    part: BreachPart
    words: str
    post: str = ""
    within: timedelta | None = None
    contact: str = ""
@dataclass(frozen=True)
class Playbook:
    steps: tuple[Step, ...]
def playbook(kind, school):
    return Playbook((Step(BreachPart.CONTAIN,"Ask everybody who got it to delete it.","",timedelta(hours=1)),Step(BreachPart.CONTAIN,"Switch the link off."),Step(BreachPart.FIND_OUT,"Who has it?"),Step(BreachPart.FIND_OUT,"What was in it?"),Step(BreachPart.TELL,"Tell the data protection officer.",contact="dpo"),Step(BreachPart.TELL,"Tell the ICO.",within=timedelta(hours=72),contact="ico"),Step(BreachPart.PREVENT,"Use links instead of attachments.")))
