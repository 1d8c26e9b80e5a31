from dataclasses import dataclass as dataclass
from dataclasses import field as field
from dataclasses import is_dataclass as is_dataclass
from dataclasses import replace as replace
from typing import Any

def field_names(cls: type) -> tuple[str, ...]: ...
def kinds(thing: Any) -> dict[str, Any]: ...
