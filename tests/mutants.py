"""Small faults put into a module, one at a time: do the tests that belong to it notice?

    python3 tests/mutants.py npcreply/domain/judging/status.py tests/domain/judging --sample 50

Each fault (a comparison turned, `and` for `or`, a number one more, a sign, a truth value, a `not`
left out) is made in memory, in a process forked for it (Linux and macOS). What survives is named
with its line: either no test looks there, or the fault changes nothing.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import signal
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECONDS = 120  # of one mutant: a loop without end is noticed too
TURNED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


class Mutator(ast.NodeTransformer):
    """Makes the fault of one number, or with None only counts them; `made` says what it was."""

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted, self.count, self.made = wanted, 0, ""

    def _turn(self, node: ast.AST, what: str) -> bool:
        self.count += 1
        if self.count - 1 != self.wanted:
            return False
        self.made = f"line {getattr(node, 'lineno', '?')}: {what}"
        return True

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for at, sign in enumerate(node.ops):
            if type(sign) in TURNED and self._turn(node, ast.unparse(node)):
                node.ops[at] = TURNED[type(sign)]()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._turn(node, ast.unparse(node)):
            node.op = TURNED[type(node.op)]()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if type(node.op) in TURNED and self._turn(node, ast.unparse(node)):
            node.op = TURNED[type(node.op)]()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        left_out = isinstance(node.op, ast.Not) and self._turn(node, ast.unparse(node))
        return node.operand if left_out else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool) and self._turn(node, repr(node.value)):
            return ast.copy_location(ast.Constant(not node.value), node)
        if type(node.value) is int and self._turn(node, repr(node.value)):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.value = self.visit(node.value) if node.value else None
        return node  # annotations say nothing when it runs


def noticed(path: Path, tree: ast.Module, tests: list[str]) -> bool:
    """Run the tests in a forked process in which the module is as the tree has it."""
    child = os.fork()
    if child == 0:
        own = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, name: str):
            is_it = Path(loader.path) == path
            return compile(tree, str(path), "exec") if is_it else own(loader, name)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signal.alarm(SECONDS)
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]) != 0))
    return os.waitpid(child, 0)[1] != 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    path = given.module.resolve()
    counted = Mutator()
    counted.visit(ast.parse(path.read_text("utf-8")))
    numbers = random.Random(given.seed).sample(
        range(counted.count), min(given.sample, counted.count)
    )
    if noticed(path, ast.parse(path.read_text("utf-8")), given.tests):
        print("the tests fail without any fault")
        return 1
    survived = 0
    for number in sorted(numbers):
        mutator = Mutator(number)
        tree = ast.fix_missing_locations(mutator.visit(ast.parse(path.read_text("utf-8"))))
        if not noticed(path, tree, given.tests):
            survived += 1
            print(f"survived {given.module} {mutator.made}", flush=True)
    print(
        f"{given.module}: {len(numbers)} of {counted.count} faults, {survived} survived", flush=True
    )
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
