"""Whether a sentence promises something, from which clause on, and by which rule."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import dataclass
from npcreply.extract.days.dates import DateHit
from npcreply.extract.promises import clause_start
from npcreply.extract.promises.clause_start import NEAR, counts
from npcreply.extract.promises.due import place_of_due
from npcreply.extract.sentences.clauses import TELLING, Clause
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.sentences.outline import OPEN, STRONG, Sentence
from npcreply.extract.words import rx


@dataclass(frozen=True, slots=True)
class Act:
    """What is promised from clause `first` on; `rule` says why, `doubt` the kind of what
    speaks against it.

    `word`: the clause with that word. `mine`: False where a firm or a citizen promises.
    """

    first: int
    word: int
    rule: str
    doubt: str = ""
    mine: bool = True


_NOT_OURS = frozenset({"asked", "courtesy", "refused"})


def act(letter: Letter, sentence: Sentence, *, after_promise: bool = False) -> Act | None:
    """Return what the sentence promises, None where it promises nothing; `after_promise`: a
    promise ends with the semicolon before it.
    """
    if sentence.kind != "text" or not sentence.clauses or letter.text[sentence.end - 1] == "?":
        return None
    if _is_slogan(letter, sentence):
        return None
    own = _marked(letter, sentence) or _unmarked(letter, sentence)
    return own or (_other_half(sentence) if after_promise else None)


_SLOGAN = rx("<<promises.slogan>>")
_CONCRETE = rx("<<promises.concrete>>")


def _is_slogan(letter: Letter, sentence: Sentence) -> bool:
    """Words of resolve, and no act, day or document to check."""
    words = letter.text[sentence.body : sentence.end]
    if not _SLOGAN.search(words):
        return False
    if any(hit.date for _start, _end, hit in letter.days.between(sentence.body, sentence.end)):
        return False
    return not _CONCRETE.search(words.rpartition("将")[2])


# --- a word or a day says that it is still to come


def _marked(letter: Letter, sentence: Sentence) -> Act | None:
    """A word or a day says that it is still to come: 将, 拟, 力争, 下一步, 年底前."""
    rules = _rules(letter, sentence)
    word = next((place for place, rule in enumerate(rules) if rule), None)
    if word is None:
        return None
    rule = rules[word] or ""
    return Act(
        first=clause_start.beginning(letter, sentence, word),
        word=word,
        rule=rule,
        doubt=_doubt(letter, sentence, word, rule),
        mine=clause_start.is_ours(letter, sentence, word),
    )


def _doubt(letter: Letter, sentence: Sentence, word: int, rule: str) -> str:
    """A word says so; 将 that may be 把 does not. A forecast is a promise where it is of the own
    work and has its day, not of a number; a day alone is one where the letter has a day itself.
    """
    clause = sentence.clauses[word]
    if rule == "forecast":
        due = place_of_due(letter, clause.start, sentence.end)
        if counts(letter, clause):
            return "forecast_of_number"
        return "" if due is not None else "forecast_without_day"
    if rule == "deadline" and sentence.mode == OPEN and letter.written is None:
        return "day_alone"
    return "will_or_take" if rule == "may" else ""


# 由…牵头, 由…具体实施.
_ASSIGNED = rx("由[^,;。]{2,16}?<<departments.doing>>")
# 经测算,2026年新生将达到4000人: what is expected, not what anybody does.
_RECKONED = rx("<<promises.reckoned>>")
_SELF = rx("<<departments.self>>")


def _rules(letter: Letter, sentence: Sentence) -> list[str | None]:
    """Why each clause is still to come (the rule's name), None where it is not."""
    text, clauses = letter.text, sentence.clauses
    reported = any(clause.past for clause in clauses)
    assigned = bool(_ASSIGNED.search(text, sentence.body, sentence.end))
    reckoned = _RECKONED.match(text, sentence.body, sentence.end) is not None
    restated = clause_start.restated_clauses(letter, sentence)
    weak = any("refused" in clause.marks for clause in clauses)
    rules: list[str | None] = []
    for place, clause in enumerate(clauses):
        rule = None
        if place not in restated:
            rule = _rule(letter, clause, reported=reported, assigned=assigned)
        weak = weak or _is_required(letter, clause)
        over = rule == "deadline" and (weak or _is_over(letter, sentence, place))
        expected = reckoned and rule in ("will", "deadline", "forecast")
        over = over or (expected and not _SELF.search(text, clause.start, clause.end))
        rules.append(None if over else rule)
    return rules


def _is_required(letter: Letter, clause: Clause) -> bool:
    """教育部要求2018年底消除…, and what follows: asked of this body or of others, not promised."""
    text, asked = letter.text, letter.text.find("要求", clause.start, clause.end)
    if asked < 0 or text[asked - 1 : asked] == "按":
        return False
    return not _SELF.search(text, clause.start, asked) and text[asked + 2] not in "的,。;"


_IS_DAY = rx("[0-9年月日底末前]+[。;]?")
_DAY = 12  # characters of a day and its comma: 2024年5月28日,


def _is_over(letter: Letter, sentence: Sentence, place: int) -> bool:
    """5月28日,我局与您进行了面商: a day alone, and the act after it is reported as done, or is
    what the deputy says of it; 办结时限:7月2日, with none after it.
    """
    clause, following = sentence.clauses[place], sentence.clauses[place + 1 : place + 2]
    if clause.end - clause.start > _DAY:
        return False
    if letter.text[clause.end - 2] == "止":  # 到2007年止,共投入…,完成了…
        following = sentence.clauses[place + 1 :]
    if not following:
        return _IS_DAY.fullmatch(letter.text, clause.start, clause.end) is not None
    return any((one.past and not one.future) or "courtesy" in one.marks for one in following)


_NO_DAY = frozenset({"asked", "state", "effect"})
"""The marks of clauses in which a day ahead promises nothing."""
_ORDERS = rx("<<promises.orders>>")
# 预计…开工, 预计…建成: a step of the work, not a figure.
_STEPS = rx("<<dates.starts+dates.finishes+promises.steps>>")


def _rule(letter: Letter, clause: Clause, *, reported: bool, assigned: bool) -> str | None:
    """`reported`: the sentence has a clause that is past; `assigned`: it says who is to act."""
    text, start, end = letter.text, clause.start, clause.end
    if "refused" in clause.marks or "courtesy" in clause.marks:
        return None
    rule = _rule_of_word(letter, clause, reported=reported)
    if not rule and clause.past and _ORDERS.search(text, start, end):
        return _rule_of_day(letter, clause, assigned=assigned)  # 我局已责成…6月底前完成
    if rule or clause.past or not _NO_DAY.isdisjoint(clause.marks):
        return rule
    after = text[end - 2] == "后"  # 预计完工后,: when, not what
    if "forecast" in clause.marks and not after and _STEPS.search(text, start, end):
        return "forecast"
    if text.startswith("要求", start):
        return None
    ensures = not reported and _sets_bound(letter, clause)
    return "ensures" if ensures else _rule_of_day(letter, clause, assigned=assigned)


def _rule_of_word(letter: Letter, clause: Clause, *, reported: bool) -> str | None:
    """The word that says so; 已将… does not."""
    marks = clause.marks
    words = [name for name in TELLING if name in marks]
    if "may" in marks and not reported:
        words.append("may")
    if not words:
        return "waits" if "waits" in marks and not clause.past else None
    done = marks.get("done")
    over = done is not None and "next" not in words and all(marks[n] > done for n in words)
    if over or (words == ["again"] and clause.past):
        return None
    if "waits" in marks:
        return "waits"
    if words == ["will"] and "forecast" in marks:  # 预计客流将达到…: a figure, not an act
        return "forecast" if _STEPS.search(letter.text, clause.start, clause.end) else None
    return None if letter.text[clause.end - 2] == "时" else words[0]


_ENSURES = rx("<<promises.ensures>>")


def _sets_bound(letter: Letter, clause: Clause) -> bool:
    """确保投资增长10%以上: a bound that can be missed."""
    ensures = _ENSURES.search(letter.text, clause.start, clause.end)
    return bool(ensures) and _has_bound(letter, clause.start, clause.end)


def _has_bound(letter: Letter, start: int, end: int) -> bool:
    """Whether a number has 达到, 不低于, 增长 or the like with it."""
    hits = [hit for _start, _end, hit in letter.numbers.between(start, end)]
    return any((hit.comparator and not hit.approx) or hit.change for hit in hits)  # not 8万余户


# --- a day or a period says so

_DUE = ("deadline", "period", "day")


def _rule_of_day(letter: Letter, clause: Clause, *, assigned: bool) -> str | None:
    """A day or period ahead in an unmarked clause; `assigned`: the sentence says who is to act."""
    for start, end, hit in letter.days.between(clause.start, clause.end):
        if _is_ahead(letter, clause, (start, end), hit) or (assigned and _is_running(letter, hit)):
            return "forecast" if "forecast" in clause.marks else "deadline"
    return None


def _is_running(letter: Letter, hit: DateHit) -> bool:
    """由市民政局牵头,2023年新建…: the year in which the letter was written."""
    if letter.written is None or hit.date is None or hit.from_ is None or hit.kind != "period":
        return False
    return hit.from_ <= letter.written < hit.date


def _is_ahead(letter: Letter, clause: Clause, at: tuple[int, int], hit: DateHit) -> bool:
    if hit.kind == "event":
        return _is_event_ahead(letter, clause, at, hit)
    if hit.open_end and hit.from_ and letter.written:
        new_year = date(letter.written.year, 1, 1)
        from_now = hit.from_ == new_year and "月" not in hit.words  # 从今年起
        this_month = "日" not in hit.words and hit.from_ == letter.written.replace(day=1)
        return from_now or this_month or hit.from_ > letter.written  # 自6月起, 自2025年1月1日起
    if hit.kind not in _DUE or hit.date is None or hit.rule == "task_year":
        return False
    if letter.written is None and hit.kind != "deadline":
        # without the letter's own day only another year is ahead for certain
        return bool(letter.year and hit.date.year > letter.year)
    return _lies_ahead(letter, clause, at, hit, hit.date)


def _is_event_ahead(letter: Letter, clause: Clause, at: tuple[int, int], hit: DateHit) -> bool:
    """明年春季学期先行试点, 汛前完成; 汛前检查 is a kind of inspection."""
    start, end = at
    if hit.year and letter.today and hit.year > letter.today.year and _opens(clause, start):
        return True
    rest = letter.text[end : clause.end]
    return hit.words.endswith("前") and (rest[:1] == "," or bool(_STEPS.search(rest)))


def _lies_ahead(
    letter: Letter, clause: Clause, at: tuple[int, int], hit: DateHit, day: date
) -> bool:
    """Whether `day` is not over; a whole period must also open its clause and not have begun."""
    today = letter.today
    if today is not None and day < today:
        return False
    if hit.kind in ("deadline", "day") or hit.rule == "within_year":
        return True
    opens = _opens(clause, at[0]) and not letter.text.startswith("的", at[1])
    return opens and today is not None and (hit.from_ or day) > today


def _opens(clause: Clause, start: int) -> bool:
    """Whether what stands at `start` opens the clause, but for a short subject."""
    return start <= clause.start + NEAR


# --- its place says so


def _unmarked(letter: Letter, sentence: Sentence) -> Act | None:
    """Under a heading or after a sentence that looks ahead, what is described as to be done."""
    numbering = sentence.numbering
    if numbering is not None and letter.text[numbering.end - 1] == "要":
        return Act(0, 0, "must")  # 一要抓好…, 二要…
    first = _first_open(sentence) if sentence.mode != OPEN else None
    if first is None or _reports(letter, sentence, first):
        return None
    rest = sentence.clauses[first:]
    begins = clause_start.begins_with_order(letter, rest)
    if sentence.mode == STRONG:
        checked = begins or any(_can_be_checked(letter, clause) for clause in rest)
        rule = "under_heading" if begins else "in_plan"
        return Act(first, first, rule, "" if checked else "unchecked_plan")
    if begins:
        return Act(first, first, "goes_on")
    if _sets_level(letter, sentence) or _STAGE.match(letter.text, sentence.body, sentence.end):
        return Act(first, first, "number_ahead", "number_alone")
    return None


# 计划改造102个小区。第一期改造59个: a stage of what the sentence before it plans.
_STAGE = rx("<<figures.stages>>|第?[一二三四1-4]期|第[一二三四]批")


def _can_be_checked(letter: Letter, clause: Clause) -> bool:
    """Whether the clause has a number or says how often: 每季度向社会公布…"""
    return counts(letter, clause) or bool(letter.cadences.between(clause.start, clause.end))


def _reports(letter: Letter, sentence: Sentence, first: int) -> bool:
    """Whether the sentence, from clause `first` on, reports what is done, or why it is not."""
    rest = sentence.clauses[first:]
    begins, strong = clause_start.begins_with_order(letter, rest), sentence.mode == STRONG
    done = any(clause.past or "now" in clause.marks for clause in rest)
    refuses = any(not _REFUSES.isdisjoint(clause.marks) for clause in rest)
    ends = _CANNOT.search(letter.text, rest[-1].start, rest[-1].end) is not None
    return (done and not (begins and strong)) or (refuses and not begins) or ends


# 从3米拓宽到6米的建议,…,不具备条件; not 不具备条件的小区.
_CANNOT = rx("<<promises.lacks>>(?![^,;。:]{1,12}的[一-龥])")
_REFUSES = frozenset({"refused", "courtesy"})
_PAID = rx("<<figures.paid>>")


def _sets_level(letter: Letter, sentence: Sentence) -> bool:
    """达到85%以上, 不低于, 增长12%; not the level of a payment."""
    paid = _PAID.search(letter.text, sentence.body, sentence.end)
    return not paid and _has_bound(letter, sentence.body, sentence.end)


def _first_open(sentence: Sentence) -> int | None:
    """The first clause, if nothing before it marks what is done, that nothing marks as done, as it
    is, or as refused: 已清查房产…,盘活287宗 goes on with what is done.
    """
    for place, clause in enumerate(sentence.clauses):
        if not _NOT_OURS.isdisjoint(clause.marks) or clause.past:
            return None
        if not clause.as_it_is:
            rest = sentence.clauses[place:]
            reported = sum(one.past for one in rest)
            return None if len(rest) > 1 and reported * 2 > len(rest) else place
    return None


def _other_half(sentence: Sentence) -> Act | None:
    """力争…230个;落地50%以上: the other half of a sentence that promises goes on with it, unless a
    word says that it is something else.
    """
    reported = any(clause.past or clause.as_it_is for clause in sentence.clauses)
    other = any(not _NOT_OURS.isdisjoint(clause.marks) for clause in sentence.clauses)
    return None if reported or other else Act(0, 0, "same_sentence")
