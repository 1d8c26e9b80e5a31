"""What one record says of itself looks wrong: its number, damaged text, rounds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Doubt, doubt
from npcreply.domain.judging import schemes
from npcreply.domain.judging.schemes import Meaning
from npcreply.domain.judging.standing import ClassStep, class_steps
from npcreply.domain.record import identity
from npcreply.domain.record.lines import ReplyLine, deadlines
from npcreply.domain.record.model import Quote, Record, Source
from npcreply.domain.record.places import Place, promises
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.clocks import Clock, Law, clocks
from npcreply.domain.time.rules import What
from npcreply.errors import UsageError
from npcreply.language import _, listed, with_aside
from npcreply.patterns import pattern

_UNCLEAN = pattern("[\uff01-\uff5e\u3000第号號]")
_INQUIRY = pattern(r"[0-9]{4}-询([0-9]+)")
_DAMAGE = pattern(
    "["
    "\ufffd"  # what a wrong decoder leaves
    "\ue000-\uf8ff\U000f0000-\U0010fffd"  # private use: shows only in the font it was made for
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # nothing to see, or turns the line round
    "\u2e80-\u2fdf"  # radicals that look like characters and are found by no search
    "]"
)


def number_form(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """The number without 第…号, in plain digits: the other spellings are only for typing."""
    if _UNCLEAN.search(record.number):
        bare = identity.clean_number(record.number)
        message = _("编号“{number}”带有全角字符，或还留着“第…号”")
        remedy = _("改正：npcreply renumber {id} {bare}。")
        if _expected(record, bare) == record.id:  # nothing to move
            remedy = _("改正：npcreply set {id} number={bare}。")
        yield doubt(
            ("number",),
            "number-form",
            message.format(number=record.number),
            remedy.format(id=record.id, bare=bare),
        )


def id_mismatch(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """The file's stem is the record's id; it follows from kind, year and number."""
    if _UNCLEAN.search(record.number):  # `number_form` has said so, and what to do
        return
    expected = _expected(record, record.number)
    if isinstance(expected, UsageError):
        yield doubt(("number",), "id-mismatch", expected.message, expected.remedy)
    elif expected != record.id:
        message = _("文件名是 {id}，按类别、年份、编号应当是 {expected}")
        remedy = _(
            "文件名错了：npcreply renumber {id} {number}；年份或编号错了：npcreply edit {id}。"
        )
        yield doubt(
            ("number",),
            "id-mismatch",
            message.format(id=record.id, expected=expected),
            remedy.format(id=record.id, number=record.number),
        )


def damaged_text(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """What web pages and PDF copies leave behind. Quotes keep it: they are the source's words."""
    for at, text in _texts(record):
        found = _DAMAGE.findall(text)
        if found:
            named = listed(map(_named, dict.fromkeys(found)))
            message = _("文字里有看不见的或受损的字符：{named}")
            yield doubt(
                at,
                "damaged-text",
                message.format(named=named),
                _("对照原文把这一处重新打一遍：npcreply edit {id}。").format(id=record.id),
            )


def rounds(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """Ratings and handlings are counted by round: each one says which it is, none is left out."""
    if len(record.feedback) > 1 or record.rounds:
        for index, rating in enumerate(record.feedback):
            if rating.round is None:
                yield doubt(
                    ("feedback", index),
                    "feedback-without-round",
                    _("这次评价没有写是第几轮"),
                    _("补上 round: 1（第一次答复）或 2、3（再次办理）。"),
                )
    rated = [(("feedback", i, "round"), item.round) for i, item in enumerate(record.feedback)]
    again = [(("rounds", i, "round"), item.round) for i, item in enumerate(record.rounds)]
    yield from _gap(rated, 1)
    yield from _gap(again, 2)
    yield from _of_no_round(record)


def _of_no_round(record: Record) -> Iterator[Doubt]:
    """A promise of a later reply belongs to a round that the record lists."""
    known = {1, *(item.round for item in record.rounds)}
    for promise in promises(record):
        number = promise.measure.round
        if number and number not in known:
            yield doubt(
                (*promise.at, "round"),
                "round-unknown",
                _("承诺 {promise} 是第 {number} 次答复里的，rounds 里没有这一轮").format(
                    promise=promise.name, number=number
                ),
                _("在 rounds 里补上这一轮，或改正 round：npcreply edit {id}。").format(
                    id=record.id
                ),
            )


def unanswered_questions(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A question of an inquiry without an answer is followed up until it has one."""
    for index, question in enumerate(record.questions):
        if question.answered is False:
            yield doubt(
                ("questions", index, "answered"),
                "question-unanswered",
                _("第 {number} 个询问没有回答").format(number=question.id),
                _("回答了就改：npcreply edit {id}，answered 写 true；没有，催：{body}。").format(
                    id=record.id, body=listed(question.body) or record.lead or _("主办单位")
                ),
            )


def promise_without_text(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A promise that says nothing cannot be asked about."""
    for promise in promises(record):
        if not promise.measure.text.strip():
            yield doubt(
                promise.at,
                "promise-without-text",
                _("承诺 {promise} 没有内容").format(promise=promise.name),
                _(
                    "补上：npcreply set {promise} text=承诺事项；误录的：npcreply rm {promise}。"
                ).format(promise=promise.name),
            )


def _expected(record: Record, number: str) -> str | UsageError:
    """Return the id that follows from the number, or why none does; an inquiry keeps its own n."""
    sequence = _INQUIRY.fullmatch(record.id)
    try:
        return identity.record_id(
            record.kind, record.year, number, int(sequence[1]) if sequence else None
        )
    except UsageError as error:
        return error


def _texts(record: Record) -> Iterator[tuple[Place, str]]:
    for key in ("title", "session", "lead"):
        yield (key,), getattr(record, key) or ""
    for index, name in enumerate(record.deputies):
        yield ("deputies", index), name
    for promise in promises(record):
        yield (*promise.at, "text"), promise.measure.text
        for index, target in enumerate(promise.measure.targets):
            yield (*promise.at, "targets", index, "indicator"), target.indicator


def _gap(numbered: Sequence[tuple[Place, int | None]], first: int) -> Iterator[Doubt]:
    found = {number for _at, number in numbered if number}
    for at, number in numbered:
        if number and number > first and number - 1 not in found:
            yield doubt(
                at,
                "round-missing",
                _("有第 {number} 轮，没有第 {before} 轮").format(number=number, before=number - 1),
                _("补上第 {before} 轮，或改正轮次。").format(before=number - 1),
            )


def _named(character: str) -> str:
    """U+2F64（用）: a radical with the character it stands for, which the clerk can type."""
    plain = unicodedata.normalize("NFKC", character)
    code = f"U+{ord(character):04X}"
    return code if plain == character else with_aside(code, plain.strip())


@dataclass(frozen=True, slots=True)
class RoundSource:
    """The text of one reply: `round` 1 is the record's own, `at` leads to it in the file. That of a
    co-handler's opinion has the round 0, which no promise is of, and the `body`.
    """

    round: int
    at: Place
    source: Source
    body: str = ""


def sources(record: Record) -> Iterator[RoundSource]:
    """Yield the sources that the record names: of the first reply, of each further round, of what
    co-handlers said.
    """
    if record.source:
        yield RoundSource(1, ("source",), record.source)
    for index, again in enumerate(record.rounds):
        if again.source:
            yield RoundSource(again.round, ("rounds", index, "source"), again.source)
    for index, co in enumerate(record.co):
        if co.source:
            yield RoundSource(0, ("co", index, "source"), co.source, co.body)


def source_checks(
    record: Record, cited: RoundSource, source_text: str | None, sha256: str | None = None
) -> Iterator[Doubt]:
    """Yield what does not fit between one source of the record and the promises of its round.

    `source_text` is the source's text, None where it could not be read; `sha256` the digest (hex)
    of its bytes, None where nobody counted it.
    """
    quotes = (
        ((*promise.at, "quote"), promise.measure.quote)
        for promise in promises(record)
        if promise.measure.quote and (promise.measure.round or 1) == cited.round
    )
    yield from _cited(record, cited, (source_text, sha256), quotes)


def report_checks(
    record: Record, place: int, report_text: str | None, sha256: str | None = None
) -> Iterator[Doubt]:
    """Yield what does not fit between the progress report at `place` of the record's and the
    entries that quote it; the text and its digest as `source_checks` takes them.
    """
    report = record.progress_reports[place]
    source = Source(file=report.file, sha256=report.sha256)
    cited = RoundSource(1, ("progress_reports", place), source)
    quotes = (
        ((*promise.at, "log", number, "quote"), entry.quote)
        for promise in promises(record)
        for number, entry in enumerate(promise.measure.log)
        if entry.quote and entry.source == report.file
    )
    yield from _cited(record, cited, (report_text, sha256), quotes)


def _cited(
    record: Record,
    cited: RoundSource,
    found: tuple[str | None, str | None],
    quotes: Iterable[tuple[Place, Quote]],
) -> Iterator[Doubt]:
    """Yield what does not fit between a source, `found` as text and digest, and its quotes."""
    source, (text, sha256) = cited.source, found
    if text is None:
        yield _missing(cited)
        return
    if source.sha256 and sha256 and source.sha256 != sha256:
        yield _changed(record, cited)
    squeezed = _Squeezed(text)
    for at, quote in quotes:
        if not _stands(quote, text):
            yield from _misquoted(record, at, quote, squeezed.places(quote.text), source)


def quotes_nothing(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A quote of an entry stands in a report that the record lists."""
    known = {report.file for report in record.progress_reports}
    for promise in promises(record):
        for number, entry in enumerate(promise.measure.log):
            if entry.quote and entry.source not in known:
                yield doubt(
                    (*promise.at, "log", number, "quote"),
                    "entry-source-unknown",
                    _("这条进展的引文没有写明在哪份报告里"),
                    _(
                        "source 写报告的文件名，并列入 progress_reports：npcreply edit {id}。"
                    ).format(id=record.id),
                )


class _Squeezed:
    """A text without its blanks: pages break lines in the middle of words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks: list[int] = []
        self._bare = ""

    def places(self, quote: str) -> list[tuple[int, int]]:
        """Return start and end (character offsets in the text) of each place with these words."""
        wanted = _bare(quote)
        if not self._marks:
            self._marks = [at for at, letter in enumerate(self._text) if not letter.isspace()]
            self._bare = "".join(self._text[at] for at in self._marks)
        found = []
        at = self._bare.find(wanted) if wanted else -1
        while at >= 0:
            found.append((self._marks[at], self._marks[at + len(wanted) - 1] + 1))
            at = self._bare.find(wanted, at + len(wanted))
        return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _stands(quote: Quote, text: str) -> bool:
    """Whether the words stand where start and end say; blanks do not count."""
    if quote.start is None or quote.end is None:
        return False
    there = text[quote.start : quote.end]
    return there == quote.text or _bare(there) == _bare(quote.text)


def _misquoted(
    record: Record, at: Place, quote: Quote, found: list[tuple[int, int]], source: Source
) -> Iterator[Doubt]:
    if not found:
        yield doubt(
            (*at, "text"),
            "quote-not-found",
            _("引文在原文 {file} 里找不到（可能改动过字句）").format(file=source.file),
            _("从原文照抄一遍：npcreply edit {id}。").format(id=record.id),
        )
    elif not any(quote.start in (None, p[0]) and quote.end in (None, p[1]) for p in found):
        stated = quote.start or 0
        start, end = min(found, key=lambda place: abs(place[0] - stated))
        message = _("引文在原文 {file} 的第 {start}-{end} 个字，不在 start、end 所写的位置")
        remedy = _("改为 start: {start}, end: {end}：npcreply edit {id}。")
        yield doubt(
            (*at, "start"),
            "quote-moved",
            message.format(file=source.file, start=start, end=end),
            remedy.format(start=start, end=end, id=record.id),
        )


def _missing(cited: RoundSource) -> Doubt:
    return doubt(
        (*cited.at, "file"),
        "source-missing",
        _("记录旁边没有能读的原文 {file}，引文无从核对").format(file=cited.source.file),
        _("把原文存成 UTF-8 文本，放到记录所在的文件夹；file 只写文件名。"),
    )


def _changed(record: Record, cited: RoundSource) -> Doubt:
    return doubt(
        (*cited.at, "sha256"),
        "source-changed",
        _("原文 {file} 在摘录以后改动过（摘要值不符）").format(file=cited.source.file),
        _("换回原来的文件；改动无误的，重新摘录，或删去 sha256：npcreply edit {id}。").format(
            id=record.id
        ),
    )


def class_without_evidence(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """A class that turns into "solved" later on wants to say by what."""
    steps = _steps(record, settings)
    for old, new in pairwise(steps):
        if new.unproved:
            message = _("类别由 {old} 改为 {new}，没有依据")
            yield doubt(
                ("classes", _index(record, new)),
                "class-without-evidence",
                message.format(old=old.given.letter, new=new.given.letter),
                _("补上 evidence（验收、回访等）：npcreply edit {id}。").format(id=record.id),
            )


def class_unexplained(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """Letters differ from place to place (C is "planned" in one, "for reference" in another): one
    without a scheme counts nowhere. Told once a record.
    """
    for step in _steps(record, settings):
        if step.meaning is Meaning.UNKNOWN:
            known = listed(scheme.names[0] for scheme in schemes.SCHEMES)
            yield doubt(
                ("classes", _index(record, step)),
                "class-unexplained",
                _unexplained(step),
                _(
                    "补上 scheme（{known}）：npcreply edit {id}；"
                    "全库同一种，就在 schema.yaml 的 x-workspace 写 class_scheme。"
                ).format(known=known, id=record.id),
            )
            return


def goes_on_undated(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """What is being solved or planned must say until when (Shanghai art. 18, Chongqing art. 22):
    without a dated promise nothing ever calls for a second look.
    """
    steps = _steps(record, settings)
    open_ = steps and steps[-1].meaning in schemes.OPEN
    dated = any(deadlines(p.measure) or p.measure.cadence for p in promises(record))
    if open_ and not dated:
        message = _("类别 {letter} 是还要继续办的，却没有一项承诺有时限")
        yield doubt(
            ("classes", _index(record, steps[-1])),
            "class-without-deadline",
            message.format(letter=steps[-1].given.letter),
            _("给承诺补时限：npcreply set {id}.序号 deadline=日期。").format(id=record.id),
        )


def _steps(record: Record, settings: Settings) -> tuple[ClassStep, ...]:
    return class_steps(record.classes, AsOf(date.max), settings.class_scheme)


def _index(record: Record, step: ClassStep) -> int:
    return next(n for n, given in enumerate(record.classes) if given is step.given)


def _unexplained(step: ClassStep) -> str:
    letter, scheme = step.given.letter, step.scheme
    if not scheme:
        return _("类别 {letter} 没有写分类办法：字母的意思各地不同").format(letter=letter)
    if schemes.scheme(scheme) is None:
        return _("不认识分类办法“{scheme}”，类别 {letter} 不知是什么意思").format(
            scheme=scheme, letter=letter
        )
    return _("分类办法“{scheme}”里没有 {letter}").format(scheme=scheme, letter=letter)


def clock_checks(reply: ReplyLine, law: Law, today: date) -> Iterator[Doubt]:
    """Yield a doubt for each of these limits that was not kept by today."""
    for clock in clocks(reply, law):
        if clock.due and clock.what is What.RETURN and clock.done_on and clock.done_on > clock.due:
            yield _returned_late(reply, clock, clock.due)
        elif clock.due and clock.what is What.DISCLOSURE:
            yield from _disclosure(reply, clock, clock.due, today)


def _returned_late(reply: ReplyLine, clock: Clock, due: date) -> Doubt:
    message = _("退办日期 {day} 晚于退回期限 {due}")
    return doubt(
        ("returned", 0, "on"),
        "returned-late",
        message.format(day=clock.done_on, due=due),
        _("核对日期；期限怎么算的：npcreply show {id}。").format(id=reply.id),
    )


def _disclosure(reply: ReplyLine, clock: Clock, due: date, today: date) -> Iterator[Doubt]:
    """A letter published late shows both days; one that is not published has none to show."""
    remedy = _("期限怎么算的：npcreply show {id}。").format(id=reply.id)
    if clock.done_on and clock.done_on > due:
        message = _("发布日期 {day} 晚于公开期限 {due}").format(day=clock.done_on, due=due)
        yield doubt(("publish_date",), "published-late", message, remedy)
    elif clock.done_on is None and AsOf(today).is_over(due):
        message = _("主动公开的答复，公开期限 {due} 已过，没有发布日期").format(due=due)
        remedy = _("已经发布就补上：npcreply set {id} publish_date=日期。").format(id=reply.id)
        yield doubt(("disclosure",), "not-published", message, remedy)
