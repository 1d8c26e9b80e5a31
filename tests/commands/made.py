"""What a command has written, as data."""

from __future__ import annotations

from typing import Any

from npcreply.store.yaml import tree
from npcreply.store.yaml.nodes import to_data
from tests.conftest import Place


def data(place: Place, name: str = "2023/2023-58") -> dict[str, Any]:
    found: Any = to_data(tree.parse(place.text(name), name))
    assert isinstance(found, dict)
    return found


def texts(place: Place, name: str = "2023/2023-58") -> list[str]:
    measures = data(place, name).get("measures") or []
    assert isinstance(measures, list)
    return [str(measure["text"]) for measure in measures]
