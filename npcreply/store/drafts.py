"""Entries broken off half-way: one JSON file each under .npcreply/state/drafts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError, UsageError
from npcreply.language import _, listed
from npcreply.store import files, names, refusals
from npcreply.store.journal.state import State

_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that can be resumed: its name, its file, when it was last saved (UTC+8)."""

    name: str
    path: Path
    saved: datetime


class Drafts:
    """The drafts of one workspace. The last one to save a name wins; no lock is needed."""

    def __init__(self, root: Path) -> None:
        self._state = State(root)

    def save_draft(self, name: str, data: dict[str, Any]) -> Path:
        """Keep `data` (as JSON takes it) under `name`, whole, and return its file.

        Raises UsageError for a name no file may have, CouldNotError where it cannot be written.
        """
        path = self._path(name)
        text = json.dumps(data, ensure_ascii=False, indent=1)
        self._state.make(path.parent)
        files.replace(path, text.encode("utf-8", "surrogatepass"))
        return path

    def drafts(self) -> list[Draft]:
        """Return the drafts there are, the one saved last first."""
        found = [_draft(path) for path in self._state.drafts.glob("[!.]*.json")]
        return sorted(found, key=lambda draft: (draft.saved, draft.name), reverse=True)

    def load_draft(self, name: str) -> dict[str, Any]:
        """Return what was saved. Raises UsageError where no draft goes by `name`, CouldNotError
        where the file is damaged.
        """
        path = self._path(name)
        try:
            data = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
        except FileNotFoundError as error:
            said = _("没有叫“{name}”的草稿。").format(name=name)
            raise UsageError(said, self._those_there_are()) from error
        except OSError as error:
            raise refusals.unread(path, error) from error
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            said = _("草稿 {file} 读不出来。").format(file=refusals.shown(path))
            raise CouldNotError(said, _("删去这个文件，重新录入。"))
        return data

    def drop_draft(self, name: str) -> None:
        """Remove a draft; none by that name is no error."""
        files.remove(self._path(name))

    def _path(self, name: str) -> Path:
        return self._state.drafts / f"{names.safe_stem(name)}.json"

    def _those_there_are(self) -> str:
        known = listed(draft.name for draft in self.drafts())
        return _("现有草稿：{names}。").format(names=known) if known else _("现在没有草稿。")


def _draft(path: Path) -> Draft:
    return Draft(path.stem, path, datetime.fromtimestamp(path.stat().st_mtime, _CHINA))
