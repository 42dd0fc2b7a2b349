"""Copies the few front-end files the pages need out of node_modules, without the typeface and crest that are not ours to use.

Run as `python tools/assets.py NODE_MODULES STATIC_VENDOR`. Standard library only, so that set-up can run it at any time.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

GOVUK = "govuk-frontend/dist/govuk/govuk-frontend.min"
MOJ = "@ministryofjustice/frontend/moj/moj-frontend.min"
ICONS = "@ministryofjustice/frontend/moj/assets/images"
FONT = "@fontsource-variable/atkinson-hyperlegible-next"
FONT_FILES = tuple(f"atkinson-hyperlegible-next-{letters}-wght-normal.woff2" for letters in ("latin", "latin-ext"))
OTHERS_STACK = "GDS Transport,arial,sans-serif"
OTHERS_FACE = re.compile(r"@font-face\{[^}]*GDS Transport[^}]*\}")
OTHERS_CREST = re.compile(r"url\(/assets/images/[^)]*(?:crest|logotype)[^)]*\)")
SOURCE_MAP = re.compile(r"\s*(?:/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)")
ADDRESS = re.compile(r"url\(\"?([^)\"]+)\"?\)")


class AssetsError(Exception):
    """The front-end packages are not what this program was made for; the message says how."""


def own_css(css: str) -> str:
    """The stylesheet in our own typeface, with addresses relative to itself and nothing that only GOV.UK may use."""
    css = OTHERS_FACE.sub("", css).replace(OTHERS_STACK, "var(--sh-font)")
    css = OTHERS_CREST.sub("none", css).replace("url(/assets/", "url(")
    if "GDS Transport" in css:
        raise AssetsError("The GDS Transport typeface is still named in a stylesheet; it may not be used outside GOV.UK.")
    return without_source_map(css)


def without_source_map(text: str) -> str:
    """The same text without the line that sends a browser looking for a source map that we do not serve."""
    return SOURCE_MAP.sub("", text)


def write_hashed(name: str, text: str, vendor: Path) -> str:
    """Writes `govuk.css` as `govuk.<hash>.css`, so that browsers may keep it for a year, and returns that name."""
    stem, suffix = name.split(".")
    content = text.encode()
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    (vendor / hashed).write_bytes(content)
    return hashed


def copy_icons_and_fonts(packages: Path, vendor: Path) -> None:
    """Copies the icons the stylesheets point at, and our typeface with its licence beside it."""
    for folder in ("images", "fonts"):
        (vendor / folder).mkdir()
    for icon in sorted((packages / ICONS).glob("icon-*.svg")):
        shutil.copyfile(icon, vendor / "images" / icon.name)
    for font in FONT_FILES:
        shutil.copyfile(packages / FONT / "files" / font, vendor / "fonts" / font)
    shutil.copyfile(packages / FONT / "LICENSE", vendor / "fonts" / "LICENCE.txt")


def demand_that_addresses_exist(vendor: Path) -> None:
    """Refuses a stylesheet that points at a file we did not copy, which would be a 404 on every page."""
    for sheet in vendor.glob("*.css"):
        for address in ADDRESS.findall(sheet.read_text(encoding="utf-8")):
            if not address.startswith("data:") and not (vendor / address).is_file():
                raise AssetsError(f"{sheet.name} points at {address}, which is not among the files copied.")


def build(packages: Path, vendor: Path) -> dict[str, str]:
    """Fills `vendor` from `packages` and returns its manifest: plain name to hashed name. All of it changes, or nothing."""
    fresh = vendor.with_name(vendor.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    manifest = {}
    for stem, source in (("govuk", GOVUK), ("moj", MOJ)):
        css, js = ((packages / f"{source}.{suffix}").read_text(encoding="utf-8") for suffix in ("css", "js"))
        manifest[f"{stem}.css"] = write_hashed(f"{stem}.css", own_css(css), fresh)
        manifest[f"{stem}.js"] = write_hashed(f"{stem}.js", without_source_map(js), fresh)
    copy_icons_and_fonts(packages, fresh)
    demand_that_addresses_exist(fresh)
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return manifest


def main(arguments: list[str]) -> int:
    """The command: builds the folder, or says in one sentence why it cannot."""
    packages, vendor = (Path(argument) for argument in arguments)
    try:
        build(packages, vendor)
    except (AssetsError, OSError) as error:
        print(f"The front-end files could not be prepared: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
