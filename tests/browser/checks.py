"""What is true of every page: nothing that axe complains of, nothing wider than a phone, one heading equal to the title.

What was in order on one page is known on the next, in the same place, beside the same and shown at the same width;
test_checks.py says what that may not hide.
"""

import json
import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LAPTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
LAYOUT: dict[str, Any] = {
    "runOnly": ["target-size", "color-contrast", "scrollable-region-focusable", "link-in-text-block", "aria-hidden-focus", "button-name", "region"],
    "resultTypes": ["violations"],
}
"""What the width of the window can change; the first page is judged by every rule on a phone as well."""
LOOKS: dict[str, Any] = {"runOnly": ["target-size", "color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""What is judged of an element by itself and by what lies beside it, and costs more than all else."""
ONCE = ["css-orientation-lock"]
"""What is judged of the stylesheets, which all pages have in common: with the first page."""


def _without(*rules: str) -> dict[str, Any]:
    return {**RULES, "rules": {rule: {"enabled": False} for rule in rules}, "preload": False}


OFTEN = _without(*ONCE)
STRUCTURE = _without(*ONCE, *LOOKS["runOnly"])
ALIKE = [["[data-alike]"]]
"""What looks like three others before it: of fifty rows, the cells that differ."""
KNOWN = [*ALIKE, ["[data-known]"]]
"""That, and what was in order on another page, in the same place and beside the same."""
Asked = tuple[dict[str, Any], list[list[str]]]
"""Rules, and what they pass over."""
# The form of a page without its words, and of several alike only one: what axe judges, apart from what the words are.
# On the way each element is marked that three others of its form precede, within elements of the same names and classes;
# the others get a key, by which the same element in the same place is known on the next page
SHAPE = """() => {
  const told = ['class', 'role', 'type', 'scope', 'tabindex', 'lang', 'autocomplete', 'href'];
  const naming = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'headers', 'list', 'form'];
  const said = ({ name, value }) => {
    if (name === 'href') return `href ${value.startsWith('#')}`;
    if (naming.includes(name)) return `${name} ${value.split(' ').every((id) => document.getElementById(id))}`;
    return told.includes(name) ? `${name}=${value}` : name + (value ? '' : '=');
  };
  const digests = new Map();
  const digest = (text) => {
    if (digests.has(text)) return digests.get(text);
    let one = 7, other = 11;
    for (let place = 0; place < text.length; place += 1) {
      one = Math.imul(one ^ text.charCodeAt(place), 16777619);
      other = Math.imul(other, 31) + text.charCodeAt(place) ^ (other >>> 13);
    }
    digests.set(text, `${(one >>> 0).toString(36)}.${(other >>> 0).toString(36)}`);
    return digests.get(text);
  };
  const formOf = new Map();  // each element with its form, by which the forms around it know it
  const form = (element) => {
    formOf.set(element, digest(JSON.stringify([
      element.tagName,
      ...[...element.attributes].map(said).sort(),
      element.labels ? `labels ${element.labels.length}` : '',
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) ? 'words' : '',
      ...new Set([...element.children].map(form)),
    ])));
    return formOf.get(element);
  };
  const named = (element) => element ? `${element.tagName}.${element.getAttribute('class')}.${element.getAttribute('role')}` : '';
  const met = new Map();
  window.judged = [];
  const mark = (element, within) => {
    const key = `${within} ${formOf.get(element)}`;
    met.set(key, (met.get(key) || 0) + 1);
    if (met.get(key) > 3) {
      element.setAttribute('data-alike', '');
      return;
    }
    const beside = [element.previousElementSibling, element.nextElementSibling].map(named);
    window.judged.push([digest([key, ...beside].join(' ')), element]);
    for (const child of element.children) mark(child, digest(`${within} ${named(element)}`));
  };
  form(document.body);
  mark(document.body, '');
  const outline = [...document.body.querySelectorAll('h1, h2, h3, h4, h5, h6, header, nav, main, footer, aside, section, [role]')].map(named);
  return [formOf.get(document.body), digest(outline.join(' ')), window.judged.map(([key]) => key)];
}"""
# What is on the page at the width that it has, and whether any of it is new but as a frame around what is known
MARK_KNOWN = """(known) => {
  const keys = new Set(known);
  for (const [key, element] of window.judged) element.toggleAttribute('data-known', keys.has(key));
  const shown = window.judged.filter(([, element]) => element.checkVisibility());
  const isFrame = (element) => ['BODY', 'MAIN', 'DIV', 'FORM', 'UL', 'OL', 'LI', 'SPAN', 'P'].includes(element.tagName)
    && [...element.attributes].every(({ name }) => /^(?:class|id|action|method|novalidate|enctype|data-.*)$/.test(name))
    && [...element.childNodes].every((node) => node.nodeType !== 3 || !node.data.trim());
  return [shown.map(([key]) => key), shown.some(([key, element]) => !keys.has(key) && !isFrame(element))];
}"""
AXE = Axe().axe_script
HAS_AXE = "() => 'axe' in window"
RUN = "([context, options]) => axe.run(context, options)"
DOUBLED = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place);
}"""
HEADED = """() => {
  const plain = (text) => text.trim().replace(/\\s+/g, ' ');
  return [[...document.querySelectorAll('h1')].map((heading) => plain(heading.textContent)), plain(document.title)];
}"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((details) => { details.open = true; })"
CLOSE_ALL = "() => document.querySelectorAll('details[open]').forEach((details) => { details.open = false; })"
TOO_WIDE = "() => Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth)"


class Seen:
    """The forms of pages and of what they show that axe found in order, in a folder that all processes of a run share: each is judged once."""

    folder: Path

    def __init__(self) -> None:
        self._read: set[str] = set()
        self._shown: set[tuple[int, str]] = set()

    @property
    def anything(self) -> bool:
        """Whether a page was judged already."""
        return bool(self._shown)

    def __contains__(self, shape: str) -> bool:
        return self._note_on(shape).exists()

    def known(self, width: int, keys: list[str]) -> list[str]:
        """Those of the keys that a page in order showed at this width."""
        for note in self.folder.glob("*.json"):
            if note.name not in self._read:
                self._shown.update((each, key) for each, shown in json.loads(note.read_bytes()) for key in shown)
                self._read.add(note.name)
        return [key for key in keys if (width, key) in self._shown]

    def add(self, shape: str, shown: list[tuple[int, list[str]]]) -> None:
        """Note a form that is in order, and what it shows at each width, all at once."""
        draft = self.folder / f"{shape}-{os.getpid()}.new"
        draft.write_text(json.dumps(shown), encoding="ascii")
        draft.replace(self._note_on(shape))

    def _note_on(self, shape: str) -> Path:
        return self.folder / f"{shape}.json"


seen = Seen()


def check(page: Page) -> list[str]:
    """What is wrong with the page that is open, in words; nothing when all is well. Pages of a form that was checked before cost little."""
    page.wait_for_load_state()
    return [*_wrong_with_headings(page), *_doubled_ids(page), *_inaccessible(page)]


def demand(page: Page) -> None:
    """Fail unless all is well with the page that is open."""
    wrong = check(page)
    assert not wrong, "\n".join(wrong)


def _wrong_with_headings(page: Page) -> list[str]:
    headings, title = page.evaluate(HEADED)
    title = title.removeprefix("Error: ")
    if len(headings) != 1:
        return [f"{page.url} has {len(headings)} headings of the first order: {headings}"]
    if not title.startswith(f"{headings[0]} – "):
        return [f"{page.url} is called “{title}” and headed “{headings[0]}”"]
    return []


def _doubled_ids(page: Page) -> list[str]:
    return [f"{page.url} has the id {name} twice" for name in page.evaluate(DOUBLED)]


def _inaccessible(page: Page) -> list[str]:
    """Judge what is new on the page at both widths; as a whole when its headings and landmarks follow one another as on no page before."""
    shape, outline, keys = page.evaluate(SHAPE)
    if shape in seen:
        return []
    page.set_viewport_size(PHONE)
    too_wide = page.evaluate(TOO_WIDE)
    wrong = [f"{page.url} is {too_wide} px wider than a phone"] if too_wide else []
    shown_small, is_new = page.evaluate(MARK_KNOWN, seen.known(PHONE["width"], keys))
    wrong += _violations(page, "320 px", [(LAYOUT, KNOWN)] * is_new if seen.anything else [(RULES, ALIKE)])
    page.set_viewport_size(LAPTOP)
    page.evaluate(OPEN_ALL)
    shown, is_new = page.evaluate(MARK_KNOWN, seen.known(LAPTOP["width"], keys))
    asked = [(OFTEN, KNOWN)] * is_new if seen.known(LAPTOP["width"], [outline]) else [(STRUCTURE, ALIKE), (LOOKS, KNOWN)]
    wrong += _violations(page, "1280 px", asked if seen.anything else [(RULES, ALIKE)])
    page.evaluate(CLOSE_ALL)
    if not wrong:
        seen.add(shape, [(PHONE["width"], shown_small), (LAPTOP["width"], [outline, *shown])])
    return wrong


def _violations(page: Page, width: str, asked: list[Asked]) -> list[str]:
    if asked and not page.evaluate(HAS_AXE):
        page.evaluate(AXE)
    found = [each for rules, but in asked for each in page.evaluate(RUN, [{"exclude": but}, rules])["violations"]]
    return [f"{page.url} at {width}: {each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in found]
