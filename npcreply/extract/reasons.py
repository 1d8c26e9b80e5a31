"""What speaks against a value that was read: each kind of doubt with its sentence for people."""

from __future__ import annotations

from collections.abc import Mapping

from npcreply.extract.model import Doubt
from npcreply.language import N_, _, shortened

_LONGEST = 30  # characters of the letter's words that a sentence repeats

IN_DOUBTFUL_PROMISE = "in_doubtful_promise"

REASONS = {
    # the header
    "kind_given": N_("原文不像给代表或委员的答复，是按指定的类别读的"),
    "kind_by_words": N_("标题不是“对…建议（提案）的答复”那样写的，只凭“{words}”这个词"),
    "kind_by_default": N_("原文没有写是建议还是提案，当作代表建议"),
    "number_bare": N_("“{words}”前面没有“第”，也没有接在届次或类别后面，可能不是编号"),
    "session_without_term": N_("“{words}”没有写是第几届"),
    "title_in_headline": N_("取自答复的标题“{words}”，后面没有“的答复”，不一定是建议的标题"),
    "title_in_quotes": N_("“{words}”只是加了引号，前面没有“提出的”，不一定是建议的标题"),
    "title_without_about": N_("“{words}”没有书名号，也不是“关于”开头的，不一定是整个标题"),
    "title_of_letter": N_("没有读到建议的标题，这是答复自己的标题"),
    "lead_behind": N_("“{words}”写在标题后面的括号里，不一定是主办单位"),
    "lead_of_page": N_("“{words}”是页面写的发布机构或来源，信里没有这样自称，不一定是主办单位"),
    "lead_in_text": N_("没有落款；“{words}”是正文里说办这件建议的单位，不一定是主办单位"),
    "deputy_surname": N_("“{words}”只有姓，没有名"),
    "index_no_cut": N_("“{words}”前面的“索引”两个字丢了，不一定是索引号"),
    "met_without_year": N_("“{words}”没有写年份，信也没有成文日期"),
    # the year
    "year_once": N_("年份 {value} 出自“{words}”，全文只此一处，不一定是来函的年份"),
    "year_of_many": N_("专题询问说到好几个年份，{value} 只是其中最近的一个"),
    "year_of_number": N_("文号“{words}”是 {value} 年的，正文却说到 {told} 年已经做了的事"),
    "year_moved": N_(
        "页面 {published} 才发布，正文说到的最近一年是 {value} 年，可能是旧信换了网站"
    ),
    "year_in_spring": N_("页面发布于 {published}，年初发布的可能是上一年的信"),
    "year_of_page": N_("页面发布于 {published}，正文说到的最近一年却是 {told} 年"),
    # days and cadences
    "day_of_doubtful_year": N_("“{words}”没有写年份，跟着信的年份算；而{why}"),
    "day_of_two_years": N_(
        "“{words}”没有写年份，前面刚说过 {told} 年，信是 {home} 年的：按 {year} 年算"
    ),
    "day_of_told_year": N_("“{words}”没有写年份，信也没有，按前面说过的 {year} 年算"),
    "day_of_no_year": N_("“{words}”没有写年份，信也没有"),
    "day_after_none": N_("“{words}”指前面说的那一年，前面没有说，按 {year} 年算"),
    "day_from_unsaid": N_("“{words}”没有写从哪一天算起"),
    "day_before_year": N_("“{words}”含不含这一年，看不准"),
    "day_past": N_("“{words}”没有写年份，按信的年份算已经过了成文日期，可能是下一年"),
    "no_such_day": N_("没有“{words}”这一天，月底只是推测"),
    "cadence_between": N_("“{words}”不是每月、每季度这样的周期，只是最接近的一个"),
    # promises
    "vague": N_("空泛：“{words}”没有日子，没有数，也没有一件可以去查的事，无从对账"),
    "unchecked_plan": N_("写在打算里，可“{words}”没有数、没有周期，也不是以动词开头，可能是说现状"),
    "will_or_take": N_("“{words}”里的“将”可能是“把”的意思，不是“将要”"),
    "forecast_of_number": N_("“{words}”是预计一个数，不是说要做什么"),
    "forecast_without_day": N_("“{words}”只是预计，没有日子"),
    "day_alone": N_(
        "“{words}”只有日子，没有“将”一类的词，信又没有成文日期：是打算还是已经做了，看不准"
    ),
    "practice": N_("“{words}”说的是平时在做的事，没有说今后"),
    "number_alone": N_("“{words}”只有一个要达到的数，没有说要做什么"),
    # a draft made elsewhere
    "second_reader": N_("只有另一份草稿读到，这里没有"),
    "second_reader_differs": N_("另一份草稿和这里读的不同：{how}"),
    # targets and figures
    IN_DOUBTFUL_PROMISE: N_("它所在的那句话存疑：{why}"),
    "goal_without_day": N_("“{words}”没有说哪天达到，可能是规定或者现状，不是目标"),
    "goal_without_name": N_("“{words}”没有读出数的是什么"),
    "goal_by_sign": N_("“{words}”不在任何承诺里，只凭这句的说法像是要达到的数"),
    "figure_without_name": N_("“{words}”没有读出数的是什么"),
    "number_without_unit": N_("“{words}”没有单位"),
    "number_of_size": N_("“{words}”是说规模大小的，不一定是要数的数"),
    "number_denied": N_("“{words}”前面的话说的是没有达到"),
    "number_broken": N_("“{words}”前面隔着空格还有数字，可能是断开的一个数"),
    "number_or_two": N_("“{words}”里有全角逗号，是一个数还是两个数，看不准"),
}
"""Kind of doubt -> what spoke against the value. {words} are the letter's; the rest is named by
whoever doubts. A clerk reads these behind 存疑 on every screen."""


def against(
    kind: str,
    words: str = "",
    start: int = 0,
    end: int = 0,
    facts: Mapping[str, object] | None = None,
) -> Doubt:
    """Return the doubt with its sentence; raises KeyError for a kind that has none."""
    shown = shortened(words, _LONGEST)
    return Doubt(kind, _(REASONS[kind]).format(words=shown, **(facts or {})), start, end)
