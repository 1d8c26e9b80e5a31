"""Figures as tables of Markdown, the way docs/performance.md has them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks.figures import COLD, FIGURES, NAIVELY, PASS, PLAIN, Figure

Results = dict[int, dict[str, "Runs"]]
"""Of each size, what each figure needed."""


@dataclass
class Runs:
    """One figure's runs: CPU and wall seconds, MiB at most, bytes of the answer, and the CPU time
    of `python -c pass` in the same rounds; `notes` are what else was found.
    """

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    memory: float = 0.0
    size: float = 0.0
    base: list[float] = field(default_factory=list)
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def least(self) -> float:
        return min(self.cpu)

    @property
    def ratio(self) -> float:
        """The least as a multiple of the least of `python -c pass`."""
        return self.least / min(self.base)

    @property
    def median_ratio(self) -> float:
        return statistics.median(self.cpu) / statistics.median(self.base)


def as_json(results: Results) -> dict[str, Any]:
    return {
        str(size): {name: asdict(one) for name, one in runs.items()}
        for size, runs in results.items()
    }


def from_json(plain: dict[str, Any]) -> Results:
    return {
        int(size): {name: Runs(**one) for name, one in runs.items()} for size, runs in plain.items()
    }


def page(results: Results) -> str:
    """Both tables, and every figure in full."""
    parts = (late_table(results), other_table(results), full_table(results))
    return "\n\n".join("\n".join(part) for part in parts if len(part) > 2)


def late_table(results: Results) -> list[str]:
    """What is late, by every program that was at hand."""
    peers = {name for runs in results.values() for name in runs} - {f.name for f in FIGURES}
    names = ["floor", *sorted(peers - {PASS}), PLAIN]
    sizes = sorted(results)
    head = ["warm 'what is late', piped: CPU in P, least (median)", *map(thousands, sizes)]
    rows = [
        [_called(name), *cells, memory(results, name), growth(results, name), _wanted(name)]
        for name in names
        if any(cells := [_p(results[size].get(name)) for size in sizes])
    ]
    return table([*head, "MiB at most", "growth", "wanted"], rows)


def other_table(results: Results) -> list[str]:
    """The other figures: seconds, P, and what each is held against."""
    sizes = sorted(results)
    head = ["figure: least CPU", *map(thousands, sizes), "MiB at most", "growth", "wanted"]
    rows = []
    for figure in FIGURES:
        cells = [_cell(figure, results[size]) for size in sizes]
        if figure.name not in ("floor", PLAIN) and any(cells):
            name = figure.name
            rows.append([name, *cells, memory(results, name), growth(results, name), figure.wanted])
    return table(head, rows)


def full_table(results: Results) -> list[str]:
    """Every figure at every size."""
    head = ["promises", "figure", "rounds", "CPU least, median s", "P least, median"]
    rows = [
        [
            thousands(size),
            name,
            str(len(one.cpu)),
            f"{one.least:.3f}, {statistics.median(one.cpu):.3f}",
            f"{one.ratio:.1f}, {one.median_ratio:.1f}",
            f"{min(one.wall):.3f}, {statistics.median(one.wall):.3f}",
            f"{one.memory:.0f}",
            f"{one.size / 1e6:.2f}",
        ]
        for size, runs in sorted(results.items())
        for name, one in runs.items()
    ]
    return table([*head, "wall least, median s", "MiB at most", "answer MB"], rows)


def table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows)]


def thousands(count: int) -> str:
    return f"{count // 1000}k" if count % 1000 == 0 else str(count)


def memory(results: Results, name: str) -> str:
    """MiB at the largest size."""
    found = [runs[name].memory for _size, runs in sorted(results.items()) if name in runs]
    return f"{found[-1]:.0f}" if found else ""


def growth(results: Results, name: str) -> str:
    """From one size to the next, the power of the size by which CPU time grew: 1 is in step."""
    known = [(size, runs[name].least) for size, runs in sorted(results.items()) if name in runs]
    pairs = pairwise(known)
    return ", ".join(f"{math.log(b / a) / math.log(n / m):.2f}" for (m, a), (n, b) in pairs)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _called(name: str) -> str:
    return f"**npcreply {name}**" if name == PLAIN else name


def _wanted(name: str) -> str:
    return next((figure.wanted for figure in FIGURES if figure.name == name), "")


def _p(one: Runs | None) -> str:
    return f"{one.ratio:.1f} ({one.median_ratio:.1f})" if one else ""


def _cell(figure: Figure, runs: dict[str, Runs]) -> str:
    one = runs.get(figure.name)
    if one is None:
        return ""
    said = (
        [f"{one.least:.2f} s", f"{one.ratio:.1f} P"] if one.least >= 1 else [f"{one.ratio:.1f} P"]
    )
    return ", ".join([*said, *NOTED.get(figure.name, lambda *_given: [])(one, runs)])


def _of_plain(one: Runs, runs: dict[str, Runs]) -> list[str]:
    return [f"{one.least / runs[PLAIN].least:.2f} of plain"]


def _over_plain(one: Runs, runs: dict[str, Runs]) -> list[str]:
    return [f"{one.ratio - runs[PLAIN].ratio:+.1f} P"]


def _build(one: Runs, runs: dict[str, Runs]) -> list[str]:
    naive = [f"{one.least / runs[NAIVELY].least:.2f} naive"] if NAIVELY in runs else []
    rate = f"{one.notes['files'] / one.least:.0f} files/s"
    return [*naive, rate, f"index {one.notes['share']:.2f}"]


def _rest(one: Runs, runs: dict[str, Runs]) -> list[str]:
    done = f"{one.notes['kept']:.0%} was kept"
    return [f"{one.least / runs[COLD].least:.2f} of a cold build", done] if COLD in runs else [done]


NOTED: dict[str, Callable[[Runs, dict[str, Runs]], list[str]]] = {
    "overdue --known-on": _of_plain,
    "one edit outside, then overdue": _over_plain,
    "overdue, another version in between": _of_plain,
    COLD: _build,
    "killed half way, then overdue": _rest,
}
"""What else a figure's cell says."""
