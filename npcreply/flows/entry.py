"""What a clerk enters: the questions in their order, and the data that their answers make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from npcreply.domain import identity, quantities
from npcreply.errors import UsageError
from npcreply.language import N_, _
from npcreply.store.amend import filled
from npcreply.store.typed import Typed

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt. `name` is the field and the option; `hint` shows what an answer looks like."""

    name: str
    hint: str = ""
    required: bool = False


HEADER = (
    Question("kind", N_("代表建议、政协提案、专题询问"), required=True),
    Question("year", N_("会议的年份，如 2024"), required=True),
    Question("number", N_("照印，如 温46、第107号"), required=True),
    Question("session", N_("如 市六届人大三次会议")),
    Question("title", N_("照印"), required=True),
    Question("deputies", N_("领衔在前，顿号隔开")),
    Question("lead"),
    Question("co", N_("顿号隔开")),
    Question("assigned_on", N_("如 2024-03-28")),
    Question("reply_date", N_("成文日期；信上没有就空着")),
)
PROMISE = (
    Question("text", N_("一次一件；空行=没有了")),
    Question("department", N_("空着=主办单位")),
    Question("deadline", N_("如 2024-12-31、年底；没有就空着")),
    Question("force", N_("确定、力争、附条件、常态")),
    Question("target", N_("如 投资600亿元以上；分号隔开")),
)


def parsed(question: str, text: str, typed: Typed) -> Any:
    """Return the value of one answer; raises UsageError with what an answer looks like."""
    reader = _READERS.get(question)
    if reader:
        return reader(text, typed)
    within = "measure" if question in ("text", "department", "deadline", "force") else ""
    return typed.value(question, text, within)


def record_data(header: Mapping[str, str], typed: Typed) -> dict[str, Any]:
    """Return the new record's header in the schema's order; empty answers leave no field."""
    values = {name: parsed(name, text, typed) for name, text in header.items() if text.strip()}
    order = [*typed.schema.fields()]
    return {name: values[name] for name in order if values.get(name) is not None}


def measure_data(number: int, answers: Mapping[str, str], typed: Typed) -> dict[str, Any]:
    """Return one new promise with its number; raises UsageError for an answer that cannot be."""
    values = {name: parsed(name, text, typed) for name, text in answers.items() if text.strip()}
    targets = values.pop("target", None)
    item = {"id": number, **{name: values.get(name) for name in ("text", "department", "force")}}
    return filled({**item, "deadline": values.get("deadline"), "targets": targets})


def _number(text: str, _typed: Typed) -> str:
    number = identity.clean_number(text)
    if not number:
        raise UsageError(_("没有编号"), _("照印，如 温46、第107号。"))
    identity.record_id("suggestion", 2000, number)
    return number


def _co(text: str, typed: Typed) -> list[dict[str, Any]]:
    bodies = typed.value("department", text, "measure")
    return [{"body": body} for body in ([bodies] if isinstance(bodies, str) else bodies or [])]


def _targets(text: str, _typed: Typed) -> list[dict[str, Any]]:
    found = []
    for number, part in enumerate(filter(None, map(str.strip, _parts(text))), 1):
        quantity = quantities.typed_target(part)
        if quantity is None or not quantity.indicator:
            raise UsageError(
                _("看不懂指标“{part}”").format(part=part),
                _("写成 指标 数 单位，如 年度投资 600亿元以上、开工率 70%以上、审批不超过80天。"),
            )
        found.append(_target(number, quantity))
    return found


def _target(number: int, quantity: quantities.Quantity) -> dict[str, Any]:
    ranged = quantity.value_min is not None and quantity.value_max is not None
    value: Decimal | None = None if ranged else quantity.value
    return filled(
        {
            "id": number,
            "indicator": quantity.indicator,
            "kind": quantity.kind,
            "comparator": quantity.comparator,
            "value": value,
            "value_min": quantity.value_min,
            "value_max": quantity.value_max,
            "unit": quantity.unit,
        }
    )


def _parts(text: str) -> list[str]:
    return text.replace("；", ";").split(";")


_READERS: dict[str, Callable[[str, Typed], Any]] = {
    "number": _number,
    "co": _co,
    "target": _targets,
}
