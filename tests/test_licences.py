"""The page of licences has every package with its version, and no licence is guessed."""

from __future__ import annotations

import re
import sys
from email.message import Message

import pytest

from docs import licences_page

ROWS = dict(
    re.findall(
        r"^\| ([a-z][\w-]*) \| (\S+) \|", licences_page.PAGE.read_text("utf-8"), re.MULTILINE
    )
)


def test_every_pinned_package_is_on_the_page_with_its_version() -> None:
    """Rewrite it with: python docs/licences_page.py."""
    pinned = licences_page.pinned()
    assert {name: ROWS.get(name) for name in pinned} == pinned


def test_a_package_on_the_page_that_is_not_pinned_is_one_tests_do_without() -> None:
    assert ROWS.keys() - licences_page.pinned().keys() == {"mutmut"}


def test_no_copyleft_comes_with_every_installation() -> None:
    always = licences_page.PAGE.read_text("utf-8").split("## ")[1]
    assert "MIT" in always
    assert "GPL" not in always


@pytest.mark.skipif(sys.platform == "win32", reason="some packages have no wheel for Windows")
def test_the_page_is_what_the_packages_say() -> None:
    """It needs what the extra `dev` brings; rewrite it with: python docs/licences_page.py."""
    assert licences_page.page() == licences_page.PAGE.read_text("utf-8")


@pytest.mark.parametrize("said", ["", "Proprietary", "BSD"])
def test_a_licence_that_is_not_known_is_an_error(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    told = Message()
    told["License"] = said
    monkeypatch.setattr(licences_page.metadata, "metadata", lambda _name: told)
    with pytest.raises(LookupError, match="odd: no known licence"):
        licences_page.licence("odd")
