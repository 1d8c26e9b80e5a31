"""Typer with our words: one command built and called at a time, its help, its usage errors."""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, cast, get_args

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption
from typer.exceptions import TyperException

from npcreply import calls, everywhere, options
from npcreply.domain.record.names import nearest
from npcreply.errors import InterruptedByUserError, UsageError
from npcreply.language import _
from npcreply.render.output import terminal_columns
from npcreply.render.text import fold, hanging, pad, width

WIDEST = 100  # columns of a page that goes to a pipe or a file
LEAST_HELP = 24  # columns for a sentence beside an option; less is read better below it
_TYPED = "npcreply.typed"  # where a command's context keeps {parameter: what was typed}


class Command(TyperCommand):
    """A command whose help speaks the language in use."""

    examples: Sequence[str] = ()

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help page of one command, to the terminal's width."""
        columns = terminal_columns(sys.stdout, os.environ)
        formatter.write("\n".join(_page(self, ctx, columns)) + "\n")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words; raises UsageError for an option twice where a value would be lost."""
        typed, _rest, order = self.make_parser(ctx).parse_args(args=list(args))
        _once(order)
        ctx.meta[_TYPED] = typed
        return super().parse_args(ctx, args)


def _once(given: Sequence[Any]) -> None:
    """Refuse what is given twice and has one value; a global option may be given anew."""
    for at, option in enumerate(given):
        single = isinstance(option, TyperOption) and not (option.is_flag or option.multiple)
        if (
            single
            and getattr(option, "rich_help_panel", None) != options.GLOBAL
            and option in given[:at]
        ):
            raise UsageError(
                _("{option} 写了两次，只能写一次").format(option=option.opts[0]),
                _("几个值写在一起，用顿号隔开；只留一个也行。"),
            )


def call(
    function: Callable[..., Any],
    session: Callable[[options.Globals], Any],
    name: str,
    arguments: Sequence[str],
) -> int:
    """Build the one command asked for, run it, return its exit code."""
    if any(word in ("-h", "--help") for word in arguments):
        arguments = ["--help"]
    command = built(function, session, name)
    command.examples = getattr(sys.modules[function.__module__], "EXAMPLES", ())
    try:
        code = command.main(
            args=list(arguments), prog_name=f"npcreply {name}", standalone_mode=False
        )
    except TyperException as error:
        raise _translated(error, command, name) from error
    except typer.Abort as error:
        raise InterruptedByUserError(_("已中断，没有写入。")) from error
    return int(code or 0)


def built(
    function: Callable[..., Any], session: Callable[[options.Globals], Any], name: str
) -> Command:
    """Return the one command with its parameters."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, cls=Command)(_spread(function, session))
    return cast("Command", typer.main.get_command(app))


def _page(command: Command, ctx: Any, columns: int | None) -> list[str]:
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    opts = [p for p in command.params if isinstance(p, TyperOption)]
    usage = " ".join(_usage_piece(argument) for argument in arguments)
    line = _("用法：{command} {arguments} [选项]").format(command=ctx.command_path, arguments=usage)
    rows = [re.sub(r" +", " ", line), ""]
    rows += _folded(_paragraphs(_(command.help) if command.help else ""), columns)
    own = [o for o in opts if not getattr(o, "rich_help_panel", None)]
    sections: list[tuple[str, list[tuple[str, str]]]] = [
        (_("参数"), [(_metavar(a), a.help or "") for a in arguments]),
        (_("选项"), [_record(option) for option in own]),
    ]
    for panel in (options.FILTER, options.LISTING):
        members = [o for o in opts if getattr(o, "rich_help_panel", None) == panel]
        sections.append((panel, [_record(option) for option in members]))
    for head, records in sections:
        if records:
            rows += ["", *_folded([head], columns), *_aligned(records, columns)]
    if command.examples:
        rows += ["", _("例"), *(f"  npcreply {example}" for example in command.examples)]
    return [*rows, "", *_folded(everywhere.ending().splitlines(), columns)]


def _folded(lines: Sequence[str], columns: int | None) -> list[str]:
    if columns is None:
        return list(lines)
    return [piece for line in lines for piece in hanging(line, columns)]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _usage_piece(argument: TyperArgument) -> str:
    name = _metavar(argument).removesuffix("…") + ("…" if argument.nargs != 1 else "")
    return name if argument.required else f"[{name}]"


def _metavar(argument: TyperArgument) -> str:
    return argument.metavar or str(argument.name).upper()


def _record(option: TyperOption) -> tuple[str, str]:
    names = ", ".join((*option.opts, *option.secondary_opts))
    if option.is_flag:
        return names, option.help or ""
    return f"{names} {option.metavar or _('值')}", option.help or ""


def _aligned(records: list[tuple[str, str]], columns: int | None) -> list[str]:
    """Return names and what they mean side by side; one under the other where the terminal is
    narrow or the name is long.
    """
    room = columns or WIDEST
    column = min(max(width(name) for name, _help in records) + 2, 30)
    narrow = room < column + LEAST_HELP
    indent = 6 if narrow else column + 4
    lines: list[str] = []
    for name, said in records:
        if narrow or width(name) > column:
            lines += hanging(f"  {name}", room, 6)
            lines += [f"{' ' * indent}{piece}" for piece in fold(said, room - indent)]
        else:
            lines += hanging(f"  {pad(name, column)}  {said}".rstrip(), room, indent)
    return lines


def _translated(error: TyperException, command: Any, name: str) -> UsageError:
    kind = type(error).__name__
    words = _USAGE.get(kind, _plain)(error, command)
    return UsageError(words, _("全部选项：npcreply {name} --help").format(name=name))


def _plain(error: Any, _command: Any) -> str:
    extra = re.match(r"Got unexpected extra argument\S* \((.*)\)", str(error.message))
    if extra:
        return _("多了：{words}").format(words=extra[1])
    return _("用法不对：{words}").format(words=error.message)


def _no_such_option(error: Any, command: Any) -> str:
    known = [name for option in command.params for name in option.opts if name.startswith("-")]
    near = nearest(error.option_name, known)
    hint = _("；是不是 {near}？").format(near=near) if near else ""
    return _("没有 {option} 这个选项{hint}").format(option=error.option_name, hint=hint)


def _missing(error: Any, _command: Any) -> str:
    parameter = error.param
    if isinstance(parameter, TyperArgument):
        return _("缺少参数 {name}").format(name=_metavar(parameter))
    return _("缺少选项 {name}").format(name=parameter.opts[0] if parameter else "")


def _bad_value(error: Any, _command: Any) -> str:
    """Of Typer's types only whole numbers can go wrong, some with a lowest value.

    What was typed is not taken from Typer's message: since 0.29 it is not in there.
    """
    parameter = error.param
    name = _metavar(parameter) if isinstance(parameter, TyperArgument) else parameter.opts[0]
    least = _least(parameter)
    typed = error.ctx.meta[_TYPED].get(parameter.name)
    values = typed if isinstance(typed, list) else [typed]
    wrong = next((value for value in values if not _whole(value, least)), "")
    words = _("{name} 要一个整数，这里是“{said}”")
    if least is not None:
        words = _("{name} 要 {least} 或更大的整数，这里是“{said}”")
    return words.format(name=name, least=least, said=wrong)


def _least(parameter: Any) -> int | None:
    """Return the lowest value allowed: Typer 0.29 has it on the option, 0.28 on its type."""
    holder = parameter if hasattr(parameter, "min") else parameter.type
    least: int | None = getattr(holder, "min", None)
    return least


def _whole(typed: str, least: int | None) -> bool:
    try:
        number = int(typed)
    except ValueError:
        return False
    return least is None or number >= least


def _option_usage(error: Any, _command: Any) -> str:
    if "does not take a value" in str(error.message):
        return _("{option} 后面不带值").format(option=error.option_name)
    return _("{option} 后面要跟一个值").format(option=error.option_name)


_USAGE: dict[str, Callable[[Any, Any], str]] = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "BadOptionUsage": _option_usage,
}


def _spread(
    function: Callable[..., Any], finish: Callable[[options.Globals], Any]
) -> Callable[..., Any]:
    """Return `function` as Typer can take it: every parameter an option or argument of its own.

    `finish` makes the first argument (the session) from the global options.
    """

    def called(**given: Any) -> int:
        return calls.answered(function, finish, given)

    parameters = [_as_typer_has_it(one) for one in calls.parameters(function)]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {p.name: p.annotation for p in parameters}
    called.__doc__ = function.__doc__
    return called


def _as_typer_has_it(one: calls.Parameter) -> inspect.Parameter:
    said = one.declared
    more: dict[str, Any] = {"help": said.help, "metavar": said.metavar, "min": said.min}
    if said.names:
        words: Any = typer.Option(*said.names, rich_help_panel=said.panel, **more)
    else:
        words = typer.Argument(**more)
    return inspect.Parameter(
        one.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=one.default if calls.has_default(one) else inspect.Parameter.empty,
        annotation=Annotated[get_args(one.hint)[0], words],
    )
