"""`npcreply add`: a record entered by questions or options, or promises added to one at hand."""

from __future__ import annotations

from typing import Annotated, Any

from npcreply.dataclass import replace
from npcreply.errors import UsageError
from npcreply.flows.entry import questions, save
from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.patterns import pattern
from npcreply.session import Session

PER_TEXT = _("{what}，按次序配 --text，或写明第几个 2:…")


def _option(name: str, help: str, metavar: str = "") -> Any:
    return option(name, help=help, metavar=metavar or _("文字"))


EXAMPLES = (
    "add --year 2024 --number 58 --title 关于增设路灯的建议 --text 年底前装灯50盏 --yes",
    "add --from 答复.docx --yes",
)


def run(
    session: Session,
    files: Annotated[
        list[str] | None,
        argument(help=_("--from 的其余文件、文件夹；--resume 接着录哪一份"), metavar=_("文件")),
    ] = None,
    from_: Annotated[
        list[str] | None,
        _option("--from", _("从答复的原文起草；几个文件、文件夹一批录；- 是标准输入"), _("文件")),
    ] = None,
    encoding: Annotated[
        str | None, _option("--encoding", _("原文的编码，默认自己认"), _("编码"))
    ] = None,
    draft_: Annotated[
        str | None,
        _option("--draft", _("别处做的草稿（draft --json 的格式），和这里读的对照"), _("文件")),
    ] = None,
    to: Annotated[
        str | None,
        _option("--to", _("给这件记录添承诺；有 --from 时，原文是它的又一次答复"), _("编号")),
    ] = None,
    kind: Annotated[str | None, _option("--kind", _("类别，默认代表建议"))] = None,
    year: Annotated[str | None, _option("--year", _("会议年份"), _("年份"))] = None,
    number: Annotated[str | None, _option("--number", _("编号，照印"))] = None,
    title: Annotated[str | None, _option("--title", _("标题"))] = None,
    session_: Annotated[str | None, _option("--session", _("届次"))] = None,
    deputies: Annotated[str | None, _option("--deputies", _("代表，顿号隔开"))] = None,
    lead: Annotated[str | None, _option("--lead", _("主办单位"))] = None,
    co: Annotated[str | None, _option("--co", _("会办单位，顿号隔开"))] = None,
    assigned_on: Annotated[str | None, _option("--assigned-on", _("交办日期"), _("日期"))] = None,
    reply_date: Annotated[
        str | None, _option("--reply-date", _("答复（成文）日期"), _("日期"))
    ] = None,
    more: Annotated[
        list[str] | None, _option("--set", _("其他字段，如 field=工业经济"), _("字段=值"))
    ] = None,
    text: Annotated[list[str] | None, _option("--text", _("承诺事项；几项就写几次"))] = None,
    department: Annotated[
        list[str] | None, _option("--department", PER_TEXT.format(what=_("责任单位")))
    ] = None,
    deadline: Annotated[
        list[str] | None, _option("--deadline", PER_TEXT.format(what=_("时限")), _("日期"))
    ] = None,
    force: Annotated[list[str] | None, _option("--force", PER_TEXT.format(what=_("力度")))] = None,
    cadence: Annotated[
        list[str] | None, _option("--cadence", PER_TEXT.format(what=_("周期，如 每月、每季度")))
    ] = None,
    target: Annotated[
        list[str] | None,
        _option("--target", PER_TEXT.format(what=_("指标，如 年度投资 600亿元以上"))),
    ] = None,
    like: Annotated[
        str | None, _option("--like", _("抬头照这件：届次、主办、会办等"), _("编号"))
    ] = None,
    edit: Annotated[bool, option("--edit", help=_("用编辑器填"))] = False,
    resume: Annotated[bool, option("--resume", help=_("接着上次没录完的草稿"))] = False,
    dry_run: Annotated[bool, option("--dry-run", help=_("只打印，不写"))] = False,
    yes: Annotated[bool, option("--yes", help=_("不提问，没给的就空着"))] = False,
) -> int:
    """录入一件答复。不带选项时一项一项问，--from 从原文里读；随时可以退出，草稿留着。
    一批原文：--from 文件… 文件夹，全的就录，缺的存草稿，最后一张单子，一次撤销。
    """
    header = _given(
        kind=kind,
        year=year,
        number=number,
        session=session_,
        title=title,
        deputies=deputies,
        lead=lead,
        co=co,
        assigned_on=assigned_on,
        reply_date=reply_date,
    )
    promises = _promises(
        text,
        department=department,
        deadline=deadline,
        force=force,
        cadence=cadence,
        target=target,
    )
    entered = questions.Entry(header=header, promises=promises, more=more or [], to=to)
    request = save.Request(entered, like, edit, resume, dry_run, yes)
    named = [*(from_ or []), *(files or [])]
    if draft_ and not from_:
        raise UsageError(_("--draft 只和 --from 一起用"), _("加上 --from 原文。"))
    _refuse_mixed(request, named if from_ else [], files or [], encoding)
    if resume:
        return save.add(session, replace(request, named=next(iter(files or []), None)))
    if not from_:
        return save.add(session, request)
    return _from_letters(session, request, named, encoding, draft_)


def _from_letters(
    session: Session,
    request: save.Request,
    named: list[str],
    encoding: str | None,
    second: str | None,
) -> int:
    """Enter one letter with its questions, or many without."""
    from npcreply.flows import gathering  # reading is not what every `add` needs
    from npcreply.flows.entry import batch, letter, opinion

    found = gathering.gathered(named)
    if found.several and second:
        raise UsageError(
            _("--draft 只能给一份原文写，这里有几份"), _("一份一份录：--from 原文 --draft 草稿。")
        )
    if found.several:
        return batch.add(session, request, found, encoding)
    read = letter.read(session, request.entry, found.files[0], encoding)
    if opinion.is_one(read):
        return opinion.add(session, request, read)
    if request.entry.to and request.entry.header:
        raise _no_header(request.entry.to)
    if second:
        letter.read_second(request.entry, second)
    return save.add(session, request)


def _no_header(to: str) -> UsageError:
    return UsageError(
        _("--to 是给已有的记录添承诺，不能同时写抬头"),
        _("改抬头：npcreply set {id} 字段=值；用编辑器：npcreply edit {id}").format(id=to),
    )


def _refuse_mixed(
    request: save.Request, letters: list[str], files: list[str], encoding: str | None
) -> None:
    """Raise UsageError for options that do not go together."""
    entry, resume = request.entry, request.resume
    written = entry.promises or request.edit
    header = set(entry.header) - (_OF_OPINION if letters else set())
    if entry.to and (header or entry.more or request.like or request.edit):
        raise _no_header(entry.to)
    if letters and (written or resume):
        raise UsageError(
            _("--from 的承诺从原文里挑，不能同时写 --text、--edit、--resume"),
            _("先录入，再改：npcreply set、npcreply edit、npcreply add --to 编号。"),
        )
    if encoding and not letters:
        raise UsageError(_("--encoding 只和 --from 一起用"), _("加上 --from 文件。"))
    if resume and (entry.more or request.like or entry.to or written or len(files) > 1):
        raise UsageError(
            _("--resume 接着录草稿，不能再写内容"),
            _("只写 npcreply add --resume；从原文读的可以补抬头：--number、--year 等。"),
        )
    if files and not (letters or resume):
        raise UsageError(
            _("“{word}”前面要写 --from").format(word=files[0]),
            _("从原文录入：npcreply add --from {word}").format(word=files[0]),
        )


def _given(**options: str | None) -> questions.Answers:
    return {name: value for name, value in options.items() if value is not None}


def _promises(text: list[str] | None, **others: list[str] | None) -> list[questions.Answers]:
    """Return the promises given by options. As many of another option as of --text belong to them
    by place, else each says which it belongs to: --target 2:….
    """
    found = [{"text": said} for said in text or []]
    for name, values in others.items():
        for number, value in _bound(name, values or [], len(found)):
            answers = found[number - 1]
            if name in answers and name != "target":
                raise UsageError(
                    _("--{name} 给第 {number} 项写了两次").format(name=name, number=number),
                    _("只留一个。"),
                )
            answers[name] = f"{answers[name]}；{value}" if name in answers else value
    return found


def _bound(name: str, values: list[str], texts: int) -> list[tuple[int, str]]:
    """Return each value with the number of the --text that it belongs to; raises UsageError where
    that cannot be told.
    """
    marked = [_MARKED.fullmatch(value) for value in values]
    if not values or not all(marked):
        if len(values) in (0, texts) and not any(marked):
            return list(enumerate(values, 1))
        raise UsageError(
            _("--text 有 {texts} 个，--{name} 有 {count} 个，不知道哪个配哪个").format(
                texts=texts, name=name, count=len(values)
            ),
            _("写明配第几个：--{name} 2:…。").format(name=name),
        )
    bound = [(int(found[1]), found[2].strip()) for found in marked if found]
    if any(not 1 <= number <= texts for number, _value in bound):
        raise UsageError(
            _("--{name} 配的项超出了 --text 的个数（{texts}）").format(name=name, texts=texts),
            _("写 1 到 {texts}。").format(texts=texts),
        )
    return bound


_OF_OPINION = {"lead", "reply_date"}  # what may be said of a co-handler's opinion that is filed
_MARKED = pattern(r"\s*([0-9]{1,3})\s*[:：]\s*(.*\S)\s*")
