"""What came out of a run, for machines (JUnit) and to look at (HTML in one file, which loads nothing)."""

import datetime as dt
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Final
from xml.etree import ElementTree

from palaver.conformance.running import AREA_TITLES, Report, Result

_XML_REFUSES: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def write_junit(report: Report, path: Path) -> None:
    """One test suite per area, one test case per check. Raises OSError."""
    suites = ElementTree.Element("testsuites", name="palaver conformance", time=f"{report.seconds:.3f}")
    _count(suites, report.results)
    for area, results in _by_area(report):
        suite = ElementTree.SubElement(suites, "testsuite", name=area, hostname=_xml(report.url))
        _count(suite, results)
        for result in results:
            case = ElementTree.SubElement(
                suite, "testcase", classname=f"conformance.{area}", name=result.id, time=f"{result.seconds:.3f}"
            )
            if result.verdict == "failed":
                fault = ElementTree.SubElement(case, "failure", message=_xml(result.words))
                fault.text = _xml(f"{result.title}\n{result.proves}\n{result.words}")
            elif result.verdict == "skipped":
                ElementTree.SubElement(case, "skipped", message=_xml(result.words))
            if result.notes:
                ElementTree.SubElement(case, "system-out").text = _xml("\n".join(result.notes))
    ElementTree.indent(suites)
    ElementTree.ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def write_html(report: Report, path: Path) -> None:
    """A page with all results, faults first. Raises OSError."""
    areas = []
    for area, results in _by_area(report):
        rows = "".join(_row(result) for result in results)
        areas.append(f"<h2>{escape(AREA_TITLES.get(area, area))}</h2><table>{rows}</table>")
    faults = [result for result in report.results if result.verdict == "failed"]
    first = "".join(
        f'<li><a href="#{escape(fault.id)}">{escape(fault.id)}</a>: {escape(fault.words)}' for fault in faults
    )
    when = dt.datetime.fromtimestamp(report.started_at, dt.UTC)
    page = _PAGE.substitute(
        verdict="failed" if faults else "passed",
        url=escape(report.url),
        facts=escape(
            f"Version {report.version or 'unknown'}; user {report.user}; model {report.model or 'none'}; "
            f"{when:%Y-%m-%d %H:%M} UTC; {report.seconds:.0f} s{'; strict' if report.strict else ''}"
            f"{'; interrupted' if report.interrupted else ''}"
        ),
        passed=report.count("passed"),
        failed=report.count("failed"),
        skipped=report.count("skipped"),
        faults=f"<h2>Faults</h2><ul>{first}</ul>" if faults else "",
        areas="".join(areas),
        left="".join(f"<p>{escape(words)}</p>" for words in report.left),
    )
    path.write_text(page, encoding="utf-8")


def _by_area(report: Report) -> list[tuple[str, list[Result]]]:
    return [(area, list(results)) for area, results in groupby(report.results, key=lambda result: result.area)]


def _count(element: ElementTree.Element, results: list[Result]) -> None:
    for name, verdict in (("failures", "failed"), ("skipped", "skipped")):
        element.set(name, str(sum(result.verdict == verdict for result in results)))
    element.set("tests", str(len(results)))
    element.set("errors", "0")


def _xml(text: str) -> str:
    """Without the characters that no XML may have."""
    return text.translate(_XML_REFUSES)


def _row(result: Result) -> str:
    words = "".join(f"<p>{escape(line)}</p>" for line in (result.words, *result.notes) if line)
    own = " <small>Palaver's own</small>" if result.extension else ""
    took = f"{result.seconds:.1f} s" if result.seconds else ""
    return (
        f'<tr class="{result.verdict}" id="{escape(result.id)}"><td>{result.verdict}</td>'
        f"<td><b>{escape(result.title)}</b>{own}<br><code>{escape(result.id)}</code> {escape(result.proves)}"
        f"{words}</td>"
        f"<td>{took}</td></tr>"
    )


_PAGE: Final = Template(
    """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conformance: $verdict</title>
<style>
:root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td { border-top: 1px solid #8885; padding: .4rem .5rem; vertical-align: top; }
td:first-child { font-weight: 600; width: 5rem; }
td:last-child { text-align: right; white-space: nowrap; }
td p { margin: .25rem 0 0; font-size: .9em; }
tr.passed td:first-child { color: #1a7f37; }
tr.failed td:first-child { color: #cf222e; }
tr.skipped td:first-child { color: #9a6700; }
tr.failed { background: #cf222e1a; }
@media (prefers-color-scheme: dark) {
  a { color: #6cb6ff; }
  tr.passed td:first-child { color: #57ab5a; }
  tr.failed td:first-child { color: #f47067; }
  tr.skipped td:first-child { color: #c69026; }
}
</style>
</head>
<body>
<h1>Conformance of $url: $verdict</h1>
<p>$passed passed, $failed failed, $skipped skipped. $facts</p>
$faults
$areas
$left
</body>
</html>
"""
)
