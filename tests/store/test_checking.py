"""One run over a workspace: every finding of every file, each at its line, none in silence."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.settings import Body, Settings
from npcreply.store import checking
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.store.yaml import nodes, tree

TODAY = date(2024, 1, 5)
TEXT = "市教育局答复如下：\n一、年内新建学校\n两所。\n"
SOUND = "kind: suggestion\nyear: 2023\nnumber: 46\n"


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def written(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
    return root


def check(root: Path, *paths: Path) -> tuple[list[Finding], int]:
    return checking.check_workspace(root, schema(), TODAY, paths or None)


def told(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(f.path.rpartition("/")[2], f.line, f.code) for f in findings]


BROKEN: dict[str, str | bytes] = {
    "replies/2023/2023-0046.yaml": SOUND + "title：建校的建议\n",
    "replies/2023/2023-46.yaml": """\
        kind: suggestion
        year: 2023
        number: 46
        reply_date: 2023-07-24
        repeats: [2022-31, 2023-0046, 2023-坏]
        source: {file: 2023-46.txt}
        measures:
          - id: 1
            text: 建两所学校
            quote: {text: 年内新建学校三所。, start: 12, end: 21}
            deadline: {date: 2022-12-31}
          - id: 2
            text: 建一个馆
            extra: 1
        """,
    "replies/2023/2023-46.txt": TEXT,
    "replies/2023/2023-47.yaml": """\
        kind: suggestion
        year: 2023
        number: 47
        measures:
          - {id: 1, text: 建校}
          - {id: 1, text: 建馆}
        """,
    "replies/2023/2023-48.yaml": "kind: 建议\nyear: 2023\nnumber: 48\n",
    "replies/2023/2023-坏.yaml": b"kind: suggestion\nyear: 2023\nnumber: \xbb\xb5\n",
    "replies/2022/2023-49.yaml": "kind: suggestion\nyear: 2023\nnumber: 49\n",
    "replies/2022/2023-50.yaml": """\
        kind: suggestion
        year: 2023
        number: 050
        """,
    "replies/2023/2023-50.yaml": """\
        kind: suggestion
        year: 2023
        number: 50
        """,
}


def test_several_broken_files_in_one_run(tmp_path: Path) -> None:
    findings, files = check(written(tmp_path, BROKEN))
    assert files == 8
    assert findings == sorted(findings)
    assert told(findings) == [
        ("2023-49.yaml", 2, "year-folder"),
        ("2023-50.yaml", 2, "year-folder"),
        ("2023-50.yaml", 3, "id-mismatch"),
        ("2023-0046.yaml", 4, "wide-colon"),
        ("2023-46.yaml", 5, "unknown-record"),
        ("2023-46.yaml", 10, "quote-not-found"),
        ("2023-46.yaml", 11, "deadline-before-reply"),
        ("2023-46.yaml", 14, "unknown-key"),
        ("2023-47.yaml", 6, "duplicate-measure"),
        ("2023-48.yaml", 1, "schema-enum"),
        ("2023-50.yaml", 1, "duplicate-id"),
        ("2023-坏.yaml", 3, "not-utf8"),
    ]
    assert all(f.message and f.remedy for f in findings)


def test_a_finding_names_its_record_or_promise(tmp_path: Path) -> None:
    findings, _files = check(written(tmp_path, BROKEN))
    records = {finding.code: finding.record for finding in findings}
    assert records["deadline-before-reply"] == "2023-46.1"
    assert records["unknown-record"] == "2023-46"
    assert records["wide-colon"] == "2023-0046"
    assert records["duplicate-measure"] == "2023-47.1"


def test_a_finding_stands_at_its_value(tmp_path: Path) -> None:
    root = written(tmp_path, BROKEN)
    findings, _files = check(root)
    for finding in findings:
        if finding.code in ("deadline-before-reply", "unknown-record", "duplicate-measure"):
            line = (root / finding.path).read_text("utf-8").splitlines()[finding.line - 1]
            value = line[finding.column - 1 :]
            assert value.startswith(("2022-12-31", "2022-31", "1, text: 建馆"))


def test_only_what_is_asked_for_but_held_against_everything(tmp_path: Path) -> None:
    root = written(tmp_path, BROKEN)
    findings, files = check(root, root / "replies/2023/2023-50.yaml")
    assert (told(findings), files) == ([("2023-50.yaml", 1, "duplicate-id")], 1)
    findings, files = check(root, root / "replies" / "2022")
    assert files == 2
    assert {finding.path.split("/")[1] for finding in findings} == {"2022"}


def test_a_file_outside_replies_can_be_asked_for(tmp_path: Path) -> None:
    root = written(tmp_path, {**BROKEN, "草稿/2023-48.yaml": "kind: 建议\nyear: 2023\n"})
    findings, files = check(root, root / "草稿" / "2023-48.yaml")
    assert files == 1
    assert {f.code for f in findings} == {"schema-enum", "schema-required"}
    missing, files = check(root, root / "replies" / "2023" / "没有.yaml")
    assert (told(missing), files) == ([("没有.yaml", 0, "unread")], 1)


def test_a_sound_workspace_has_no_finding(tmp_path: Path) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    sound = f"""\
        kind: suggestion
        year: 2023
        number: 46
        reply_date: 2023-07-24
        source: {{file: 2023-46.txt, sha256: {digest}}}
        measures:
          - id: 1
            text: 建两所学校
            quote: {{text: 年内新建学校两所。, start: 12, end: 22}}
            deadline: {{date: 2023-12-31}}
        """
    root = written(tmp_path, {"replies/2023/2023-46.yaml": sound, "replies/2023/2023-46.txt": TEXT})
    assert check(root) == ([], 1)
    (root / "replies/2023/2023-46.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert check(root) == ([], 1)  # git on Windows
    (root / "replies/2023/2023-46.txt").write_bytes(TEXT.replace("年内", "今年").encode())
    assert [f.code for f in check(root)[0]] == ["source-changed", "quote-not-found"]
    (root / "replies/2023/2023-46.txt").unlink()
    assert [(f.code, f.line) for f in check(root)[0]] == [("source-missing", 5)]


def test_an_empty_workspace(tmp_path: Path) -> None:
    (tmp_path / "replies").mkdir()
    assert check(tmp_path) == ([], 0)


@pytest.mark.parametrize(
    "name",
    ["../../秘密.txt", "/etc/passwd", "C:\\秘密.txt", "..", "子/文.txt", '"a\\0b"', "子"],
)
def test_only_a_file_beside_the_record_is_read(tmp_path: Path, name: str) -> None:
    files = {"replies/2023/2023-46.yaml": SOUND + f"source: {{file: {name}}}\n"}
    root = written(tmp_path / "库", {**files, "replies/2023/子/文.txt": TEXT})
    written(tmp_path, {"秘密.txt": TEXT, "库/秘密.txt": TEXT})
    found, _files = check(root)
    assert {finding.code for finding in found} <= {"source-missing", "escape", "control-character"}
    assert len(found) == 1


def test_a_source_in_gb18030_is_read(tmp_path: Path) -> None:
    quote = "measures:\n  - {id: 1, text: 建校, quote: {text: 年内新建学校两所。}}\n"
    record = SOUND + "source: {file: 2023-46.txt}\n" + quote
    root = written(tmp_path, {"replies/2023/2023-46.yaml": record})
    (root / "replies/2023/2023-46.txt").write_bytes(TEXT.encode("gb18030"))
    assert check(root)[0] == []


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    root = written(tmp_path, BROKEN)
    checking.check_workspace(root, schema(), TODAY, None, lambda *step: steps.append(step))
    assert steps == [(count, 8) for count in range(1, 9)]


# --- before a write


def test_a_text_is_checked_before_it_is_written() -> None:
    settings = Settings(departments=(Body(name="市教育局"),))
    text = SOUND + "lead: 市教肓局\n"
    found = checking.check_text(text, "replies/2023/2023-46.yaml", schema(), settings, TODAY)
    assert [(f.code, f.line, f.column) for f in found.findings] == [("unknown-department", 4, 7)]
    assert found.errors == ()
    assert found.record is not None
    assert found.record.lead == "市教肓局"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SOUND + "measures: [{id: 1, text: 建校}, {id: 1, text: 建馆}]\n", "duplicate-measure"),
        ("kind: suggestion\nnumber: 46\n", "schema-required"),
        ("kind: suggestion\nkind: proposal\n", "duplicate-key"),
    ],
)
def test_an_error_keeps_the_record_out(text: str, code: str) -> None:
    path = "replies/2023/2023-46.yaml"
    found = checking.check_text(text, path, schema(), Settings(), TODAY)
    assert [error.code for error in found.errors] == [code]
    assert found.errors[0].severity is Severity.ERROR
    assert found.record is None


def test_a_tree_is_made_only_of_files_with_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tree costs several times what reading the record does; it says where a finding stands."""
    parsed: list[str] = []
    parse = tree.parse

    def noted(text: str, path: str) -> nodes.Mapping:
        if path.startswith("replies/"):  # not the rules of time
            parsed.append(path.rpartition("/")[2])
        return parse(text, path)

    monkeypatch.setattr(tree, "parse", noted)
    dated = "reply_date: 2023-07-24\nmeasures:\n  - id: 1\n    text: 建校\n"
    files: dict[str, str | bytes] = {
        f"replies/2023/2023-{n}.yaml": f"kind: suggestion\nyear: 2023\nnumber: {n}\n{dated}"
        for n in range(10, 19)
    }
    files["replies/2023/2023-12.yaml"] = str(files["replies/2023/2023-12.yaml"]) + "strange: 1\n"
    files["replies/2023/2023-14.yaml"] = (
        str(files["replies/2023/2023-14.yaml"]) + "    deadline: {date: 2022-12-31}\n"
    )
    found, count = check(written(tmp_path, files))
    assert [f.code for f in found] == ["unknown-key", "deadline-before-reply"]
    assert (count, parsed) == (9, ["2023-12.yaml", "2023-14.yaml"])
