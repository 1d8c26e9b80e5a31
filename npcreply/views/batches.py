"""What became of the letters of a batch, for people: a line each, with the command that goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from npcreply.dataclass import dataclass
from npcreply.language import N_, _, in_a_row, listed, listed_apart

Line = tuple[str, str]
SETTLED = frozenset({"entered", "there"})  # nothing is left to do
_ORDER = ("entered", "there", "draft", "other", "no_record", "bad")
_COUNTS = {
    "entered": N_("录入 {count} 件"),
    "there": N_("已经录过 {count} 件"),
    "draft": N_("存草稿 {count} 份"),
    "other": N_("编号已有、内容不同 {count} 件"),
    "no_record": N_("不是答复 {count} 件"),
    "bad": N_("读不了 {count} 个"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: entered, there (from before), draft (something is missing), other (a
    record has this number and another letter), no_record or bad (not read); `said` is why.

    `id` is the record; `draft` what goes after --resume; `way_on` a sentence with a command;
    `count`, `undated`, `doubtful` are numbers of promises, `doubts` of doubts about the letter;
    `round` is the round that the letter answers.
    """

    code: str
    name: str
    said: str = ""
    id: str = ""
    draft: str = ""
    way_on: str = ""
    count: int = 0
    undated: int = 0
    doubtful: int = 0
    doubts: int = 0
    round: int = 1


def outcome_lines(outcomes: Sequence[Outcome], *, dry_run: bool) -> Iterator[Line]:
    """Yield what became of every file, what is left to do last, and how many became what."""
    for one in sorted(outcomes, key=lambda one: _ORDER.index(one.code)):
        style = {"entered": "", "there": "dim", "bad": "late"}.get(one.code, "soon")
        yield f"{one.name}  {_became(one, dry_run)}", style
        if command := _way_on(one, dry_run):
            yield f"    {command}", ""
    counts = Counter(one.code for one in outcomes)
    words = (_(_COUNTS[code]).format(count=counts[code]) for code in _ORDER if counts[code])
    total = _("{told}。").format(told=listed_apart(words))
    yield in_a_row(total, _("没有写入（--dry-run）。")) if dry_run else total, ""


def beside(
    empty: Sequence[str], others: int, outcomes: Sequence[Outcome], *, dry_run: bool
) -> Iterator[str]:
    """Yield what is to be known beside the list: what named no file, what was not looked at, where
    the doubtful stand, how the batch is taken back.
    """
    if empty:
        yield _("没有找到文件：{names}").format(names=listed(empty))
    if others:
        yield _("文件夹里另有 {count} 个文件不是 txt、html、docx、pdf，没有读").format(count=others)
    if any(one.doubtful or one.doubts for one in outcomes):
        yield _("存疑的、有疑点的：npcreply draft 文件 看是哪些，要录的 npcreply add --to 编号 添")
    if not dry_run and any(one.code == "entered" for one in outcomes):
        yield _("撤销这一批：npcreply undo")


def _became(one: Outcome, dry_run: bool) -> str:
    if one.code == "entered":
        return _entered(one, dry_run)
    if one.code == "there":
        return one.said or _("已经录过：{id}").format(id=one.id)
    if one.code == "draft":
        kept = _("要存草稿") if dry_run else _("存了草稿")
        return _("{said}；{kept}").format(said=one.said, kept=kept)
    return one.said


def _entered(one: Outcome, dry_run: bool) -> str:
    head = _("要录入 {id}：{told}") if dry_run else _("录入 {id}：{told}")
    promised = _("{count} 项承诺，{undated} 项未定时限")
    told = (
        _("第 {round} 次答复").format(round=one.round) if one.round > 1 else "",
        promised.format(count=one.count, undated=one.undated),
        _("存疑 {count} 项没有录").format(count=one.doubtful) if one.doubtful else "",
        _("疑点 {count} 处").format(count=one.doubts) if one.doubts else "",
    )
    return head.format(id=one.id, told=listed_apart(part for part in told if part))


def _way_on(one: Outcome, dry_run: bool) -> str:
    name = word(one.name)
    if one.code == "draft" and not dry_run:
        return _("接着录：npcreply add --resume {draft}").format(draft=word(one.draft))
    if one.code == "draft":
        return _("一件一件录：npcreply add --from {name}").format(name=name)
    if one.code == "other" and not one.way_on:
        words = _("对照：npcreply show {id}    是另一件：npcreply add --from {name} --number …")
        return words.format(id=one.id, name=name)
    return one.way_on


def word(name: str) -> str:
    """Return a name as it is typed on a command line: in quotes where blanks would cut it."""
    special = set(name) & set(" \t&()[]{}^=;!'+,`~$|<>*?#（）")
    return f'"{name}"' if special else name
