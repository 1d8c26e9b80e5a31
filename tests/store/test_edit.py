"""Edits leave everything alone that already reads as wanted, byte for byte."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from npcreply.errors import RecordInvalidError
from npcreply.store.edit import patch, plain
from npcreply.store.nodes import Mapping, Node, Scalar, Sequence, key_at, node_at, to_data
from npcreply.store.tree import parse

ONE_LINE = frozenset({"deputies", "log", "targets", "classes", "contact", "removed"})
