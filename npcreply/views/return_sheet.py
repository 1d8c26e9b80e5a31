"""A return sheet as it is printed and read back: its columns, its words, what stands in each line.

Departments fill it in: its words are Chinese in either language of the program.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.judging.sheet_rows import SheetRow

MAIN, MORE, HELP, HIDDEN = "回报表", "其他进展", "填写说明", "_npcreply"
ISSUE = "npcreply-issue"
"""The custom property that bears the sheet's id."""
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, its head, its width in characters, whether it is to be filled in; `also`
    are heads that people write over it.
    """

    name: str
    title: str
    width: float
    fill: bool = False


COLUMNS = (
    Head("key", "行标识", 2),
    Head("seq", "序号", 5),
    Head("number", "建议号", 9),
    Head("title", "建议标题", 14),
    Head("text", "承诺事项", 24),
    Head("deadline", "完成时限", 10.5),
    Head("indicator", "指标", 11),
    Head("goal", "目标", 9),
    Head("latest", "上次数值", 8.5),
    Head("last_on", "上次截至", 10.5),
    Head("value", "本次数值", 9, fill=True),
    Head("unit", "单位", 6, fill=True),
    Head("on", "数据截至", 10.5, fill=True),
    Head("state", "进展状态", 9, fill=True),
    Head("note", "进展说明", 22, fill=True),
    Head("to", "申请延至", 10.5, fill=True),
    Head("reason", "原因", 14, fill=True),
    Head("evidence", "佐证材料", 11, fill=True),
)
MORE_COLUMNS = (
    Head("key", "承诺编号", 14, fill=True),
    Head("indicator", "指标", 16, fill=True),
    Head("value", "数值", 10, fill=True),
    Head("unit", "单位", 8, fill=True),
    Head("on", "数据截至", 12, fill=True),
    Head("note", "说明", 29, fill=True),
    Head("evidence", "佐证材料", 16, fill=True),
)
GOING, DONE, NOT_BEGUN, DIFFICULT = "推进中", "已完成", "未启动", "有困难"
EXTEND, DROP = "申请延期", "建议终止"
STATES = (GOING, DONE, NOT_BEGUN, DIFFICULT, EXTEND, DROP)

TITLE_ROW, HINT_ROW, FILL_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4, 5
MORE_HEAD_ROW, MORE_ROWS = 2, 30
BY, AS_OF, SENDER, PHONE = "填报单位", "本表数据截至", "填报人", "电话"

HINT = (
    "只填绿色的格。数值只填数字，单位另填；没有新数可以不填数值，写进展说明。"
    "不要删列、合并单元格、改灰色的格；清单以外的事写到“其他进展”表。"
)
MORE_HINT = (
    "清单以外的进展、清单里写不下的数，一行一件；承诺编号照“回报表”选，"
    "没有编号的留空，写明是哪件建议。"
)
NOTES = (
    "一、“回报表”每行是一项承诺或它的一个指标，由办公室生成，不增行，不减行。",
    "二、本次数值填累计数，只填数字；比率、增幅填百分数里的数字（60.4%填60.4）。单位和预填的不同，就改单位格。",
    "三、数据截至填这个数统计到哪一天（如2024-9-30）；整张表都是同一天的，填在第3行就行。",
    "四、进展状态从下拉清单选：推进中、已完成、未启动、有困难、申请延期、建议终止。",
    "五、已完成的写明佐证材料；申请延期的填申请延至和原因；建议终止的填原因。申请由办公室决定，决定以前时限不变。",
    "六、灰色的格是办公室登记的，填错了、变了，写在进展说明里，不要直接改。",
    "七、填好以后用 xlsx 存盘发回，文件改名不要紧。",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One department's sheet: its id, the department, the day it is handed out, the day by which it
    is to come back, the workspace's name, its lines.
    """

    id: str
    department: str
    on: date
    due: date
    workspace: str
    rows: Sequence[SheetRow]

    @property
    def title(self) -> str:
        return f"承诺落实情况回报表（{self.department}）　编号 {self.id}"

    @property
    def hint(self) -> str:
        return f"请于{self.due.year}年{self.due.month}月{self.due.day}日前报回。{HINT}"

    @property
    def about(self) -> str:
        """Return what the hidden sheet and the file's properties say of the sheet, as JSON."""
        said = {
            "format": FORMAT,
            "issue": self.id,
            "department": self.department,
            "issued_on": self.on.isoformat(),
            "workspace": self.workspace,
            "rows": len(self.rows),
        }
        return json.dumps(said, ensure_ascii=False)


def cells(number: int, row: SheetRow) -> dict[str, int | str | date | None]:
    """Return what a line prints, by column; what is to be filled in is empty but for the unit."""
    reply = row.judged.reply
    return {
        "key": str(row.key),
        "seq": number,
        "number": f"第{reply.number}号",
        "title": reply.title or "",
        "text": row.judged.line.measure.text,
        "deadline": row.deadline,
        "indicator": row.indicator,
        "goal": row.goal,
        "latest": row.latest,
        "last_on": row.last_on,
        "unit": (row.target.unit if row.target else None) or "",
    }


def file_name(page: Page) -> str:
    """Return the name of the sheet's file, without its ending; at most as long as every system
    takes: a Chinese character is three bytes of 255.
    """
    department = "".join(c if c.isalnum() or c in "-_（）" else "_" for c in page.department)
    return f"{MAIN}-{department[:40]}-{page.id}"
