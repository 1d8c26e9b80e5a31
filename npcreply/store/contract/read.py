"""schema.yaml of a workspace read: the contract, an office's fields and settings on top of it."""

from __future__ import annotations

from pathlib import Path

from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.settings import Settings
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.sha256 import sha256
from npcreply.store.contract import json_cache
from npcreply.store.contract.schema import CONTRACT, Schema

CONTRACT_ID = f"$id: {CONTRACT}".encode()
CACHE = ".npcreply/index/schema.json"

_MERGED = b"2"  # raised when `office` lays things on otherwise: an older cache is then stale


def contract_path() -> Path:
    """Return where the contract lies: in the wheel, else beside the package."""
    package = Path(__file__).resolve().parents[2]
    packed = package / "schema.yaml"
    return packed if packed.exists() else package.parent / "schema.yaml"


def load(path: Path) -> Schema:
    """Read a workspace's schema.yaml; raises RecordInvalidError naming line and remedy.

    What was read is kept as JSON beside the index: a usual start needs no YAML, and the first line
    of each record names that file to editors.
    """
    own, contract = _bytes(path), contract_path().read_bytes()
    digest = sha256(own + b"\0" + contract).hexdigest()
    cache, key = path.parent / CACHE, _MERGED + digest.encode()
    data = json_cache.load(cache, key)
    if data is None:
        from npcreply.store.contract import office

        data = office.merged(path, contract_path())
        data.pop("$id", None)  # the cache serves editors as the schema of the workspace itself
        json_cache.save(cache, key, data)
    return Schema(data, from_plain(Settings, data["x-workspace"]), digest)


def contract() -> Schema:
    """Return the contract alone, for where there is no workspace; nothing is kept on the disk."""
    from npcreply.store.contract import office

    path = contract_path()
    data = office.merged(path, path)
    digest = sha256(path.read_bytes()).hexdigest()
    return Schema(data, from_plain(Settings, data["x-workspace"]), digest)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CouldNotError(_("打不开 {path}：{why}").format(path=path, why=error)) from error
