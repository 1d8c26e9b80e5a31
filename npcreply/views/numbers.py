"""Numbers as people read them: how far a promise has come, in a few characters."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from npcreply.domain.judging.status import Judged
from npcreply.domain.judging.targets import DOWNWARD, TargetState, comparator_of, kind_of
from npcreply.language import _, with_aside

_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)  # a slip of the finger is still a number
_ALL, _TENTH = Decimal(100), Decimal("0.1")
_SMALLEST = 8  # digits behind the point: a smaller rate is of no office's business


def farthest(judged: Judged) -> TargetState | None:
    """Return the target that a one-line row shows: the farthest from its goal.

    Unmet ones come first, then those with a figure, then the lowest share reached.
    """
    if not judged.targets:
        return None

    def key(state: TargetState) -> tuple[bool, bool, bool, Decimal, int]:
        reached = Decimal(0)
        if state.latest is not None and state.value:
            reached = state.latest / state.value
        return (
            bool(state.target.forecast),
            state.met,
            state.printed is None,
            reached,
            state.target.id,
        )

    return min(judged.targets, key=key)


def progress_text(judged: Judged) -> str:
    """Return how far, in a few characters: 63.5%, 60.4/70%, 62/40%~ (~ mid-period), or ""; of a
    number that every period is to reach, how many periods failed.
    """
    state = farthest(judged)
    if state and state.period and judged.failed:
        return _("差 {count} 期").format(count=judged.failed)
    return state_text(state) if state else ""


def state_text(state: TargetState) -> str:
    """Return how far one target has come, in a few characters."""
    if state.latest is None or state.value is None:
        return ""
    if state.percent is not None and (state.met or state.percent < _ALL):
        return f"{_short(state.percent, state, _ALL)}%"
    unit = "%" if (state.target.unit or "").strip() in ("%", "％") else ""
    is_strict = state.latest == state.value and not state.met and not state.mid
    sign = comparator_of(state.target) if is_strict else ""
    latest = _short(state.latest, state, state.value)
    return f"{latest}/{sign}{plain(state.value)}{unit}{'~' if state.mid else ''}"


def _short(value: Decimal, state: TargetState, goal: Decimal) -> str:
    """Return a number with one digit behind the point, or cut to it where the rounded one would
    look like a goal that is not reached: 94.96 of 95 is 94.9, never 95.
    """
    short = value.quantize(_TENTH, context=_WIDE)
    reaches = min(value, goal) < goal <= short or max(value, goal) > goal >= short
    if reaches and not state.met:
        short = value.quantize(_TENTH, ROUND_FLOOR if value < goal else ROUND_CEILING, _WIDE)
    return plain(short)


def rounded(value: Fraction, digits: int = 2) -> Decimal:
    """Return the number rounded half up, without trailing zeros."""
    exact = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    short = exact.quantize(Decimal(1).scaleb(-digits), context=_WIDE)
    return Decimal(plain(short) if short else "0")


def about(value: Fraction, unit: str | None = "") -> str:
    """Return a reckoned number with as many digits as it is worth: 1194亿元, 16.8个, 0.41亿美元."""
    size, digits = abs(value), 2
    if size >= 10:
        digits = 0 if size >= 1000 else 1
    while size and size * 10**digits < 1 and digits < _SMALLEST:
        digits += 1  # what is left to do is never nothing
    return f"{plain(rounded(value, digits))}{unit or ''}"


def share_text(value: Fraction) -> str:
    """Return a share in percent with one digit: 63.5%; less than all of it is never 100%."""
    share = rounded(value * 100, 1)
    return f"{plain(_ALL - _TENTH if value < 1 and share >= _ALL else share)}%"


def plain(value: Decimal) -> str:
    """Return the number without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_text(state: TargetState) -> str:
    """Return the figure beside what it is held against: 5.5/12公里, 3.2/≤4%~ (~ mid-period)."""
    latest, value = (plain(n) if n is not None else "?" for n in (state.latest, state.value))
    sign = "≤" if comparator_of(state.target) in DOWNWARD else ""
    return f"{latest}/{sign}{value}{state.target.unit or ''}{'~' if state.mid else ''}"


def target_text(state: TargetState) -> str:
    """Return the target as people write it: 重大项目年度投资 ≥600亿元, in GBK's signs."""
    target = state.target
    code = comparator_of(target)
    sign = {">=": "≥", "<=": "≤"}.get(code, code)
    kind = {"growth": _("增长"), "multiple": _("达到")}.get(kind_of(target), "")
    value = plain(state.value) if state.value is not None else "?"
    if target.value_min is not None and target.value_max is not None:
        sign, value = "", f"{plain(target.value_min)}-{plain(target.value_max)}"
    indicator = with_aside(target.indicator, target.scope or "")
    return f"{indicator} {kind}{sign}{value}{target.unit or ''}"


def target_rows(judged: Judged) -> tuple[Mapping[str, object], ...]:
    """Return the targets as the JSON row holds them; absent values are null."""
    return tuple(
        {
            "id": state.target.id,
            "indicator": state.target.indicator,
            "kind": kind_of(state.target),
            "comparator": comparator_of(state.target),
            "value": state.value,
            "unit": state.target.unit,
            "scope": state.target.scope,
            "deadline": state.deadline,
            "latest": state.latest,
            "as_of": state.as_of,
            "percent": state.percent,
            "mid": state.mid,
            "met": state.met,
        }
        for state in judged.targets
    )
