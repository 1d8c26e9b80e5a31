"""Entries that quote a progress report: the report is listed, and says what is quoted."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.domain.checks import doubts_of, report_checks
from npcreply.domain.record.model import Entry, Measure, ProgressReport, Quote, Record
from npcreply.domain.record.settings import Settings

REPORT = "一、已修缮码头三处。二、渡船两艘下水。"


def record(quote: Quote, source: str | None = "r.txt", sha256: str | None = None) -> Record:
    entry = Entry(on=date(2023, 9, 30), note="修缮", quote=quote, source=source)
    return Record(
        id="2023-9",
        kind="suggestion",
        year=2023,
        number="9",
        progress_reports=(ProgressReport(file="r.txt", sha256=sha256),),
        measures=(Measure(id=1, text="修缮码头", log=(entry,)),),
    )


@pytest.mark.parametrize(
    ("quote", "code"),
    [
        (Quote(text="已修缮码头三处", start=2, end=9), None),
        (Quote(text="已修缮码头三处"), None),
        (Quote(text="已修缮码头五处", start=2, end=9), "quote-not-found"),
        (Quote(text="渡船两艘下水", start=0, end=6), "quote-moved"),
    ],
)
def test_a_quote_stands_in_its_report(quote: Quote, code: str | None) -> None:
    found = [doubt.code for doubt in report_checks(record(quote), 0, REPORT)]
    assert found == ([code] if code else [])


def test_a_report_that_is_gone_or_was_changed_is_told() -> None:
    quote = Quote(text="已修缮码头三处")
    assert [d.code for d in report_checks(record(quote), 0, None)] == ["source-missing"]
    changed = report_checks(record(quote, sha256="0" * 64), 0, REPORT, "1" * 64)
    assert [doubt.code for doubt in changed] == ["source-changed"]


@pytest.mark.parametrize(("source", "codes"), [("r.txt", []), (None, ["entry-source-unknown"])])
def test_a_quote_names_a_report_of_the_record(source: str | None, codes: list[str]) -> None:
    found = doubts_of(record(Quote(text="已"), source), Settings(), date(2024, 1, 5))
    assert [doubt.code for doubt in found if doubt.code.startswith("entry-source")] == codes
