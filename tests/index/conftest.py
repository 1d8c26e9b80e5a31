"""A workspace on disk, and what its files say when they are read one by one: the oracle."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from npcreply.domain.findings import Finding
from npcreply.domain.record import lines
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.names import number_order
from npcreply.errors import CouldNotError, RecordInvalidError
from npcreply.index import engine
from npcreply.index.sync import Index
from npcreply.store import codec, files, names
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

OFFICE = """\
$ref: npcreply:record:1
properties:
  x-own: {title: 自有, type: string}
x-workspace:
  id: office
  departments:
    - {name: 某市发展和改革委员会, aliases: [市发展改革委, 发改]}
    - {name: 市教育局}
"""
RECORD = """\
kind: suggestion
year: 2023
number: '0046'
title: 关于加快学校建设的建议
lead: 市教育局
reply_date: 2023-07-24
measures:
  - id: 1
    text: 年底前建成学校三所
    deadline: {date: 2023-12-31}
"""


@dataclass
class Said:
    """What the files say, in the order that the index promises."""

    replies: list[ReplyLine] = field(default_factory=list)
    promises: list[MeasureLine] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)


class Place:
    """A workspace on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "replies").mkdir()
        (root / "schema.yaml").write_text(OFFICE, "utf-8")
        self.file = root / engine.FILE

    @property
    def schema(self) -> Schema:
        return read.load(self.root / "schema.yaml")

    def index(self, **more: Any) -> Index:
        return Index(self.root, self.schema, **more)

    def write(self, name: str, content: str | dict[str, Any] = RECORD) -> Path:
        path = self.root / "replies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, "utf-8", newline="")
        return path

    def said(self) -> Said:
        found = Said()
        paths = names.record_paths(self.root)
        copies = names.copies(paths)
        read = [self._copied(path, copies) or self._read(path) for path in paths]
        newest_first = sorted((one for one in read if one.replies), key=_order)
        for one in newest_first:
            found.replies += one.replies
            found.promises += one.promises
        found.errors = [error for one in read for error in one.errors]
        return found

    def _copied(self, path: Path, copies: dict[Path, Path]) -> Said | None:
        if path not in copies:
            return None
        name, original = (one.relative_to(self.root).as_posix() for one in (path, copies[path]))
        return Said(errors=[names.copy_finding(name, original)])

    def _read(self, path: Path) -> Said:
        name = path.relative_to(self.root).as_posix()
        try:
            decoded = codec.decode(files.read(path, name).text, name, self.schema)
        except RecordInvalidError as error:
            return Said(errors=[f for f in error.findings if isinstance(f, Finding)])
        except CouldNotError:
            return Said(errors=[])
        if decoded.record is None:
            return Said(errors=list(decoded.errors))
        record = decoded.record
        return Said([lines.reply_line(record, name)], [*lines.measure_lines(record, name)])


def _order(said: Said) -> tuple[int, str, str]:
    (reply,) = said.replies
    return -reply.year, number_order(reply.id), reply.path


def answers(index: Index) -> Said:
    """Return everything the index says."""
    return Said(index.replies(), index.promises(), index.unreadable())


@pytest.fixture
def ask() -> Callable[[Index], Said]:
    return answers


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("LOCALAPPDATA", str(cache))
    monkeypatch.delenv("NPCREPLY_INDEX", raising=False)
    root = tmp_path / "资料库"
    root.mkdir()
    return Place(root)


@pytest.fixture
def places(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Place]:
    monkeypatch.delenv("NPCREPLY_INDEX", raising=False)
    return lambda: Place(tmp_path_factory.mktemp("资料库"))


@pytest.fixture
def filled(places: Callable[[], Any]) -> Callable[[dict[str, Any]], Any]:
    def fill(contents: dict[str, Any]) -> Any:
        place = places()
        for name, content in contents.items():
            place.write(name, content)
        return place

    return fill
