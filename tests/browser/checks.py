"""What is true of every page: nothing that axe complains of, nothing wider than a phone, one heading equal to the title."""

import hashlib
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
"""What the width of the window can change; everything is judged on a phone once in each process, and on a laptop always."""
CONTEXT = {"exclude": [["[data-alike]"]]}
"""All of a page but what looks like three others before it: of fifty rows, the cells that differ."""
# The form of a page without its words, and of several alike only one: what axe judges, apart from what the words are.
# On the way each element is marked that three others of its form precede, within elements of the same names and classes
SHAPE = """() => {
  const told = ['class', 'role', 'type', 'scope', 'tabindex', 'lang', 'autocomplete', 'href'];
  const said = ({ name, value }) => {
    if (name === 'href') return `href ${value.startsWith('#')}`;
    return told.includes(name) ? `${name}=${value}` : name + (value ? '' : '=');
  };
  const forms = new Map();  // each form with its number, by which the forms around it know it
  const formOf = new Map();
  const number = (element) => {
    const form = JSON.stringify([
      element.tagName,
      ...[...element.attributes].map(said).sort(),
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) ? 'words' : '',
      ...new Set([...element.children].map(number)),
    ]);
    if (!forms.has(form)) forms.set(form, forms.size);
    formOf.set(element, forms.get(form));
    return forms.get(form);
  };
  const met = new Map();
  const mark = (element, within) => {
    const key = `${within} ${formOf.get(element)}`;
    met.set(key, (met.get(key) || 0) + 1);
    if (met.get(key) > 3) element.setAttribute('data-alike', '');
    else for (const child of element.children) mark(child, `${within} ${element.tagName}.${element.className}`);
  };
  number(document.body);
  mark(document.body, '');
  return JSON.stringify([...forms.keys()]);
}"""
AXE = Axe().axe_script
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
    """The forms of pages that axe found in order, noted in a folder that all processes of a run share, so that each is judged once."""

    folder: Path

    any_here = False
    """Whether this process has judged a page already."""

    def __contains__(self, shape: str) -> bool:
        return (self.folder / shape).exists()

    def add(self, shape: str) -> None:
        """Note a form that is in order."""
        (self.folder / shape).touch()


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
    shape = hashlib.sha256(str(page.evaluate(SHAPE)).encode()).hexdigest()
    if shape in seen:
        return []
    page.evaluate(AXE)
    page.set_viewport_size(PHONE)
    too_wide = page.evaluate(TOO_WIDE)
    wrong = [f"{page.url} is {too_wide} px wider than a phone"] if too_wide else []
    wrong += _violations(page, "320 px", LAYOUT if seen.any_here else RULES)
    seen.any_here = True
    page.set_viewport_size(LAPTOP)
    page.evaluate(OPEN_ALL)
    wrong += _violations(page, "1280 px", RULES)
    page.evaluate(CLOSE_ALL)
    if not wrong:
        seen.add(shape)
    return wrong


def _violations(page: Page, width: str, rules: dict[str, Any]) -> list[str]:
    found = page.evaluate(RUN, [CONTEXT, rules])["violations"]
    return [f"{page.url} at {width}: {each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in found]
