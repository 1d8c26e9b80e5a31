"""Lists of words that come with the program: a file of npcreply/data, as plain values."""

from __future__ import annotations

from importlib import resources

from npcreply.store.yaml.nodes import Data, to_data
from npcreply.store.yaml.tree import parse


def packed(file: str) -> dict[str, Data]:
    """Return the sections of a file of npcreply/data; TypeError where it has none."""
    text = (resources.files("npcreply") / "data" / file).read_text("utf-8")
    data = to_data(parse(text, file))
    if not isinstance(data, dict):
        raise TypeError(file)
    return data
