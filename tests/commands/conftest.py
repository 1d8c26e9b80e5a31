"""Letters lying where the clerk is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.letters import AGAIN, LONG, REPLY
from tests.conftest import Place


@pytest.fixture
def letter(folder: Path) -> str:
    (folder / "58.txt").write_text(REPLY, "utf-8", newline="")
    return "58.txt"


@pytest.fixture
def again(office: Place) -> str:
    (office.root / "again.txt").write_text(AGAIN, "utf-8", newline="")
    return "again.txt"


@pytest.fixture
def long(office: Place) -> str:
    (office.root / "long.txt").write_text(LONG, "utf-8", newline="")
    return "long.txt"
