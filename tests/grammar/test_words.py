"""The closed words stand in grammar/words.py alone, and only the reading of letters asks for others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from npcreply.extract.words import section
from npcreply.grammar import words
from tests.conftest import Place

# The classes that are complete: years, days, ends, comparators.
CLOSED = {
    name: set(getattr(words, name))
    for name in (
        "YEARS", "MONTHS", "NEAR_DAYS", "FEASTS", "CIVIL_FEASTS", "EVENTS", "VAGUE", "SOON", "NOW",
        "BEFORE", "WITHIN", "UNTIL", "AS_OF", "OPEN_END", "RECENT", "COMING", "NO_DAY", "EVERY_UNITS",
        "BY_UNITS", "ONCE_UNITS", "FLOORS", "CAPS", "AT_LEAST", "AT_MOST", "EXACTLY", "ABOVE", "BELOW",
        "ABOUT", "AROUND", "RISE_TO", "FALL_TO",
    )
}  # fmt: skip
SECTIONS = (
    "page", "letter", "damage", "inquiry", "dates", "numbers", "promises", "departments", "figures",
)  # fmt: skip


def repeated(listed: set[str]) -> str | None:
    """The closed class of which a list holds three words or more, and hardly another."""
    for name, closed in CLOSED.items():
        both = len(listed & closed)
        if both > 2 and both * 2 > len(listed):
            return name
    return None


def test_no_list_of_phrases_repeats_a_closed_class() -> None:
    assert repeated({"不超过", "至多", "最多", "乙"}) == "CAPS"
    found = {
        f"{name}.{key}": repeated(set(map(str, listed)))
        for name in SECTIONS
        for key, listed in section(name).items()
        if isinstance(listed, (list, dict))
    }
    assert {key: closed for key, closed in found.items() if closed} == {}


@pytest.mark.parametrize(
    "argv",
    [
        ["overdue"],
        ["log", "107.1", "--value", "约9公里", "--date", "12月31日"],
        ["set", "107.1", "cadence=每月"],
        ["show", "107"],
        [
            "add",
            "--to",
            "107",
            "--text",
            "再治5公里",
            "--deadline",
            "国庆前",
            "--target",
            "河道 超过5公里",
        ],
    ],
    ids=lambda argv: argv[0],
)
def test_commands_at_the_desk_do_without_the_words_of_letters(
    office: Place, argv: list[str]
) -> None:
    assert not opened(office, argv)


def test_reading_a_letter_asks_for_them(office: Place) -> None:
    letter = office.root / "letter.txt"
    letter.write_text(
        "关于市七届人大三次会议第5号建议的答复\n甲代表：\n我局将在年底前整治河道5公里。\n", "utf-8"
    )
    assert opened(office, ["draft", str(letter)])


def opened(office: Place, argv: list[str]) -> bool:
    """Whether a run of the program in its own process opens phrases.yaml or knows extract."""
    code = (
        "import sys\n"
        "seen = []\n"
        "sys.addaudithook(lambda event, args: seen.append(str(args[0])) if event == 'open' else None)\n"
        "from npcreply.__main__ import main\n"
        f"sys.argv = ['npcreply', '-C', {str(office.root)!r}, *{argv!r}]\n"
        "code = main()\n"
        "assert code in (0, 1), code\n"
        "print('OPENED', any(path.endswith('phrases.yaml') for path in seen))\n"
    )
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return "OPENED True" in run.stdout
