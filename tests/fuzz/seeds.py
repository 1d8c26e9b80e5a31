"""What the fuzzing starts from: a few inputs of each kind, as people write them."""

from __future__ import annotations

import io
import json
import struct
import tempfile
import zipfile
from pathlib import Path

from tests.sheets.made import old_book

DAYS = ("2023-12-31", "2023年底", "6月底", "明年三季度", "上周五", "十二月三十一日", "今年上半年")
DAYS += ("45930", "23.6.30", "二〇二三年六月", "20231231", "后天", "3天前", "2月29日", "去年末")
NUMBERS = (
    "358.49亿元",
    "六百",
    "60%",
    "百分之八十",
    "12.5公里",
    "年度投资 600亿元以上",
    "1/2",
    "±3",
)
NUMBERS += (
    "每月",
    "每季度",
    "1,234,567.8",
    "不低于 90%",
    "两万三",
    "半",
    "负五",
    "3倍",
    "1e9",
    "①",
)
IDS = (
    "温46.1",
    "2023-107.2",
    "第46号",
    "提12",
    "2023-提028.6/2",
    "46:3",
    "０４６",
    "B-12.1",
    "46.",
)
SCHEMAS = (
    "$ref: npcreply:record:1\n",
    (
        "$ref: npcreply:record:1\nx-workspace:\n  id: 甲办\n  aliases: {水利: 市水利局}\n"
        "  terms: {第七届: 2026-12-31}\n  contacts: {市水利局: 0123}\nproperties:\n"
        "  块: {type: string, title: 片区}\n"
    ),
)
TABLES = (
    "- shape: a1b2\n  columns: {责任股室: department}\n  months: monthly\n",
    "- shape: x\n  columns: {F: 不取}\n- shape: y\n  months: cumulative\n",
)
CSV = (
    "编号,标题,时限\n2023-107,整治河道,2023-12-31\n",
    '编号;标题\n37;"改造""老旧""小区"\n',
    '编号\t标题\n="0046"\t清淤\n'.encode("gb18030"),
    "编号,标题\n1,甲\n".encode("utf-16"),
)
PAGES = (
    (
        "<html><head><meta charset=gb2312><title>答复</title></head><body><p>整治河道<br>12公里</p>"
        "<table><tr><th>项<td>数<tr><td>甲<td>5</table><!-- 无 --><script>x</script></body>"
    ),
    "<div><p>一、&nbsp;二&#19977;&hellip;</p></div>",
)
JOURNALS = (
    json.dumps(
        {
            "step": 1,
            "when": "2024-01-05T09:00:00+08:00",
            "by": "办公室",
            "command": "log 107.1",
            "files": [
                {"path": "replies/2023/2023-107.yaml", "before": "0" * 64, "after": "1" * 64}
            ],
        }
    )
    + '\n{"undo": [1], "when": "2024-01-05T09:01:00+08:00", "by": "办公室", "command": "undo"}\n',
)
PENDING = (json.dumps({"line": JOURNALS[0].splitlines()[0], "files": []}),)


def _word() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "<w:p><w:r><w:t>整治河道12公里。</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{body}</w:document>')
    return packed.getvalue()


def _old_workbook() -> bytes:
    with tempfile.TemporaryDirectory() as place:
        records = [(0x203, struct.pack("<HHHd", 0, 0, 0, 37.0)), (0x1C, bytes(12))]
        return old_book(Path(place) / "a.xls", "月报", records, [0, 10]).read_bytes()


WORD = (_word(),)
XLS = (_old_workbook(),)
