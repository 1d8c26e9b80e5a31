"""A target's value revised: the first one stays, the change has its day and its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from npcreply.domain.model import Target
from npcreply.domain.targets import AsOf, value_on
from npcreply.errors import UsageError
from npcreply.flows.corrections import Where
from npcreply.language import _
from npcreply.store import amend
from npcreply.store.typed import Typed
from npcreply.workspace import Opened


def revision(
    given: Mapping[str, str], where: Where, opened: Opened, typed: Typed, line: amend.Data
) -> amend.Amendment:
    """Return the amendment that adds `line` (on, reason, entered) with the old and the new value.

    Raises UsageError where anything but one target's value is given.
    """
    names = {typed.schema.label("value", "target"), "value"}
    if where.target is None or len(given) != 1 or not names & given.keys():
        raise UsageError(
            _("--reason 只用于调整一个目标的值"),
            _("例如 npcreply set 温46.1 --target 2 value=650 --reason 市政府加码。"),
        )
    where.find(opened.decoded.data)  # says which targets there are, where it is none of them
    [target] = (one for one in opened.measure.targets if one.id == where.target)
    [text] = given.values()
    new, old = typed.value("value", text, "target"), value_on(target, AsOf(line["on"]))
    if new is None or old is None:
        raise UsageError(
            _("调整要有原来的目标值和新的目标值"),
            _("本来没有目标值的，直接写 value=…，不加 --reason。"),
        )
    if new == old:
        raise UsageError(_("目标值本来就是 {value}").format(value=f"{old:f}"), _("核对 value。"))
    _in_order(target, line["on"])
    item = {"on": line["on"], "from": old, "to": new, **line}

    def amendment(data: amend.Data) -> None:
        found = where.find(data)
        found["revised"] = [*(found.get("revised") or []), amend.filled(item)]

    return amendment


def _in_order(target: Target, on: date) -> None:
    """A change starts from the value in force, so one before another would contradict it."""
    last = max((change.on for change in target.revised), default=None)
    if last and on < last:
        raise UsageError(
            _("{last} 已有一次调整，这次的 {on} 在它之前").format(last=last, on=on),
            _("核对 --on；记错的调整用 npcreply edit 改。"),
        )
