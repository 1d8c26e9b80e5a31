"""What of a workspace leaves it: rows of its files, and what its promises are judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from npcreply.dataclass import replace
from npcreply.domain.record import lines
from npcreply.domain.record.collected import Asked, Returned
from npcreply.domain.record.json_values import from_plain, to_plain
from npcreply.domain.record.model import Record
from npcreply.domain.record.settings import Settings
from npcreply.domain.redaction import without_persons
from npcreply.index import guard, programs, refresh, rows
from npcreply.index.freshness import Taken
from npcreply.index.values import Row
from npcreply.store.contract import rules

if TYPE_CHECKING:
    from npcreply.domain.time.clocks import Law
    from npcreply.store.contract.schema import Schema

YES = "yes"
REDACTED = "redacted"
SETTINGS = "settings"
_NOWHERE = {"mtime_ns": 0, "ctime_ns": 0, "inode": ""}  # a file's stat says nothing elsewhere


class Facts(NamedTuple):
    """The rows of one file."""

    file: Row
    reply: Row | None
    promises: list[Row]


def of_file(taken: Taken, schema: Schema, *, redact: bool) -> Facts:
    """Return the rows of a file as it was just read; with `redact` without persons."""
    ((record, errors),) = refresh.decoded([taken], schema)
    leaves = without_persons if redact else _as_it_is
    path = taken.listed.key
    reply, promises = _rows(record, path, schema, leaves) if record else (None, [])
    file = {**rows.file_row(taken, map(leaves, errors)), **_NOWHERE}
    file["digest"] = digest(taken.digest, schema, redact=redact)
    return Facts(guard.with_checksum(file, reply, promises), reply, promises)


def _rows(
    record: Record, path: str, schema: Schema, leaves: Callable[[Any], Any]
) -> tuple[Row, list[Row]]:
    reply, promises = lines.with_promises(record, path)
    found = [(leaves(reply), [leaves(line) for line in promises])]
    return rows.of_replies(found, schema.settings)[0]


def digest(content: str, schema: Schema, *, redact: bool) -> str:
    """Return what a file's rows go by: its content, and all that else they are made from."""
    made = (content, refresh.VERSION, program(), schema.digest, YES if redact else "")
    return hashlib.sha256("\n".join(made).encode()).hexdigest()


@cache
def program() -> str:
    """Return a digest of the code that makes rows, read once."""
    return programs.digest()


def of_workspace(
    schema: Schema, law: Law, sheets: Iterable[Asked], *, redact: bool
) -> dict[str, str]:
    """Return by name what the workspace's promises are judged by, as JSON."""
    settings = without_persons(schema.settings) if redact else schema.settings
    return {
        SETTINGS: _json(to_plain(settings)),
        "law": _json(rules.plain(law)),
        "sheets": _json([to_plain(_bare(sheet)) for sheet in sheets]),
        "program": program(),
        REDACTED: YES if redact else "",
    }


def settings(found: dict[str, str]) -> Settings:
    """Return the settings that `of_workspace` gave."""
    return from_plain(Settings, json.loads(found[SETTINGS]))


def law(found: dict[str, str]) -> Law:
    """Return the rules of time that `of_workspace` gave."""
    return rules.law(json.loads(found["law"]))


def sheets(found: dict[str, str]) -> list[Asked]:
    """Return the return sheets that `of_workspace` gave."""
    return [from_plain(Asked, one) for one in json.loads(found["sheets"])]


def _bare(sheet: Asked) -> Asked:
    """A sheet is judged by its days alone: who sent it back in which file stays at home."""
    returned = (Returned(on=r.on, digest=r.digest, entered=r.entered) for r in sheet.returned)
    return replace(sheet, returned=tuple(returned))


def _as_it_is(answer: Any) -> Any:
    return answer


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
