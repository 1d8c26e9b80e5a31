"""Every writing command, killed or failing at any call: nothing lost, nothing twice, no lie.

    NPCREPLY_FAULTS=all python -m pytest tests/faults

tries every point with every fault (hours), NPCREPLY_FAULTS=100 a hundred of each command and kind;
without it a few are drawn, other ones each hour.
"""

from __future__ import annotations

import random
import traceback

import pytest

from tests.faults.conftest import SEED, WANTED, Bench
from tests.faults.offices import COMMANDS, PLAIN
from tests.faults.points import ERRORS, KILL
from tests.faults.trials import trial

EVERY = {**COMMANDS, **PLAIN}
Fault = tuple[int, str, bool]


def faults(calls: int, kinds: tuple[Fault, ...], dice: random.Random) -> list[Fault]:
    every = [(at, kind, last) for at in range(1, calls + 1) for _at, kind, last in kinds]
    return every if WANTED == "all" else dice.sample(every, min(int(WANTED), len(every)))


def tried(name: str, bench: Bench, dice: random.Random, kinds: tuple[Fault, ...]) -> None:
    one = trial(bench, name, EVERY[name])
    chosen = faults(len(one.calls), kinds, dice)
    wrong: list[str] = []
    for at, fault, lasting in chosen:
        try:
            one.put(at, fault, lasting=lasting)
        except AssertionError as error:
            place = f"{name}: {fault}{' lasting' * lasting} at {at} ({one.calls[at - 1]})"
            line = traceback.extract_tb(error.__traceback__)[-1]
            wrong.append(f"{place}, NPCREPLY_FAULTS_SEED={SEED}\n{line.name}: {line.line}\n{error}")
    print(f"{name}: {len(chosen)} tried, {len(wrong)} wrong")  # noqa: T201
    assert not wrong, f"{len(wrong)} of {len(chosen)}\n" + "\n\n".join(wrong)


@pytest.mark.parametrize("name", EVERY)
def test_killed_at_any_call(name: str, bench: Bench, dice: random.Random) -> None:
    tried(name, bench, dice, ((0, KILL, False),))


@pytest.mark.parametrize("name", EVERY)
def test_a_call_that_fails(name: str, bench: Bench, dice: random.Random) -> None:
    kinds = tuple((0, error, lasting) for error in ERRORS for lasting in (False, True))
    tried(name, bench, dice, kinds)
