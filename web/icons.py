"""The drawings behind the icons: a 20 px grid, no colour of their own, each always shown beside a word."""

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup

# Filled shapes: each state has its own outline, so that it is told apart without colour.
SHAPES = {
    "ask": '<path fill-rule="evenodd" d="M10 .6 19.4 10 10 19.4.6 10zM7.3 7.9h1.7c0-.8.4-1.3 1.1-1.3.6 0 1 .4 1 .9 0 .6-.3.9-.9 1.4-.8.6-1.2 1.1'
    "-1.2 2.2v.5h1.7v-.4c0-.6.3-.9 1-1.4.8-.6 1.2-1.3 1.2-2.3 0-1.5-1.1-2.5-2.8-2.5-1.7 0-2.8 1.1-2.8 2.9zM9.85 12.6a1.05 1.05 0 1 0 0 2.1 1.05 1.05 "
    '0 0 0 0-2.1z"/>',
    "dots": '<circle cx="4" cy="10" r="1.8"/><circle cx="10" cy="10" r="1.8"/><circle cx="16" cy="10" r="1.8"/>',
    "note": '<path fill-rule="evenodd" d="M4 1.5h12A2.5 2.5 0 0 1 18.5 4v12a2.5 2.5 0 0 1-2.5 2.5H4A2.5 2.5 0 0 1 1.5 16V4A2.5 2.5 0 0 1 4 1.5z'
    'M9.1 8.7v6.3h1.8V8.7zM10 5a1.15 1.15 0 1 0 0 2.3A1.15 1.15 0 0 0 10 5z"/>',
    "ok": '<path fill-rule="evenodd" d="M10 1a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.7 14.3l7-7-1.6-1.6-5.4 5.4-2.6-2.6-1.6 1.6z"/>',
    "seal": '<path fill-rule="evenodd" d="M10 .8l2.1 1.5 2.5-.3 1 2.4 2.4 1-.3 2.5L19.2 10l-1.5 2.1.3 2.5-2.4 1-1 2.4-2.5-.3L10 19.2l-2.1-1.5'
    '-2.5.3-1-2.4-2.4-1 .3-2.5L.8 10l1.5-2.1L2 5.4l2.4-1 1-2.4 2.5.3zM9 13.4l5.2-5.2-1.4-1.4L9 10.6 7.2 8.8 5.8 10.2z"/>',
    "stop": '<path fill-rule="evenodd" d="M6.1 1h7.8L19 6.1v7.8L13.9 19H6.1L1 13.9V6.1zM5 8.5v3h10v-3z"/>',
    "warn": '<path fill-rule="evenodd" d="M10 1.5a1.2 1.2 0 0 1 1 .6l8 14.1a1.2 1.2 0 0 1-1 1.8H2a1.2 1.2 0 0 1-1-1.8L9 2.1a1.2 1.2 0 0 1 1-.6z'
    'M8.9 7l.4 5.5h1.4L11.1 7zm1.1 6.7a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z"/>',
}

# Line drawings, for places and deeds rather than states.
LINES = {
    "archive": '<path d="M2 3h16v4H2zM3.5 7v10.5h13V7M7.5 11h5"/>',
    "bell": '<path d="M4.5 14V9a5.5 5.5 0 0 1 11 0v5l1.5 1.5H3zM8 17.8h4"/>',
    "camera": '<path d="M2 6h4l1.5-2.5h5L14 6h4v10.5H2z"/><circle cx="10" cy="11" r="3"/>',
    "clock": '<circle cx="10" cy="10" r="8"/><path d="M10 5v5l3.5 2"/>',
    "comment": '<path d="M2.5 3.5h15v10.5h-8L5 17.5V14H2.5zM6 7.2h8M6 10.3h5"/>',
    "columns": '<path d="M2.5 3.5h15v13h-15zM7.5 3.5v13M12.5 3.5v13"/>',
    "copy": '<path d="M7 7h10.5v10.5H7zM13 7V2.5H2.5V13H7"/>',
    "down": '<path d="M5 7.5l5 5 5-5"/>',
    "download": '<path d="M10 2.5V13M5.5 8.5L10 13l4.5-4.5M3 17.5h14"/>',
    "file": '<path d="M4 2h8l4 4v12H4zM12 2v4h4"/>',
    "filter": '<path d="M2.5 4h15M5.5 10h9M8.5 16h3"/>',
    "left": '<path d="M17 10H4M9 5l-5 5 5 5"/>',
    "link": '<path d="M8.5 11.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1M11.5 8.5a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1"/>',
    "lock": '<path d="M4 9h12v8.5H4zM6.5 9V6a3.5 3.5 0 0 1 7 0v3"/>',
    "pen": '<path d="M3 17l1-4L14 3l3 3L7 16zM12 5l3 3"/>',
    "people": '<circle cx="7.5" cy="6.5" r="3.2"/><path d="M1.5 17c.3-3.6 2.7-5.5 6-5.5s5.7 1.9 6 5.5'
    'M13 3.6a3.2 3.2 0 0 1 0 5.8M15.5 12c1.8.8 2.8 2.5 3 5"/>',
    "phone": '<path d="M5.5 2H3.2A1.2 1.2 0 0 0 2 3.3C2.6 11 9 17.4 16.7 18a1.2 1.2 0 0 0 1.3-1.2v-2.3l-4-2-2 2A12 12 0 0 1 5.5 8l2-2z"/>',
    "plus": '<path d="M10 3.5v13M3.5 10h13"/>',
    "print": '<path d="M5 7V2.5h10V7M5 14.5H2.5V7h15v7.5H15M5 11.5h10v6H5z"/>',
    "right": '<path d="M3 10h13M11 5l5 5-5 5"/>',
    "school": '<path d="M2 18V9l8-5 8 5v9M10 4V1.5h3.5M7.5 18v-4.5h5V18M1 18h18"/>',
    "search": '<circle cx="8.5" cy="8.5" r="5.5"/><path d="M13 13l4.5 4.5"/>',
    "skip": '<circle cx="10" cy="10" r="8"/><path d="M4.5 15.5l11-11"/>',
    "tick": '<path d="M3.5 10.5l4.5 4.5 9-10"/>',
    "todo": '<circle cx="10" cy="10" r="8"/>',
    "upload": '<path d="M10 13V2.5M5.5 7L10 2.5 14.5 7M3 17.5h14"/>',
}


@cache
def use(name: str, tone: str = "") -> Markup:
    """The few bytes that show the icon `name`; `tone` adds classes such as `sh-error`. Raises KeyError when it was never drawn."""
    if name not in SHAPES and name not in LINES:
        raise KeyError(f"There is no icon called {name}.")
    classes = " ".join(filter(None, ("sh-icon", "sh-icon--line" if name in LINES else "", tone)))
    return Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="#icon-{}"></use></svg>').format(classes, name)


def sprite(names: Iterable[str]) -> Markup:
    """The drawings of `names`, hidden, once per page, for `use` to point at."""
    drawings = {**SHAPES, **LINES}
    symbols = "".join(f'<symbol id="icon-{name}" viewBox="0 0 20 20">{drawings[name]}</symbol>' for name in sorted(set(names)))
    if not symbols:
        return Markup()
    return Markup(f'<svg class="sh-sprite" aria-hidden="true" focusable="false">{symbols}</svg>')  # noqa: S704 - only the drawings above
