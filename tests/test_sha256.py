"""What digests are made by is what everybody else makes them by."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from npcreply.sha256 import sha256


@given(st.lists(st.binary(max_size=200), max_size=4))
def test_a_digest_is_the_one_of_the_library(parts: list[bytes]) -> None:
    ours, theirs = sha256(b"".join(parts[:1])), hashlib.sha256(b"".join(parts[:1]))
    for part in parts[1:]:
        ours.update(part)
        theirs.update(part)
    assert ours.hexdigest() == theirs.hexdigest()
    assert ours.digest() == theirs.digest()
