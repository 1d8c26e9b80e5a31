"""Our dataclass does what the standard library's does, and compiles nothing before it is needed."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import typing
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from npcreply import dataclass as ours
from npcreply.cli import COMMANDS

BOTH = pytest.mark.parametrize("made_by", [ours, dataclasses], ids=["ours", "standard"])


def declared(made_by: ModuleType, **how: Any) -> Any:
    @made_by.dataclass(**how)
    class Promise:
        """A promise."""

        name: str
        count: int = 1
        log: list[str] = made_by.field(default_factory=list)
        seen: bool = made_by.field(default=False, compare=False)

    return Promise


def outcome(action: Callable[[], Any]) -> str:
    """What is returned, or what is raised with which words."""
    try:
        return repr(action())
    except (TypeError, AttributeError) as error:
        return f"{type(error).__name__}: {error}".replace("test_dataclass.", "")


HOWS: tuple[dict[str, bool], ...] = (
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "kw_only": True},
    {"frozen": True, "slots": True, "order": True},
)
ACTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "made": lambda cls, _m: cls(name="甲"),
    "by place": lambda cls, _m: cls("甲", 2),
    "nothing given": lambda cls, _m: cls(),
    "too much": lambda cls, _m: cls(name="甲", other=1),
    "like": lambda cls, _m: cls(name="甲") == cls(name="甲", seen=True),
    "unlike": lambda cls, _m: cls(name="甲") == cls(name="乙"),
    "another kind": lambda cls, _m: cls(name="甲") == ("甲", 1, []),
    "a list of its own": lambda cls, _m: cls(name="甲").log is cls(name="甲").log,
    "set": lambda cls, _m: setattr(cls(name="甲"), "name", "乙"),
    "deleted": lambda cls, _m: delattr(cls(name="甲"), "name"),
    "hashed": lambda cls, _m: hash(cls(name="甲", log=())) == hash(cls(name="甲", log=())),
    "unhashable": lambda cls, _m: hash(cls(name="甲")),
    "before": lambda cls, _m: cls(name="甲") < cls(name="乙"),
    "not before a number": lambda cls, _m: cls(name="甲") < 1,
    "replaced": lambda cls, m: m.replace(cls(name="甲"), count=3),
    "replaced by nothing known": lambda cls, m: m.replace(cls(name="甲"), other=3),
    "replaced by the standard": lambda cls, _m: dataclasses.replace(cls(name="甲"), count=3),
    "as dict": lambda cls, _m: dataclasses.asdict(cls(name="甲")),
    "as tuple": lambda cls, _m: dataclasses.astuple(cls(name="甲")),
    "fields": lambda cls, _m: [
        (f.name, f.type, f.default is dataclasses.MISSING, f.kw_only, f.compare)
        for f in dataclasses.fields(cls)
    ],
    "is one": lambda cls, m: (m.is_dataclass(cls), dataclasses.is_dataclass(cls(name="甲"))),
    "is none": lambda _cls, m: (m.is_dataclass(str), m.is_dataclass(1)),
    "matched": lambda cls, _m: cls.__match_args__,
    "copied": lambda cls, _m: copy.copy(cls(name="甲", count=4)),
    "its dict": lambda cls, _m: hasattr(cls(name="甲"), "__dict__"),
    "its words": lambda cls, _m: (cls.__name__, cls.__qualname__, cls.__doc__, cls.__module__),
}


@pytest.mark.parametrize("how", HOWS, ids=lambda how: " ".join(how) or "plain")
@pytest.mark.parametrize("action", ACTIONS)
def test_ours_does_what_the_standard_one_does(action: str, how: dict[str, bool]) -> None:
    done = ACTIONS[action]
    wanted = outcome(lambda: done(declared(dataclasses, **how), dataclasses))
    assert outcome(lambda: done(declared(ours, **how), ours)) == wanted


@BOTH
def test_fields_of_a_base_come_first_and_an_own_method_stays(made_by: Any) -> None:
    @made_by.dataclass(frozen=True, slots=True)
    class Base:
        first: int

    @made_by.dataclass(frozen=True, slots=True, kw_only=True)
    class Over(Base):
        second: int = 2

        def __repr__(self) -> str:
            return "own"

    made = Over(1, second=3)
    assert (made.first, made.second, repr(made)) == (1, 3, "own")
    assert [field.name for field in dataclasses.fields(Over)] == ["first", "second"]
    assert Over(1) != Base(1)


@BOTH
def test_what_is_to_be_done_afterwards_is_done(made_by: Any) -> None:
    @made_by.dataclass(slots=True)
    class Doubled:
        count: int

        def __post_init__(self) -> None:
            self.count *= 2

    assert Doubled(4).count == 8


def test_a_value_goes_through_pickle() -> None:
    from npcreply.domain.record.model import Entry

    assert pickle.loads(pickle.dumps(Entry(note="已办"))) == Entry(note="已办")


def test_a_class_that_is_not_used_compiles_nothing() -> None:
    cls = declared(ours, frozen=True, slots=True)
    before = cls.__init__
    cls(name="甲")
    after = cls.__init__
    cls(name="乙")
    assert before is not after
    assert cls.__init__ is after


def test_names_of_fields_need_no_standard_field() -> None:
    assert ours.field_names(declared(ours)) == ("name", "count", "log", "seen")


def test_a_class_of_the_standard_library_is_taken_as_well() -> None:
    cls = declared(dataclasses, frozen=True)
    assert ours.is_dataclass(cls)
    assert ours.field_names(cls) == ("name", "count", "log", "seen")
    assert ours.replace(cls(name="甲"), count=3) == cls(name="甲", count=3)


def test_a_field_may_be_called_missing() -> None:
    """The generated method has names of its own, which no field of ours may bear."""

    @ours.dataclass(slots=True)
    class Kept:
        cells: list[str] = ours.field(default_factory=list)
        missing: tuple[str, ...] = ()

    assert (Kept().cells, Kept().missing) == ([], ())


def every_class() -> list[type]:
    """The program's own classes of the record, and the groups of options."""
    from npcreply import options
    from npcreply.domain.record import lines, model, settings

    return [
        one
        for module in (model, lines, settings, options)
        for one in vars(module).values()
        if isinstance(one, type) and one.__module__ == module.__name__ and ours.is_dataclass(one)
    ]


@pytest.mark.parametrize("one", every_class(), ids=lambda one: str(one.__name__))
def test_kinds_are_those_of_the_standard_library(one: type) -> None:
    assert ours.kinds(one) == typing.get_type_hints(one, include_extras=True)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_kinds_of_a_command_are_those_of_the_standard_library(command: Any) -> None:
    run = import_module(command.module).run
    assert ours.kinds(run) == typing.get_type_hints(run, include_extras=True)


@BOTH
def test_a_class_of_many_fields_is_like_one_of_few(made_by: Any) -> None:
    @made_by.dataclass(frozen=True, slots=True)
    class Wide:
        own: int
        twin: int = 2
        put: int = 3
        names: tuple[int, ...] = ()
        log: list[int] = made_by.field(default_factory=list)
        f: int = 6
        g: int = 7
        h: int = 8

    class Wider(Wide):
        """A class below it, with a place for anything."""

    one, below = Wide(1, g=70), Wider(1, twin=20)
    below.__dict__["more"] = 9
    assert (one.own, one.twin, one.put, one.names, one.log, one.g) == (1, 2, 3, (), [], 70)
    assert (below.own, below.twin, below.h, type(one), type(below)) == (1, 20, 8, Wide, Wider)
    assert one == Wide(1, g=70) != Wide(1)
    for value in (one, below):
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'own'"):
            value.own = 5
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'own'"):
        Wide()
