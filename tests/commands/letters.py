"""Letters of the tests' own, and the files they come in."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

REPLY = """\
市水利局关于对市七届人大三次会议第58号建议的答复

甲某代表：
    您在市七届人大三次会议上提出的《关于修建滨江绿道的建议》（第58号）收悉。我局会同市财政局认真研究，现答复如下：
    一、工作进展情况
    截至2023年4月底，已整治河道5.5公里。
    二、下一步工作
    （一）加快河道整治。我局将在2023年底前整治河道12公里以上。
    （二）编写护河读本。市教育局将于2023年10月底前编写护河读本。
    （三）力争实现城区河道全部达标。
    感谢您对水利工作的关心和支持。

    联系人：乙某  电话：0576-12345678

                                      市水利局
                                  2023年5月20日
"""
_PLACES = "东西南北"
LONG = REPLY.replace(
    "    （二）编写",
    "".join(
        f"    我局将在2023年{month}月底前整治城{_PLACES[n % 4]}{n + 1}号河道{n + 2}公里，并设立河长公示牌。\n"
        for n, month in enumerate([6, 7, 8, 9, 10, 11, 12] * 6)
    )
    + "    （二）编写",
)
AGAIN = """\
市水利局关于对市七届人大三次会议第58号建议的再次答复

甲某代表：
    您在市七届人大三次会议上提出的《关于修建滨江绿道的建议》（第58号）收悉，我局于2023年5月作了答复，您对答复表示不满意。经重新研究，现再次答复如下：
    我局将在2024年底前完成清淤8公里。

                                      市水利局
                                  2023年9月12日
"""
UNNUMBERED = """\
市水利局对有关建议的答复

甲某代表：
    您提出的《关于保护湿地的建议》收悉，现答复如下：
    我局将编制湿地保护规划。

                                      市水利局
"""
OPINION = """\
市财政局关于市七届人大三次会议第58号建议的会办意见

市水利局：
    现就市七届人大三次会议第58号建议提出会办意见如下：
    我局将安排河道整治资金500万元。

                                      市财政局
                                  2023年4月20日
"""
INQUIRY = """\
市人大常委会河道整治工作专题询问

市人大代表甲某提问：
请问市水利局，城区河道什么时候能整治完？
市水利局局长丙某回答：
感谢您的提问。我局将在2023年底前整治河道12公里以上。

市人大代表乙某提问：
请问市教育局，护河知识怎样进校园？
市教育局副局长丁某回答：
谢谢。我局将在2023年10月底前编写护河读本。
"""
ARTICLE = """\
我市河道整治忙

本报讯 连日来，城区各河道整治工地一派繁忙。记者在现场看到，挖掘机正在清淤。据了解，今年以来全市已整治河道30公里。
附近居民说，河水变清了，散步的人多了。
"""


def html(text: str) -> str:
    """A page with a menu, whose paragraphs are ended by <br>."""
    body = "<br>\n".join(escape(line.strip()) for line in text.splitlines())
    return (
        '<html><head><meta charset="utf-8"><title>答复</title><script>var a = 1;</script></head>'
        f"<body><ul><li>首页</li></ul><div>{body}</div></body></html>"
    )


def docx(text: str) -> bytes:
    """The smallest Word file that holds the lines as paragraphs."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    rows = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in text.splitlines()
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {space}><w:body>{rows}</w:body>'
        "</w:document>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return data.getvalue()


FORMS = {
    "utf-8": ("58.txt", REPLY.encode()),
    "bom": ("58.txt", REPLY.encode("utf-8-sig")),
    "crlf": ("58.txt", REPLY.replace("\n", "\r\n").encode()),
    "gb18030": ("58.txt", REPLY.encode("gb18030")),
    "html": ("58.html", html(REPLY).encode()),
    "docx": ("58.docx", docx(REPLY)),
}
OTHER = """\
市教育局关于对市七届人大三次会议第61号建议的答复

乙某代表：
    您提出的《关于建设儿童友好学校的建议》（第61号）收悉。现答复如下：
    我局将在2023年底前建成儿童友好学校20所。
    感谢您对教育工作的关心和支持。

                                      市教育局
                                  2023年6月8日
"""
