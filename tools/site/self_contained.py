"""`python -m tools.site.self_contained DIRECTORY`: whether a built site loads anything from another host.

Links that a reader may follow are no loading. What the theme's scripts could load is looked at too: its own search,
pictures and styles lie in the site; the one library that it would fetch for diagrams is there beforehand.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

_FOREIGN: Final = re.compile(r"\s*(?:https?:)?//")
_IN_STYLES: Final = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""")
_LOADING: Final = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "embed": "src"}
_RELATIONS: Final = {"stylesheet", "icon", "preconnect", "preload", "prefetch", "dns-prefetch", "modulepreload"}


class _Loads(HTMLParser):
    """Collects what a page loads from elsewhere, and whether it has diagrams and what draws them."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self.diagrams = self.drawn = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        target = given.get(_LOADING.get(tag, ""), "")
        if tag == "link" and _RELATIONS & set(given.get("rel", "").split()):
            target = given.get("href", "")
        if _FOREIGN.match(target):
            self.foreign.append(target)
        self.foreign += _IN_STYLES.findall(given.get("style", ""))
        self.drawn |= tag == "script" and target.endswith("mermaid.min.js")
        self.diagrams |= "mermaid" in given.get("class", "").split()


def foreign(site: Path) -> list[str]:
    """What the site loads from other hosts, with the file that does so."""
    found = []
    for path in sorted(site.rglob("*.html")):
        page = _Loads()
        page.feed(path.read_text())
        found += [f"{path.relative_to(site)}: {target}" for target in page.foreign]
        if page.diagrams and not page.drawn:
            found.append(f"{path.relative_to(site)}: would fetch what draws its diagrams")
    for path in sorted(site.rglob("*.css")):
        found += [f"{path.relative_to(site)}: {target}" for target in _IN_STYLES.findall(path.read_text())]
    return found


def main() -> int:
    """Tell; returns the exit status."""
    found = foreign(Path(sys.argv[1]))
    sys.stdout.write("".join(f"{line}\n" for line in found) or "The site loads nothing from other hosts.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
