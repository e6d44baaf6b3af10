"""What MkDocs does for this site beside its own: generated pages, pictures printed from code, links that hold.

MkDocs finds the functions by their names (`on_...`).
"""

import re
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from palaver.chat.diagram import mermaid
from tools.site import reference

ROOT: Final = Path(__file__).resolve().parents[2]
_MERMAID: Final = Path(__file__).parent / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
_DOCUMENTS: Final = ("openapi.yaml", "asyncapi.yaml", "arazzo.yaml")
_STATES: Final = "<!-- the state diagram -->"
_LINK: Final = re.compile(r"\[([^\]]+)\]\(((?:\.\./)+)([^)#]+)(#[^)]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Fill what the navigation leaves to be found: the reference's pages and the decisions."""
    pages: list[Any] = ["reference/index.md", {"Errors": "reference/errors.md"}, {"Settings": "reference/settings.md"}]
    pages += [{title: f"reference/{file}"} for title, file in reference.tag_pages()]
    pages.append({"Schemas": "reference/schemas.md"})
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert config.nav is not None
    config.nav = [_filled(entry, pages, [f"decisions/{path.name}" for path in decisions]) for entry in config.nav]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what lies elsewhere or is made here."""
    for name, text in reference.pages().items():
        files.append(File.generated(config, f"reference/{name}", content=text))
    files.append(File.generated(config, "changelog.md", abs_src_path=str(ROOT / "CHANGELOG.md")))
    for name in _DOCUMENTS:
        if (ROOT / name).exists():
            files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    files.append(File.generated(config, "assets/mermaid.min.js", abs_src_path=str(_MERMAID)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Put the state diagram in its place; make plain text of links to what the site does not have."""
    markdown = markdown.replace(_STATES, f"```mermaid\n{mermaid()}```")
    if page.file.src_uri == "changelog.md":
        return markdown
    directory = (Path("docs") / page.file.src_uri).parent

    def link(match: re.Match[str]) -> str:
        text, up, target = match[1], match[2], match[3]
        place = Path(*directory.parts[: len(directory.parts) - up.count("/")]) / target
        if place.parts[0] == "docs" or len(directory.parts) < up.count("/") or str(place) in _DOCUMENTS:
            climbed = up if place.parts[0] == "docs" else up.removesuffix("../")
            return f"[{text}]({climbed}{target}{match[4] or ''})"
        return text

    return markdown if page.file.src_uri.startswith("reference/") else _LINK.sub(link, markdown)


def on_post_page(output: str, page: Page, **_: Any) -> str:
    """Bring our own copy of what draws diagrams to the pages that have one, so that the theme loads no other."""
    if 'class="mermaid"' not in output:
        return output
    script = f'<script src="{"../" * page.url.count("/")}assets/mermaid.min.js"></script>'
    return output.replace("</head>", f"{script}</head>", 1)


def _filled(entry: Any, pages: list[Any], decisions: list[str]) -> Any:
    if "Reference" in entry:
        return {"Reference": pages}
    if "How it is made" in entry:
        rest = [item for item in entry["How it is made"] if "Decisions" not in item]
        return {"How it is made": [*rest, {"Decisions": decisions}]}
    return entry
