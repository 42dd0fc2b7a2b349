"""The parts of ENISA's method in the words of a school, so that somebody who has never scored a breach can choose."""

from models.vocabulary import DataSensitivity

ADJUSTMENTS: dict[DataSensitivity, dict[int, str]] = {
    DataSensitivity.SIMPLE: {
        0: "Nothing more can be read from it",
        1: "It shows how somebody lives, or about how well off they are",
        2: "Something sensitive can be guessed from it, such as a faith or an illness",
        3: "It touches the safety of a child or of somebody vulnerable, such as an address that must stay secret",
    },
    DataSensitivity.BEHAVIOURAL: {
        -1: "It tells next to nothing, or everybody could know it before",
        0: "It tells something of how somebody lives",
        1: "It draws a detailed picture of somebody",
        2: "It draws a picture of something sensitive",
    },
    DataSensitivity.FINANCIAL: {
        -2: "It tells nothing of anybody’s means",
        -1: "It tells a little, such as that somebody paid for a trip",
        0: "It tells of somebody’s means",
        1: "Somebody could be cheated with it, or it shows all of their means",
    },
    DataSensitivity.SENSITIVE: {
        -3: "It tells next to nothing, or everybody could know it before",
        -2: "It allows only a general guess",
        -1: "It allows a guess at something sensitive",
        0: "It says something sensitive about somebody",
    },
}
"""What moves each kind of data up or down within 1 to 4, and why."""

EASE_WORDS: dict[float, str] = {
    0.25: "Hardly at all: no names, and nothing that leads to anybody",
    0.5: "Seldom: somebody would have to look for more elsewhere",
    0.75: "Mostly: whoever knows the school can tell who it is",
    1.0: "At once: full names, pictures or numbers that belong to one person",
}
"""How easily people are recognised."""

CIRCUMSTANCE_WORDS: dict[str, dict[float, str]] = {
    "confidentiality": {
        0.0: "Nothing shows that anybody saw it",
        0.25: "People whom the school knows saw it or have it",
        0.5: "Nobody knows who saw it, or everybody could",
    },
    "integrity": {
        0.0: "Nothing was changed, or nothing came of it",
        0.25: "It was changed, somebody may have relied on it, and it can be put right",
        0.5: "It was changed, was relied on, and cannot be put right",
    },
    "availability": {
        0.0: "Nothing is gone, or it is back without difficulty",
        0.25: "It was or is gone for a time",
        0.5: "It is gone for good",
    },
    "malicious": {
        0.0: "No, or nothing points to it",
        0.5: "Yes: somebody meant to do harm or to gain by it",
    },
}
"""What happened to the data, and whether somebody meant it."""
