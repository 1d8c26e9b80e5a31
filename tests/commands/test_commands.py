"""What holds for every command: global options, exit codes, streams, help, broken workspaces."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from npcreply.cli import COMMANDS
from npcreply.render.text import width
from tests.conftest import BROKEN, RIVER, ROOT, Make, Place, Run

Golden = Callable[[str, str], None]
NAMES = [command.name for command in COMMANDS]
LISTINGS = ["list", "overdue", "due", "stats", "export"]
WRITES = [
    ["log", "107.2", "--note", "x"],
    ["done", "107.2"],
    ["set", "107", "title=x"],
    ["add", "--yes", "--number", "5", "--title", "x"],
    ["rm", "107", "--yes"],
    ["renumber", "107", "108"],
]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_its_tests(name: str) -> None:
    assert (Path(__file__).parent / f"test_{name}.py").is_file()


class TestHelp:
    def test_overview(self, folder: Path, run: Run, golden: Golden) -> None:
        said = run("--help")
        assert (said.code, said.err) == (0, "")
        golden("overview", said.out)
        for words in ([], ["help"], ["-h"], ["--no-input"], ["-C", "nowhere", "--help"]):
            assert run(*words).out == said.out

    @pytest.mark.parametrize("name", ["overdue", "set"])
    def test_pages(self, folder: Path, run: Run, golden: Golden, name: str) -> None:
        golden(f"help-{name}", run(name, "--help").out)

    @pytest.mark.parametrize("name", NAMES)
    def test_every_page(self, folder: Path, run: Run, name: str) -> None:
        said = run(name, "--help")
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith(f"用法：npcreply {name}")
        assert "--as-of 日期" in said.out
        assert max(width(line) for line in said.out.splitlines()) <= 100
        assert run("help", name).out == run(name, "-h").out == said.out

    @pytest.mark.parametrize("name", NAMES)
    def test_in_english(self, folder: Path, run: Run, name: str) -> None:
        assert run("--lang", "en", name, "--help").code == 0

    def test_version(self, folder: Path, run: Run) -> None:
        assert run("--version").out.startswith("npcreply 0.")


class TestGlobalOptions:
    @pytest.mark.parametrize(
        "options",
        [["--as-of", "2023-12-31"], ["--as-of=2023-12-31"], ["--known-on", "2023-12-01"], ["-q"]],
    )
    def test_before_and_after_the_command(
        self, office: Place, run: Run, options: list[str]
    ) -> None:
        before, after = run(*options, "overdue"), run("overdue", *options)
        assert (before.code, before.out) == (0, after.out)

    def test_other_options_before_the_command_too(self, office: Place, run: Run) -> None:
        assert run("--json", "list").out == run("list", "--json").out

    def test_where(self, office: Place, run: Run, tmp_path: Path) -> None:
        here = run("list").out
        assert run("-C", str(office.root), "list", cwd=tmp_path).out == here
        assert run("list", "-C", str(office.root / "replies"), cwd=tmp_path).out == here
        assert run("list", cwd=tmp_path, env={"NPCREPLY_DIR": str(office.root)}).out == here
        assert run("list", cwd=office.root / "replies" / "2023").out == here

    def test_who(self, office: Place, run: Run) -> None:
        run("log", "107.2", "--note", "x", env={"NPCREPLY_USER": "乙同志"})
        assert "by: 乙同志" in office.text("2023/2023-107")

    @pytest.mark.parametrize(
        "argv",
        [
            ["overdue"],
            ["list"],
            ["due", "--no-deadline"],
            ["stats"],
            ["show", "107"],
            ["check"],
            ["index"],
            ["show", "999"],
            ["done", "107.1"],
            ["set", "107", "title="],
            ["export", "--rows", "target"],
            ["undo", "--list"],
            ["overdue", "--as-of", "x"],
        ],
    )
    def test_in_english(self, office: Place, run: Run, argv: list[str]) -> None:
        assert run(*argv, "--lang", "en").code == run(*argv).code
        assert run(*argv, env={"NPCREPLY_LANG": "en"}).code == run(*argv).code
        assert "程序出错" not in run("--lang", "en", *argv).err

    def test_colour(self, office: Place, run: Run) -> None:
        assert "\x1b[" in run("overdue", "--color", "always").out
        assert "\x1b[" not in run("overdue", "--color", "never", columns=80).out
        assert "\x1b[" not in run("overdue", columns=80, env={"NO_COLOR": "1"}).out

    def test_quiet(self, office: Place, run: Run) -> None:
        assert run("-q", "log", "107.2", "--note", "x").err == ""

    @pytest.mark.parametrize(
        ("argv", "words", "remedy"),
        [
            (["nosuch"], "没有 nosuch 这个命令", "npcreply --help"),
            (["overdu"], "没有 overdu 这个命令", "是不是 npcreply overdue？"),
            (["help", "nosuch"], "没有 nosuch 这个命令", "npcreply --help"),
            (["-x"], "没有 -x 这个选项", "npcreply --help"),
            (["-x", "list"], "没有 -x 这个选项", "npcreply list --help"),
            (["list", "--jsn"], "没有 --jsn 这个选项；是不是 --json？", "npcreply list --help"),
            (["list", "x"], "多了：x", "npcreply list --help"),
            (
                ["add", "--deputies", "甲代表", "--deputies", "乙代表"],
                "--deputies 写了两次，只能写一次",
                "用顿号隔开",
            ),
            (["list", "--json=1"], "--json 后面不带值", "npcreply list --help"),
            (["list", "--limit"], "--limit 后面要跟一个值", "npcreply list --help"),
            (["-C"], "-C 后面要跟一个值", "npcreply --help"),
            (["show"], "缺少编号", "npcreply list"),
            (["--lang", "fr", "list"], "--lang 没有“fr”这个取值", "可以写：zh、en。"),
            (["--color", "pink", "list"], "--color 没有“pink”这个取值", "auto、always、never"),
            (
                ["list", "--as-of", "早日"],
                "“早日”没有说到哪一天，请写日期，例如 2024-12-31",
                "例如",
            ),
        ],
    )
    def test_wrong_use(
        self, office: Place, run: Run, argv: list[str], words: str, remedy: str
    ) -> None:
        said = run(*argv)
        first, *others = said.err.splitlines()
        assert (said.code, said.out, first) == (2, "", f"错误：{words}")
        assert remedy in "\n".join(others)


class TestWithoutAWorkspace:
    @pytest.mark.parametrize("argv", [*([name] for name in LISTINGS), *WRITES, ["check"], ["undo"]])
    def test_exit_code_5_and_what_to_do(self, folder: Path, run: Run, argv: list[str]) -> None:
        said = run(*argv)
        assert (said.code, said.out) == (5, "")
        assert said.err.splitlines() == [
            f"错误：这里不是 npcreply 资料库（从 {folder} 向上未找到 schema.yaml 和 replies/）。",
            "  去资料库：cd 资料库文件夹",
            "  指明位置：npcreply -C 资料库文件夹 …",
            "  新建：npcreply init 文件夹",
        ]
        assert not list(folder.iterdir())

    def test_a_folder_that_is_not_there(self, folder: Path, run: Run) -> None:
        said = run("-C", "没有", "list")
        assert said.code == 5
        assert said.err == "错误：没有 没有 这个文件夹\n  核对 -C 或 NPCREPLY_DIR。\n"


class TestAnEmptyWorkspace:
    @pytest.mark.parametrize("argv", [["list"], ["overdue"], ["due"], ["stats"]])
    def test_one_sentence(self, workspace: Make, run: Run, argv: list[str]) -> None:
        workspace({})
        said = run(*argv)
        assert (said.code, said.out, said.err) == (0, "资料库是空的。第一条：npcreply add\n", "")
        assert run(*argv, "--json").out == "[]\n"


class TestUnreadableFiles:
    @pytest.mark.parametrize("name", LISTINGS)
    @pytest.mark.parametrize("options", [[], ["-q"], ["--format", "json"], ["--json"]])
    def test_named_after_every_answer(
        self, office: Place, run: Run, name: str, options: list[str]
    ) -> None:
        if options[:1] == ["--json" if name == "export" else "--format"]:
            options = []
        whole = run(name, *options)
        office.write("2023/2023-112", BROKEN)
        said = run(name, *options)
        assert (said.code, said.out) == (3, whole.out)
        assert said.err == (
            "注意：1 个文件读不了，未计入：replies/2023/2023-112.yaml 第 4 行"
            "（npcreply check 看详情）\n"
        )

    def test_many(self, office: Place, run: Run) -> None:
        for number in range(5):
            office.write(f"2023/2023-9{number}", BROKEN)
        said = run("list")
        assert "注意：5 个文件读不了" in said.err
        assert said.err.count("第 4 行") == 3
        assert " …（npcreply check" in said.err

    def test_they_do_not_stand_in_the_way_of_other_records(self, office: Place, run: Run) -> None:
        office.write("2023/2023-112", BROKEN)
        assert run("show", "107").code == 0
        assert run("log", "107.2", "--note", "x").code == 0


class TestABrokenSchema:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("x: [\n", "文件到头了"),
            ("$ref: npcreply:record:9\n", "$ref 是 npcreply:record:9"),
            ("$ref: npcreply:record:1\nx-workspace: {soon_days: 几天}\n", "soon_days"),
            ("", "文件是空的"),
        ],
    )
    def test_exit_code_3_and_what_to_do(
        self, office: Place, run: Run, text: str, words: str
    ) -> None:
        (office.root / "schema.yaml").write_text(text, "utf-8")
        before = office.files()
        for argv in [*([name] for name in LISTINGS), *WRITES]:
            said = run(*argv)
            first, *remedy = said.err.splitlines()
            assert (said.code, said.out) == (3, "")
            assert first.startswith("错误：schema.yaml")
            assert words in first
            assert remedy
        assert office.files() == before


class TestAReadOnlyWorkspace:
    @pytest.fixture
    def place(self, office: Place) -> Place:
        (office.root / ".npcreply").write_text("", "utf-8")  # holds for root too
        return office

    def test_questions_are_answered(self, place: Place, run: Run) -> None:
        said = run("overdue")
        assert said.code == 0
        assert "2023-107.1" in said.out
        assert said.err.startswith("索引写不进 ")
        assert run("show", "107").code == run("check").code == 0

    @pytest.mark.parametrize("argv", WRITES, ids=lambda argv: argv[0])
    def test_nothing_is_written(self, place: Place, run: Run, argv: list[str]) -> None:
        before = place.files()
        said = run(*argv)
        assert said.code == 1
        assert "写不进去：这个资料库现在只能看，不能改。" in said.err
        assert place.files() == before


class TestProcesses:
    """What only a process of its own shows."""

    def npcreply(self, place: Place, *argv: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "npcreply", *argv],
            cwd=place.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )

    def test_a_reader_that_has_seen_enough(self, workspace: Make) -> None:
        measures = "".join(f"  - id: {n}\n    text: {'长' * 1900}\n" for n in range(4, 250))
        place = workspace({"2023/2023-107": RIVER + measures})
        child = self.npcreply(place, "show", "107")
        assert child.stdout
        assert child.stderr
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr.read() == b""
        child.stderr.close()
        assert child.wait(20) == 0

    def test_nobody_is_asked_where_nothing_can_be_typed(self, office: Place) -> None:
        """On Windows NUL says of itself that it is a terminal."""
        with self.npcreply(office, "add", "--year", "2023", "--number", "9") as child:
            out, err = (said.decode() for said in child.communicate())
        assert (child.returncode, out) == (2, "")
        assert err.startswith("错误：缺少标题")
        assert not (office.root / ".npcreply/drafts").exists()

    def test_a_full_disk(self, office: Place) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full here")
        with Path("/dev/full").open("wb") as full:
            said = subprocess.run(
                [sys.executable, "-m", "npcreply", "list"],
                cwd=office.root,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert said.returncode == 1
        assert said.stderr.decode("utf-8").startswith("错误：结果写不出去：")


def test_a_mistake_of_the_program_is_one_sentence(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from npcreply.views import replies

    def fails(*_arguments: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(replies, "list_table", fails)
    said = run("list")
    assert said.code == 1
    assert said.err.splitlines()[0] == "错误：程序出错：ZeroDivisionError: oops"
    with pytest.raises(ZeroDivisionError):
        run("list", "--debug")


def test_no_python_in_any_refusal(office: Place, run: Run) -> None:
    """Sentences only: no repr, no errno, no name of a class."""
    for argv in (
        ["import", "没有.csv"],
        ["export", "-o", "没有/a.csv"],
        ["due", "--within", "x"],
        ["undo", "-1"],
        ["set", "107.1", "value=x", "--target", "x"],
        ["extend", "107.1", "--to", "x", "--reason", "y"],
        ["edit", "107"],
    ):
        said = run(*argv, env={"EDITOR": "没有这个程序"})
        assert said.code in (1, 2)
        for mark in ("Errno", "Error", "<", ">", "'", "None", "Got ", "not in the range"):
            assert mark not in said.err, (argv, said.err)
