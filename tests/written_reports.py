"""Reads written reports against the records beside them and counts what was matched.

    python tests/written_reports.py [FILE …] [--verbose] [--first]

Each FILE (tests/reports/*.yaml by default) has records, a report and, statement by statement, what
should be matched: `to` a target or promise with its value, `none`, `ask` (offered, never sure),
`changed` or `new`. Exit 1 where a floor is not held.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
RECALL, WRONG = 0.90, 3


def main() -> int:
    """Return the exit code: 0 where the floors are held."""
    parser = argparse.ArgumentParser(description=__doc__)
    own = sorted((ROOT / "tests" / "reports").glob("*.yaml"))
    parser.add_argument("file", type=Path, nargs="*", default=own)
    parser.add_argument("--verbose", action="store_true", help="list what was missed or wrong")
    args = parser.parse_args()
    total: Counter[str] = Counter()
    for path in args.file:
        counts, told = judged(path)
        total += counts
        sys.stdout.write(f"{path.stem}: {line(counts)}\n")
        if args.verbose:
            sys.stdout.writelines(f"    {row}\n" for row in told)
    sys.stdout.write(f"all: {line(total)}\n")
    recall = total["found"] / max(1, total["figures"])
    return int(recall < RECALL or total["sure_wrong"] > WRONG)


def line(counts: Counter[str]) -> str:
    """The counts of one report, or of all, in a line."""
    return (
        f"{counts['statements']} statements; figures {counts['found']}/{counts['figures']}"
        f" ({counts['found_sure']} sure), states {counts['state_found']}/{counts['states']},"
        f" changes {counts['change_found']}/{counts['changes']}, new {counts['new_found']}/{counts['news']};"
        f" sure {counts['sure']}, of them wrong {counts['sure_wrong']}; doubtful {counts['doubtful']}"
    )


def decoded(stem: str, data: dict[str, Any]) -> Any:
    """A record as the program reads it from its file."""
    from npcreply.store import codec
    from npcreply.store.contract import read

    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    found = codec.decode(text, f"replies/{data['year']}/{stem}.yaml", read.contract())
    assert found.record is not None, found.errors
    return found.record


def shipped(stem: str) -> Any:
    """A record of replies/."""
    from npcreply.store import codec
    from npcreply.store.contract import read

    path = ROOT / "replies" / stem[:4] / f"{stem}.yaml"
    found = codec.decode(path.read_text(encoding="utf-8"), path.name, read.contract())
    assert found.record is not None
    return found.record


def reading(case: dict[str, Any]) -> Any:
    """What the program reads out of a case's report."""
    from npcreply.extract.files import intake
    from npcreply.reports import matches
    from npcreply.reports.report import read_report

    if "file" in case:
        data = (ROOT / case["file"]).read_bytes()
        records = [shipped(case["record"])]
        return matches.read(read_report(intake(data, case["file"]).text), records)
    records = [decoded(stem, data) for stem, data in case["records"].items()]
    name = "report.html" if case.get("form") == "html" else "report.txt"
    return matches.read(read_report(intake(case["report"].encode(), name).text), records)


def place(match: Any, fit: Any = None) -> str:
    """58.1/2 of a match: number, promise, target."""
    one = (fit or match.fits[0]).candidate
    stem = one.record.id.split("-", 1)[1]
    return f"{stem}.{one.measure.id}" + (f"/{one.target.id}" if one.target else "")


def judged(path: Path) -> tuple[Counter[str], list[str]]:
    """The counts of one case, and what was missed or wrong."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "file" in case and not (ROOT / case["file"]).exists():
        return Counter(), ["not at hand"]
    found = reading(case)
    counts: Counter[str] = Counter()
    told: list[str] = []
    used: set[int] = set()
    for expected in case["expected"]:
        counts["statements"] += 1
        told += _of(expected, found, counts, used)
    for match in found.matches:
        counts["sure" if match.sure else "doubtful"] += 1
        if match.sure and not _right(match, case["expected"]):
            counts["sure_wrong"] += 1
            told.append(
                f"SURE AND WRONG {place(match)} {match.first.value}{match.first.unit or ''} {match.on} {[s.quote for s in match.statements]} {match.fits[0].evidence} {[(place(match, f), round(f.score, 2)) for f in match.fits[:3]]}"
            )
    stems = {f"{one.record.id.split('-', 1)[1]}.{one.measure.id}" for one in found.silent}
    if stems != set(map(str, case["unmentioned"])):
        told.append(f"UNMENTIONED {sorted(stems)} instead of {case['unmentioned']}")
    return counts, told


def _of(
    expected: dict[str, Any], found: Any, counts: Counter[str], used: set[int]
) -> Iterator[str]:
    words = expected.get("words", "")
    near = (
        found.matches
        if not words
        else [
            m
            for m in found.matches
            if any(
                words in s.quote or s.quote in words or _overlap(words, s.quote)
                for s in m.statements
            )
        ]
    )
    if "value" in expected:
        counts["figures"] += 1
        right = [m for m in near if _fits(m, expected)]
        counts["found"] += bool(right)
        counts["found_sure"] += any(m.sure for m in right)
        near = (
            near
            if words
            else [m for m in near if place(m).split("/")[0] == expected["to"].split("/")[0]]
        )
        if not right:
            yield f"MISSED {words or expected['value']} -> {expected['to']}: {[_told(m) for m in near]}"
        elif not any(m.sure for m in right):
            yield f"DOUBTFUL {words} -> {[_told(m) for m in right]}"
    elif "state" in expected:
        counts["states"] += 1
        right = [
            m
            for m in near
            if place(m) == str(expected["to"])
            and m.state == expected["state"]
            and ("on" not in expected or m.on == expected["on"])
        ]
        counts["state_found"] += bool(right)
        if not right:
            near = near if words else [m for m in near if place(m) == expected["to"]]
            yield f"STATE {words} -> {expected['to']} {expected['state']}: {[_told(m) for m in near]}"
    elif "changed" in expected:
        counts["changes"] += 1
        right = [
            m for m in near if place(m).split("/")[0] == str(expected["changed"]) and m.changed
        ]
        counts["change_found"] += bool(right)
        if not right:
            near = near if words else []
            yield f"CHANGE {words} -> {expected['changed']}: {[_told(m) for m in near]}"
    elif "new" in expected:
        counts["news"] += 1
        right = [one for one in found.plans if words in one.quote and not one.known]
        counts["new_found"] += bool(right)
        if not right:
            yield f"NEW {words}"
    elif "ask" in expected:
        counts["asks"] += 1
        if not any(
            not m.sure and any(place(m, f).startswith(str(expected["ask"])) for f in m.fits)
            for m in near
        ):
            yield f"ASK {words} -> {expected['ask']}: {[_told(m) for m in near]}"


def _told(match: Any) -> str:
    fits = [(place(match, f), round(f.score, 2)) for f in match.fits[:3]]
    return f"{match.first.value}{match.first.unit or ''} {match.on} {match.state} sure={match.sure} {match.doubts} {fits} {match.first.quote[:30]!r}"


def _overlap(words: str, quote: str) -> bool:
    return len(quote) > 3 and (quote.strip("，。；") in words)


def _fits(match: Any, expected: dict[str, Any]) -> bool:
    one = match.first
    if one.value is None or place(match) != str(expected["to"]):
        return False
    if one.value != Decimal(str(expected["value"])) or one.unit != expected["unit"]:
        return False
    if "on" in expected and match.on != expected["on"]:
        return False
    return "percent" not in expected or (
        one.rate is not None and one.rate.percent == Decimal(str(expected["percent"]))
    )


def _right(match: Any, expected: list[dict[str, Any]]) -> bool:
    """Whether something is expected there: the very figure, or words of the same promise."""
    if match.first.value is not None or match.first.rate is not None:
        return any("value" in e and _fits(match, e) for e in expected)
    measure = place(match).split("/")[0]
    for e in expected:
        to = str(e.get("to") or e.get("changed") or e.get("ask") or "").split("/")[0]
        if to == measure and True:
            return True
    return False


if __name__ == "__main__":
    raise SystemExit(main())
