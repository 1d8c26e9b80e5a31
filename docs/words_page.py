"""Writes docs/words.md from schema.yaml: every field with its Chinese name and its meaning.

python docs/words_page.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from npcreply.cli import COMMANDS
from npcreply.store.contract import read
from npcreply.store.contract.schema import resolve

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "words.md"

HEAD = """\
# 用词

一个概念一个词，到处一样：YAML 的键 = 程序里的字段 = CSV 的机器表头 = 选项的名字。
这张表由 `python docs/words_page.py` 从 `schema.yaml` 生成。
英文照全国人大、全国政协英文网页的用法，没有官方译法的是我们自己的。

## 领域用词

| 中文 | 字段、命令 | English | 意思 |
|---|---|---|---|
| 建议、批评和意见 | `kind: suggestion` | suggestion | 人大代表提出的；法律全称，简称代表建议 |
| 政协提案 | `kind: proposal` | proposal | 只指政协的，不与建议混用 |
| 专题询问 | `kind: inquiry` | special inquiry | 一次询问若干问题，各有应询单位 |
| 交办、签收 | `assigned_on`、`received_on` | refer, receive | 法定期限从这里起算；没有就不填，不猜 |
| 答复 | `reply_date` | reply | 成文日期；有答复日期或有承诺，就算已答复 |
| 办复、办结 | — | handling completed | 答复了，不等于落实了 |
| 承诺 | `measures`，编号 `ID.n` | promise, measure | 一件可以单独跟踪的事 |
| 目标、指标 | `targets`、`indicator` | target, indicator | 要达到的数、数的是什么 |
| 主办、会办 | `lead`、`co` | lead, co-handler | 主办答复；会办出意见 |
| 责任单位 | `department` | department | 谁来做；不填就是主办单位 |
| 力度 | `force` | force | 确定、力争、附条件、常态 |
| 时限 | `deadline` | deadline | 最迟哪一天做到仍算按时；从不改晚 |
| 延期 | `extensions`、`extend` | extension | 新时限、理由、谁批准；原时限保留 |
| 进展 | `log` | progress | 只增不改，一条一行 |
| 催办 | `reminders`、`log --via` | remind | 催了几次、怎么催的 |
| 销号 | `closings`、`done`、`drop` | close | 从清单上划掉：已兑现，或终止、并入、被替代 |
| 待销号 | 状态 `to_verify` | to verify | 目标数已达到、还没有销号；不算逾期 |
| 逾期 | 状态 `overdue` | overdue | 时限在判断日之前，那时还没有销号；当天不算 |
| 未定时限 | 状态 `undated` | no deadline | 单独计数，不猜 |
| 附条件 | 状态 `conditional` | conditional | 待……后才做，没有日期 |
| 满意度 | `feedback` | feedback | 对态度、对结果分开评 |
| 答复类别 | `classes` | reply class | 字母的意思各地不同，连同办法一起记 |
| 重点督办 | `key` | key suggestion | |
| 截至 | `--as-of` | as of | 按哪一天判断 |
"""


def _commands() -> Iterator[str]:
    yield "\n## 命令的中文名\n\n写哪个都行：`npcreply 逾期` 就是 `npcreply overdue`。\n\n"
    yield "| 中文 | 命令 | 做什么 |\n|---|---|---|\n"
    for command in COMMANDS:
        yield f"| {command.chinese} | `{command.name}` | {command.help} |\n"


def page() -> str:
    """Return the whole page."""
    loaded = read.load(ROOT / "schema.yaml")
    parts = [HEAD, "".join(_commands())]
    for head, place in (
        ("记录的字段", loaded.data),
        ("承诺的字段（`measures`）", loaded.data["$defs"]["measure"]),
        ("目标的字段（`targets`）", loaded.data["$defs"]["target"]),
        ("进展的字段（`log`）", loaded.data["$defs"]["entry"]),
    ):
        parts += [f"\n## {head}\n", "| 字段 | 中文 | English | 取值、说明 |", "|---|---|---|---|"]
        parts.extend(rows(place["properties"], loaded.data))
    parts += ["\n## 算出来的列\n", "只在表里有，不存在文件里。\n"]
    parts += ["| 列 | 中文 | English |", "|---|---|---|"]
    for name, (chinese, english) in loaded.data["x-columns"].items():
        parts.append(f"| `{name}` | {chinese} | {english} |")
    return "\n".join(parts) + "\n"


def rows(properties: dict[str, Any], root: dict[str, Any], under: str = "") -> Iterator[str]:
    """Yield one row a field; the parts of a field follow it."""
    for name, definition in properties.items():
        found = resolve(definition, root)
        said = found.get("description", "")
        words = (resolve(found.get("items", {}), root) or found).get("x-words") or found.get(
            "x-words", {}
        )
        if words:
            known = "、".join(f"`{code}` {pair[0]}" for code, pair in words.items())
            said = f"{said}：{known}" if said else known
        yield f"| `{under}{name}` | {found['title']} | {found['x-title-en']} | {said} |"
        inner = resolve(found.get("items", {}), root).get("properties") or found.get(
            "properties", {}
        )
        if inner and name not in ("measures", "targets", "log"):
            yield from rows(inner, root, f"{under}{name}.")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
