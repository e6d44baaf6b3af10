"""Finds the samples of a page, and makes one shell script of them.

In a page's order:

- a block in `sh` is run; all of a page in one shell, in one empty directory, each command must succeed
- a block with a title in its first line is saved as a file of that name
- `<!-- sample: in the background, until "TEXT" -->` before a block in `sh`: it goes on running, and the page goes on
  once it has printed the text
- `<!-- sample: shows -->` before a block in `text`: the lines that the block before it has printed, in this order and
  with others between them; `…` stands for anything
- a block in `json` is read as JSON; with `<!-- sample: part of a request: OPERATION -->` its fields are held against
  the contract's schema of that operation's body
- `mermaid` is a picture; a block without a language is no code

Nothing else is allowed, so that no sample goes untested.
"""

import re
import shlex
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
_BLOCK: Final = re.compile(
    r"(?:^ *<!-- sample: (?P<mark>.*) -->\n)?^(?P<indent> *)```(?P<info>.*)\n(?P<code>(?:.*\n)*?)^(?P=indent)```$",
    re.MULTILINE,
)
_MARK: Final = re.compile(r"^ *<!-- sample:", re.MULTILINE)
_BACKGROUND: Final = re.compile(r'in the background, until (".+")')
_REQUEST: Final = re.compile(r"part of a request: ([a-z0-9-]+)")
_TITLE: Final = re.compile(r'(\w+) title="([^"/]+)"')
_BACKGROUND_SECONDS: Final = 120


class Unclear(ValueError):
    """A page has a block of which it is not clear how it is tested."""


@dataclass(frozen=True)
class Sample:
    """One block.

    `kind`: `run`, `background` (with the text in `argument`), `file` (its name), `shows` or `json` (the operation, or
    nothing).
    """

    kind: str
    code: str
    line: int
    argument: str = ""


def pages() -> list[Path]:
    """The pages that have samples."""
    return [page for page in sorted(DOCS.rglob("*.md")) if samples(page)]


def samples(page: Path) -> list[Sample]:
    """The samples of a page. Raises Unclear."""
    text = page.read_text()
    found, marks = [], 0
    for match in _BLOCK.finditer(text):
        mark, info, code = match["mark"] or "", match["info"].strip(), textwrap.dedent(match["code"])
        line = text.count("\n", 0, match.start()) + 1
        marks += bool(mark)
        background, titled = _BACKGROUND.fullmatch(mark), _TITLE.fullmatch(info)
        if info == "sh" and background:
            found.append(Sample("background", code, line, background[1][1:-1]))
        elif info == "text" and mark == "shows" and found and found[-1].kind == "run":
            found.append(Sample("shows", code, line))
        elif info == "json" and (not mark or _REQUEST.fullmatch(mark)):
            found.append(Sample("json", code, line, mark.removeprefix("part of a request: ")))
        elif titled and not mark:
            found.append(Sample("file", code, line, titled[2]))
        elif info == "sh" and not mark:
            found.append(Sample("run", code, line))
        elif info not in {"", "mermaid"} or mark:
            raise Unclear(f"{page.name}, line {line}: a block `{info}` with the mark `{mark}`")
    if marks != len(_MARK.findall(text)):
        raise Unclear(f"{page.name}: a mark stands before no block")
    return found


_STRICT_CURL: Final = """curl() {
  case "$*" in
    *http_code*) command curl "$@" ;;
    *) command curl --fail-with-body "$@" ;;
  esac
}"""
"""A refused request fails its sample, unless that looks at the status itself."""


def script(found: list[Sample]) -> str:
    """What runs the samples in bash; what the sample at line N prints is in `.output/N`."""
    lines = ["set -euo pipefail", _STRICT_CURL, "mkdir .output"]
    for sample in found:
        output = f".output/{sample.line}"
        if sample.kind == "file":
            lines.append(f"printf %s {shlex.quote(sample.code)} > {shlex.quote(sample.argument)}")
        elif sample.kind == "run":
            lines += [f"echo 'line {sample.line}'", "{", sample.code.rstrip(), f"}} > {output} 2> {output}.errors"]
        elif sample.kind == "background":
            wanted = shlex.quote(sample.argument)
            lines += [f"echo 'line {sample.line}, until it says' {wanted}"]
            lines += ["{", sample.code.rstrip(), f"}} > {output} 2> {output}.errors < /dev/null &"]
            lines += [f"for _ in $(seq {_BACKGROUND_SECONDS * 10}); do"]
            lines += [f"  if grep -qF -- {wanted} {output}; then break; fi; sleep 0.1", "done"]
            lines += [f"grep -qF -- {wanted} {output}"]
    return "\n".join([*lines, "echo done"]) + "\n"


def missing(shown: str, printed: str) -> list[str]:
    """The lines that were to be shown and were not printed in this order."""
    rest = printed.splitlines()
    for number, line in enumerate(shown.splitlines()):
        pattern = re.compile(".*".join(re.escape(piece) for piece in line.strip().split("…")))
        for place, candidate in enumerate(rest):
            if pattern.search(candidate):
                rest = rest[place + 1 :]
                break
        else:
            return shown.splitlines()[number:]
    return []
