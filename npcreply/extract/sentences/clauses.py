"""The words of a clause that say whether its act is still to come, done, refused or asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from npcreply.dataclass import dataclass
from npcreply.extract.text import split
from npcreply.extract.words import rx
from npcreply.grammar.pattern import Pattern

Places = Callable[[str, int, int], Iterator[int]]
"""Where in text[start:end] a mark stands, in order."""

FUTURE = frozenset({"next", "will", "intends", "aims", "again", "soon", "goal", "own_plan"})
PAST = frozenset({"done", "past"})
TELLING = ("next", "will", "intends", "aims", "goal", "own_plan", "again", "soon")
"""The marks of FUTURE in the order in which one of several gives the rule its name."""


@dataclass(frozen=True, slots=True)
class Clause:
    """shadow.text[start:end] up to its closing mark; `marks` by name, each with its first place."""

    start: int
    end: int
    marks: dict[str, int]

    @property
    def future(self) -> bool:
        """Return whether a word says that the act is still to come."""
        return not FUTURE.isdisjoint(self.marks)

    @property
    def past(self) -> bool:
        """Return whether a word says that the act is done."""
        return not PAST.isdisjoint(self.marks)

    @property
    def as_it_is(self) -> bool:
        """Return whether a word says that the clause describes how things stand, or why."""
        return "now" in self.marks or "state" in self.marks


# A short quotation is a name or a request, not the letter's own words; a longer one is a passage.
_QUOTED = rx("“[^”]{1,40}”|《[^》]{1,60}》")


def clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Return the clauses of a sentence, each with its marks."""
    pieces = split.clauses(text, start, end)
    return tuple(Clause(first, last, _marks(text, first, last)) for first, last in pieces)


def _marks(text: str, start: int, end: int) -> dict[str, int]:
    marks: dict[str, int] = {}
    quoted = [quotation.span() for quotation in _QUOTED.finditer(text, start, end)]
    for name, places in _MARKS:
        for place in places(text, start, end):
            if not any(first < place < last for first, last in quoted):
                marks[name] = place
                break
    return _without_past_of_condition(text, marks, end)


_OPENS_CONDITION = rx("<<promises.if+promises.if_opening>>|如")


def _without_past_of_condition(text: str, marks: dict[str, int], end: int) -> dict[str, int]:
    """如征地顺利完成: what a condition names has not happened, even where it says 顺利完成."""
    place = marks.get("if")
    if place is None or not _OPENS_CONDITION.match(text, place, end):
        return marks
    return {name: at for name, at in marks.items() if name not in PAST or at < place}


def _places_of(pattern: Pattern) -> Places:
    """Return where a pattern stands; one with a group `hit` stands only where that group does, its
    other alternatives are words inside which nothing counts: 将 in 即将, 待 in 等待.
    """

    def places(text: str, start: int, end: int) -> Iterator[int]:
        for match in pattern.finditer(text, start, end):
            if "hit" not in match.re.groupindex or match["hit"] is not None:
                yield match.start()

    return places


_places_of_jiang = _places_of(rx("<<promises.not_will>>|(?P<hit>将)"))
# 我们会每年开展…, 我局要继续…, 太江村也会…: 会 and 要 before an act.
_SHALL = rx(
    "<<departments.self>>[也还都仍]?(?=[会要](?:<<promises.will>>|每))"
    "|[也还仍](?=会(?:<<promises.will>>|每))"
)
# A subject or a time ends just before 将.
_ENDS_BEFORE = rx("<<promises.will_after>>[)”]?$")
_LONGEST_END = 4  # characters of a word of will_after with its bracket
_BEGINS_ACT = rx("<<promises.will>>")
_STARTS_ACT = rx("<<promises.starts_act+promises.concrete+promises.tracked>>")
# 将…纳入: 45 characters hold the longest object seen between the two.
_TAKES = rx("[^,;。:]{1,45}?<<promises.take>>|[^,;。:]{2,16}?[带送派投推落]到")
# 将有力促进, 将为…注入: what will come of it, nothing that anybody does.
_EFFECT = rx("<<promises.effects>>|[为给对][^,;。]{1,20}<<promises.gives>>")
# Nothing but links before 将: 同时将, 并将, (一)将.
_ONLY_LINKS = rx("[^一-龥]*(?:<<promises.leading>>[^一-龥]*)*")
# 将选择2个断面…: a verb and how many.
_COUNTS = rx("[一-龥]{2}(?:[0-9]|[一二两三四五六七八九十]+[个家座处项条所])")


def _will(text: str, start: int, end: int) -> Iterator[int]:
    """将 as "will", not as 把: by the word after it, else by the one before it."""
    yield from (subject.end() for subject in _SHALL.finditer(text, start, end))
    for place in _places_of_jiang(text, start, end):
        if not _is_effect(text, start, place, end) and _is_will(text, start, place, end):
            yield place


_OURS = rx("<<departments.self>>$")
# 该平台将进一步方便市民: an effect where the body itself is not the subject.
_BENEFIT = rx("(?:进一步|更好地?|更加)?<<promises.benefits>>")


def _is_effect(text: str, start: int, place: int, end: int) -> bool:
    if _EFFECT.match(text, place + 1, end):
        return True
    ours = _OURS.search(text, start, place)
    return not ours and _BENEFIT.match(text, place + 1, end) is not None


def _is_will(text: str, start: int, place: int, end: int) -> bool:
    takes = _TAKES.match(text, place + 1, end)
    begins = _BEGINS_ACT.match(text, place + 1, end)
    if _ONLY_LINKS.fullmatch(text, start, place):
        # nothing before it: 将进一步…, 将申报… will, 将重点项目纳入… takes
        counts = _COUNTS.match(text, place + 1, end)
        return not takes and bool(begins or counts or _STARTS_ACT.match(text, place + 1, end))
    before = max(start, place - _LONGEST_END)
    return bool(begins or (not takes and _ENDS_BEFORE.search(text, before, place)))


def _effect(text: str, start: int, end: int) -> Iterator[int]:
    """生源将逐年下降, 将极大方便群众: what will come of it."""
    return (at for at in _places_of_jiang(text, start, end) if _is_effect(text, start, at, end))


_AUTHORITY = rx("<<departments.self>>|(?:政府|[局委厅部办])$")
_SUBJECT = 8  # characters of a subject before 将: 我局经研究后


def _may(text: str, start: int, end: int) -> Iterator[int]:
    """我局将您的建议纳入…: 将 as 把, of what has been done or of what will be."""
    for place in _places_of_jiang(text, start, end):
        ours = _AUTHORITY.search(text, max(start, place - _SUBJECT), place)
        if ours and _TAKES.match(text, place + 1, end):
            yield place


# 争取到2025年底: until when; 争取到中央资金: what was got.
_UNTIL = rx(
    "到(?:20[0-9]{2}年|[今明]年)?(?:[0-9]{1,2}月|年?[底末]|20[0-9]{2}年(?:,|(?!度|[^,;。]{0,12}<<promises.got>>)))"
)
# 计划 and 拟 as verbs: by the word after them and the one before.
_INTENDS = rx(
    "<<promises.not_plans>>计划|<<promises.not_intends>>"
    "|(?P<hit>计划(?!<<promises.plan_nouns>>)(?=.)|拟|打算"
    f"|争取(?=<<promises.seeks>>|{_UNTIL.source})|决定(?=<<promises.decides>>)"
    # 推迟至明年3月, 准备与…签订
    "|<<promises.postpones>>[至到](?=(?:20[0-9]{2}|[今明]|本)年|[0-9]{1,2}月)"
    "|(?<!<<promises.done_before>>)(?<![的、和及与])准备(?=[一-龥]{2})(?!<<promises.preparations>>))"
)
# 下一步, 今后; not as an object: 对做好下步工作很有帮助, 问题需要在今后解决.
_NEXT = rx("(?<![做抓]好)(?<!需要在)(?<!需在)(?<!<<promises.not_next>>)<<promises.next>>")
# 继续 opens a clause, or follows its subject: 我局继续; 今年再新建.
_AGAIN = rx(
    "(?<![一-龥0-9])继续|(?:<<departments.self>>|同时|并)继续"
    "|<<promises.this_year>>[^,;。]{0,3}再(?!次|度)|[今明]年先(?![后行期进])"
)
_GOAL = rx("以[^,;。]{2,30}为目标|工作?目标(?:是|为)|目标任务(?:是|为)")
_OWN_PLAN = rx("<<departments.self>>(?:提出[^,;。了]{2,20}<<promises.own_plan>>|承诺)")
# 已, 了 as "done"; not in 对已建成的项目, 已建成的小区, 为了.
_DONE = rx(
    "<<promises.not_done>>|(?P<hit>(?!(?<=[对将把在向为])已|已(?=待|[一-龥]{1,8}的(?![0-9])))"
    "(?:<<promises.done>>|了))"
)
# 去年, 近年来; not where they only say which: 去年签约的项目, 对去年以来的项目.
_PAST = rx(f"(?<![比较])<<promises.past>>(?![一-龥]{{0,6}}的)|争取(?!{_UNTIL.source})到")
# 不能, 不得 as a refusal; not as a bound: 不能超过27天; not where it says which: 不具备条件的小区.
_REFUSED = rx(
    "<<promises.not_refused>>|<<promises.lacks>>[^,;。:]{1,12}的(?=[一-龥])"
    "|(?P<hit><<promises.refused>>)"
)
# 存在, 由于, 尚未开工; not in 尚未出台办法的省份, which only says which.
_STATE = rx("<<promises.state>>|[尚仍还]未(?![一-龥]{1,12}的)")
# 您提出, 你们建议, 贵委反映: whoever is addressed, and what they do.
_ASKED = rx("<<promises.asked>>|<<promises.asking>>[^,;。:的]{0,8}?<<promises.asks>>")
# 感谢, 望今后继续关心; 望 opens the wish.
_COURTESY = rx("<<promises.courtesy>>|(?<![一-龥])望<<promises.wished>>")
# What an act waits for: 60 characters hold the titles of rules that are yet to come out.
WAITS = rx(
    "<<promises.not_waits>>|(?P<hit>"
    # 待…后, 待…再, 待资金就位即可; 待具备条件,将…; 等上级资金到位后 where the clause begins
    "(?<![^只]有)待[^,;。]{2,60}?(?:(?:<<promises.waits>>)?(?:以后|之后|[后时再]|即可)|<<promises.waits>>)"
    "|(?<![一-龥])待[^,;。]{2,60}(?=,)"
    "|(?<![一-龥、])[等俟][^,;。]{2,60}?(?:以后|之后|[后时再]|<<promises.waits>>(?=,))"
    # 资金到位后, 经市政府批准后, 落实后; 在具备条件的情况下, 条件成熟时
    "|<<promises.awaited>>[^,;。后]{0,10}?<<promises.arrives>>(?:以后|之后|[后时]|的情况下|的前提下)"
    "|报[^,;。]{1,14}?<<promises.approved>>后(?=<<promises.when_apt>>)"
    "|具备[^,;。]{0,12}?条件(?:以后|之后|[后时]|的情况下|的前提下)"
    "|条件<<promises.ready>>(?:[后时再]|的情况下|的前提下|(?=,))"
    "|(?<![重监电巡忽近透可影正注凝])视[^,;。]{0,14}?<<promises.depends>>"
    "|(?:适时|择机)(?=<<promises.when_apt>>))"
)
"""What an act waits for, in the group `hit`, up to its 后, 时 or comma: it is still to come."""

# Where 如 and 若 open a condition: 如…, 我局如…, 明年如…, 项目若…; not in 例如, 诸如, 比如.
_OPENS_IF = "(?<![一-龥])|(?<=[局委办厅府县区镇村们年月底末步时后目程金])"
# 如下 but not 如下达, 如东 but not 如东段, 如今 but not 如今年, 如“…”: no conditions.
_NO_IF = (
    "<<promises.not_if>>|如下(?![达半拨])|如东(?![侧部段线])"
    "|如今(?![年后])|如实(?![施现际])|如同(?!意)"
)
# 若审批通过, 如确有需要: by itself no word of what is to come, rules of every day say it too.
IF = rx(
    f"<<promises.if>>[^,;。]{{2,40}}(?=[,。;])|(?:{_OPENS_IF})(?!{_NO_IF})(?:"
    "(?:<<promises.if_opening>>|如<<promises.if_next>>)[^,;。]{1,40}(?=[,。;])"
    # 如省级补助资金到位,将…; 若资金到位将…; not 如水库、水闸等
    "|[如若](?![^,;。]*、[^,;。]*等)[^,;。:“《]{1,40}?<<promises.fulfilled>>[^,;。]{0,4}?(?=[,将则。;]))"
    "|(?:<<promises.approved>>|(?<![一-龥])<<promises.arrives>>)(?:[以之]后|后)"
    "|<<promises.later>>有[^,;。]{0,12}?<<promises.means>>[^,;。]{0,4}?(?=[时后,])"
)
"""A condition that makes an act conditional where a word says that it is to come."""

_MARKS: tuple[tuple[str, Places], ...] = (
    ("next", _places_of(_NEXT)),
    ("will", _will),
    ("effect", _effect),
    ("may", _may),
    ("intends", _places_of(_INTENDS)),
    ("aims", _places_of(rx("<<promises.aims>>"))),
    ("again", _places_of(_AGAIN)),
    ("soon", _places_of(rx("<<grammar.soon>>"))),
    ("goal", _places_of(_GOAL)),
    ("own_plan", _places_of(_OWN_PLAN)),
    ("forecast", _places_of(rx("<<promises.forecast>>"))),
    ("done", _places_of(_DONE)),
    ("past", _places_of(_PAST)),
    ("now", _places_of(rx("<<promises.now>>"))),
    ("state", _places_of(_STATE)),
    ("refused", _places_of(_REFUSED)),
    ("courtesy", _places_of(_COURTESY)),
    ("asked", _places_of(_ASKED)),
    ("waits", _places_of(WAITS)),
    ("if", _places_of(IF)),
)
"""Every mark with where it stands; a new kind of mark is a row here."""
