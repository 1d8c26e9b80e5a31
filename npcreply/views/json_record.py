"""One record for machines: its own fields, and each promise with how it stands on the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from npcreply.domain.model import Record
from npcreply.domain.plain import to_plain
from npcreply.domain.status import Judged
from npcreply.store.schema import Schema
from npcreply.views.fields import rows
from npcreply.views.promises import MEASURE

_JUDGED = ("deadline", "original_deadline", "extensions", "days_late", "status", "alert", "targets")


def record_data(record: Record, judged: Mapping[int, Judged], schema: Schema) -> dict[str, Any]:
    """Return the record as JSON values; each promise gets `judged`, the columns of a listing."""
    data: dict[str, Any] = to_plain(record)
    promises = []
    for measure in record.measures:
        if measure.id in judged:
            row = rows([judged[measure.id]], MEASURE, _JUDGED, schema)[0]
            promises.append({**to_plain(measure), "id": f"{record.id}.{measure.id}", "judged": row})
    data["measures"] = promises
    return data
