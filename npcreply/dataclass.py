"""The standard library's dataclass, with its methods made when they are first needed.

Its own decorator writes and compiles the methods of every class at import, for a short command a
third of all its time. Here a class costs its slots; `__init__` is compiled by the first instance,
the rest is plain code for all. `dataclasses.fields` and the like take these classes as their own.
Types are in dataclass.pyi: what is said there is the standard library's.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from sys import modules

_MISSING = object()


class _Given:
    """What is said of a field: its default or what makes one, whether it is compared."""

    __slots__ = ("compare", "default", "factory")

    def __init__(self, default, factory, *, compare):
        self.default, self.factory, self.compare = default, factory, compare


def field(*, default=_MISSING, default_factory=None, compare=True):
    """Say of a field what a plain default cannot; the standard library's words."""
    return _Given(default, default_factory, compare=compare)


class _Spec:
    """What a class was declared with. `fields`: {name: (annotation, _Given)}."""

    __slots__ = ("fields", "frozen", "keywords", "kw_only", "slots")

    def __init__(self, fields, keywords, *, frozen, kw_only, slots):
        self.fields, self.keywords = fields, keywords
        self.frozen, self.kw_only, self.slots = frozen, kw_only, slots


def dataclass(cls=None, *, frozen=False, slots=False, kw_only=False, order=False):
    """Make a class one of named values; the same words as the standard library's."""

    def made(plain):
        return _made(plain, frozen=frozen, slots=slots, kw_only=kw_only, order=order)

    return made if cls is None else made(cls)


def is_dataclass(value):
    """Return whether a class or a value is one of named values."""
    return hasattr(value, "_spec") or hasattr(value, "__dataclass_fields__")


def replace(value, /, **changes):
    """Return the value with some fields changed."""
    for name in field_names(value):
        if name not in changes:
            changes[name] = getattr(value, name)
    return value.__class__(**changes)


def _made(plain, *, frozen, slots, kw_only, order):
    own = {
        name: (kind, _given(plain.__dict__.get(name, _MISSING)))
        for name, kind in plain.__annotations__.items()
    }
    above = [base._spec for base in plain.__mro__[:0:-1] if "_spec" in base.__dict__]
    fields = {name: had for spec in above for name, had in spec.fields.items()} | own
    keywords = {name for spec in above for name in spec.keywords} | set(own if kw_only else ())
    cls = _with_slots(plain, own) if slots else plain
    cls._spec = _Spec(fields, keywords, frozen=frozen, kw_only=kw_only, slots=slots)
    compared = [name for name, (_kind, said) in fields.items() if said.compare]
    cls._values = attrgetter(*compared) if compared else staticmethod(_nothing)
    cls.__match_args__ = tuple(name for name in fields if name not in keywords)
    cls.__dataclass_fields__ = _STANDARD_FIELDS
    cls.__dataclass_params__ = _STANDARD_PARAMS
    given = plain.__dict__
    cls.__init__ = _first_init(cls)
    for method in (*_COMMON, *(_FROZEN if frozen else ()), *(_ORDERED if order else ())):
        if given.get(method.__name__) is None:
            setattr(cls, method.__name__, method)
    if not frozen:
        cls.__hash__ = None
    return cls


def _given(default):
    known = isinstance(default, _Given)
    return default if known else _Given(default, None, compare=True)


def _with_slots(plain, own):
    named = dict(plain.__dict__)
    for name in ("__dict__", "__weakref__", *own):
        named.pop(name, None)
    named["__slots__"] = tuple(own)
    named["__annotations__"] = plain.__annotations__
    cls = type(plain)(plain.__name__, plain.__bases__, named)
    cls.__qualname__ = plain.__qualname__
    return cls


def _first_init(cls):
    """Return an `__init__` that puts the real one in its own place, then calls it."""

    def __init__(self, *args, **given):
        cls.__init__ = real = _init(cls)
        real(self, *args, **given)

    return __init__


def _init(cls):
    known, puts, heads, words = {"put": object.__setattr__}, [], [], []
    for name, (_kind, said) in cls._spec.fields.items():
        value, head = name, name
        if said.factory:
            known[f"make_{name}"], known["_MISSING"] = said.factory, _MISSING
            head, value = f"{name}=_MISSING", f"make_{name}() if {name} is _MISSING else {name}"
        elif said.default is not _MISSING:
            known[f"default_{name}"] = said.default
            head = f"{name}=default_{name}"
        (words if name in cls._spec.keywords else heads).append(head)
        puts.append((name, value))
    by_twin = _may_have_twin(cls) and len(puts) >= _MANY
    body = (_by_twin if by_twin else _one_by_one)(cls, puts, known)
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    taken = ", ".join(["self", *heads, *(["*", *words] if words else [])])
    text = f"def __init__({taken}):\n " + "\n ".join(body or ["pass"])
    exec(text, known)  # noqa: S102 -- names of fields alone; as the standard library does it
    made = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _one_by_one(cls, puts, known):
    """Return lines that put each value past `__setattr__`, which a frozen class refuses."""
    body = []
    for name, value in puts:
        slot = getattr(getattr(cls, name, None), "__set__", None) if cls._spec.slots else None
        known[f"put_{name}"] = slot
        body.append(f"put_{name}(self, {value})" if slot else f"put(self, {name!r}, {value})")
    return body


_MANY = 8  # fields from which on the twin is quicker: with 25 fields it takes half the time


def _may_have_twin(cls):
    spec = cls._spec
    return spec.slots and spec.frozen and cls.__bases__ == (object,)


def _by_twin(cls, puts, known):
    """Return lines that fill a new value while it is one of a class with the same slots that
    anybody may write to. An instance of a class below this one is filled one by one.
    """
    known["__twin__"] = _twin(cls)
    known["__own__"], known["__become__"] = cls, object.__dict__["__class__"].__set__
    known["__put__"], known["__names__"] = object.__setattr__, [name for name, _value in puts]
    values = ", ".join(value for _name, value in puts)
    return [
        "if self.__class__ is __own__:",
        " __become__(self, __twin__)",
        *(f" self.{name} = {value}" for name, value in puts),
        " self.__class__ = __own__",
        "else:",
        f" for __name__, __value__ in zip(__names__, ({values},)):",
        "  __put__(self, __name__, __value__)",
    ]


def _twin(cls):
    return type(cls.__name__, (), {"__slots__": cls.__slots__})


def filler(cls, makers, any_way):
    """Return a function that makes an instance of what stands under keys, {key: (field, what makes
    its value, None where it is one)}: it puts what is there over the defaults, which takes little
    more than half of the time that handing over all fields does.

    Values that are None are as if they were not there. With a key that is not known, or without a
    field that must be there, it asks `any_way`. None of a class that has no twin.
    """
    if "_spec" not in cls.__dict__ or not _may_have_twin(cls) or hasattr(cls, "__post_init__"):
        return None
    known = {"twin": _twin(cls), "own": cls, "maker": makers.get, "any_way": any_way}
    puts, needed = [], []
    for name, (_kind, said) in cls._spec.fields.items():
        if said.factory:
            known[f"make_{name}"] = said.factory
            puts.append(f" made.{name} = make_{name}()")
        elif said.default is not _MISSING:
            known[f"default_{name}"] = said.default
            puts.append(f" made.{name} = default_{name}")
        else:
            needed.append(f"  made.{name}")
    text = _FILLER.format(defaults="\n".join(puts), needed="\n".join(needed))
    exec(text, known)  # noqa: S102 -- names of fields alone
    return known["filled"]


_FILLER = """
def filled(data):
 made = twin()
{defaults}
 for key, value in data.items():
  if value is None: continue
  found = maker(key)
  if found is None: return any_way(data)
  name, make = found
  setattr(made, name, make(value) if make else value)
 try:
  pass
{needed}
 except AttributeError: return any_way(data)
 made.__class__ = own
 return made
"""


def _nothing(_value):
    return ()


def __eq__(self, other):
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._values(self) == self._values(other)


def __repr__(self):
    shown = (f"{name}={getattr(self, name)!r}" for name in self._spec.fields)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def __hash__(self):
    return hash(self._values(self))


def __setattr__(self, name, value):
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self, name):
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def __getstate__(self):
    return [getattr(self, name) for name in self._spec.fields]


def __setstate__(self, state):
    for name, value in zip(self._spec.fields, state, strict=True):
        object.__setattr__(self, name, value)


def __lt__(self, other):
    return _both(self, other, lambda one, two: one < two)


def __le__(self, other):
    return _both(self, other, lambda one, two: one <= two)


def __gt__(self, other):
    return _both(self, other, lambda one, two: one > two)


def __ge__(self, other):
    return _both(self, other, lambda one, two: one >= two)


def _both(one, two, compare):
    if two.__class__ is not one.__class__:
        return NotImplemented
    return compare(one._values(one), two._values(two))


_COMMON = (__eq__, __repr__)
_FROZEN = (__hash__, __setattr__, __delattr__, __getstate__, __setstate__)
_ORDERED = (__lt__, __le__, __gt__, __ge__)


class _Standard:
    """What the standard library's functions ask a class for, made when they ask."""

    def __init__(self, name):
        self.name = name

    def __get__(self, _value, cls):
        import dataclasses

        spec, named = cls._spec, {}
        for name, (_kind, said) in spec.fields.items():
            more = {"kw_only": name in spec.keywords, "compare": said.compare}
            if said.factory:
                more["default_factory"] = said.factory
            elif said.default is not _MISSING:
                more["default"] = said.default
            named[name] = dataclasses.field(**more)
        kinds = {name: kind for name, (kind, _said) in spec.fields.items()}
        named |= {"__annotations__": kinds, "__module__": cls.__module__}
        shadow = dataclasses.dataclass(frozen=spec.frozen)(type(cls.__name__, (), named))
        for made in ("__dataclass_fields__", "__dataclass_params__"):
            setattr(cls, made, getattr(shadow, made))
        return getattr(cls, self.name)


_STANDARD_FIELDS = _Standard("__dataclass_fields__")
_STANDARD_PARAMS = _Standard("__dataclass_params__")


def field_names(cls):
    """Return the names of the fields of a dataclass, or of an instance of one, in their order."""
    spec = getattr(cls, "_spec", None)
    return tuple(spec.fields if spec else cls.__dataclass_fields__)


def kinds(thing):
    """Return the annotations of a class or a function, evaluated: {name: type}.

    As `typing.get_type_hints` with its extras does, which takes more than twice as long, at every
    start for 200 of them.
    """
    if not isinstance(thing, type):
        return _evaluated(thing.__annotations__, thing.__globals__)
    found = {}
    for base in thing.__mro__[::-1]:
        module = modules.get(base.__module__)
        own = base.__dict__.get("__annotations__", {})  # noqa: RUF063 -- as inspect does, unloaded
        found |= _evaluated(own, vars(module))
    return found


def _evaluated(annotations, names):
    return {
        name: eval(_code(kind), names) if isinstance(kind, str) else kind  # noqa: S307 -- our own code
        for name, kind in annotations.items()
    }


@cache
def _code(annotation):
    return compile(annotation, "<annotation>", "eval")
