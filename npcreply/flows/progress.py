"""A figure reported for a promise: which target it belongs to, in which unit; never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from npcreply.dataclass import dataclass, field_names
from npcreply.domain.record.model import Entry, Measure, Target
from npcreply.domain.time import cadences
from npcreply.errors import UsageError
from npcreply.grammar.units import convert, in_full
from npcreply.language import _, listed, with_aside
from npcreply.session import Session

if TYPE_CHECKING:  # an entry without a number needs no reading of one
    from npcreply.grammar import quantities


@dataclass(frozen=True, slots=True)
class Figure:
    """What was typed of a figure: value with or without its unit, the target's number, what is
    counted where it is no target's, the percentage as the department states it.
    """

    value: str | None = None
    unit: str | None = None
    target: int | None = None
    indicator: str | None = None
    percent: str | None = None

    @property
    def given(self) -> bool:
        return any(getattr(self, name) is not None for name in field_names(Figure))

    def read(self, measure: Measure) -> dict[str, Any]:
        """Return the figure as parts of a log entry; raises UsageError instead of guessing."""
        stated = None if self.percent is None else _number("--percent", self.percent).value
        if self.value is None:
            self._nothing_lost()
            number = None if self.target is None else _target(measure, self.target).id
            return {"target": number, "stated_percent": stated}
        figure = _number("--value", self.value)
        if self.indicator:
            counted = _counted(figure, self.unit or figure.unit, stated)
            return {"indicator": self.indicator, **counted}
        target = _meant(measure, self.target)
        said = self.unit or in_full(figure.unit, target.unit) or target.unit
        if convert(figure.value, said, target.unit) is None:
            raise UsageError(
                _("单位对不上：目标用“{goal}”，这里是“{said}”").format(goal=target.unit, said=said),
                _("换成目标的单位；不是这个目标的数，加 --indicator 写明是什么数。"),
            )
        return {"target": target.id, **_counted(figure, said, stated)}

    def _nothing_lost(self) -> None:
        for option, said in (("--unit", self.unit), ("--indicator", self.indicator)):
            if said is not None:
                raise UsageError(
                    _("{option} 要和 --value 一起用").format(option=option),
                    _("例如 --value 12 --unit 公里。"),
                )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered on the terminal; each part may be left empty."""

    value: str | None = None
    date: str | None = None
    note: str | None = None


def asked(session: Session, measure: Measure, target: int | None) -> Asked:
    """Ask for the figure (where there is a target to hold it against), its day and a note; nothing
    where nobody is there.
    """
    if session.ask is None:
        return Asked()
    value = day = None
    one = len(measure.targets) == 1 or target is not None
    if measure.targets and one:
        number = target or measure.targets[0].id
        goal = next((t for t in measure.targets if t.id == number), measure.targets[0])
        label = with_aside(goal.indicator, goal.unit or _("数"))
        value = session.ask(_("{label}现在是多少？没有数就按回车").format(label=label), "") or None
    if value:
        day = session.ask(_("截至哪天？"), str(session.day)) or None
    return Asked(value, day, session.ask(_("进展说明"), "") or None)


def _counted(figure: quantities.Figure, unit: str | None, stated: Decimal | None) -> dict[str, Any]:
    about = {"approx": True} if figure.approx else {}
    return {"value": figure.value, "unit": unit, **about, "stated_percent": stated}


def served(
    session: Session, measure: Measure, typed: str | None, words: str | None, last: date
) -> str | None:
    """Return which of the promise's periodic reports an entry is: as typed, else the one whose
    period the date's words name (二季度; `last` is its last day), else asked where several may be
    meant; without a terminal the shortest. Raises UsageError for none of them.
    """
    schema, known = session.workspace.schema, measure.cadence
    if typed is None and len(known) > 1 and words:
        named = cadences.cadence_named(words, last, measure)
        if named:
            return named
    if typed is None and len(known) > 1 and session.ask is not None:
        words = listed(schema.word("cadence", code) for code in known)
        typed = session.ask(_("这一条是哪种周期的报告（{words}）").format(words=words), "") or None
    if typed is None:
        return cadences.served(Entry(), measure) if len(known) > 1 else None
    code = schema.code("cadence", typed) or schema.code("cadence", f"每{typed}")
    if code not in known:
        words = listed(schema.word("cadence", each) for each in known)
        raise UsageError(
            _("这项承诺没有“{typed}”这样的周期").format(typed=typed),
            _("可以写：{options}。").format(options=words)
            if known
            else _("去掉 --cadence；要定期报告的，先写 npcreply set 编号 cadence=每月。"),
        )
    return code


def _number(option: str, text: str) -> quantities.Figure:
    from npcreply.grammar import quantities

    figure = quantities.typed_figure(text)
    if figure is None:
        raise UsageError(
            _("{option} 要一个数，这里是“{text}”").format(option=option, text=text),
            _("例如 358.49、六百、358.49亿元、63.5%。"),
        )
    return figure


def _meant(measure: Measure, number: int | None) -> Target:
    if number is not None:
        return _target(measure, number)
    if not measure.targets:
        raise UsageError(
            _("这项承诺没有量化目标，要写明这是什么数"),
            _("加 --indicator 什么数；不是数的进展写在 --note 里。"),
        )
    if len(measure.targets) > 1:
        raise UsageError(
            _("这项承诺有 {count} 个目标，用 --target 写明是哪个：").format(
                count=len(measure.targets)
            ),
            _targets(measure),
        )
    return measure.targets[0]


def _target(measure: Measure, number: int) -> Target:
    found = [target for target in measure.targets if target.id == number]
    if not found:
        raise UsageError(
            _("没有第 {number} 个目标").format(number=number),
            _targets(measure) or _("这项承诺没有量化目标，去掉 --target。"),
        )
    return found[0]


def _targets(measure: Measure) -> str:
    return "\n".join(
        f"--target {target.id}  {with_aside(target.indicator, target.unit or '-')}"
        for target in measure.targets
    )
