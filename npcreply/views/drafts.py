"""A draft as lines: the letter's header by number, what to doubt, what there is to choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.record.figures import printed
from npcreply.extract.as_json import as_json
from npcreply.extract.candidates import Candidate, candidates
from npcreply.extract.candidates import sure as sure_ones
from npcreply.extract.draft import Draft
from npcreply.extract.files import Intake
from npcreply.extract.model import Drafted, Figure, Goal, Promise
from npcreply.extract.page.furniture import ANOTHER
from npcreply.extract.progress import reports
from npcreply.extract.reasons import IN_DOUBTFUL_PROMISE
from npcreply.extract.record import record_data
from npcreply.extract.surroundings import surroundings
from npcreply.language import N_, _, listed, listed_apart, shortened, with_aside
from npcreply.store.contract.schema import Schema

Line = tuple[str, str]
Lines = Iterable[Line]
HEADER = (
    *("kind", "year", "number", "session", "title", "deputies", "lead", "co"),
    *("reply_date", "contact"),
)
_BESIDE = (
    *("round", "between_sessions", "consulted", "leader", "assigned_on", "met", "publish_date"),
    *(
        "index_no",
        "doc_no",
        "disclosure",
        "letter",
        "scheme",
        "feedback",
        "attitude",
        "carried_from",
    ),
)
_KINDS = {
    "article": N_("报道、文章"),
    "letter": N_("公函"),
    "co_opinion": N_("会办意见"),
    "message": N_("答复群众留言"),
    "progress": N_("办理进展的报告"),
}
_SIGNS = {
    ">=": N_("≥{value}"),
    "<=": N_("≤{value}"),
    "=": N_("={value}"),
    "growth": N_("增长 {value}"),
    "multiple": N_("为基数的 {value}"),
}
_SHOWN = 60  # characters of a promise on one line
_DOUBTS = 8  # so many lines a clerk reads before the first question


def intake_lines(name: str, read: Intake, found: Draft) -> Iterator[Line]:
    """Yield what was read and what of the page is no letter."""
    form = read.encoding.upper() or read.kind
    size = _("读入 {name}（{form}，{count} 字）").format(name=name, form=form, count=len(read.text))
    rows = sum(
        found.text.count("\n", s.start, s.end) + 1
        for s in found.cleaned.furniture
        if s.rule != ANOTHER
    )
    less = _("，略去网页栏目 {count} 行").format(count=rows) if rows else ""
    copies = sum(len(repeat.copies) for repeat in found.cleaned.repeats)
    again = _("，重复的 {count} 处只读一次").format(count=copies) if copies else ""
    yield _("{read}{less}{again}。").format(read=size, less=less, again=again), ""
    yield from ((note, "soon") for note in read.notes)


def header_lines(
    found: Draft, data: Mapping[str, object], schema: Schema, *, sources: bool = False
) -> Iterator[Line]:
    """Yield the header as it would be saved (`data`), numbered; with `sources` each value's rule
    and place. A value that is not sure is shown with a question mark and is not saved.
    """
    for number, name in enumerate(HEADER, 1):
        told = _told(found, name)
        value = said(name, data.get(name), schema)
        if name == "kind" and not found.is_record:
            value = _(_KINDS[found.header.kind.value])
        if not value and told:
            value = _("{value}？（存疑，不录）").format(value=_listed(name, told, schema))
        row = with_aside(value or _("未载明"), _aside(found, name, data))
        yield f"{number:>2}  {schema.label(name)}  {row}{_source(told, sources)}", ""
        if not data.get(name) or name == "kind":
            yield from _why(told)
    for name in _BESIDE:
        if told := _told(found, name):
            row = _listed(name, told, schema)
            if any(one.doubt for one in told):
                row = _("{value}？（存疑，不录）").format(value=row)
            yield f"    {header_label(name, schema)}  {row}{_source(told, sources)}", "dim"
            yield from _why(told)
    questions = found.header.questions
    if questions:
        missing = sum(not asked.answered for asked in questions)
        words = _("    询问 {count} 问，其中 {missing} 问没有答复")
        yield words.format(count=len(questions), missing=missing), ""


def _why(told: Iterable[Drafted[Any]]) -> Iterator[Line]:
    """What speaks against header values, each sentence once."""
    for message in dict.fromkeys(one.doubt.message for one in told if one.doubt):
        yield "        " + _("存疑：{reason}").format(reason=message), "soon"


def doubt_lines(found: Draft, *, every: bool = True) -> Iterator[Line]:
    """Yield what a person should look at, each sentence once; else only the first few."""
    damage = (hurt.message for hurt in found.cleaned.damage)
    doubts = (doubt.message for doubt in (*found.doubts, *found.contradictions))
    told = list(dict.fromkeys((*doubts, *damage)))
    shown = told if every else told[:_DOUBTS]
    yield from ((_("疑点：{message}").format(message=message), "soon") for message in shown)
    if len(shown) < len(told):
        more = _("还有疑点 {count} 处：npcreply draft 看全部")
        yield more.format(count=len(told) - len(shown)), "soon"


def candidate_lines(
    offered: Iterable[Candidate],
    schema: Schema,
    figures: Sequence[Figure],
    *,
    ticked: Collection[int],
    sources: bool = False,
) -> Iterator[Line]:
    """Yield the candidates, those of `ticked` with √, the doubtful with a question mark."""
    for one in offered:
        mark = "√" if one.number in ticked else "？" if not one.main.sure else "  "
        told = one.main
        force = told.force.value if isinstance(told, Promise) else ""
        parts = (
            schema.word("force", force) if force else _("指标"),
            _deadline(told.deadline),
            told.department.value if isinstance(told, Promise) and told.department else "",
            _short(told.quote, sources),
        )
        row = f" {mark} {one.number:>2}  {'  '.join(part for part in parts if part)}"
        yield row + _place(told, sources), "" if one.number in ticked else "dim"
        yield from ((f"        {row}", "dim") for row in _details(one, schema, figures, sources))


def told_lines(found: Draft, one: Candidate) -> Iterator[Line]:
    """Yield the words of a candidate marked in their paragraph, with the heading above, the rule
    that found it and what speaks against it.
    """
    told = one.main
    place = surroundings(found, told.start, told.end)
    if place.heading:
        yield place.heading, "dim"
    yield f"{place.before}【{place.words}】{place.after}", ""
    words = _("第 {line} 行，第 {start}-{end} 个字，依据 {rule}")
    yield words.format(line=place.line, start=told.start, end=told.end, rule=told.rule), "dim"
    if told.doubt:
        yield _("存疑：{reason}").format(reason=told.doubt.message), "soon"


def reason(one: Candidate) -> str:
    """Return why a candidate is doubtful, as a sentence; "" for a sure one."""
    return one.main.doubt.message if one.main.doubt else ""


def figure_lines(found: Draft) -> Iterator[Line]:
    """Yield the reported figures and the promises of others, with rule and place."""
    if found.facts:
        yield _("已报的数 {count} 个").format(count=len(found.facts)), ""
    for fact in found.facts:
        mark = " " if fact.sure else "？"
        yield f" {mark} {fact.indicator}  {figure_words(fact)}{_place(fact, sources=True)}", ""
    if found.theirs:
        yield _("别人的承诺 {count} 项，不录").format(count=len(found.theirs)), ""
    for told in found.theirs:
        yield f"    {told.quote}{_place(told, sources=True)}", "dim"


def no_record(found: Draft) -> str:
    """Return the sentence for a text that is no reply, "" for a reply."""
    kind = kind_said(found)
    words = _("这是{kind}，不是给代表或委员的答复，不起草记录。")
    return words.format(kind=kind) if kind else ""


def kind_said(found: Draft) -> str:
    """Return what a text is that is no reply, "" for a reply."""
    return _(_KINDS.get(found.header.kind.value, ""))


def said(name: str, value: object, schema: Schema) -> str:
    """Return a header field's value as people read and type it, "" for none."""
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part)
    if isinstance(value, list | tuple):
        return listed(str(one.get("body", "")) if isinstance(one, Mapping) else str(one)
                      for one in value)  # fmt: skip
    return "" if value is None else schema.word(name, value)


def doubtful(found: Draft, name: str, schema: Schema) -> str:
    """Return what the letter seems to say of a field, also where that is not sure; of the year
    what its page says, the day it was put up.
    """
    told = _told(found, name)
    published = found.header.publish_date
    if name == "year" and not told and published:
        return str(published.value.year)
    return _listed(name, told, schema) if told else ""


_ALONE = {"phone": N_("电话"), "deputy_count": N_("代表人数")}


def header_label(name: str, schema: Schema) -> str:
    """Return what a header value of the draft is called; some are no field of a record alone."""
    if name in _ALONE:
        return _(_ALONE[name])
    return schema.label({"letter": "classes", "scheme": "classes"}.get(name, name))


def header_value(name: str, told: Sequence[Drafted[Any]], schema: Schema) -> str:
    """Return values of one header field as people read them."""
    return _listed("contact" if name == "phone" else name, told, schema)


def _told(found: Draft, name: str) -> tuple[Drafted[Any], ...]:
    header = found.header
    if name == "contact":
        return tuple(part for part in (header.contact, header.phone) if part)
    value = getattr(header, name)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _listed(name: str, told: Sequence[Drafted[Any]], schema: Schema) -> str:
    if name == "kind" and told[0].value in _KINDS:
        return _(_KINDS[str(told[0].value)])
    field = "attitude" if name == "feedback" else name
    words = (one.words if one.value is True else schema.word(field, one.value) for one in told)
    return " ".join(words) if name == "contact" else listed(words)


def _aside(found: Draft, name: str, data: Mapping[str, object]) -> str:
    header = found.header
    if name == "reply_date" and header.publish_date:
        return _("另有发布日期 {day}").format(day=header.publish_date.value)
    if name == "deputies" and header.deputy_count:
        return _("共 {count} 人").format(count=header.deputy_count.value)
    year = header.year
    if name == "year" and year and data.get("year") == year.value and not header.reply_date:
        if year.rule == "year.session":
            return _("按资料库的年份")
        return _("据“{words}”").format(words=year.words) if year.words else ""
    return ""


def _deadline(told: Drafted[Any] | None) -> str:
    if told is None:
        return _("未定时限")
    day = f"{told.value}" if told.sure else _("未定时限")
    return with_aside(day, _("“{words}”").format(words=told.words))


def _details(
    one: Candidate, schema: Schema, figures: Sequence[Figure], sources: bool
) -> Iterator[str]:
    promise = one.promise
    if why := reason(one):
        yield _("存疑：{reason}").format(reason=why)
    if promise and promise.condition:
        yield f"{schema.label('condition', 'measure')}  {promise.condition.value}"
    if promise:
        yield from _doubted_day(promise.deadline) if sources else ()
        yield from _cadences(promise, schema, sources)
    told = {report.place: report.fact for report in reports(one.goals, figures)}
    for place, goal in enumerate(one.goals):
        latest = told.get(place)
        done = _("；已报 {figure}").format(figure=figure_words(latest)) if latest else ""
        day = _own_day(goal, promise)
        mark = "" if goal.sure else "？"
        yield f"{_('指标')}  {goal_words(goal)}{mark}{day}{done}{_place(goal, sources)}"
        if not sources:  # whoever takes it is asked, with the reason
            continue
        if promise and goal.doubt and goal.doubt.code != IN_DOUBTFUL_PROMISE:
            yield _("存疑：{reason}").format(reason=goal.doubt.message)
        if day:
            yield from _doubted_day(goal.deadline)


def _own_day(goal: Goal, promise: Promise | None) -> str:
    """The day of a target that is another than its promise's."""
    own, whole = goal.deadline, promise.deadline if promise else None
    if own is None or promise is None or (whole and whole.value == own.value):
        return ""
    return f"  {_deadline(own)}"


def _doubted_day(told: Drafted[Any] | None) -> Iterator[str]:
    """What speaks against a day, and which day it would be."""
    if told and told.doubt:
        words = _("时限 {day}？ 存疑：{reason}")
        yield words.format(day=told.value, reason=told.doubt.message)


def _cadences(promise: Promise, schema: Schema, reasons: bool) -> Iterator[str]:
    sure = dict.fromkeys(schema.word("cadence", one.value) for one in promise.cadence if one.sure)
    if sure:
        yield f"{schema.label('cadence', 'measure')}  {listed(sure)}"
    for told in promise.cadence:
        if told.doubt:
            every = schema.word("cadence", told.value)
            words = _("周期 {every}？ 存疑：{reason}") if reasons else _("周期 {every}？")
            yield words.format(every=every, reason=told.doubt.message)


def goal_words(goal: Goal) -> str:
    """Return a target as people read it: 绿道 ≥12公里."""
    value = printed(goal.value, goal.unit)
    if goal.value_min is not None and goal.value_max is not None:
        value = f"{printed(goal.value_min, '')}-{printed(goal.value_max, goal.unit)}"
    number = _(_SIGNS.get(goal.comparator, "{value}")).format(value=value)
    scope = goal.scope if goal.scope and goal.scope not in goal.indicator else ""
    words = f"{scope} {goal.indicator} {number}".strip()
    return with_aside(words, _("预计，不考核") if goal.forecast else "")


def figure_words(fact: Figure) -> str:
    """Return a figure with its day and its rates: 5.5公里（2023-04-30）."""
    day = str(fact.as_of.value) if fact.as_of and fact.as_of.sure else ""
    rates = (f"{rate.percent:f}%" for rate in fact.rates)
    about = _("约 ") if fact.approx else ""
    value = f"{about}{printed(fact.value, fact.unit)}"
    return with_aside(value, listed(part for part in (day, *rates) if part))


def _short(quote: str, whole: bool) -> str:
    return " ".join(quote.split()) if whole else shortened(quote, _SHOWN)


def _source(told: Sequence[Drafted[Any]], sources: bool) -> str:
    return _place(told[0], sources) if told else ""


def _place(told: Drafted[Any] | Promise | Goal | Figure, sources: bool) -> str:
    return f"  [{told.rule} {told.start}-{told.end}]" if sources else ""


_OUTCOMES = {
    "drafted": N_("已起草 {count} 件"),
    "there": N_("已有 {count} 件，没有动"),
    "no_record": N_("不是答复 {count} 件"),
    "bad": N_("读不了 {count} 件"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter: drafted, there (from before), no_record or bad; `said` is why not,
    `path` the draft's file, `count` and `doubtful` how many promises it has and leaves out.
    """

    code: str
    name: str
    said: str = ""
    path: Path | None = None
    count: int = 0
    doubtful: int = 0


def outcome_lines(outcomes: Sequence[Outcome]) -> Iterator[Line]:
    """Yield a line a letter, and how many became what."""
    for one in outcomes:
        yield f"{one.name}  {_became(one)}", "late" if one.code == "bad" else ""
    counts = Counter(outcome.code for outcome in outcomes)
    words = (_(said).format(count=counts[code]) for code, said in _OUTCOMES.items() if counts[code])
    yield _("{told}。").format(told=listed_apart(words)), ""


def _became(one: Outcome) -> str:
    if one.code == "there":
        return _("已有 {path}").format(path=one.path)
    if one.code != "drafted":
        return one.said
    words = _("{path}：{count} 项，另有存疑 {doubtful} 项")
    return words.format(path=one.path, count=one.count, doubtful=one.doubtful)


def draft_data(found: Draft) -> object:
    """Return the draft as JSON values."""
    return _exact(as_json(found))


def _exact(value: object) -> object:
    """Numbers as the output takes them: what was printed in the letter, no binary fractions."""
    if isinstance(value, dict):
        return {key: _exact(own) for key, own in value.items()}
    if isinstance(value, list):
        return [_exact(own) for own in value]
    return Decimal(repr(value)) if isinstance(value, float) else value


def draft_lines(name: str, read: Intake, found: Draft, known: Schema) -> Iterator[Line]:
    """Yield the whole draft, every value with its rule and its place; `name` is the letter's."""
    offered = candidates(found)
    sure = sure_ones(offered)
    yield from intake_lines(name, read, found)
    yield from header_lines(found, record_data(found, ()), known, sources=True)
    yield from doubt_lines(found)
    if not found.is_record:
        yield no_record(found), "soon"
        return
    words = _("承诺和指标 {count} 项：√ {sure} 项有把握，？ {doubtful} 项存疑")
    doubtful = len(offered) - len(sure)
    yield words.format(count=len(offered), sure=len(sure), doubtful=doubtful), ""
    yield from candidate_lines(offered, known, found.facts, ticked=sure, sources=True)
    yield from figure_lines(found)


def remarks(name: str, read: Intake, found: Draft) -> Iterator[str]:
    """Yield what a draft leaves to a person, as comments of its file."""
    yield _("草稿，来自 {name}；核对后再用").format(name=name)
    yield from (" ".join(note.split()) for note in read.notes)
    for line, _style in doubt_lines(found):
        yield " ".join(line.split())
    for one in candidates(found):
        if not one.main.sure:
            words = _("存疑，没有录：{quote}")
            yield words.format(quote=" ".join(one.main.quote.split()))
