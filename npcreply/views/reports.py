"""A report against the record: its words beside the promise's, why they belong together, or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.record.figures import printed
from npcreply.domain.record.model import Target
from npcreply.grammar.units import convert
from npcreply.language import N_, _, listed, listed_apart, with_aside
from npcreply.reports import matches as found
from npcreply.reports import matching, model, roles
from npcreply.reports.matches import Match, Reading
from npcreply.reports.matching import Fit
from npcreply.reports.model import Statement
from npcreply.reports.names import plain
from npcreply.reports.plans import Plan
from npcreply.reports.pool import Candidate
from npcreply.store.contract.schema import Schema

Line = tuple[str, str]
Lines = Iterable[Line]

_EVIDENCE = {
    matching.NAMED: N_("名称相合"),
    matching.HEAD: N_("上下文说的是它"),
    matching.RATE: N_("报告的完成率正是按这个目标算的"),
    matching.GOAL: N_("报告里说的目标数就是它"),
    matching.BEFORE: N_("以前报过同一个数"),
}
_DOUBTS = {
    matching.CONTRADICTED: N_("报告的完成率按这个目标算不出来"),
    matching.STAGE: N_("说的是到货、到位，不一定算做到"),
    matching.SCOPE: N_("范围不同"),
    matching.GENERAL: N_("名称太笼统"),
    matching.FOREIGN: N_("句中还有承诺里没有的名目，也许说的是另一样"),
    matching.OTHER_GOAL: N_("报告里说的目标数不同"),
    found.SEVERAL: N_("对得上不止一项，要挑"),
    found.DIFFERS: N_("报告里有两个不同的数"),
    found.FELL: N_("比已经记的数小"),
    found.NO_DAY: N_("报告没有日子，用 --date 写明数据截至哪天"),
    found.EARLY: N_("早于答复日期"),
    found.FAR: N_("比目标大出好几倍"),
    found.RATE_ALONE: N_("只有百分数，没有数"),
    found.ABOUT: N_("只是像，名称合得不全"),
    found.LATER: N_("日子还没有到"),
    found.CLOSED: N_("这项承诺已经销号"),
    found.YEAR: N_("是哪一年看不准"),
    found.REPLY: N_("报告的日子不晚于答复，可能就是那件答复"),
    found.SAID_AGAIN: N_("只是承诺的原话，没有说做得怎样"),
}
_ASIDES = {
    roles.TOLD: N_("说的是目标"),
    roles.WHOLE: N_("是总数，不是做了多少"),
    roles.EARLIER: N_("从前的数"),
    roles.DIFFERENCE: N_("差数"),
    roles.REST: N_("没有做的那一部分"),
    roles.AHEAD: N_("还没有到的数"),
    roles.PERIOD: N_("单独一个季度、一个月的数"),
    roles.SHARE: N_("占比"),
    roles.REVISED: N_("目标改成的数"),
    roles.PER: N_("每处的数"),
}
_STATES = {
    model.DONE: N_("已做到"),
    model.UNDER: N_("正在做"),
    model.NO: N_("还没有做"),
}
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
_SHOWN = 8  # numbers left beside that are named one by one
_LONGEST = 70  # characters of words on a line


@dataclass(slots=True)
class Offer:
    """A match by its number, as it is ticked; `pick`: which of its fits is taken, from 0."""

    number: int
    match: Match
    pick: int = 0

    @property
    def fit(self) -> Fit:
        return self.match.fits[self.pick]

    @property
    def candidate(self) -> Candidate:
        return self.fit.candidate


def name_of(one: Candidate) -> str:
    """Return what a promise or a target is called: 2023-58.1:2."""
    name = f"{one.record.id}.{one.measure.id}"
    return f"{name}:{one.target.id}" if one.target else name


def offer_lines(offers: Sequence[Offer], ticked: Collection[int]) -> Iterator[Line]:
    """Yield each match with the report's words and the promise's, and why they belong together;
    those of `ticked` with √, the doubtful with a question mark.
    """
    for one in offers:
        mark = "√" if one.number in ticked else "  " if one.match.sure else "？"
        row = f" {mark} {one.number:>2}  {name_of(one.candidate)}  {_what(one.match)}"
        yield row, "" if one.number in ticked else "dim"
        yield f"        {_('报告')}  {_words(one.match)}", "dim"
        yield f"        {_('承诺')}  {_promise(one.candidate)}", "dim"
        yield f"        {_('因为')}  {listed(_why(one))}", "dim"
        if doubts := _doubts(one):
            yield f"        {_('存疑：{reason}').format(reason=doubts)}", "soon"
        if found.SEVERAL in one.match.doubts:
            yield from _others(one)


def _why(one: Offer) -> Iterator[str]:
    """The reasons, the words that both have, and what the number is in the other unit."""
    for code in one.fit.evidence:
        shared = []
        if code == matching.NAMED:
            said = " ".join(zone.words for zone in one.match.first.zones if zone.weight >= _NEAR)
            shared = common(said, plain(one.candidate.name))
        yield with_aside(_(_EVIDENCE[code]), listed(f"“{words}”" for words in shared))
    number, target = one.match.first, one.candidate.target
    if target and number.value is not None and number.unit != target.unit:
        level = convert(number.value, number.unit, target.unit)
        if level is not None:
            yield _("合 {level}").format(level=printed(level, target.unit))


_NEAR = 0.7
_LEAST = 2  # characters that both have to have in a row


def common(said: str, name: str) -> list[str]:
    """Return the longest runs of letters of a name that stand in what was said."""
    found, at = list[str](), 0
    while at < len(name):
        end = at + _LEAST
        while end <= len(name) and name[at:end] in said and name[at:end].isalnum():
            end += 1
        if end - 1 - at >= _LEAST:
            found.append(name[at : end - 1])
            at = end - 1
        else:
            at += 1
    return found


def _doubts(one: Offer) -> str:
    codes = [*one.match.doubts] if not one.pick else [*one.fit.against]
    return listed(_(_DOUBTS[code]) for code in dict.fromkeys(codes))


def _others(one: Offer) -> Iterator[Line]:
    """The other promises that it may be of, by a letter each: what is typed to take one."""
    for place, fit in enumerate(one.match.fits[:_CHOICES]):
        letter = "abcd"[place]
        told = f"{name_of(fit.candidate)}  {_promise(fit.candidate)}"
        mark = "→" if place == one.pick else " "
        yield f"      {mark} {one.number}{letter}  {told}", "dim"


_CHOICES = 4


def told_lines(text: str, one: Offer) -> Iterator[Line]:
    """Yield the words of a match with the text around them."""
    around = 60
    for said in one.match.statements:
        before = text[max(0, said.start - around) : said.start].rpartition("\n")[2]
        after = text[said.end : said.end + around].partition("\n")[0]
        yield f"…{before}【{_plain(said.quote)}】{after}…", ""
    yield _promise(one.candidate), "dim"


def _what(match: Match) -> str:
    """What a match says: the value, the rate, the state, with its day."""
    one, rate = match.first, match.first.rate
    about = _("约 ") if one.approx else ""
    parts = [about + printed(one.value, one.unit)] if one.value is not None else []
    if not parts and match.state:
        parts.append(_(_STATES[match.state]))
    if match.behind:
        parts.append(_("进度滞后"))
    if match.changed:
        parts.append(_("有变动"))
    day = str(match.on) if match.on else _("没有日子")
    if match.on and not match.printed:
        day = _("{day}，按报告的日子").format(day=day)
    share = _("报告说 {percent}%").format(percent=f"{rate.percent:f}") if rate else ""
    return with_aside("  ".join(parts), listed(filter(None, (day, share))))


def _words(match: Match) -> str:
    return _short("".join(_plain(one.quote) for one in match.statements))


def _promise(one: Candidate) -> str:
    if one.target:
        return with_aside(target_text(one.target), _short(one.measure.text, 30))
    return with_aside(_short(one.measure.text), one.indicator)


def target_text(target: Target) -> str:
    """Return a target in a few words: 改造管网 ≥50公里."""
    if target.value is None:
        return target.indicator
    sign = _SIGNS.get(target.comparator or "", "")
    scope = f"{target.scope} " if target.scope else ""
    return f"{scope}{target.indicator} {sign}{printed(target.value, target.unit)}"


def _plain(quote: str) -> str:
    return " ".join(quote.split())


def _short(words: str, longest: int = _LONGEST) -> str:
    return words if len(words) <= longest else words[: longest - 1] + "…"


def head_lines(reading: Reading, name: str, form: str) -> Iterator[Line]:
    """Yield what was read: the file, its title and days, what it is held against."""
    report = reading.report
    size = _("读入 {name}（{form}，{count} 字）。")
    yield size.format(name=name, form=form, count=len(report.text)), ""
    title = report.letter.header.title
    days = []
    if report.written:
        days.append(_("报告日期 {day}").format(day=report.written))
    if report.as_of:
        words = _("数据截至 {day}") if report.printed else _("没有写截至哪天，按 {day}")
        days.append(words.format(day=report.as_of.value))
    yield "  ".join(filter(None, (title.value if title else "", *days))), "dim"


def beside_lines(reading: Reading, *, known: int) -> Iterator[Line]:
    """Yield what is no match: what is on record already, numbers that are no progress, promises of
    the report's own, promises that it does not mention.
    """
    if known:
        yield _("已经记过的 {count} 条，不再记。").format(count=known), "dim"
    left = [one for one in reading.beside if one.aside != roles.NAME]
    if left:
        yield _("没有当作进展的数 {count} 处：").format(count=len(left)), ""
        yield from ((f"    {_beside(one)}", "dim") for one in left[:_SHOWN])
        if len(left) > _SHOWN:
            yield _("    … 还有 {count} 处：--json 看全部").format(count=len(left) - _SHOWN), "dim"
    yield from _plan_lines(reading.plans)
    if reading.silent:
        words = _("报告没有说到的承诺 {count} 项：{ids}")
        ids = listed(name_of(one) for one in reading.silent)
        yield words.format(count=len(reading.silent), ids=ids), "soon"


def _plan_lines(plans: Sequence[Plan]) -> Iterator[Line]:
    new = [one for one in plans if one.known is None]
    if new:
        words = _("报告里新的打算 {count} 项，要跟踪就添：npcreply add --to 编号 --text …")
        yield words.format(count=len(new)), ""
        yield from ((f"    {_short(_plain(one.quote))}", "dim") for one in new)
    again = [(one.known, one.quote) for one in plans if one.known is not None]
    if again:
        words = _("报告说到已有的承诺以后怎样 {count} 处，时限没有改：")
        yield words.format(count=len(again)), ""
        yield from ((f"    {name_of(one)}  {_short(_plain(quote))}", "dim") for one, quote in again)


def _beside(one: Statement) -> str:
    why = _ASIDES.get(one.aside)
    return with_aside(_short(_plain(one.quote)), _(why) if why else _("没有对上哪项承诺"))


def request_lines(requests: Sequence[tuple[str, str, str]], schema: Schema) -> Iterator[Line]:
    """Yield what the report claims or asks for a promise and the office decides: the promise's id,
    what is asked, the report's words.
    """
    if not requests:
        return
    words = _("报告说已做到、有变动的 {count} 项，记作待定的申请，承诺本身没有改：npcreply pending")
    yield words.format(count=len(requests)), "soon"
    for name, asks, reason in requests:
        yield f"    {name}  {schema.word('asks', asks)}  {_short(_plain(reason))}", "dim"


def entered_line(one: Offer) -> str:
    """Return a match that was entered, as a line."""
    return f"{name_of(one.candidate)}  {_what(one.match)}"


def reading_data(
    reading: Reading, offers: Sequence[Offer], taken: Collection[int], schema: Schema
) -> Mapping[str, Any]:
    """Return the whole reading as JSON values."""
    report = reading.report
    return {
        "report": {
            "written": report.written,
            "as_of": report.as_of.value if report.as_of else None,
            "as_of_printed": report.printed,
        },
        "matches": [_match_data(one, one.number in taken, schema) for one in offers],
        "beside": [
            {"why": one.aside or None, "quote": one.quote, "start": one.start, "end": one.end}
            for one in reading.beside
        ],
        "plans": [
            {
                "to": name_of(one.known) if one.known else None,
                "quote": one.quote,
                "start": one.promise.start,
                "end": one.promise.end,
            }
            for one in reading.plans
        ],
        "silent": [name_of(one) for one in reading.silent],
    }


def _match_data(one: Offer, taken: bool, _schema: Schema) -> dict[str, Any]:
    match, said = one.match, one.match.first
    return {
        "number": one.number,
        "to": name_of(one.candidate),
        "sure": match.sure,
        "taken": taken,
        "known": match.known,
        "on": match.on,
        "value": said.value,
        "unit": said.unit,
        "stated_percent": said.rate.percent if said.rate else None,
        "state": match.state or None,
        "behind": match.behind,
        "changed": match.changed,
        "evidence": [*one.fit.evidence],
        "doubts": [*match.doubts],
        "others": [name_of(fit.candidate) for fit in match.fits[1:]],
        "quotes": [
            {"text": part.quote, "start": part.start, "end": part.end} for part in match.statements
        ],
    }


def doubtful_line(offers: Sequence[Offer]) -> str:
    """Return the sentence that names what --yes leaves out, "" where it leaves out nothing."""
    if not offers:
        return ""
    words = _("存疑的 {count} 条没有记：{names}。在终端里不加 --yes 可以逐条挑。")
    names = listed_apart(f"{name_of(one.candidate)} {_what(one.match)}" for one in offers)
    return words.format(count=len(offers), names=names)
