"""What stands beside the counts on paper: what each status means, the filters, what is left out."""

from __future__ import annotations

from npcreply.domain.judging.status import Alert, Status
from npcreply.domain.selection import Selection
from npcreply.language import N_, _, listed, listed_apart
from npcreply.store.contract.schema import Schema
from npcreply.vocabulary import alert_word, status_word

_MEANING: dict[Status, str] = {
    Status.OVERDUE: N_("时限在统计截止日之前，那时还没有销号；当天不算逾期"),
    Status.TO_VERIFY: N_("目标数已达到、还没有销号；单独计数，不算逾期"),
    Status.DUE_TODAY: N_("时限就是统计截止日"),
    Status.DUE_SOON: N_("{days} 天内到期"),
    Status.OPEN: N_("时限还在 {days} 天以后"),
    Status.UNDATED: N_("答复没有写明时限；不猜"),
    Status.CONDITIONAL: N_("待条件成熟才做，没有日期"),
    Status.DONE_EARLY: N_("在时限之前销号"),
    Status.DONE: N_("在时限当天销号，或没有时限而已销号"),
    Status.DONE_LATE: N_("时限过后才销号"),
    Status.DROPPED: N_("不再办理，写明了理由"),
    Status.MERGED: N_("并入另一项承诺"),
    Status.SUPERSEDED: N_("由另一项承诺替代"),
}


def meaning(status: Status, schema: Schema) -> str:
    """Return what a status means, in one sentence."""
    return _(_MEANING[status]).format(days=schema.settings.soon_days)


def asked_words(asked: Selection, schema: Schema) -> str:
    """Return the filters as a reader would say them: 责任单位 发改; 全部 where there are none."""
    said: dict[str, list[str]] = {
        schema.label("department", "measure"): list(asked.dept),
        schema.label("lead"): list(asked.lead),
        schema.label("deputies"): list(asked.deputy),
        schema.label("session"): list(asked.session),
        schema.label("year"): [str(year) for year in asked.year],
        schema.label("kind"): [schema.word("kind", code) for code in asked.kind],
        schema.label("field"): list(asked.field),
        _("文字"): list(asked.text),
        schema.label("status"): [status_word(Status(code)).label for code in asked.status],
        schema.label("alert"): [
            word.label for code in asked.alert if (word := alert_word(Alert(code)))
        ],
        schema.label("force", "measure"): [schema.word("force", code) for code in asked.force],
        schema.label("key"): [_("是")] if asked.key else [],
    }
    parts = (f"{name} {listed(words)}" for name, words in said.items() if words)
    return listed_apart(parts) or _("全部")
