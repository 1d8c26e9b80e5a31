"""What is tried with bytes that nobody meant: one function a kind of input, and what it starts from.

A target takes any bytes. Only a sentence for people (NpcreplyError and its kin) may come out of it;
whatever else is raised is a fault, and so is an answer that does not hold what it has to.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from npcreply.domain.record import identity
from npcreply.errors import NpcreplyError
from npcreply.extract.files import html, word
from npcreply.flows.importing.memory import Memory
from npcreply.grammar import cadences, days, numerals, quantities
from npcreply.sheets import old_book, workbook
from npcreply.store import codec, files
from npcreply.store.checking import check_text
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.store.journal import steps
from npcreply.store.journal.state import PendingDamagedError, State
from npcreply.store.yaml import edit, nodes, tree
from npcreply.workspace import Workspace
from tests.conftest import RIVER, SCHOOL
from tests.fuzz import seeds

TODAY = date(2024, 1, 5)
_PLACE = tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True)


def text_of(data: bytes) -> str:
    """Any bytes as what may be typed: UTF-8 where it is, else lone surrogates as Linux has them."""
    return data.decode("utf-8", "surrogateescape")


@cache
def schema() -> Schema:
    return read.contract()


@cache
def scratch() -> Path:
    """A workspace in which one file is what was made up."""
    root = Path(_PLACE.name)
    (root / "replies").mkdir()
    (root / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    (root / ".npcreply" / "state").mkdir(parents=True)
    return root


def day(data: bytes) -> None:
    text = text_of(data)
    try:
        found = days.typed_day(text, TODAY, 2023)
    except days.DayError as said:
        if not str(said):
            raise AssertionError(data) from said
    else:
        assert days.typed_day(found.date.isoformat(), TODAY, 2023).date == found.date


def number(data: bytes) -> None:
    text = text_of(data)
    numerals.number(text)
    quantities.typed_target(text)
    quantities.typed_figure(text)
    cadences.typed_cadence(text)


def name(data: bytes) -> None:
    typed = identity.typed_id(text_of(data))
    identity.match(typed, ())


def record(data: bytes) -> None:
    decoded = codec.decode(text_of(data), "a.yaml", schema())
    assert decoded.record or decoded.errors


def checked(data: bytes) -> None:
    text, known = text_of(data), schema()
    check_text(text, "a.yaml", known, known.settings, TODAY)


def edited(data: bytes) -> None:
    """A field more, by a command: the text stays, and holds what was and the new field."""
    text = text_of(data)
    held = nodes.to_data(tree.parse(text, "a.yaml"))
    wanted = {**held, "note": "新记的：一句"}
    patched = edit.patch(text, wanted, schema().one_line)
    assert nodes.to_data(tree.parse(patched, "a.yaml")) == edit.plain(wanted)


def settings(data: bytes) -> None:
    path = scratch() / "schema.yaml"
    path.write_bytes(data)
    read.load(path)


def learnt(data: bytes) -> None:
    (scratch() / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    (scratch() / "tables.yaml").write_bytes(data)
    Memory(Workspace(scratch()), ())


def csv(data: bytes) -> None:
    workbook.parsed(data, "a.csv")


def xls(data: bytes) -> None:
    old_book.layouts(data)


def page(data: bytes) -> None:
    html.page_text(text_of(data))


def docx(data: bytes) -> None:
    word.document_text(data)


def journal(data: bytes) -> None:
    told = steps.history(data)
    assert all(step.number in {one.number for one in told.steps} for step in told.undoable)
    steps.last_number(data)


def pending(data: bytes) -> None:
    (scratch() / ".npcreply" / "state" / "pending.json").write_bytes(data)
    try:
        State(scratch()).pending()
    except PendingDamagedError:
        return


def source(data: bytes) -> None:
    path = scratch() / "a.yaml"
    path.write_bytes(data)
    files.read(path, "a.yaml")


@dataclass(frozen=True)
class Target:
    """A kind of input: what reads it, and inputs to start from."""

    reads: Callable[[bytes], None]
    seeds: tuple[str | bytes, ...]

    def tried(self, data: bytes) -> None:
        """Try one input; a sentence for people is an answer."""
        try:
            self.reads(data)
        except NpcreplyError as said:
            if not said.message:
                raise AssertionError(data) from said


TARGETS = {
    "day": Target(day, seeds.DAYS),
    "number": Target(number, seeds.NUMBERS),
    "id": Target(name, seeds.IDS),
    "record": Target(record, (RIVER, SCHOOL)),
    "check": Target(checked, (RIVER, SCHOOL)),
    "edit": Target(edited, (RIVER, SCHOOL)),
    "schema": Target(settings, seeds.SCHEMAS),
    "tables": Target(learnt, seeds.TABLES),
    "csv": Target(csv, seeds.CSV),
    "xls": Target(xls, seeds.XLS),
    "html": Target(page, seeds.PAGES),
    "docx": Target(docx, seeds.WORD),
    "journal": Target(journal, seeds.JOURNALS),
    "pending": Target(pending, seeds.PENDING),
    "source": Target(source, (RIVER, b"\xff\xfe", b"\xef\xbb\xbfkind: suggestion\r\n")),
}
