"""What a reply's classes leave open: solved without evidence, letters nobody has explained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from npcreply.domain import schemes
from npcreply.domain.bodies import Settings
from npcreply.domain.doubts import Doubt, doubt, promises
from npcreply.domain.histories import ClassStep, class_steps
from npcreply.domain.lines import deadlines
from npcreply.domain.model import Record
from npcreply.domain.schemes import Meaning
from npcreply.domain.targets import AsOf
from npcreply.language import _, listed


def class_without_evidence(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """A class that turns into "solved" later on wants to say by what."""
    steps = _steps(record, settings)
    for old, new in pairwise(steps):
        if new.unproved:
            message = _("类别由 {old} 改为 {new}，没有依据")
            yield doubt(
                ("classes", _index(record, new)),
                "class-without-evidence",
                message.format(old=old.given.letter, new=new.given.letter),
                _("补上 evidence（验收、回访等）：npcreply edit {id}。").format(id=record.id),
            )


def class_unexplained(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """Letters differ from place to place (C is "planned" in one, "for reference" in another): one
    without a scheme counts nowhere. Told once a record.
    """
    for step in _steps(record, settings):
        if step.meaning is Meaning.UNKNOWN:
            known = listed(scheme.names[0] for scheme in schemes.SCHEMES)
            yield doubt(
                ("classes", _index(record, step)),
                "class-unexplained",
                _unexplained(step),
                _(
                    "补上 scheme（{known}）：npcreply edit {id}；"
                    "全库同一种，就在 schema.yaml 的 x-workspace 写 class_scheme。"
                ).format(known=known, id=record.id),
            )
            return


def goes_on_undated(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """What is being solved or planned must say until when (Shanghai art. 18, Chongqing art. 22):
    without a dated promise nothing ever calls for a second look.
    """
    steps = _steps(record, settings)
    open_ = steps and steps[-1].meaning in schemes.OPEN
    dated = any(deadlines(p.measure) or p.measure.cadence for p in promises(record))
    if open_ and not dated:
        message = _("类别 {letter} 是还要继续办的，却没有一项承诺有时限")
        yield doubt(
            ("classes", _index(record, steps[-1])),
            "class-without-deadline",
            message.format(letter=steps[-1].given.letter),
            _("给承诺补时限：npcreply set {id}.序号 deadline=日期。").format(id=record.id),
        )


def _steps(record: Record, settings: Settings) -> tuple[ClassStep, ...]:
    return class_steps(record.classes, AsOf(date.max), settings.class_scheme)


def _index(record: Record, step: ClassStep) -> int:
    return next(n for n, given in enumerate(record.classes) if given is step.given)


def _unexplained(step: ClassStep) -> str:
    letter, scheme = step.given.letter, step.scheme
    if not scheme:
        return _("类别 {letter} 没有写分类办法：字母的意思各地不同").format(letter=letter)
    if schemes.scheme(scheme) is None:
        return _("不认识分类办法“{scheme}”，类别 {letter} 不知是什么意思").format(
            scheme=scheme, letter=letter
        )
    return _("分类办法“{scheme}”里没有 {letter}").format(scheme=scheme, letter=letter)
