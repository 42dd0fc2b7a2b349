"""A workbook in the layout of the ICO's documentation template, recast as rows of our own: nothing in it is dropped without a word."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from exports import ico_words
from exports.columns import Wanted, guess
from exports.csv_headings import named_headings
from exports.ico_layout import SHEETS, IcoColumn, IcoSheet, is_offered
from exports.selection import REFERENCE_HEADING
from models.vocabulary import ActivityRole
from registry.cells import REFERENCE
from registry.definition import Register
from registry.importing.uploads import FileRows
from registry.typed import LONGEST_LINE

_ASIDE = re.compile(r"\s*\((?:if applicable|if possible|if any)\)\s*$", re.IGNORECASE)
_LEAST_CORE = {ActivityRole.CONTROLLER: 4, ActivityRole.PROCESSOR: 2}
_NAME, _ROLE, _JOINT, _PURPOSE, _FUNCTION, _WORK = "name", "role", "joint_controller", "purpose", "business_function", "processing_categories"

Columns = Mapping[int, IcoColumn]
"""The template's column that stands at each place of a file."""


def recast(register: Register, file: FileRows) -> FileRows:
    """The file as it would be in our own layout, when it has the template's; else as it is."""
    for sheet in SHEETS if is_offered(register) else ():
        columns = _columns_of(sheet, file.headings)
        if len(sheet.core.intersection(column.names[0] for column in columns.values())) >= _LEAST_CORE[sheet.role]:
            return _recast(register, sheet, columns, file)
    return file


def _columns_of(sheet: IcoSheet, headings: Sequence[str]) -> Columns:
    bare = [_ASIDE.sub("", heading) for heading in headings]
    spelt = ((column.words, *(_ASIDE.sub("", words) for words in column.elsewhere)) for column in sheet.columns)
    wanted = [Wanted(str(number), words) for number, words in enumerate(spelt)]
    return {place: sheet.columns[int(number)] for place, number in guess(bare, wanted).items()}


def _recast(register: Register, sheet: IcoSheet, columns: Columns, file: FileRows) -> FileRows:
    groups = list(_activities(columns, file))
    answers = [_answers(register, sheet, columns, [file.rows[row] for row in rows]) for rows in groups]
    if not any(column.names == (_NAME,) for column in columns.values()):
        _give_names(answers)
    others = [place for place in range(len(file.headings)) if place not in columns]
    names = list(dict.fromkeys((_NAME, _ROLE, *(name for column in columns.values() for name in column.names))))
    labels = [REFERENCE_HEADING if name == REFERENCE else register.questions[name].label for name in names]
    headings, _renamed = named_headings(dict(enumerate((*labels, *(file.headings[place] for place in others)), start=1)))
    rows = [
        (*(said.get(name, "") for name in names), *(_joined(file.rows[row][place] for row in group) for place in others))
        for said, group in zip(answers, groups, strict=True)
    ]
    places: list[str | int] = [*names, *others]
    at = {key: number for number, key in enumerate(places)}
    return replace(
        file,
        headings=headings,
        rows=rows,
        lines=[file.lines[group[0]] for group in groups],
        notes=[*_notes(sheet, len(file.rows), len(groups)), *file.notes],
        doubts=_doubts(file, columns, groups, at),
    )


def _activities(columns: Columns, file: FileRows) -> Iterator[list[int]]:
    """The rows of each activity: the template gives one to each group of people and kind of data, under the same purpose."""
    by_name = {column.names[0]: place for place, column in columns.items()}
    key_places = [by_name[name] for name in (_FUNCTION, _PURPOSE) if name in by_name]
    stands_alone = _NAME in by_name or REFERENCE in by_name or _PURPOSE not in by_name
    group: list[int] = []
    last: list[str] = []
    for row, cells in enumerate(file.rows):
        key = [cells[place] for place in key_places]
        goes_on = bool(group) and not stands_alone and (key == last or not any(key))
        if group and not goes_on:
            yield group
            group = []
        group.append(row)
        last = last if goes_on else key
    if group:
        yield group


def _answers(register: Register, sheet: IcoSheet, columns: Columns, rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """What the rows of one activity answer, in the words of our own files."""
    said: dict[str, str] = {}
    for place, column in columns.items():
        text = _joined(row[place] for row in rows if not ico_words.is_blank(row[place]))
        for name, answer in column.heard(register, text).items():
            before = said.get(name, "")
            said[name] = answer if before in ("", answer) else f"{before}; {answer}"
    role = ActivityRole.JOINT_CONTROLLER if said.get(_JOINT) and sheet.role is ActivityRole.CONTROLLER else sheet.role
    return {**said, _ROLE: role.label}


def _joined(texts: Iterable[str]) -> str:
    """What several cells say, each thing once, a line for each."""
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _give_names(activities: Sequence[dict[str, str]]) -> None:
    """Call each activity by the beginning of what it is for; where two would be called the same, by its part of school life as well."""
    taken: set[str] = set()
    for said in activities:
        name = _shortened(said.get(_PURPOSE) or said.get(_WORK) or "")
        if name.casefold() in taken and said.get(_FUNCTION):
            name = _shortened(f"{said[_FUNCTION]}: {name}")
        taken.add(name.casefold())
        said[_NAME] = name


def _shortened(text: str) -> str:
    line = " ".join(text.split("\n", 1)[0].split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 2].rpartition(' ')[0]} …"


def _doubts(file: FileRows, columns: Columns, groups: Sequence[Sequence[int]], at: Mapping[str | int, int]) -> dict[int, dict[int, str]]:
    """The sentences about single cells, at the places where what they said stands now."""
    found: dict[int, dict[int, str]] = {}
    for activity, rows in enumerate(groups):
        for row in rows:
            for place, sentence in file.doubts.get(row, {}).items():
                for name in columns[place].names if place in columns else (place,):
                    found.setdefault(activity, {})[at[name]] = sentence
    return found


def _notes(sheet: IcoSheet, rows: int, activities: int) -> Iterator[str]:
    yield (
        f"This is the {sheet.title.lower()} sheet of the ICO’s documentation template. Its columns were put to our questions; where one of its "
        "columns holds several answers, it was taken apart."
    )
    if activities < rows:
        yield f"Rows with the same business function and purpose are one activity and were put together: {rows:,} rows became {activities:,}."
