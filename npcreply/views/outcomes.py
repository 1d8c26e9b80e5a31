"""What became of promises by their first date, year by year: each figure with its denominator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from npcreply.dataclass import replace
from npcreply.domain.judging.status import Judged
from npcreply.domain.judging.targets import percent
from npcreply.domain.outcomes import LATE, OUTCOMES, Outcomes
from npcreply.language import N_, _, listed, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Group, Row, Style, Table, Word
from npcreply.views.numbers import share_text
from npcreply.views.statistics import COUNTED_BY
from npcreply.views.words import weekday

FEW = 5
"""Of fewer promises no percentage is told: one of three is no 33%."""
_WORDS: Mapping[str, tuple[str, Style]] = {
    "in_time": (N_("按原时限兑现"), "done"),
    "late": (N_("过了原时限才兑现"), "verify"),
    "undated_kept": (N_("兑现（没有时限）"), "done"),
    "extended": (N_("延期中"), "soon"),
    "not_kept": (N_("逾期没有兑现"), "late"),
    "to_verify": (N_("数已达到，待销号"), "verify"),
    "open": (N_("还没到期"), ""),
    "undated": (N_("未定时限"), "undated"),
    "dropped": (N_("已终止"), "dropped"),
}
DATA = ("group", "outcome", "counted", "of", "percent", "days_median", "days_most", "days_of")
_NUMBERS = frozenset(DATA[2:])
BY = ("year", "dept", "field", "session", "term", "kind")


def outcome_word(name: str) -> Word:
    """Return what an outcome is called."""
    label, style = _WORDS[name]
    return Word(name, _(label), style)


def out_of(count: int, of: int) -> str:
    """Return a count with its denominator: 12/30（40%）; of fewer than five without a share."""
    told = f"{count}/{of}"
    return told if of < FEW else with_aside(told, share_text(Fraction(count, of)))


def due_text(found: Outcomes) -> str:
    """Return how many were due by their first date and how many of them were kept by it."""
    due, kept = found.due, kept_text(found)
    return _("到期 {of} 项，按原时限兑现 {share}").format(of=due.of, share=kept) if due.of else kept


def kept_text(found: Outcomes) -> str:
    """Return how many of those due by their first date were kept by it: 12/30（40%）."""
    due = found.due
    return out_of(due.count, due.of) if due.of else _("没有到期的")


class CountedOutcomes:
    """The outcomes of each group counted as the promises pass, by one of BY."""

    def __init__(self, by: str, schema: Schema) -> None:
        self._by, self._way, self._schema = by, COUNTED_BY[by], schema
        self._groups: dict[str, Outcomes] = {}
        self._total = Outcomes()

    def add(self, item: Judged) -> None:
        self._total.add(item)
        for name in self._way.of(item, self._schema):
            (self._groups.get(name) or self._groups.setdefault(name, Outcomes())).add(item)

    def groups(self) -> Iterator[tuple[str, Outcomes]]:
        """Yield the groups in their order; the total, without a name, last."""
        for name in sorted(self._groups, key=lambda name: self._way.order(name, self._schema)):
            yield name, self._groups[name]
        if self._total.of:
            yield "", self._total

    def data(self) -> Table:
        """Return one row a group and outcome that it has, the total last, as machines read them."""
        rows = tuple(row for name, found in self.groups() for row in _rows(name or None, found))
        return Table("stats", "stats", self._heads(), rows, totals=len(_told(self._total)))

    def beside(self, counts: Table) -> Table:
        """Return counts of the same groups as machines read them, each with its outcomes."""
        found = {name or _("合计"): tuple(_rows(None, one)) for name, one in self.groups()}
        told = ({**row, "outcomes": _bare(found.get(str(row["group"]), ()))} for row in counts.rows)
        head = Column("outcomes", self._schema.label("outcomes"))
        return replace(counts, columns=(*counts.columns, head), rows=tuple(told))

    def sheet(self) -> Table:
        """Return the same as a sheet of the workbook, where the total has its name."""
        rows = tuple({**row, "group": row["group"] or _("合计")} for row in self.data().rows)
        return Table("outcomes", "outcomes", self._heads(), rows, foot=tuple(self.foot()))

    def screen(self, day: date) -> Table:
        """Return the screen: each group with its outcomes under it, definitions below."""
        lead = _("承诺的结果  截至 {day} {weekday}").format(day=day, weekday=weekday(day))
        heads = (
            Column("share", _("项数/全部").upper(), align="right"),
            Column("outcome", self._schema.label("outcome").upper(), "enum"),
            Column("days", self._schema.label("days_late").upper()),
        )
        groups = tuple(self._shown())
        rows = tuple(row for group in groups for row in group.rows)
        empty = _("没有符合条件的承诺。")
        return Table(
            "stats", lead, heads, rows, groups, (lead,), tuple(self.foot()), empty,
            totals=len(_told(self._total)),
        )  # fmt: skip

    def foot(self) -> Iterator[str]:
        """Yield what the figures mean, and whether the groups add up to the total."""
        yield _("年份是会议年份（记录里的 year），不是答复或到期的年份。")
        yield _(
            "都看第一次定的时限，延期过的也一样；全部是承诺项数，已并入、被替代的不计；"
            "不到 {few} 项的不算百分比。"
        ).format(few=FEW)
        yield _("到期：有时限、已经兑现的，和原时限已过还没有兑现的；待销号的不在内。")
        yield _("逾期天数：从原时限到销号那天，没有销号的到截至日；中位数和最长的。")
        if any(self._total.counts[one] != _known(self._total, one) for one in LATE):
            yield _(
                "在原时限以内销号、缺了周期报告的，也算过了原时限才兑现；没有时限的，不知逾期几天。"
            )
        more = sum(found.of for found in self._groups.values()) - self._total.of
        if more:
            words = _("几家共同负责的承诺各家都计，合计只计一次：各组相加比合计多 {count} 项。")
            yield words.format(count=more)

    def words(self) -> Iterator[str]:
        """Yield each group in one line: 2022 30 项，按原时限兑现 12/30（40%）、…."""
        words = _("{name} {total} 项，{parts}")
        for name, found in self.groups():
            told = [
                f"{outcome_word(one).label} {out_of(found.counts[one], found.of)}"
                for one in _told(found)
            ]
            if told:
                yield words.format(name=name or _("合计"), total=found.of, parts=listed(told))

    def _shown(self) -> Iterator[Group]:
        for name, found in self.groups():
            if found.of:
                head = _("{name}  {count} 项  {due}").format(
                    name=name or _("合计"), count=found.of, due=due_text(found)
                )
                yield Group(head, tuple(_screen_rows(found)))

    def _heads(self) -> tuple[Column, ...]:
        labels = {"group": self._schema.label(self._way.field, self._way.within)}
        return tuple(
            Column(
                name,
                labels.get(name) or self._schema.label(name),
                "number" if name in _NUMBERS else "text",
            )
            for name in DATA
        )


def counted(items: Iterable[Judged], by: str, schema: Schema) -> CountedOutcomes:
    """Return the outcomes of these promises, by one of BY."""
    found = CountedOutcomes(by, schema)
    for item in items:
        found.add(item)
    return found


def _rows(name: str | None, found: Outcomes) -> Iterator[Row]:
    for one in _told(found):
        count, days = found.counts[one], found.days(one)
        share = percent(Decimal(count), Decimal(found.of)) if found.of >= FEW else None
        cells: dict[str, Cell] = {
            "group": name,
            "outcome": outcome_word(one),
            "counted": count,
            "of": found.of,
            "percent": share,
            "days_median": days[0] if days else None,
            "days_most": days[1] if days else None,
            "days_of": days[2] if days else None,
        }
        yield cells


def _bare(rows: Iterable[Row]) -> tuple[Mapping[str, object], ...]:
    """Return rows as the items of a list: those of one group, without its name."""
    return tuple({name: cell for name, cell in row.items() if name != "group"} for row in rows)


def _screen_rows(found: Outcomes) -> Iterator[Row]:
    for one in _told(found):
        cells: dict[str, Cell] = {
            "share": out_of(found.counts[one], found.of),
            "outcome": outcome_word(one),
            "days": days_text(found, one),
        }
        yield cells


def days_text(found: Outcomes, name: str) -> str:
    """Return the days late of an outcome: 中位 20 天，最长 90 天; where they are known of some of
    its promises alone, of how many: 中位 20 天，最长 90 天（3/5 项）. "" where of none.
    """
    days, count = found.days(name), found.counts[name]
    if days is None:
        return ""
    median, most, known = days
    told = _("中位 {median} 天，最长 {most} 天").format(median=median, most=most)
    some = _("{known}/{count} 项").format(known=known, count=count)
    return told if known == count else with_aside(told, some)


def _known(found: Outcomes, name: str) -> int:
    days = found.days(name)
    return days[2] if days else 0


def _told(found: Outcomes) -> list[str]:
    return [name for name in OUTCOMES if found.counts[name]]
