"""Whether people who are told of a breach will understand it (UK GDPR Article 34(2): clear and plain language).

Long sentences and the words of offices are pointed out, with a plainer word. No reading age is given: a page is too short for one to be true.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.vocabulary import Words

MOST_WORDS = 25
"""Words in a sentence that most people follow at the first reading."""
SHOWN = 60
"""Letters of a long sentence that are shown, so that it can be found."""

PLAINER = {
    "data subject": "person, or you",
    "data subjects": "people, or you",
    "data controller": "the school",
    "data processor": "a supplier of the school",
    "personal data breach": "what happened to your information",
    "personal data": "information about you",
    "unauthorised disclosure": "seen by, or sent to, somebody who should not have it",
    "unauthorised access": "seen or opened by somebody who should not",
    "supervisory authority": "the regulator",
    "special category data": "health, faith and other sensitive information",
    "third party": "somebody else",
    "third parties": "others",
    "pursuant to": "under",
    "in accordance with": "as … says",
    "in respect of": "about",
    "with regard to": "about",
    "with respect to": "about",
    "in relation to": "about",
    "regarding": "about",
    "in the event that": "if",
    "in the event of": "if there is",
    "in order to": "to",
    "due to the fact that": "because",
    "at this point in time": "now",
    "prior to": "before",
    "subsequent to": "after",
    "subsequently": "later",
    "consequently": "so",
    "notwithstanding": "even so",
    "forthwith": "at once",
    "hereby": "nothing: leave it out",
    "herein": "here",
    "thereof": "of it",
    "aforementioned": "this",
    "commence": "begin",
    "commenced": "began",
    "terminate": "end",
    "utilise": "use",
    "utilised": "used",
    "endeavour": "try",
    "ascertain": "find out",
    "ascertained": "found out",
    "expedite": "do sooner",
    "facilitate": "help",
    "implement": "put in place",
    "implemented": "put in place",
    "rectify": "put right",
    "rectified": "put right",
    "mitigate": "make smaller",
    "mitigated": "made smaller",
    "remedial action": "what we have done about it",
    "remedial measures": "what we have done about it",
    "inadvertently": "by mistake",
    "erroneously": "by mistake",
    "compromised": "seen, taken or changed",
    "exfiltrated": "copied and taken",
    "disclosed": "shown, sent or told",
    "requisite": "needed",
    "incident": "what happened",
}
"""Words of offices and of the law, with those that everybody uses."""


class RemarkKind(Words):
    """What makes a text hard to read."""

    LONG = "long", "A long sentence"
    OFFICIAL = "official", "A word of offices"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that could be said more plainly: the words as they stand, and what to do about them."""

    kind: RemarkKind
    words: str
    advice: str


_OFFICIAL = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, PLAINER), key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
_WORD = re.compile(r"\w[\w'’-]*")
_END = re.compile(r"[.!?]+[\"”’)\]]*(?=\s|\Z)")
_SHORTENED = re.compile(r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|no|e\.g|i\.e|\w)\.$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def remarks(text: str) -> tuple[Remark, ...]:
    """Everything in a text that could be said more plainly: first the sentences that are too long, then the words, each once."""
    found = [*map(_long, filter(_is_long, sentences(text))), *_official(text)]
    return tuple(dict.fromkeys(found))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; the end of a line ends one as well."""
    for line in text.splitlines():
        begun = 0
        for end in _END.finditer(line):
            if not _SHORTENED.search(line[max(0, end.start() - 6) : end.start() + 1]):
                yield line[begun : end.end()].strip()
                begun = end.end()
        if rest := line[begun:].strip():
            yield rest


def _is_long(sentence: str) -> bool:
    return _length(sentence) > MOST_WORDS


def _length(sentence: str) -> int:
    return len(_WORD.findall(sentence))


def _long(sentence: str) -> Remark:
    shown = sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN].rsplit(' ', 1)[0]} …"
    return Remark(RemarkKind.LONG, shown, f"{_length(sentence)} words: make two sentences of it, of {MOST_WORDS} words or fewer.")


def _official(text: str) -> Iterator[Remark]:
    for found in _OFFICIAL.finditer(_SPACE.sub(" ", text)):
        words = found[0].lower()
        yield Remark(RemarkKind.OFFICIAL, words, f"Plainer: {PLAINER[words]}.")
