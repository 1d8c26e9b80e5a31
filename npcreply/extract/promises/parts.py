"""Two dated acts in one sentence: what each of them is, by which day, how firmly."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import replace
from npcreply.extract.model import Drafted, Promise
from npcreply.extract.promises.acts import Act
from npcreply.extract.promises.clause_start import counts
from npcreply.extract.promises.due import due, place_of_due
from npcreply.extract.promises.force import force, leads_up
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.letter import Letter, drafted_day
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import rx

_Part = tuple[tuple[Clause, ...], Drafted[date]]


def parts(letter: Letter, sentence: Sentence, promise: Promise) -> tuple[Promise, ...]:
    """Return the promise as one for each day by which something is due: 9月底前完成主体,年底前投入
    使用; () where it is one act. Numbers keep their days themselves, and a condition has none.
    """
    if promise.cadence or promise.condition or not promise.deadline or not promise.deadline.sure:
        return ()
    pieces = _pieces(letter, sentence, promise.opens)
    if len(pieces) > 1:  # 7月招标,10月中旬启动,年内完成: then a beginning is an act too
        pieces = _pieces(letter, sentence, promise.opens, starts=True)
    days = [day.value for _clauses, day in pieces]
    plain = any(not any(counts(letter, clause) for clause in clauses) for clauses, _day in pieces)
    if len(pieces) < 2 or not plain or days != sorted(days):  # 今年…,9月底前…: a day within
        return ()
    return tuple(_part(letter, sentence, promise, piece) for piece in pieces)


# 年底前全部完成,其中甲镇6月底前完成: a part of the same act.
_WITHIN = rx("其中|包括")


def _pieces(letter: Letter, sentence: Sentence, opens: int, *, starts: bool = False) -> list[_Part]:
    """The clauses up to the next one that has another day, each with its day; what leads up to the
    first is the first's. `starts`: a day on which something begins is one of them.
    """
    pieces: list[_Part] = []
    waiting: tuple[Clause, ...] = ()
    for clause in sentence.clauses:
        if clause.end <= opens:
            continue
        if _WITHIN.match(letter.text, clause.start, clause.end):
            return []
        day = None if leads_up(letter, clause) else due(letter, clause.start, clause.end)
        day = day or (_begins(letter, clause) if starts else None)
        if day and day.sure and not (pieces and pieces[-1][1].value == day.value):
            pieces.append(((*waiting, clause), day))
            waiting = ()
        elif pieces:
            pieces[-1] = ((*pieces[-1][0], clause), pieces[-1][1])
        else:
            waiting += (clause,)
    return pieces


def _begins(letter: Letter, clause: Clause) -> Drafted[date] | None:
    """The day on which a clause's work begins, that a later one in the sentence ends."""
    for _first, _last, hit in letter.days.between(clause.start, clause.end):
        if hit.kind == "start" and hit.date and letter.today and hit.date >= letter.today:
            return drafted_day(hit, hit.date)
    return None


def _part(letter: Letter, sentence: Sentence, promise: Promise, piece: _Part) -> Promise:
    clauses, day = piece
    opens, closes = max(promise.opens, clauses[0].start), clauses[-1].end
    if clauses[0].start == sentence.body:
        opens = promise.opens  # with its number
    own = replace(sentence, start=opens, end=closes, clauses=clauses)
    act = Act(0, 0, promise.rule)
    start, end = letter.source(opens, closes)
    return replace(
        promise,
        start=start,
        end=end,
        quote=letter.cleaned.text[start:end],
        opens=opens,
        closes=closes,
        deadline=day,
        force=force(letter, own, act, place_of_due(letter, opens, closes)),
    )
