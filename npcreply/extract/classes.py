"""What class a letter gives itself: its letter or word, and the scheme that its words name."""

from __future__ import annotations

import re
from functools import cache

from npcreply.domain import schemes
from npcreply.extract.feet import Foot, near
from npcreply.extract.head import Head
from npcreply.extract.phrases import any_of, words
from npcreply.extract.values import Drafted

_SHANGHAI = "上海"
_BEHIND = re.compile(r"[(\[]([A-D]\d?)类?[)\]]$")
_BEFORE = re.compile(r"[(\[【]([A-D]\d?)类?[)\]】]")
_BESIDE = re.compile(r"号([A-D]\d?)类$")
_ALONE = re.compile(r"[(\[【]?([A-D]\d?)类?[)\]】]?(?=$|同意|公开|主动|不|[一-龥]{1,6}[〔\[])")


def letter(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return the class of the reply: after a label, in brackets behind the headline, or alone."""
    parts = [*(head.line(line) for line in near(head)), *foot.lines]
    for part in parts:
        found = _labelled_class().search(part.text) if len(part.text) < 120 else None
        if found:
            group = "word" if found["word"] else "letter"
            return part.named(found.start(group), found.end(group), "class.label")
    beside = _BEHIND.search(head.headline.text) or _BEFORE.match(head.headline.text)
    if beside:
        return head.headline.named(beside.start(1), beside.end(1), "class.headline")
    for part in parts:
        found = _ALONE.match(part.text) or _BESIDE.search(part.text)
        if found and len(part.text) < 60:
            return part.named(found.start(1), found.end(1), "class.line")
    return None


def scheme(head: Head, foot: Foot) -> Drafted[str] | None:
    """Return the scheme that the letter's own words name: Shanghai's classes are words, and the
    letter says that it is from there. A letter alone (A, B) names none.
    """
    said = letter(head, foot)
    if said is None or said.value not in schemes.SHANGHAI.letters:
        return None
    for part in (head.headline, head.opening, *foot.lines):
        at = part.text.find(_SHANGHAI)
        if at >= 0:
            return part.drafted(schemes.SHANGHAI.names[0], at, at + len(_SHANGHAI), "scheme.words")
    return None


@cache
def _labelled_class() -> re.Pattern[str]:
    labels, said = any_of(words("letter", "classes")), any_of(words("letter", "class_words"))
    letter = r"(?P<letter>[A-D]\d?|[甲乙丙丁])(?:类|$|[^A-Za-z0-9])"
    label = rf"(?:^|[^一-龥]|办理|答复){labels}(?:标注|标记|标识)?[:]?[(\[“]?"
    return re.compile(rf"{label}(?:{letter}|(?P<word>{said}))")
