"""A report of one office read against the promises of one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from npcreply.reports import matches
from npcreply.reports.matches import Match, Reading
from npcreply.reports.report import read_report
from npcreply.store import codec
from npcreply.store.contract import read as contract

RECORD = """\
kind: suggestion
year: 2024
number: "12"
title: 关于改善城市生活的建议
lead: 栗河市综合局
reply_date: 2024-05-20
measures:
"""
REPORT = """\
关于第12号代表建议承诺事项落实情况的报告

市人大常委会：

现将截至9月底的落实情况报告如下。

{text}

栗河市综合局
2024年10月12日
"""


@dataclass(frozen=True)
class Told:
    """What was read: `reading`, and its matches in words that a test can hold up."""

    reading: Reading

    def of(self, number: int) -> list[Match]:
        """The matches of one promise."""
        return [one for one in self.reading.matches if one.candidate.measure.id == number]

    def figures(self, *, sure: bool | None = None) -> list[tuple[str, Decimal | None, str | None]]:
        """Place, value and unit of every number matched."""
        return [
            (_place(one), one.first.value, one.first.unit)
            for one in self.reading.matches
            if one.first.value is not None and sure in (None, one.sure)
        ]

    @property
    def asides(self) -> dict[str, str]:
        """Why each number that is no progress is none, by its words."""
        return {one.quote: one.aside for one in self.reading.beside}


def _place(one: Match) -> str:
    target = one.candidate.target
    return f"{one.candidate.measure.id}" + (f"/{target.id}" if target else "")


Reader = Callable[..., Told]


@pytest.fixture
def told() -> Reader:
    """Read a text against promises: each a line `{id: …}` of YAML."""

    def read(promises: str, text: str, *, whole: bool = False) -> Told:
        lines = "".join(f"  - {line}\n" for line in promises.strip().splitlines())
        found = codec.decode(RECORD + lines, "replies/2024/2024-12.yaml", contract.contract())
        assert found.record is not None, found.errors
        report = read_report(text if whole else REPORT.format(text=text))
        return Told(matches.read(report, [found.record]))

    return read
