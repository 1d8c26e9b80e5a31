"""Which year a month, quarter or 年底 belongs to: printed, told just before, or the reply's."""

from __future__ import annotations

from npcreply.dataclass import dataclass, field
from npcreply.extract.days.hits import DateContext
from npcreply.grammar import words
from npcreply.grammar.periods import Years, century, offset
from npcreply.grammar.shapes import Form
from npcreply.patterns import pattern

_SENTENCE, _PARAGRAPH = pattern("[。!?\n]"), "\n"
# 2025年28亿元。一是…7月底前: a list begins with this year again
_LIST = pattern(r"[。;!?](?:一是|首先|其一|\(一\)|1[.、]|①|第一,)")
_WHOLE = frozenset({"whole_year", "within_year", "task_year"})
# Only a single year or a part of one says in which year the next month lies.
_YEARS = frozenset({"year", "year_end", "year_start", "within_year", "whole_year", "half_year"})
_MONTHS = frozenset({"month", "months", "listed_months", "many_months", "first_months"})
_QUARTERS = frozenset({"quarter", "quarters", "first_quarters", "q_quarter"})
_TELLING = _YEARS | _MONTHS | _QUARTERS | {"day", "numeric_day", "days", "third_of_month"}


@dataclass(slots=True)
class Carried:
    """The years told so far; `sentence` and `paragraph` are of the words just before."""

    context: DateContext
    sentence: int | None = None
    paragraph: int | None = field(default=None)
    exact: bool = False  # the sentence's year was told with a month or a day
    latest: tuple[int, int, int] = (0, 0, 0)  # the last day told in the paragraph
    deictic: bool = False  # the year was told as 今年 or 明年: it is counted from the letter again

    told: int | None = None  # the year told before, where another may be meant
    hanging: bool = False  # the form at hand goes by the letter's own year
    hung: bool = False  # so did the one that told the sentence's year

    def __post_init__(self) -> None:
        if self.context.reply:
            self.paragraph = self.context.year

    def pass_over(self, gap: str) -> None:
        """Forget what the end of a sentence or a paragraph ends; `gap` is the text in between."""
        if _PARAGRAPH in gap or _LIST.search(gap):
            self.paragraph, self.latest = None, (0, 0, 0)
        if _SENTENCE.search(gap) or (self.deictic and ";" in gap):
            self.sentence, self.exact = None, False

    def years(self, form: Form) -> tuple[Years, str]:
        """Return the years by which the form is read, and the kind of what speaks against them."""
        own, doubt = self._own(form)
        self.hanging = self._hangs(form, own)
        if not doubt and self.context.doubt and self.hanging:
            doubt = "day_of_doubtful_year"
        return Years(own, self.context.home, self.context.reply), doubt

    def _hangs(self, form: Form, own: int | None) -> bool:
        """Whether the form goes by the letter's own year: none is printed in it or just before."""
        if {"y", "yy"} & form.parts.keys():
            return False
        told = self.sentence is not None and not self.hung
        return not (
            told and (own == self.sentence or form.parts.get("yw") in words.ANAPHORIC_YEARS)
        )

    def remember(self, form: Form, own: int | None, last: int | None) -> None:
        """Carry the year of `form` forward; 2019年以来 and 2021-2025年 tell no year."""
        dated = form.rule == "event" and {"y", "yw"} & form.parts.keys()
        if own is None or not (form.rule in _TELLING or dated):
            return
        if form.tail in words.OPEN_END:
            return
        self.sentence, self.hung = last or own, self.hanging
        self.deictic = "yw" in form.parts and form.parts["yw"] not in words.ANAPHORIC_YEARS
        if not self.deictic:
            self.paragraph = self.sentence
        self.exact = form.rule != "year"
        if form.number("m"):
            self.latest = (own, form.number("m") or 0, form.number("d") or 0)

    def _own(self, form: Form) -> tuple[int | None, str]:
        printed = form.number("y")
        if printed:
            return printed, ""
        if form.parts.get("yy"):
            return century(form.parts["yy"], self.context.home), ""
        if form.parts.get("yw"):
            return self._told(form.parts["yw"])
        return self._silent(form)

    def _told(self, word: str) -> tuple[int | None, str]:
        """今年 is the reply's year; 次年, 当年 go by the year told before them in the sentence."""
        anaphoric = word in words.ANAPHORIC_YEARS
        base = self.sentence if anaphoric and self.sentence else self.context.home
        if base is None:
            return None, "day_of_no_year"
        none_before = anaphoric and not self.sentence
        return base + offset(word), "day_after_none" if none_before else ""

    def _silent(self, form: Form) -> tuple[int | None, str]:
        home = self.context.home
        if self.sentence is not None:
            return self._in_sentence(form, self.sentence, home)
        if self.paragraph in (None, home) or form.rule in _WHOLE:
            return home, ""
        if home is None:
            return self.paragraph, "day_of_told_year"
        self.told = self.paragraph
        own = self.paragraph if self._goes_on(form, home) else home
        return own, "" if form.rule == "year_end" else "day_of_two_years"

    def _goes_on(self, form: Form, home: int) -> bool:
        """Whether a tale of another year (2022年3月启动。6月完成立项。) has come to this month."""
        month, day = form.number("m") or 0, form.number("d") or 31
        if not month:
            return False
        if self.latest[0]:
            return (self.paragraph or 0, month, day) >= self.latest
        reply = self.context.reply
        over = reply is None or (home, month, day) > (reply.year, reply.month, reply.day)
        return over and not _ahead(form) and (self.paragraph or 0) < home

    def _in_sentence(self, form: Form, told: int, home: int | None) -> tuple[int | None, str]:
        if home is None or told >= home:
            return told, ""
        if form.rule in _WHOLE:
            return home, ""
        if form.rule == "year_end" or (not self.exact and _ahead(form)):
            self.told = told
            return (told if self.exact else home), "day_of_two_years"
        return told, ""


def _ahead(form: Form) -> bool:
    return bool(form.tail) or form.parts.get("part") in ("底", "末") or form.rule == "year_end"
