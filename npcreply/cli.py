"""The command line: the table of commands, global options anywhere, and the one error door."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import datetime, timedelta, timezone
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from npcreply import everywhere, language
from npcreply.dataclass import dataclass, field, replace
from npcreply.errors import (
    AlreadyEnteredError,
    InterruptedByUserError,
    NoWorkspaceError,
    NpcreplyError,
    UsageError,
)
from npcreply.language import N_, _, in_a_row, listed
from npcreply.render.output import Output
from npcreply.render.text import pad

if TYPE_CHECKING:
    from npcreply.options import Globals
    from npcreply.session import Session

COLORS: tuple[Literal["auto", "always", "never"], ...] = ("auto", "always", "never")
BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the overview: the command, its group, what it does, its Chinese name."""

    name: str
    group: str
    help: str
    chinese: str = ""

    @property
    def module(self) -> str:
        return f"npcreply.commands.{_MODULES.get(self.name, self.name)}"


ENTER, LOOK, FOLLOW, MEETING, UPKEEP = N_("录入"), N_("查看"), N_("跟踪"), N_("会议"), N_("维护")
UNSEEN = ""  # what no person types stands on no overview
_MODULES = {"set": "set_", "import": "import_", "list": "list_", "merge-record": "merge_record"}
COMMANDS = (
    Command("add", ENTER, N_("录入一件答复，或给已有的一件添承诺"), "录入"),
    Command("draft", ENTER, N_("从答复原文起草：抬头、承诺、指标，各注明依据"), "起草"),
    Command("import", ENTER, N_("把表格带进来：交办清单、台账、回报表、改过的导出表…"), "导入"),
    Command("list", LOOK, N_("记录一览"), "一览"),
    Command("show", LOOK, N_("一件记录的全部：承诺、目标、进展、来历"), "查看"),
    Command("overdue", FOLLOW, N_("逾期和待销号的承诺"), "逾期"),
    Command("due", FOLLOW, N_("今天和今后到期的承诺；未定时限、久未更新的"), "到期"),
    Command("pace", FOLLOW, N_("量化目标的进度：跟得上、落后、赶不上"), "进度"),
    Command("carry", FOLLOW, N_("续办清单：年底、届末没有办结的，转到了哪里"), "续办"),
    Command("repeats", FOLLOW, N_("同一件事又承诺了一次：哪几年、哪些单位、兑现没有"), "重复"),
    Command("log", FOLLOW, N_("记一条进展或一次催办；--from 从落实情况报告里读"), "进展"),
    Command("done", FOLLOW, N_("销号：已兑现"), "销号"),
    Command("extend", FOLLOW, N_("延期：写明新时限和理由"), "延期"),
    Command("drop", FOLLOW, N_("终止、并入或被替代：写明理由"), "终止"),
    Command("pending", FOLLOW, N_("单位申请延期、终止、销号的：列出、同意、不同意"), "待定"),
    Command("reopen", FOLLOW, N_("重新打开已销号的承诺"), "重开"),
    Command("set", FOLLOW, N_("改正字段"), "改正"),
    Command("edit", FOLLOW, N_("用编辑器改一件记录"), "编辑"),
    Command("renumber", FOLLOW, N_("改正录错的编号，历史跟着走"), "改号"),
    Command("export", MEETING, N_("导出工作簿、CSV、JSON、日历"), "导出"),
    Command("report", MEETING, N_("会议用的一页：数、图、逾期最久的（HTML）"), "报告"),
    Command("stats", MEETING, N_("计数：按单位、届次、月份"), "统计"),
    Command("remind", MEETING, N_("催办函、重新办理通知、征询意见表、给代表的告知函"), "催办"),
    Command("collect", MEETING, N_("回报表：发给各单位填；--status 谁报回了"), "回报"),
    Command("init", UPKEEP, N_("新建资料库"), "新建"),
    Command("check", UPKEEP, N_("查出所有文件里的错误和疑点"), "检查"),
    Command("undo", UPKEEP, N_("撤销最近的写入"), "撤销"),
    Command("redo", UPKEEP, N_("恢复撤销的写入"), "恢复"),
    Command("rm", UPKEEP, N_("删除录错的记录或承诺（可撤销）"), "删除"),
    Command("sync", UPKEEP, N_("同步到几个办公室共用的数据库"), "同步"),
    Command("index", UPKEEP, N_("索引在哪里；--rebuild 重建"), "索引"),
    Command("merge-record", UNSEEN, N_("由 git 调用：两人改过的一件记录按字段合并"), "合并"),
    Command("completion", UPKEEP, N_("按 Tab 补全的脚本：bash、zsh、fish、powershell"), "补全"),
)
_BY_NAME = {
    name: command for command in COMMANDS for name in (command.name, command.chinese) if name
}
_WRITING = frozenset(
    {
        *("add", "log", "done", "drop", "extend", "reopen", "set", "edit", "renumber", "import"),
        *("pending", "collect"),
        *("carry", "remind", "rm", "undo", "redo"),
    }
)
"""Commands that may write: the same one typed again after it was killed is not entered twice."""
_ELSEWHERE = frozenset({"init", "merge-record", "completion"})
"""Commands that do not read the workspace they stand in."""


@dataclass(slots=True)
class _Run:
    """One command line: where it prints, what it opened and has to close."""

    output: Output
    ending: ExitStack
    sessions: list[Session] = field(default_factory=list)

    def opened(self, session: Session) -> Session:
        """Note a session, to be closed at the end."""
        self.sessions.append(session)
        return self.ending.enter_context(closing(session))

    @property
    def fate(self) -> str:
        """Return what is known to have become of the records."""
        return self.sessions[-1].fate if self.sessions else _("资料没有改动。")

    @property
    def has_written(self) -> bool:
        return any(session.has_written for session in self.sessions)

    def said(self) -> None:
        """Note that what was written was told of."""
        for session in self.sessions:
            session.said()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; the language is chosen before anything."""
    with ExitStack() as ending:
        output = Output(_stream(sys.stdout, ending), _stream(sys.stderr, ending))
        started = _Run(output, ending)
        code = _answered(started, arguments)
        started.said()
    return code


def _answered(started: _Run, arguments: Sequence[str]) -> int:
    try:
        language.choose(_language(arguments))
        started.output = replace(started.output, color=_color(arguments), quiet=_quiet(arguments))
        return _dispatch(list(arguments), started)
    except (InterruptedByUserError, AlreadyEnteredError) as stop:
        started.output.warning("\n".join(filter(None, (stop.message, stop.remedy))))
        return stop.exit_code
    except NpcreplyError as error:
        _debug(arguments)
        written = started.fate if started.has_written else ""
        started.output.error(error.message, "\n".join(filter(None, (error.remedy, written))))
        return error.exit_code
    except KeyboardInterrupt:
        started.output.warning(in_a_row(_("已中断。"), started.fate))
        return InterruptedByUserError.exit_code
    except BrokenPipeError:
        return 0  # the reader has seen enough (`| head`)
    except Exception as error:
        if "--debug" in arguments:
            raise
        started.output.error(*_unforeseen(error, started.fate))
        return NpcreplyError.exit_code


def _unforeseen(error: Exception, fate: str) -> tuple[str, str]:
    """Return what is said, and what to do: of a system that refuses, of our own errors."""
    if isinstance(error, OSError):
        from npcreply.store.refusals import not_let

        refused = not_let(error)
        return refused.message, f"{refused.remedy}\n{fate}"
    said = _("程序出错：{name}: {words}").format(name=type(error).__name__, words=error)
    return said, in_a_row(fate, _("加 --debug 再跑一次，把打印的内容发给维护者。"))


def _stream(stream: TextIO | None, ending: ExitStack) -> TextIO:
    """Return a stream to print to: a closed one (`>&-`) is nowhere, which is a place too."""
    return stream or ending.enter_context(Path(os.devnull).open("w", encoding="utf-8"))


def _dispatch(arguments: list[str], started: _Run) -> int:
    output = started.output
    if arguments[:1] == ["--complete"]:
        return _complete(arguments[1:], started)
    name, rest = _split(arguments)
    if "--version" in arguments[:1]:
        from npcreply.version import version

        output.line(version())
        return 0
    if name in ("help", "") and rest:
        name, rest = rest[0], ["--help"]
    if name in ("", "help"):
        output.line(overview())
        return 0
    command = _BY_NAME.get(name)
    if command is None:
        from npcreply.domain.record.names import nearest

        near = nearest(name, _BY_NAME)
        remedy = _("是不是 npcreply {near}？") if near else _("有哪些命令：npcreply --help")
        raise UsageError(_("没有 {name} 这个命令").format(name=name), remedy.format(near=near))
    from npcreply import calls

    function = import_module(command.module).run

    def session(given: Globals) -> Session:
        opened = started.opened(_session(given, output, arguments))
        with suppress(NoWorkspaceError):  # the command says so, if it needs one
            if command.name in _WRITING:
                opened.refuse_twice()
            elif command.name not in _ELSEWHERE:
                opened.finish_left()
        return opened

    given = calls.parsed(function, rest)
    if given is not None:
        return calls.answered(function, session, given)
    from npcreply import usage

    return usage.call(function, session, command.name, rest)


def overview(commands: Iterable[Command] = COMMANDS) -> str:
    """Return the page of `npcreply --help`, made without loading any command."""
    rows = [_("npcreply — 代表建议、政协提案答复承诺的跟踪"), ""]
    rows += [_("用法：npcreply [通用选项] 命令 [选项] …"), ""]
    seen = (command for command in commands if command.group != UNSEEN)
    for group, members in groupby(seen, key=lambda command: command.group):
        rows.append(_(group))
        rows += [f"  {pad(command.name, 12)}{_(command.help)}" for command in members]
    rows += ["", _("通用选项（写在命令前后都行）")]
    rows += [f"  {pad(names, 27)}{what}" for names, what in everywhere.explained()]
    rows += ["", _("一个命令的全部选项：npcreply 命令 --help；命令也可以写中文，如 npcreply 逾期")]
    return "\n".join(rows)


def _complete(words: list[str], started: _Run) -> int:
    from npcreply.completion import candidates, printed

    quiet = replace(started.output, quiet=True)

    def session(given: Globals) -> Session:
        return started.opened(_session(given, quiet, []))

    found = candidates(words, COMMANDS, session)
    started.output.data(f"{printed(found)}\n".encode() if found else b"")
    return 0


def _split(arguments: list[str]) -> tuple[str, list[str]]:
    """Return the command's name and everything else: global options may stand before it."""
    before: list[str] = []
    index = 0
    while index < len(arguments):
        word = arguments[index]
        if word in ("-h", "--help", "--version"):
            return "", []
        if word in everywhere.VALUED:
            _wants_value(word, arguments[index + 1 :])
            before += arguments[index : index + 2]
            index += 2
        elif word.startswith("-") and word != "-":
            before.append(word)
            index += 1
        else:
            return word, before + arguments[index + 1 :]
    _known(before)
    return "", []


def _wants_value(option: str, following: Sequence[str]) -> None:
    if not following:
        raise UsageError(
            _("{option} 后面要跟一个值").format(option=option), _("全部选项：npcreply --help")
        )


def _known(options: Sequence[str]) -> None:
    """Without a command there are only the global options."""
    known = everywhere.VALUED | everywhere.SWITCHES
    for option in options:
        if option.startswith("-") and option.partition("=")[0] not in known:
            raise UsageError(
                _("没有 {option} 这个选项").format(option=option), _("全部选项：npcreply --help")
            )


def _option(arguments: Sequence[str], name: str) -> str | None:
    for index, word in enumerate(arguments):
        if word == name and index + 1 < len(arguments):
            return arguments[index + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def _language(arguments: Sequence[str]) -> str:
    said = _option(arguments, "--lang")
    if said and said.lower() not in ("zh", "en", "zh_cn", "zh-cn"):
        language.choose(language.wanted(None))
        raise UsageError(_("--lang 没有“{said}”这个取值").format(said=said), _("可以写：zh、en。"))
    return language.wanted(said)


def _color(arguments: Sequence[str]) -> Literal["auto", "always", "never"]:
    said = _option(arguments, "--color") or "auto"
    for color in COLORS:
        if said == color:
            return color
    raise UsageError(
        _("--color 没有“{said}”这个取值").format(said=said),
        _("可以写：{options}。").format(options=listed(COLORS)),
    )


def _quiet(arguments: Sequence[str]) -> bool:
    return any(word in ("-q", "--quiet") for word in arguments)


def _session(given: Globals, output: Output, arguments: Sequence[str]) -> Session:
    from npcreply.domain.time.as_of import AsOf
    from npcreply.options import typed_day
    from npcreply.render.asking import ask
    from npcreply.session import Session

    now = _now()
    day = typed_day(given.as_of, now.date(), now.year) if given.as_of else now.date()
    known = typed_day(given.known_on, now.date(), now.year) if given.known_on else None
    return Session(
        output=output,
        now=now,
        as_of=AsOf(day, known),
        directory=Path(given.directory or os.environ.get("NPCREPLY_DIR") or "."),
        command=_as_typed(arguments),
        ask=None if given.no_input or not _somebody_there() else ask,
    )


def _somebody_there() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    return sys.platform != "win32" or _is_console(sys.stdin)


def _is_console(stream: TextIO) -> bool:
    """Tell a Windows console from NUL and other devices, which also say that they are terminals."""
    import ctypes
    import msvcrt
    from ctypes import wintypes

    try:
        handle = msvcrt.get_osfhandle(stream.fileno())  # type: ignore[attr-defined,unused-ignore]
    except (OSError, ValueError):  # no stream of the system: whoever made it knows
        return True
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    mode = wintypes.DWORD()
    return bool(kernel.GetConsoleMode(wintypes.HANDLE(handle), ctypes.byref(mode)))


def _as_typed(arguments: Sequence[str]) -> str:
    """Return the command line as the journal keeps it: one line, words with blanks in quotes."""
    words = [" ".join(word.split()) for word in arguments]
    return " ".join(f'"{word}"' if not word or " " in word else word for word in words)


def _now() -> datetime:
    """Return the clock (UTC+8); NPCREPLY_TODAY sets the day or the minute, for examples."""
    now = datetime.now(BEIJING)
    fixed = os.environ.get("NPCREPLY_TODAY")
    if not fixed:
        return now
    try:
        said = datetime.fromisoformat(fixed)
    except ValueError:
        message = _("NPCREPLY_TODAY 不是日期：{said}").format(said=fixed)
        raise UsageError(message, _("写成 2024-01-05 或 2024-01-05T09:00。")) from None
    return said.replace(tzinfo=BEIJING) if "T" in fixed else datetime.combine(said, now.timetz())


def _debug(arguments: Sequence[str]) -> None:
    if "--debug" in arguments:
        import traceback

        traceback.print_exc()
