from collections.abc import Callable, Mapping
from dataclasses import dataclass as dataclass
from dataclasses import field as field
from dataclasses import is_dataclass as is_dataclass
from dataclasses import replace as replace
from typing import Any, TypeAlias, TypeVar

_T = TypeVar("_T")
_Filler: TypeAlias = Callable[[Mapping[str, Any]], _T]

def filler(
    cls: type[_T],
    makers: Mapping[str, tuple[str, Callable[[Any], Any] | None]],
    any_way: _Filler[_T],
) -> _Filler[_T] | None: ...
def field_names(cls: object) -> tuple[str, ...]: ...
def kinds(thing: Any) -> dict[str, Any]: ...
