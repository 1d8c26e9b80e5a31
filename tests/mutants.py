"""Small faults put into a module, one at a time: do the tests that belong to it notice?

    python3 tests/mutants.py npcreply/domain/judging/status.py tests/domain/judging --sample 50

The tests run once without a fault: which of them come to which line, and how long each takes. Then
each fault (a comparison turned, `and` for `or`, a condition turned, a number one more, `+` for `-`,
`min` for `max`, a truth value, a `not` or a whole call left out) is made in memory in a forked
process (Linux and macOS) in which the tests that come to its line run: those that noticed the last
faults first, then the quickest. A function's code is changed in place; for what runs while modules
are imported all is imported anew. What survives is named with its line: either no test looks
there, or the fault changes nothing.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import inspect
import json
import os
import random
import resource
import signal
import sys
import tempfile
import threading
import types
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SECONDS, TIMES = 20, 10
"""A loop without end is noticed too: after so long, and so many times what a test takes."""
LAST = 20  # of the last tests that noticed a fault: they come first for the next
MEMORY = 4 << 30  # bytes of address space: so is one that fills a list
WHILE_IMPORTED = ""  # stands among the tests' names for what runs before any test
TURNED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
OTHERS = {"min": "max", "max": "min", "any": "all", "all": "any"}
JUDGED_ELSEWHERE = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)


class Mutator(ast.NodeTransformer):
    """Makes the fault of one number, or with None only counts them. `made` says what each was, and
    `lines` the lines of its statement (of an `if` or a loop: of its head); `kept` are those in
    functions whose answers are kept, so that only the first test comes to their lines.
    """

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted
        self.made: list[str] = []
        self.lines: list[range] = []
        self.kept: set[int] = set()
        self._statement, self._cached = range(0), False

    @property
    def count(self) -> int:
        return len(self.made)

    def _turn(self, node: ast.AST, what: str = "") -> bool:
        self.made.append(f"line {getattr(node, 'lineno', '?')}: {what or ast.unparse(node)}")
        self.lines.append(self._statement)
        if self._cached:
            self.kept.add(self.count - 1)
        return self.count - 1 == self.wanted

    def visit(self, node: ast.AST) -> Any:
        if not isinstance(node, ast.stmt):
            return super().visit(node)
        before, self._statement = self._statement, _own_lines(node)
        changed = super().visit(node)
        self._statement = before
        return changed

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for at, sign in enumerate(node.ops):
            if type(sign) in TURNED and self._turn(node):
                node.ops[at] = TURNED[type(sign)]()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if self._turn(node):
            node.op = TURNED[type(node.op)]()
        return node

    def _signs(self, node: Any) -> ast.AST:
        self.generic_visit(node)
        if type(node.op) in TURNED and self._turn(node):
            node.op = TURNED[type(node.op)]()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        return self._signs(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        return self._signs(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        left_out = isinstance(node.op, ast.Not) and self._turn(node)
        return node.operand if left_out else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool) and self._turn(node):
            return ast.copy_location(ast.Constant(not node.value), node)
        if type(node.value) is int and self._turn(node):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in OTHERS and self._turn(node):
            return ast.copy_location(ast.Name(OTHERS[node.id], node.ctx), node)
        return node

    def _condition(self, node: Any) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.test, JUDGED_ELSEWHERE) and self._turn(node.test):
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        return self._condition(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._condition(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return self._condition(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        for at, test in enumerate(node.ifs):
            if not isinstance(test, JUDGED_ELSEWHERE) and self._turn(test):
                node.ifs[at] = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Call) and self._turn(node):
            return ast.copy_location(ast.Pass(), node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.value = self.visit(node.value) if node.value else None
        return node  # annotations say nothing when it runs

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        before = self._cached
        self._cached = before or any("cache" in ast.unparse(one) for one in node.decorator_list)
        self.generic_visit(node)
        self._cached = before
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(one) for one in node.body]
        return node  # frozen, slots: how a class is made, no answer


def _own_lines(node: ast.stmt) -> range:
    body = getattr(node, "body", None)
    end = body[0].lineno if body else (node.end_lineno or node.lineno) + 1
    return range(node.lineno, max(end, node.lineno + 1))


@dataclass
class Reach:
    """Which lines of the module each test comes to, and how long it takes (seconds of CPU)."""

    lines: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)

    def tests(self, lines: range, *, everywhere: bool) -> list[str]:
        """Return the tests that come to one of the lines, or all, the quickest first."""
        if self.lines[WHILE_IMPORTED].intersection(lines):
            everywhere = True
        found = [name for name in self.seconds if everywhere or self.lines[name] & set(lines)]
        return sorted(found, key=self.seconds.__getitem__)


class Tracing:
    """A plugin of pytest that finds the reach of each test."""

    def __init__(self, path: Path) -> None:
        self._path, self._now = path, WHILE_IMPORTED
        self.reach = Reach()
        sys.settrace(self._called)
        threading.settrace(self._called)

    def _called(self, frame: Any, _event: str, _what: Any) -> Any:
        return self._line if frame.f_code.co_filename == str(self._path) else None

    def _line(self, frame: Any, _event: str, _what: Any) -> Any:
        self.reach.lines[self._now].add(frame.f_lineno)
        return self._line

    def pytest_collection_finish(self) -> None:
        import_module(self._path)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self._now, begun = item.nodeid, sum(os.times()[:4])
        try:
            return (yield)
        finally:
            self.reach.seconds[item.nodeid] = sum(os.times()[:4]) - begun
            self._now = WHILE_IMPORTED


class Chosen:
    """A plugin of pytest that runs only some tests, in their order."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        by_name = {item.nodeid: item for item in items}
        items[:] = [by_name[name] for name in self.names]


class Noticing:
    """A plugin of pytest that writes down which test noticed a fault."""

    def __init__(self, noticed: Path) -> None:
        self._noticed = noticed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            with self._noticed.open("a", encoding="utf-8") as noticed:
                noticed.write(f"{report.nodeid}\n")


class OnceAFault:
    """A plugin of pytest that collects once and then runs, for each fault, its tests in a forked
    process in which the module's functions have the fault.
    """

    def __init__(self, trial: Trial, numbers: list[int]) -> None:
        self._trial, self._numbers = trial, numbers

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        import_module(self._trial.path)
        found = functions(self._trial.path)
        by_name = {item.nodeid: item for item in session.items}
        for number in self._numbers:
            child = os.fork()
            if child == 0:
                changed = self._trial.changed(number)
                for key, code in changed.items():
                    for function in found[key]:
                        function.__code__ = code
                session.items = [by_name[name] for name in self._trial.begin(number)]
                return None  # pytest goes on with these items
            self._trial.end(number, child)
        return True


class Trial:
    """A module, its tests, and the faults to be made in it."""

    def __init__(self, path: Path, tests: list[str], folder: Path, longest: float) -> None:
        self.path, self._tests, self._folder, self._longest = path, tests, folder, longest
        self._source = path.read_text("utf-8")
        self._out = os.fdopen(os.dup(1), "w")
        self.faults = Mutator()
        self.faults.visit(ast.parse(self._source))
        self.reach = Reach()
        self.noticed = folder / "noticed"

    def say(self, line: str) -> None:
        print(line, file=self._out, flush=True)

    def code(self, number: int | None) -> types.CodeType:
        """Return the module's code with a fault, None without one."""
        tree = Mutator(number).visit(ast.parse(self._source))
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")

    def changed(self, number: int) -> dict[Key, types.CodeType]:
        """Return the functions' codes that a fault changes; none where they cannot be told apart,
        or where it changes what runs while the module is imported.
        """
        before, after = list(codes(self.code(None))), list(codes(self.code(number)))
        names = Counter(map(key_of, before))
        if list(map(key_of, before)) != list(map(key_of, after)):
            return {}
        found = {key_of(new): new for old, new in zip(before, after, strict=True) if old != new}
        return {} if any(names[key] > 1 for key in found) else found

    def tests(self, number: int) -> list[str]:
        lines = self.faults.lines[number]
        everywhere = number in self.faults.kept or not self.changed(number)
        found = self.reach.tests(lines, everywhere=everywhere)
        noticing = self.noticed.read_text("utf-8").splitlines() if self.noticed.exists() else []
        first = [name for name in dict.fromkeys(reversed(noticing[-LAST:])) if name in found]
        return list(dict.fromkeys([*first, *found]))

    def in_place(self, number: int) -> bool:
        imported = self.reach.lines[WHILE_IMPORTED].intersection(self.faults.lines[number])
        return not imported and bool(self.changed(number))

    def begin(self, number: int) -> list[str]:
        """Limit this process, which is to run tests with a fault; return their names."""
        names = self.tests(number)
        signal.alarm(int(SECONDS + TIMES * sum(self.reach.seconds[name] for name in names)))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(dir=self._folder)
        return names

    def end(self, number: int, child: int) -> None:
        """Wait for the process with the fault, and say so where nothing was noticed."""
        if os.waitpid(child, 0)[1]:
            return
        nobody = "" if self.tests(number) else " (no test comes here)"
        self.say(f"survived {self.path.name} {self.faults.made[number]}{nobody}")
        with (self._folder / "survived").open("a") as survived:
            survived.write("x")

    @property
    def survived(self) -> int:
        noted = self._folder / "survived"
        return noted.stat().st_size if noted.exists() else 0

    def run(self, plugin: object) -> int:
        """Run pytest with a plugin, in silence; return its exit code."""
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signs = [plugin, Noticing(self.noticed)]
        options = ["-x", "-p", "no:cacheprovider", "-o", "tmp_path_retention_policy=none"]
        place = f"--basetemp={self._folder / 'tests'}"
        return int(pytest.main([*options, place, *self._tests], plugins=signs))

    def find_reach(self) -> bool:
        """Run the tests without a fault; return whether they pass."""
        told = self._folder / "reach.json"
        child = os.fork()
        if child == 0:
            tracing = Tracing(self.path)
            code = self.run(tracing)
            lines = {name: sorted(found) for name, found in tracing.reach.lines.items()}
            told.write_text(json.dumps([lines, tracing.reach.seconds]), "utf-8")
            os._exit(code)
        passed = os.waitpid(child, 0)[1] == 0
        lines, seconds = json.loads(told.read_text("utf-8"))
        self.reach.lines.update({name: set(found) for name, found in lines.items()})
        self.reach.seconds = {name: took for name, took in seconds.items() if took <= self._longest}
        left_out = len(seconds) - len(self.reach.seconds)
        total = sum(self.reach.seconds.values())
        self.say(f"{len(self.reach.seconds)} tests, {total:.1f} s; {left_out} longer ones left out")
        return passed

    def import_anew(self, number: int) -> None:
        child = os.fork()
        if child == 0:
            names = self.begin(number)
            own, code = SourceFileLoader.get_code, self.code(number)

            def get_code(loader: SourceFileLoader, name: str) -> types.CodeType | None:
                return code if Path(loader.path) == self.path else own(loader, name)

            SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
            os._exit(self.run(Chosen(names)))
        self.end(number, child)

    def change_in_place(self, numbers: list[int]) -> None:
        child = os.fork()
        if child == 0:
            os._exit(self.run(OnceAFault(self, numbers)))
        os.waitpid(child, 0)


Key = tuple[str, int]


def key_of(code: types.CodeType) -> Key:
    return code.co_qualname, code.co_firstlineno


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield the code of every function of a module; a class's own runs once, when it is imported."""
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            if one.co_flags & inspect.CO_OPTIMIZED:
                yield one
            yield from codes(one)


def functions(path: Path) -> dict[Key, list[types.FunctionType]]:
    """Return every function that was made from a file."""
    found: dict[Key, list[types.FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename == str(path):
            found[key_of(one.__code__)].append(one)
    return found


def import_module(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    importlib.import_module(".".join(part for part in parts if part != "__init__"))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=2, help="seconds of a test, else left out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        trial = Trial(given.module.resolve(), given.tests, Path(folder), given.longest)
        if not trial.find_reach():
            trial.say("the tests fail without any fault")
            return 1
        every = range(trial.faults.count)
        numbers = random.Random(given.seed).sample(every, min(given.sample, len(every)))
        quick = {number for number in numbers if trial.in_place(number)}
        for number in sorted(set(numbers) - quick):
            trial.import_anew(number)
        trial.change_in_place(sorted(quick))
        tried = f"{len(numbers)} of {len(every)} faults"
        trial.say(f"{given.module}: {tried}, {trial.survived} survived")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
