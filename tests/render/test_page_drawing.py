"""Charts as shapes: nothing outside the plane, every number on its mark, lengths as the data."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.language import choose
from npcreply.render.page import WIDE, Rect, Trace, Words, drawing
from npcreply.table import Style
from npcreply.views.charts import STATES, Band, Bullet, Chart, Kind, Moment, Part, Stack

STYLES: list[Style] = [state.style for state in STATES]
counts = st.integers(1, 9999)
stacks = st.lists(
    st.builds(
        lambda name, parts: Stack(name, tuple(Part(s, s, n) for s, n in sorted(parts.items()))),
        st.text(max_size=30),
        st.dictionaries(st.sampled_from(STYLES), counts, min_size=1),
    ),
    min_size=1,
    max_size=8,
)


def drawn(kind: Kind, marks: Any) -> list[Any]:
    return list(drawing(Chart(kind=kind, title="", marks=marks, words="")).shapes)


def marks(shapes: list[Any]) -> list[Any]:
    return [shape for shape in shapes if not isinstance(shape, Words) and shape.count]


@given(stacks)
def test_a_row_of_parts_fits_and_every_number_stands_in_its_part(found: list[Stack]) -> None:
    shapes = drawn("departments", found)
    parts = [part for stack in found for part in stack.parts]
    assert [rect.count for rect in marks(shapes)] == [str(part.count) for part in parts]
    for rect in marks(shapes):
        inside = [
            s
            for s in shapes
            if isinstance(s, Words) and s.anchor == "middle" and rect.y < s.y < rect.y + rect.height
        ]
        assert any(s.text == rect.count and rect.x < s.x < rect.x + rect.width for s in inside)
        assert rect.width >= 6 * len(rect.count)
        assert rect.x + rect.width <= 302.1


@given(stacks, st.integers(1, 5000))
def test_wide_parts_are_as_long_as_their_numbers(found: list[Stack], count: int) -> None:
    two = [Stack("甲", (Part("a", "late", count),)), Stack("乙", (Part("a", "late", 2 * count),))]
    one, other = marks(drawn("departments", two))
    assert other.width == pytest.approx(182, abs=0.1)
    assert one.width == pytest.approx(91, abs=0.1)
    assert len(marks(drawn("departments", found))) == sum(len(stack.parts) for stack in found)


def test_the_rest_does_not_shrink_the_others() -> None:
    named = Stack("甲", (Part("a", "late", 10),))
    rest = Stack("其余", (Part("a", "late", 500),), rest=True)
    first, last = marks(drawn("departments", [named, rest]))
    assert first.width == last.width == pytest.approx(182, abs=0.1)
    small = Stack("其余", (Part("a", "late", 5),), rest=True)
    assert marks(drawn("departments", [named, small]))[1].width == pytest.approx(91, abs=0.1)


def test_a_band_without_any_has_its_number_and_no_bar() -> None:
    shapes = drawn("ages", [Band("一", 4), Band("二", 0), Band("三", 2)])
    assert [rect.width for rect in marks(shapes)] == [205, 102.5]
    assert [s.text for s in shapes if isinstance(s, Words)] == ["一", "4", "二", "0", "三", "2"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["11月", "2023", "12月", "1-05", "2024"]),
        ("en", ["Nov", "2023", "Dec", "1-05", "2024"]),
    ],
)
def test_months(language: str, words: list[str]) -> None:
    choose(language)
    try:
        days = [date(2023, 11, 30), date(2023, 12, 31), date(2024, 1, 5)]
        shapes = drawn("trend", [Moment(day, 3) for day in days])
    finally:
        choose("zh")
    assert [s.text for s in shapes if isinstance(s, Words) and s.look == "month"] == words
    assert [s.look for s in marks(shapes)] == ["dot", "dot", "dot last"]
    lines = [s.look for s in shapes if isinstance(s, Trace) and s.look.startswith("line")]
    assert lines == ["line", "line last"]


@given(st.lists(st.integers(0, 99999), min_size=1, max_size=13))
def test_points_stand_as_high_as_their_numbers(numbers: list[int]) -> None:
    days = [date(2023, 1, 31)] * len(numbers)
    shapes = drawn("trend", [Moment(day, n) for day, n in zip(days, numbers, strict=True)])
    most = max(1, *numbers)
    for point, number in zip(marks(shapes), numbers, strict=True):
        ys = [y for _x, y in point.points]
        assert (100 - sum(ys) / len(ys)) / 80 == pytest.approx(number / most)
        assert all(0 <= x <= WIDE for x, _y in point.points)


@pytest.mark.parametrize(
    ("reached", "gone", "along", "tip"),
    [
        (Fraction(1, 2), Fraction(1, 4), 137.5, 68.75),
        (Fraction(1), Fraction(1), 275, 275),
        (Fraction(6, 5), Fraction(0), 330, 0),
        (Fraction(10) ** 400, None, 330, None),
        (Fraction(-3), Fraction(2, 3), 0, 183.33),
    ],
)
def test_bullets(reached: Fraction, gone: Fraction | None, along: float, tip: float | None) -> None:
    shapes = drawn("targets", [Bullet("1.1", "名" * 300, "5/10个 50%", reached, gone, "late")])
    (bar,) = [mark for mark in marks(shapes) if isinstance(mark, Rect)]
    assert bar.width == pytest.approx(along)
    assert bar.count == "5/10个 50%"
    tips = [mark.points[2][0] for mark in marks(shapes) if isinstance(mark, Trace)]
    assert tips == ([] if tip is None else [pytest.approx(tip, abs=0.01)])
    label = next(s for s in shapes if isinstance(s, Words))
    assert label.text.endswith("...")
    assert label.title == "1.1 " + "名" * 300


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawing(Chart(kind="ages", title="", marks=[], words="", empty="没有")).shapes == ()
