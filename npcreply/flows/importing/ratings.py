"""What a run's rating slips write: a line of `feedback` a deputy, the rating of the last notice.

A record's ratings of one round count by the last of them, so those of several deputies are written
with the worst one last; where a later day would still hide a worse rating, they are asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from npcreply.dataclass import dataclass, field
from npcreply.domain.record.model import Feedback, ProgressNotice, Record
from npcreply.flows.importing.desk import Desk
from npcreply.flows.importing.plan import Plan, Said
from npcreply.flows.importing.slips import Slip
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.store import amend

_RANKS = {"satisfied": 0, "basically_satisfied": 1, "dissatisfied": 2}
_AXES = ("attitude", "result")
_COLON = "："


@dataclass(slots=True)
class Ratings:
    """The slips of one run; `finish` puts what they write on the desk."""

    session: Session
    plan: Plan
    desk: Desk
    slips: list[Slip] = field(default_factory=list)

    def finish(self) -> None:
        """Compare the slips with each other and the records, and put what is new on the desk."""
        by_record: dict[str, list[Slip]] = defaultdict(list)
        for slip in self.slips:
            by_record[slip.opened.id].append(slip)
        for slips in by_record.values():
            alone = [*self._alone(slips)]
            rounds: dict[int, list[Slip]] = defaultdict(list)
            for slip in alone:
                rounds[round_rated(slip.opened.record, self._day(slip))].append(slip)
            for number, said in rounds.items():
                self._feedback(number, [slip for slip in said if slip.attitude or slip.result])
            self._overall([slip for slip in alone if slip.overall])

    def _day(self, slip: Slip) -> date:
        return slip.on or self.session.today

    def _alone(self, slips: Iterable[Slip]) -> Iterable[Slip]:
        """Yield one slip a deputy; two lines that say different things are asked, none taken."""
        by_deputy: dict[str, list[Slip]] = defaultdict(list)
        for slip in slips:
            by_deputy[slip.deputy].append(slip)
        for deputy, lines in by_deputy.items():
            if len({slip.said for slip in lines}) == 1:
                self.plan.same += len(lines) - 1
                yield lines[0]
                continue
            words = _("{id} {deputy} 有几行，写的不一样（{cells}）：都没有写")
            cells = listed(slip.where for slip in lines)
            said = words.format(id=lines[0].opened.id, deputy=deputy, cells=cells)
            self.plan.ask(lines[-1].where, said, _("改成一样，或删掉错的那一行，再导入。"))

    def _feedback(self, number: int, slips: Sequence[Slip]) -> None:
        new = sorted(
            (slip for slip in slips if self._is_new(number, slip)),
            key=lambda slip: (slip.on or date.min, _rank(slip.attitude) + _rank(slip.result)),
        )
        if not new or self._hides(number, new):
            return
        schema, today = self.session.workspace.schema, self.session.today
        order, parts = [*schema.fields("")], [*schema.fields("feedback")]
        for slip in new:
            item = amend.filled(
                {
                    "round": number,
                    "on": slip.on,
                    "attitude": slip.attitude,
                    "result": slip.result,
                    "note": _noted(slip),
                    "entered": today,
                }
            )
            line = {part: item[part] for part in sorted(item, key=parts.index)}
            self.desk.give(slip.opened.id, _appended("feedback", line, order), slip.where)
            self.plan.ratings.append(Said(slip.where, self._words(slip, slip)))
        before = [(row.attitude, row.result) for row in _of_round(new[0].opened.record, number)]
        if len({*before, *((slip.attitude, slip.result) for slip in new)}) > 1:
            last = self.plan.ratings.pop()
            words = _("{said}（几位代表评得不一样，最差的记在最后，算数的是它）")
            self.plan.ratings.append(Said(last.where, words.format(said=last.words)))

    def _is_new(self, number: int, slip: Slip) -> bool:
        """Tell whether the record lacks the rating; another one of the same deputy is asked."""
        own = [row for row in _of_round(slip.opened.record, number) if _is_by(row, slip)]
        if any(_is_same(row, slip) for row in own):
            self.plan.same += 1
            return False
        if own:
            words = _("{said}；库里第 {round} 轮已记 {known}：没有改").format(
                said=self._words(slip, slip), round=number, known=self._words(own[-1], None)
            )
            self.plan.ask(slip.where, words, self._set(slip))
        return not own

    def _hides(self, number: int, new: Sequence[Slip]) -> bool:
        """Ask where the last rating, the one that counts, is better than one of another deputy."""
        rows: list[Feedback | Slip] = [*_of_round(new[0].opened.record, number), *new]
        rows.sort(key=lambda row: row.on or date.min)
        for axis in _AXES:
            codes = [code for row in rows if (code := getattr(row, axis))]
            if codes and _rank(codes[-1]) < max(map(_rank, codes)):
                schema = self.session.workspace.schema
                worst = max(codes, key=_rank)
                words = _(
                    "{id} 几位代表评得不一样（{cells}）：{axis}算数的是最后一条（{last}），"
                    "会盖住 {worst}，都没有写"
                ).format(
                    id=new[0].opened.id,
                    cells=listed(slip.where for slip in new),
                    axis=schema.label(axis, "feedback"),
                    last=schema.word(axis, codes[-1]),
                    worst=schema.word(axis, worst),
                )
                self.plan.ask(new[-1].where, words, self._set(new[-1]))
                return True
        return False

    def _set(self, slip: Slip) -> str:
        return _(
            "以哪一条为准由人定：npcreply set {id} attitude=… result=… --on {day}，别的写进说明。"
        ).format(id=slip.opened.id, day=slip.on or _("日期"))

    def _overall(self, slips: Sequence[Slip]) -> None:
        by_notice: dict[int, list[Slip]] = defaultdict(list)
        for slip in slips:
            at = _notice(slip.opened.record, self._day(slip))
            if at is not None:
                by_notice[at].append(slip)
                continue
            words = _("{id} 到 {day} 没有告知过代表，总体评价没有对象：没有写").format(
                id=slip.opened.id, day=self._day(slip)
            )
            remedy = _("先记告知：npcreply set {id} progress_notices=代表 --on 日期，再导入。")
            self.plan.ask(slip.overall_where, words, remedy.format(id=slip.opened.id))
        for at, said in by_notice.items():
            self._notice_rated(at, said)

    def _notice_rated(self, at: int, slips: Sequence[Slip]) -> None:
        """A notice holds one rating: where deputies or the record do not agree, it is asked."""
        opened = slips[0].opened
        notice = opened.record.progress_notices[at]
        codes = {slip.overall for slip in slips} | ({notice.rating} if notice.rating else set())
        if len(codes) > 1:
            word = self.session.workspace.schema.word
            said = [f"{slip.overall_where} {word('rating', slip.overall or '')}" for slip in slips]
            if notice.rating:
                said.append(_("库里 {word}").format(word=word("rating", notice.rating)))
            words = _("{id} 总体评价不一样（{said}），一次告知只记一个：没有写")
            remedy = _("记哪个由人定：npcreply set {id} progress_rating=… --on 日期。")
            self.plan.ask(
                slips[-1].overall_where,
                words.format(id=opened.id, said=listed(said)),
                remedy.format(id=opened.id),
            )
            return
        self._write_notice(at, notice, slips)

    def _write_notice(self, at: int, notice: ProgressNotice, slips: Sequence[Slip]) -> None:
        known = (notice.note or "").split("；") if notice.note else []
        notes = [_noted(s) for s in slips if s.opinion and not (s.attitude or s.result)]
        more = [note for note in notes if note not in (notice.note or "")]
        new = slips if not notice.rating else [s for s in slips if _noted(s) in more]
        self.plan.same += len(slips) - len(new)
        if not new:
            return
        days = [slip.on for slip in slips if slip.on]
        said = {"note": "；".join([*known, *more])}
        if not notice.rating:
            said_on = max(days, default=None)
            said |= {"rating": slips[0].overall, "rated_on": said_on}  # type: ignore[dict-item]
        parts = [*self.session.workspace.schema.fields("progress_notices")]

        def amendment(data: amend.Data) -> None:
            whole = amend.filled({**data["progress_notices"][at], **said})
            line = {part: whole[part] for part in sorted(whole, key=parts.index)}
            data["progress_notices"][at] = line

        self.desk.give(slips[0].opened.id, amendment, new[0].overall_where)
        for slip in new:
            word = self.session.workspace.schema.word("rating", slip.overall or "")
            day = f"  {slip.on}" if slip.on else ""
            words = _("{id}  {deputy}  总体评价 {word}（{day}的告知）").format(
                id=slip.opened.id, deputy=slip.deputy, word=word, day=notice.on
            )
            self.plan.ratings.append(Said(slip.overall_where, words + day))

    def _words(self, row: Feedback | Slip, slip: Slip | None) -> str:
        schema = self.session.workspace.schema
        said = [
            f"{schema.label(axis, 'feedback')} {schema.word(axis, code)}"
            for axis in _AXES
            if (code := getattr(row, axis))
        ]
        whose = [slip.opened.id, slip.deputy] if slip else []
        return "  ".join([*whose, *said, *([str(row.on)] if row.on else [])])


def round_rated(record: Record, day: date) -> int:
    """Return the round that a rating of the day is of: the last one answered by then."""
    given = [one.round for one in record.rounds if one.reply_date and one.reply_date <= day]
    return max(given, default=1)


def _rank(code: str | None) -> int:
    return _RANKS.get(code or "", 0)


def _noted(slip: Slip) -> str:
    """The schema has no place for the deputy: the note begins with the name."""
    return slip.deputy + (_COLON + slip.opinion if slip.opinion else "")


def _of_round(record: Record, number: int) -> list[Feedback]:
    return [
        row
        for row in record.feedback
        if (row.round or (round_rated(record, row.on) if row.on else 1)) == number
    ]


def _is_by(row: Feedback, slip: Slip) -> bool:
    """A rating without a name is the deputy's where the record has no other."""
    note = row.note or ""
    if note == slip.deputy or note.startswith(slip.deputy + _COLON):
        return True
    deputies = slip.opened.record.deputies
    named = any(note == name or note.startswith(name + _COLON) for name in deputies)
    return not named and len(deputies) == 1 and (slip.opened.record.deputy_count or 1) == 1


def _is_same(row: Feedback, slip: Slip) -> bool:
    alike = (row.attitude, row.result) == (slip.attitude, slip.result)
    days_agree = row.on is None or slip.on is None or row.on == slip.on
    return alike and days_agree and (not slip.opinion or slip.opinion in (row.note or ""))


def _notice(record: Record, day: date) -> int | None:
    """Return the place of the last notice that the deputies had got by the day."""
    had = [
        (one.on, at)
        for at, one in enumerate(record.progress_notices)
        if one.to == "deputies" and one.on <= day
    ]
    return max(had)[1] if had else None


def _appended(key: str, line: amend.Data, order: Sequence[str]) -> amend.Amendment:
    def amendment(data: amend.Data) -> None:
        amend.put(data, key, [*(data.get(key) or []), line], order)

    return amendment
