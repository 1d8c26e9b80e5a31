"""YAML that is no record (schema.yaml, a profile of rules): plain values, with their lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding, Severity
from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.store import files
from npcreply.store.contract.schema import Json, number
from npcreply.store.yaml import nodes, tree

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlText:
    """A file as read: its values, and its tree for the lines."""

    path: Path
    root: nodes.Mapping
    data: Json

    def broken(self, at: Place, found: str, remedy: str) -> RecordInvalidError:
        """Return the error that names the line of the value at `at`, or of what is around it."""
        finding = Finding(*self.place(at), Severity.ERROR, "schema", found, remedy)
        message = _("{place}：{message}").format(place=finding.place, message=found)
        return RecordInvalidError(message, (finding,), remedy)

    def place(self, at: Place) -> tuple[str, int, int]:
        """Return file name, line and column of the key at `at`, or of what is around it."""
        node = nodes.key_at(self.root, at) or nodes.nearest_node(self.root, at) or self.root
        return self.path.name, node.line, node.column

    def mapping(self, at: Place) -> Json:
        """Return the keys and values at `at`, none where nothing stands there."""
        found: Any = self.data
        for step in at:
            found = found.get(step)
            if found is None:
                return {}
        if not isinstance(found, dict):
            example = _("写成“键: 值”，一行一个，比 {name} 多缩进两格。").format(name=at[-1])
            raise self.broken(at, _("{name} 应当是一组键和值").format(name=at[-1]), example)
        return found


def read(path: Path) -> YamlText:
    """Return the file's values; raises RecordInvalidError where it cannot be read."""
    root = tree.parse(files.read(path, path.name).text, path.name)
    return YamlText(path, root, _typed(root))


def _typed(node: nodes.Node) -> Any:
    """Plain scalars as JSON reads them: schema.yaml is JSON Schema, not a record."""
    if isinstance(node, nodes.Mapping):
        return {key.value: _typed(value) for key, value in node.pairs}
    if isinstance(node, nodes.Sequence):
        return [_typed(item) for item in node.items]
    if node.null:
        return None
    if not node.plain:
        return node.value
    if node.value in ("true", "false"):
        return node.value == "true"
    value = number(node.value)
    return node.value if value is None else value
