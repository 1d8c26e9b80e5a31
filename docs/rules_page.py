"""Writes docs/rules.md from npcreply/data/profiles: every rule of time with its source.

python docs/rules_page.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from npcreply.domain.judging.schemes import SCHEMES, Scheme
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.time.rules import Rule, Rulebook
from npcreply.language import choose
from npcreply.store.contract import rules
from npcreply.views.handling import meaning_word, rule_words, source_words
from npcreply.views.words import what_word

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rules.md"

HEAD = """\
# 法定期限 / Rules of time

这张表由 `python docs/rules_page.py` 从 `npcreply/data/profiles/*.yaml` 生成。
Made by that script from the profiles; `npcreply show 编号 --lang en` explains each date in English.

## 怎么用

`schema.yaml` 的 `x-workspace` 里写 `jurisdiction: zhejiang`（文件名或中文名都行），不写就只按全国的。
本地自己的期限写在同一处的 `rules`，比这里的先用；代表法的三个月、六个月是底线，自己的规则再宽也不能晚过它：

```yaml
x-workspace:
  jurisdiction: zhejiang
  rules:
    - {duty: co_opinion, value: 20, unit: day, from: received, source: 某市办法, article: 8}
    - {duty: co_opinion, unit: date, month_day: 04-20, kinds: [proposal]}   # 定死的日子
    - {duty: disclosure, unit: none}                                        # 这里不设这个期限
```

`duty` 是哪一种期限，`unit` 是 `day` 日、`working_day` 工作日、`month` 月、`date` 定日、`span` 每年两日之间、`none` 没有，`from` 从 `assigned` 交办、
`received` 签收、`replied` 答复、`reassigned` 再次交办、`rated` 评价、`told` 告知落实情况起算，`wide` 是涉及面广的（`wide: true`），`kinds` 不写就管代表建议和政协提案。

## 怎么算

- 用交办那天有效的规则；以后修订不改旧账。“起”是读到的那个文本的施行日。
- 条文已被新的文本代替、而新条文没有读到的，旧规则用到前一天为止；以后交办的，`show` 写明“新条文未收”，有上一级规则的用上一级的，没有的就不算。
- “核对”是最近一次拿这一行和所列那个文本的条文（公开的全文）对照的日子：数目、起算、同意都对过。它不说明那个文本以后没有修订。
- “未核对”是录入时读过条文、以后找不到全文再对照的：用前请核对一次。
- 再次办理的一个月、两个月，条文多半没有写从哪天起算，一律照再次交办之日算。
- 首日不计；按月的止于同一天，没有同一天就止于月末；止于休息日的，顺延到下一个工作日（民法典第二百零一至二百零四条）。
- 工作日扣除法定节假日，加上调休上班的周末：数据来自 chinesecalendar（2004 至 2026 年），以后的年份写在 `data/calendar.yaml` 或
  `x-workspace` 的 `holidays`，要有国务院办公厅通知的文号。没有放假安排的年份按周一到周五数，那个日子标“暂定”，不会不说。
- 缺起算的日子就“无法计算：缺交办日期（assigned_on）”，不猜。记录里自己写了日子的（`co` 的 `opinion_due`、
  `handling_report` 的 `due`），照那个日子。
- 六个月也从交办之日起算，不是三个月之后再加六个月。
- 每年要告知、报告的（`span`）：答复里有承诺没有办完的，每年到了那段日子就要有一次，用那段日子结束时有效的规则；办完、终止了的，
  在那以后的一次里还要说到。`progress_notices` 记了哪天告知代表、报告人大，那一次（和以前漏的）就算有了。不要这种提醒的，
  在 `rules` 里写 `{duty: progress_notice, unit: none}`。

`overdue` 和 `due` 列出没有按期的联系代表、答复、会办意见、再次办理、研究处理情况报告；评价不满意、还没有再次交办的也列出，
期限先照评价那天算，交办以后从交办之日起算；还有每年要告知代表、报告人大的落实情况。代表的反馈和对落实情况的评价只在 `show` 里；退回晚了、公开晚了由 `check` 提醒。
"""

CLASSES = """\
## 答复类别

字母的意思各地不同，所以类别和分类办法（`scheme`）一起记：记录里写 `scheme`，或在 `x-workspace` 写一次 `class_scheme`。
没有写办法的，意思不明，解决率里不计；办法没有收的，`check` 会说。把 B 改成 A 要写依据（`evidence`）。

| 办法 | 类别和意思 | 出处 |
|---|---|---|
"""

MISSING = """\
## 没有收的，和为什么

只收读到了全文的条文；只见摘引、转载的数目一概不收：

- 全国人大议事规则第三十二条（不满意的重新办理）、监督法（专题询问）没有写天数，所以没有规则。
- 台州 2023 年、杭州 2024 年、金华近年的规定，浙江省 2023 年 11 月的修订：没有读到条文。浙江省级 2016 年的规定只用到修订前一天。
- 浙江监督条例（2025年修订）、河南监督法办法（2025-10-01 起）、北京议事规则（2022年修订）：只知道施行日，旧规则用到前一天。
- 上海 2025 年 9 月的修改决定、山东代表法办法 2025 年的修正：只知道有，条文没有读到；重庆 2025、2026 年的草案还没有通过。
- 东阳、云和、福建、玉林、黄石、广东等地的数目只见摘引；衢州没有找到规定。
- 政协提案：政协全国委员会和各地提案办理的期限没有读到条文；除公开以外没有规则，办公室可以自己写。
- 闭会期间多少日内交办，记录里没有它的起算日，所以不算。首次联系代表只有重庆写了日数：从签收起算，记了面商（`met`）就算办到。
- 北京的“三个月内先送处理方案”：记录里没有方案这一项。
"""


def page() -> str:
    """Return the whole page."""
    choose("zh")
    parts = [HEAD]
    for path in sorted(rules.profile_paths(), key=lambda path: path.stem != rules.FLOOR):
        book = from_plain(Rulebook, rules.book(path.stem, []))
        parts += ["", *_profile(path.stem, book)]
    return "\n".join([*parts, "", CLASSES + "\n".join(map(_scheme, SCHEMES)), "", MISSING])


def _scheme(found: Scheme) -> str:
    letters = "；".join(f"{name} {meaning_word(means)}" for name, means in found.letters.items())
    names = "、".join(f"`{name}`" for name in found.names)
    return f"| {names} | {letters} | {found.source} |"


def _profile(stem: str, book: Rulebook) -> Iterator[str]:
    mine = [rule for rule in book.rules if rule.key.startswith(f"{stem}/")]
    others = dict.fromkeys(rule.key.split("/")[0] for rule in book.rules if rule not in mine)
    yield f"## {book.name[0]} `{stem}`\n"
    if others:
        yield f"没有写到的，用 {'、'.join(f'`{name}`' for name in others)}。\n"
    yield "| 期限 | 规则 | 出处 | 有效 | 核对 | 说明 |"
    yield "|---|---|---|---|---|---|"
    yield from map(_row, mine)


def _row(rule: Rule) -> str:
    remarks = [rule.note[0]] if rule.note else []
    remarks += [f"新条文未收：{rule.replaced_by[0]}"] if rule.replaced_by else []
    remarks += ["底线"] if rule.floor else []
    cells = (
        f"{what_word(rule.duty).label}<br>`{rule.key}`",
        rule_words(rule),
        source_words(rule),
        _in_force(rule),
        str(rule.compared_on or "未核对"),
        "；".join(remarks),
    )
    return f"| {' | '.join(cells)} |"


def _in_force(rule: Rule) -> str:
    since = str(rule.in_force_from or "施行日没有读到")
    return f"{since} 至 {rule.in_force_to}" if rule.in_force_to else f"{since} 起"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
