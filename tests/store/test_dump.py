"""What is written is read the same by every reader, and by a person."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from npcreply.errors import RecordInvalidError
from npcreply.store.dump import dump, flow, literal, name, quoted, scalar
from npcreply.store.edit import plain
from npcreply.store.tree import parse, to_data

from . import hostile


def test_x() -> None:
    assert hostile.WORDS
