"""A command called with what was typed: the usual words are read here, all others by Typer.

Building Typer's command costs more than most answers. The same declarations (`parameters`) make
both parsers; this one takes only what it fully knows, and gives up on the first word it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, get_args, get_origin

from npcreply import options
from npcreply.dataclass import dataclass, field_names, kinds
from npcreply.errors import InterruptedByUserError
from npcreply.language import _
from npcreply.parameters import Declared

Given = dict[str, Any]

GROUPS = (options.Filters, options.PromiseFilters, options.Across, options.Listing)
_PREFIXES = {"Globals": "global_", "Listing": "print_"}
_MUST = object()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One option or argument of a command: its type and default as declared."""

    name: str
    hint: Any
    default: Any
    declared: Declared

    @property
    def kind(self) -> type:
        """Return the type of one value: `list[str] | None` has texts."""
        plain = get_args(self.hint)[0]
        inner = get_args(plain) if get_origin(plain) is not list else (plain,)
        found = next((part for part in inner if part is not type(None)), plain)
        return get_args(found)[0] if get_origin(found) is list else found  # type: ignore[no-any-return]

    @property
    def many(self) -> bool:
        """Return whether it may be given several times."""
        plain = get_args(self.hint)[0]
        return any(get_origin(part) is list for part in (plain, *get_args(plain)))

    @property
    def once(self) -> bool:
        """Return whether a second value would put out the first; a global one may be told anew."""
        return not self.many and self.declared.panel != options.GLOBAL

    def value(self, word: str) -> Any:
        """Return what a word means; raises ValueError for what Typer shall refuse."""
        if self.kind is not int:
            return self.kind(word)
        number = int(word) if word.isascii() and word.isdecimal() else None
        if number is None or (self.declared.min is not None and number < self.declared.min):
            raise ValueError(word)
        return number


def parameters(function: Callable[..., Any]) -> list[Parameter]:
    """Return a command's own parameters, then those of its groups of options and the global ones.

    The first parameter of a command is its session, which is nobody's to type.
    """
    hints = _hints(function)
    code, defaults = function.__code__, function.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    known = dict(zip(names[::-1], defaults[::-1], strict=False))
    own = [name for name in names[1:] if hints[name] not in GROUPS]
    found = [_parameter(name, hints[name], known.get(name, _MUST)) for name in own]
    for group in (*groups(function).values(), options.Globals):
        found += _of_group(group)
    return found


def groups(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the groups of options that a command takes, by the names of its parameters."""
    return {name: hint for name, hint in _hints(function).items() if hint in GROUPS}


@cache
def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations are texts, each compiled to be read: once for a command is enough."""
    return kinds(function)


def has_default(parameter: Parameter) -> bool:
    """Return whether a parameter may be left out."""
    return parameter.default is not _MUST


def parsed(function: Callable[..., Any], words: Sequence[str]) -> Given | None:
    """Return the value of every parameter, None where a word is not one of the usual: Typer then
    reads the line, says what is wrong with it or prints the help.
    """
    known = parameters(function)
    try:
        return _read(known, words)
    except (LookupError, ValueError):
        return None


def answered(
    function: Callable[..., Any], finish: Callable[[options.Globals], Any], given: Given
) -> int:
    """Call a command and return its exit code; `finish` makes the session of the global options."""
    session = finish(_made(options.Globals, given))
    made = {name: _made(group, given) for name, group in groups(function).items()}
    try:
        return int(function(session, **made, **given) or 0)
    except BrokenPipeError:  # the reader has seen enough (`| head`); Typer would say 1
        return int(session.exit_code)
    except KeyboardInterrupt as error:  # Typer would leave without a word
        raise InterruptedByUserError(_("已中断。"), session.fate) from error
    except EOFError as error:
        raise InterruptedByUserError(_("已中断，没有写入。")) from error
    finally:
        session.name_doubts()


def _read(known: Iterable[Parameter], words: Sequence[str]) -> Given:
    """Raises LookupError and ValueError for what is not plain."""
    options_, places = _named(known)
    given: Given = {}
    left = iter(words)
    rest = [word for word in left if not _took(word, left, options_, given)]
    _place(rest, places, given)
    for parameter in known:
        if parameter.name not in given:
            if parameter.default is _MUST:
                raise LookupError(parameter.name)
            given[parameter.name] = parameter.default
    return given


def _named(known: Iterable[Parameter]) -> tuple[dict[str, Parameter], list[Parameter]]:
    named = {name: one for one in known for name in one.declared.names}
    return named, [one for one in known if not one.declared.names]


def _took(word: str, left: Iterator[str], named: dict[str, Parameter], given: Given) -> bool:
    """Take an option with its value; return whether the word was one."""
    if not word.startswith("-") or word == "-":
        return False
    option = named[word]
    if option.kind is bool:
        given[option.name] = True
        return True
    value = next(left, "-")
    if value.startswith("-") or (option.once and option.name in given):
        raise ValueError(word)
    if option.many:
        given.setdefault(option.name, []).append(option.value(value))
    else:
        given[option.name] = option.value(value)
    return True


def _place(words: list[str], places: list[Parameter], given: Given) -> None:
    """Give the arguments their words, one each; the last one may take all that are left."""
    before = len(places) - 1
    if places and places[-1].many and len(words) > before:
        given[places[-1].name] = [places[-1].value(word) for word in words[before:]]
        words = words[:before]
    if len(words) > len(places) or any(place.many for place in places[: len(words)]):
        raise ValueError(words)
    for place, word in zip(places, words, strict=False):
        given[place.name] = place.value(word)


def _parameter(name: str, hint: Any, default: Any) -> Parameter:
    declared = next(one for one in get_args(hint)[1:] if isinstance(one, Declared))
    return Parameter(name, hint, default, declared)


def _of_group(group: Any) -> list[Parameter]:
    hints, prefix = kinds(group), _PREFIXES.get(group.__name__, "")
    usual = group()
    return [
        _parameter(prefix + name, hints[name], getattr(usual, name)) for name in field_names(group)
    ]


def _made(group: Any, given: Given) -> Any:
    prefix = _PREFIXES.get(group.__name__, "")
    return group(**{name: given.pop(prefix + name) for name in field_names(group)})
