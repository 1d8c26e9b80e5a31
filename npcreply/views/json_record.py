"""One record for machines: its own fields, and each promise with how it stands on the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from npcreply.domain.judging.status import Judged
from npcreply.domain.record.model import Record
from npcreply.store.contract.schema import Schema
from npcreply.views.fields import rows
from npcreply.views.promises import MEASURE

_JUDGED = ("deadline", "original_deadline", "extensions", "days_late", "status", "alert", "targets")


def record_data(
    record: Record, judged: Mapping[int, Judged], schema: Schema, **computed: Any
) -> dict[str, Any]:
    """Return the record as JSON values; each promise gets `judged`, the columns of a listing, the
    record itself what else was `computed`.
    """
    data = {**dict(_filled(record)), **computed}
    promises = []
    for measure in record.measures:
        if measure.id in judged:
            row = rows([judged[measure.id]], MEASURE, _JUDGED, schema)[0]
            promises.append(
                {**dict(_filled(measure)), "id": f"{record.id}.{measure.id}", "judged": row}
            )
    data["measures"] = promises
    return data


def _filled(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields that hold something; numbers stay numbers, days stay days."""
    for field in fields(value):
        own = getattr(value, field.name)
        if own not in (None, (), {}):
            yield field.name.rstrip("_"), _value(own)


def _value(value: Any) -> Any:
    if is_dataclass(value):
        return dict(_filled(value))
    return [_value(item) for item in value] if isinstance(value, tuple) else value
