"""Findings as people read them, file by file, and as machines read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.names import number_order
from npcreply.language import _

_STYLE = {Severity.ERROR: "late", Severity.DOUBT: "soon"}


def lines(findings: Sequence[Finding], count: int) -> Iterator[tuple[str, str]]:
    """Yield (text, style): the count first, then each finding with its place and its remedy."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    head = _("查了 {count} 个文件：错误 {errors}，疑点 {doubts}")
    yield head.format(count=count, errors=errors, doubts=len(findings) - errors), ""
    for finding in in_order(findings):
        words = f"{finding.place}  {_severity(finding)}  {finding.message}"
        yield words, _STYLE[finding.severity]
        yield from ((f"    {line}", "dim") for line in finding.remedy.splitlines())


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings by their files, in the order of numbers, and by their places there."""
    return sorted(findings, key=lambda finding: (number_order(finding.path), finding))


def data(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Return the findings as JSON values, one mapping each."""
    return [
        {
            "path": finding.path,
            "line": finding.line or None,
            "column": finding.column or None,
            "severity": str(finding.severity),
            "code": finding.code,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in in_order(findings)
    ]


def _severity(finding: Finding) -> str:
    return _("错误") if finding.severity is Severity.ERROR else _("疑点")


def file_and_line(finding: Finding) -> str:
    """Return where something was found."""
    if not finding.line:
        return finding.path
    return _("{path} 第 {line} 行").format(path=finding.path, line=finding.line)


def place_and_words(finding: Finding) -> str:
    """Return where in its file something was found, and what."""
    if not finding.line:
        return finding.message
    return _("第 {line} 行：{said}").format(line=finding.line, said=finding.message)
