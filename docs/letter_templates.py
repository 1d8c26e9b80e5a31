"""Makes the Word templates of letters from their words below: python docs/letter_templates.py

An official letter after GB/T 9704-2012: A4, margins 37/35/28/26 mm, title 2号, text 3号 仿宋, lines
28 points apart. What stands in {{ }} is filled in; {%p %} and {%tr %} take their paragraph or row.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).resolve().parent.parent / "npcreply" / "data" / "letters"
TITLE, TEXT = ("宋体", 22), ("仿宋", 16)


def page():
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    return document


def line(holder, words, font=TEXT, *, align="left", indent=True, bold=False, spacing=28):
    paragraph = holder.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing, form.space_after, form.space_before = Pt(spacing), Pt(0), Pt(0)
    if indent and align == "left":
        form.first_line_indent = Pt(2 * font[1])
    paragraph.alignment = {
        "left": WD_ALIGN_PARAGRAPH.JUSTIFY,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }[align]
    write(paragraph, words, font, bold=bold)
    return paragraph


def write(paragraph, words, font, *, bold=False):
    run = paragraph.add_run(words)
    run.bold = bold
    run.font.name, run.font.size = font[0], Pt(font[1])
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font[0])


def narrow(made, widths):
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def table(document, heads, row, widths, loop):
    small = ("仿宋", 10.5)
    made = document.add_table(rows=4, cols=len(heads), style="Table Grid")
    rows = [heads, [f"{{%tr for item in {loop} %}}"], row, ["{%tr endfor %}"]]
    for place, words in enumerate(rows):
        for column, said in enumerate(words):
            write(made.cell(place, column).paragraphs[0], said, small, bold=place == 0)
    narrow(made, widths)
    for each in made.rows:
        each._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def remind():
    document = page()
    line(document, "{{ title }}", TITLE, align="center", spacing=36)
    line(document, "〔　　　〕　　号　（第{{ times }}次催办）", align="center")
    line(document, "")
    line(document, "{{ to }}：", indent=False)
    line(
        document,
        "{{ basis }}中，截至{{ day }}，{{ counts }}（见附件）。请于{{ reply_by }}前书面反馈：",
    )
    line(document, "一、完成情况、最新数字（注明统计到哪一天）和佐证材料；")
    line(document, "二、没有完成的，说明原因、措施和新的时限；")
    line(document, "三、需要调整或者终止的，说明理由以及与代表、委员沟通的情况。")
    line(document, "{%p if call %}")
    line(document, "{{ call }}")
    line(document, "{%p endif %}")
    line(document, "附件：未销号承诺事项清单（{{ items|length }}项）")
    line(document, "")
    line(document, "{{ issuer }}　　", align="right")
    line(document, "{{ day }}　　", align="right")
    line(document, "{%p if cc %}")
    line(document, "抄送：{{ cc }}", indent=False)
    line(document, "{%p endif %}")
    document.add_page_break()
    line(document, "附件", indent=False)
    line(document, "未销号承诺事项清单", TITLE, align="center", spacing=36)
    line(document, "（截至{{ day }}）", align="center")
    heads = ["序号", "编号", "承诺事项", "时限", "情况", "最近数字"]
    row = ["{{ item.n }}", "{{ item.id }}", "{{ item.text }}", "{{ item.deadline }}"]
    row += ["{{ item.state }}，已催办{{ item.reminders }}次", "{{ item.figures or '没有报过' }}"]
    table(document, heads, row, (11, 23, 42, 22, 22, 36), "items")
    return document


def rehandling():
    document = page()
    line(document, "关于重新办理{{ number }}{{ kind }}的通知", TITLE, align="center", spacing=36)
    line(document, "〔　　　〕　　号", align="center")
    line(document, "")
    line(document, "{{ to }}：", indent=False)
    line(
        document,
        "{{ deputies }}在{{ session }}提出的{{ number }}{{ kind }}《{{ title }}》，你单位于{{ replied }}"
        "作了答复。{{ deputies }}{{ rated_on }}反馈：{{ ratings }}。{{ '意见：' ~ note ~ '。' if note else '' }}",
    )
    line(
        document,
        "请你单位与{{ deputies }}当面沟通，针对意见重新研究办理，于{{ reply_by }}前再次书面答复，"
        "并将再次答复抄送我单位。",
    )
    line(document, "{%p if rule %}")
    line(document, "办理期限的依据：{{ rule }}。")
    line(document, "{%p endif %}")
    line(document, "{%p if call %}")
    line(document, "{{ call }}")
    line(document, "{%p endif %}")
    line(document, "")
    line(document, "{{ issuer }}　　", align="right")
    line(document, "{{ day }}　　", align="right")
    return document


def feedback():
    document = page()
    line(document, "{{ kind }}办理情况征询意见表", TITLE, align="center", spacing=36)
    rows = [
        ("编号", "{{ number }}"),
        ("届次", "{{ session }}"),
        ("标题", "{{ title }}"),
        ("提出人", "{{ deputies }}"),
        ("主办单位", "{{ to }}"),
        ("会办单位", "{{ co }}"),
        ("答复", "{{ replied }}，第{{ round }}次答复"),
        ("对办理态度", "□满意　　□基本满意　　□不满意"),
        ("对办理结果", "□满意　　□基本满意　　□不满意"),
        ("答复前沟通", "□当面　　□电话　　□书面　　□没有沟通"),
    ]
    made = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    narrow(made, (34, 122))
    for place, pair in enumerate(rows):
        made.rows[place].height = Mm(10)
        for column, said in enumerate(pair):
            cell = made.cell(place, column)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            write(cell.paragraphs[0], said, ("仿宋", 14))
    line(document, "答复中承诺的事项（请在已经做到的前面打√）：", indent=False)
    line(document, "{%p for item in items %}")
    line(document, "□ {{ item.n }}．{{ item.text }}（时限：{{ item.deadline }}）", ("仿宋", 14))
    line(document, "{%p endfor %}")
    line(document, "具体意见：", indent=False)
    for _blank in range(4):
        line(document, "")
    line(document, "提出人签名：　　　　　　　　　　　　年　　月　　日", indent=False)
    line(
        document,
        "请填好后交{{ issuer }}。{{ call }}",
        ("仿宋", 14),
        indent=False,
    )
    return document


if __name__ == "__main__":
    for make in (remind, rehandling, feedback):
        make().save(FOLDER / f"{make.__name__}.docx")
