"""Whether a letter may be read by all: active, on_request or withheld."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract import tables
from npcreply.extract.feet import Foot, near
from npcreply.extract.head import Head
from npcreply.extract.lines import Line
from npcreply.extract.phrases import any_of, table
from npcreply.extract.values import Drafted

_MENU = re.compile(r"(?:^|\n)[一-龥]{0,8}公开(?:指南|制度|年报|年度报告|目录|内容)(?:\n|$)")
_ASKED = re.compile(r"是否(?:同意|可以|全文)?公开[^一-龥]{0,3}(是|否)")


def disclosure(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return active, on_request or withheld from a table, the head or the foot."""
    kinds = table("letter", "disclosure_words")
    parts = [head.at(c.start, c.end) for c in tables.of(list(head.cells), "disclosures")]
    parts += [head.line(line) for line in near(head) if not _is_menu(head, line)]
    for part in [*parts, *foot.lines]:
        asked = _ASKED.search(part.text)
        if asked:
            value = "active" if asked[1] == "是" else "withheld"
            return part.drafted(value, asked.start(), asked.end(), "disclosure.asked")
        found = _disclosures().search(part.text) if len(part.text) < 80 else None
        if found:
            return part.drafted(kinds[found[0]], found.start(), found.end(), "disclosure")
    return None


def _is_menu(head: Head, line: Line) -> bool:
    """依申请公开 alone above the title, among 公开指南 and 公开制度, is where the site leads."""
    top = min((at[0] for at in (head.marks.title, head.marks.addressee) if at), default=0)
    alone = line.end <= top and _disclosures().fullmatch(line.text) is not None
    return alone and _MENU.search(head.cleaned.shadow.text, 0, top) is not None


@cache
def _disclosures() -> re.Pattern[str]:
    return re.compile(any_of(table("letter", "disclosure_words")))
