"""The options that every command takes, before or after its name: their names, what each does."""

from __future__ import annotations

from typing import NamedTuple

from npcreply.language import N_, _


class Everywhere(NamedTuple):
    """One option: its names, the word for its value ("" for a switch), what it does."""

    names: str
    value: str
    what: str

    @property
    def spellings(self) -> tuple[str, ...]:
        return tuple(self.names.split(", "))


OPTIONS = {
    "directory": Everywhere("-C", N_("文件夹"), N_("资料库在哪个文件夹（NPCREPLY_DIR）")),
    "as_of": Everywhere("--as-of", N_("日期"), N_("按哪一天判断，默认今天")),
    "known_on": Everywhere("--known-on", N_("日期"), N_("只算到这一天为止已录入的")),
    "lang": Everywhere("--lang", "zh|en", N_("语言 zh 或 en（NPCREPLY_LANG）")),
    "color": Everywhere("--color", "auto|always|never", N_("颜色")),
    "no_input": Everywhere("--no-input", "", N_("不提问；缺答案就报错")),
    "quiet": Everywhere("-q, --quiet", "", N_("不说多余的话")),
    "debug": Everywhere("--debug", "", N_("出错时打印调用过程")),
}


VALUED = frozenset(name for one in OPTIONS.values() if one.value for name in one.spellings)
SWITCHES = frozenset(name for one in OPTIONS.values() if not one.value for name in one.spellings)


def explained() -> list[tuple[str, str]]:
    """Return each option as it is typed, with what it does, for `npcreply --help`."""
    return [
        (f"{o.names} {_(o.value) if o.value else ''}".strip(), _(o.what)) for o in OPTIONS.values()
    ]


def ending() -> str:
    """Return the two lines that end the help of every command."""
    return _(
        "通用选项：-C 文件夹  --as-of 日期  --known-on 日期  --lang zh|en  --no-input  -q\n"
        "          --color auto|always|never  --debug    各是什么：npcreply --help"
    )
