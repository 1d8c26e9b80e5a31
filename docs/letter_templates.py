"""Makes the Word templates of letters from their words below: python docs/letter_templates.py

An official letter after GB/T 9704-2012: A4, margins 37/35/28/26 mm, title 2号, text 3号 仿宋, lines
28 points apart; one with a list is set tighter, so that ten promises, date and copies stand on one
page. What stands in {{ }} is filled in; {%p %} and {%tr %} take their paragraph or row.
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
SMALL_TITLE, TIGHT, SMALL = ("宋体", 18), ("仿宋", 12), ("仿宋", 10)
CHOICE = "□满意　□基本满意　□不满意"
MANY = 10  # promises that a letter lists itself; more stand in an annex
CLOSE = (18, 14, 22, 20)  # margins in mm


def page(margins=(37, 35, 28, 26)):
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = (Mm(each) for each in margins[:2])
    section.left_margin, section.right_margin = (Mm(each) for each in margins[2:])
    return document


def tight(document, words, *, align="left", indent=True, font=TIGHT, spacing=19):
    return line(document, words, font, align=align, indent=indent, spacing=spacing)


def kept(paragraph):
    """What follows stays on the page of this paragraph."""
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


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


def write(paragraph, words, font, *, bold=False, digits=None):
    run = paragraph.add_run(words)
    run.bold = bold
    run.font.name, run.font.size = digits or font[0], Pt(font[1])
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font[0])


def narrow(made, widths):
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def cell(holder, words, *, bold=False, align="left", font=SMALL):
    paragraph = holder.paragraphs[0]
    form = paragraph.paragraph_format
    form.line_spacing, form.space_after, form.space_before = Pt(font[1] + 2.5), Pt(0), Pt(0)
    if align == "center":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    holder.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    write(paragraph, words, font, bold=bold, digits="Times New Roman")


def table(document, heads, row, widths, loop):
    """A row an item; above the first of each reply a row across that names the reply."""
    rows = [
        heads,
        [f"{{%tr for item in {loop} %}}"],
        ["{%tr if item.head %}"],
        ["{{ item.head }}"],
        ["{%tr endif %}"],
        row,
        ["{%tr endfor %}"],
    ]
    made = document.add_table(rows=len(rows), cols=len(heads), style="Table Grid")
    narrow(made, widths)
    for place, words in enumerate(rows):
        if place and len(words) == 1 and words[0].startswith("{{"):
            made.cell(place, 0).merge(made.cell(place, len(heads) - 1))
        for column, said in enumerate(words):
            cell(
                made.cell(place, column),
                said,
                bold=place == 0,
                align="center" if place == 0 else "left",
            )
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "60")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    made._tbl.tblPr.append(margins)
    for each in made.rows:
        each._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    kept(made.cell(3, 0).paragraphs[0])


def signed(document):
    """Who writes and when, and the copies: never alone on a page."""
    kept(tight(document, "{{ issuer }}　　", align="right"))
    tight(document, "{{ day }}　　", align="right")
    line(document, "{%p if cc %}")
    tight(document, "抄送：{{ cc }}", indent=False, font=("仿宋", 11), spacing=16)
    line(document, "{%p endif %}")


def remind():
    document = page(CLOSE)
    line(document, "{{ title }}", SMALL_TITLE, align="center", spacing=28)
    tight(document, "〔　　　〕　　号　（第{{ times }}次催办）", align="center")
    tight(document, "{{ to }}：", indent=False)
    tight(
        document,
        "截至{{ day }}，{{ basis }}中，{{ counts }}，清单附后。请于{{ reply_by }}前书面反馈：",
    )
    tight(document, "一、完成情况、最新数字（注明统计到哪一天）和佐证材料；")
    tight(document, "二、没有完成的，说明原因、措施和新的时限；")
    tight(document, "三、需要调整或者终止的，说明理由以及与代表、委员沟通的情况。")
    line(document, "{%p if call %}")
    tight(document, "{{ call }}")
    line(document, "{%p endif %}")
    line(document, f"{{%p if items|length <= {MANY} %}}")
    _reminded(document)
    line(document, "{%p endif %}")
    signed(document)
    line(document, f"{{%p if items|length > {MANY} %}}")
    annex = tight(document, "附件", indent=False)
    annex.paragraph_format.page_break_before = True
    line(
        document,
        "未销号承诺事项清单（{{ items|length }}项，截至{{ day }}）",
        SMALL_TITLE,
        align="center",
    )
    _reminded(document)
    line(document, "{%p endif %}")
    return document


def _reminded(document):
    heads = ["", "编号", "承诺事项", "时限", "情况", "最近数字"]
    row = ["{{ item.n }}", "{{ item.id }}", "{{ item.text }}", "{{ item.due }}"]
    row += ["{{ item.state }}，已催办{{ item.reminders }}次", "{{ item.brief or '没有报过' }}"]
    table(document, heads, row, (8, 21, 50, 19, 30, 40), "items")


def progress():
    document = page(CLOSE)
    line(document, "{{ title }}", SMALL_TITLE, align="center", spacing=28)
    tight(document, "{{ to }}：", indent=False)
    tight(
        document,
        "现将{{ you }}{{ about }}答复承诺的落实情况告知如下。截至{{ day }}，共{{ counts }}。",
    )
    heads = ["", "承诺事项", "责任单位", "时限", "最近数字", "落实情况"]
    row = ["{{ item.n }}", "{{ item.text }}", "{{ item.departments }}", "{{ item.due }}"]
    row += ["{{ item.brief or '没有报过' }}", "{{ item.state }}"]
    table(document, heads, row, (8, 46, 22, 19, 38, 35), "items")
    tight(document, "请{{ you }}对落实情况作出评价，于{{ reply_by }}前将回执寄回。{{ call }}")
    signed(document)
    kept(tight(document, "{{ '┄' * 46 }}", indent=False, spacing=14, font=("宋体", 10)))
    kept(line(document, "评价回执　　{{ to }}", ("宋体", 13), align="center", spacing=20))
    slip(document)
    return document


def slip(document):
    """A row a reply, one for all together, then words and a signature; all on one page."""
    rows = [
        ["建议（提案）", "办理态度", "办理结果"],
        ["{%tr for reply in replies %}"],
        ["{{ reply.number }}", CHOICE, CHOICE],
        ["{%tr endfor %}"],
        ["总体评价", CHOICE],
        ["意见", ""],
        ["签名", "　　　　　　　　　　　　　　　　年　　月　　日"],
    ]
    made = document.add_table(rows=len(rows), cols=3, style="Table Grid")
    narrow(made, (38, 65, 65))
    for place, words in enumerate(rows):
        if len(words) == 2:
            made.cell(place, 1).merge(made.cell(place, 2))
        for column, said in enumerate(words):
            cell(made.cell(place, column), said, font=("仿宋", 11), align="center")
        made.rows[place]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for each in made.rows[place].cells if place < len(rows) - 1 else ():
            kept(each.paragraphs[0])
    made.rows[5].height = Mm(11)


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
    document = page(CLOSE)
    line(document, "{{ kind }}办理情况征询意见表", SMALL_TITLE, align="center", spacing=30)
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
    narrow(made, (32, 134))
    for place, pair in enumerate(rows):
        made.rows[place].height = Mm(8)
        for column, said in enumerate(pair):
            cell = made.cell(place, column)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            write(cell.paragraphs[0], said, TIGHT)
    tight(document, "答复中承诺的事项（请在已经做到的前面打√）：", indent=False)
    line(document, "{%p for item in items %}")
    tight(document, "□ {{ item.n }}．{{ item.text }}（时限：{{ item.deadline }}）", spacing=17)
    line(document, "{%p endfor %}")
    kept(tight(document, "具体意见：", indent=False))
    for _blank in range(4):
        kept(tight(document, ""))
    kept(tight(document, "提出人签名：　　　　　　　　　　　　年　　月　　日", indent=False))
    tight(document, "{{ '请填好后交' ~ issuer ~ '。' if issuer else '' }}{{ call }}", indent=False)
    return document


def collect():
    document = page()
    line(document, "关于报送答复承诺落实情况的函", TITLE, align="center", spacing=36)
    line(document, "〔　　　〕　　号", align="center")
    line(document, "")
    line(document, "{{ to }}：", indent=False)
    line(
        document,
        "为掌握代表建议、政协提案答复中承诺事项的落实情况，请你单位将所附《承诺落实情况回报表》"
        "（编号{{ sheet }}）填好，于{{ reply_by }}前报回。表中列有你单位负责、尚未办结的承诺"
        "{{ promises }}项（{{ rows }}行），涉及建议、提案{{ replies }}件。填报时请注意：",
    )
    line(
        document,
        "一、只填绿色的格，不改灰色的格，不增减行列；数值填累计数，写明统计到哪一天；",
    )
    line(document, "二、已经办结的，附佐证材料；没有进展的，说明原因和打算；")
    line(
        document,
        "三、需要延期、终止的，写明新的时限和理由，由我单位研究决定，决定以前原时限不变；",
    )
    line(document, "四、填好后按xlsx存盘报回。")
    line(document, "{%p if call %}")
    line(document, "{{ call }}")
    line(document, "{%p endif %}")
    line(document, "附件：承诺落实情况回报表（电子表格）")
    line(document, "")
    line(document, "{{ issuer }}　　", align="right")
    line(document, "{{ day }}　　", align="right")
    return document


if __name__ == "__main__":
    for make in (remind, rehandling, feedback, progress, collect):
        make().save(FOLDER / f"{make.__name__}.docx")
