"""A workspace founded or mended: its short schema.yaml, replies/, and what git should know."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from npcreply.dataclass import dataclass, field
from npcreply.domain.findings import Finding, Severity
from npcreply.errors import CouldNotError
from npcreply.language import _, chosen
from npcreply.patterns import pattern
from npcreply.store import files, git, places, refusals

# The name in the workspace, the name among the packed files.
_PARTS = (
    ("schema.yaml", "schema.yaml"),
    (".gitattributes", "gitattributes"),
    (".gitignore", "gitignore"),
)
_EXAMPLES = (("107", "107"), ("提12", "提12"))
EXAMPLE_YEAR = 2024


ATTRIBUTES = ".gitattributes"
_UNION = pattern(r"[ \t]+merge=union\b")
_DRIVEN = pattern(rf"^[^#\n]*[ \t]merge={git.DRIVER}\b", re.MULTILINE)
_A_RECORD = "replies/2024/2024-1.yaml"  # any: git is asked what it does with such a path


@dataclass(slots=True)
class Founded:
    """What became of a workspace's files: made, left as they were, or mended; `driver` whether git
    took the merge driver, None where the folder is not in git.
    """

    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    driver: bool | None = None


def found(root: Path, *, example: bool) -> Founded:
    """Make what is missing of a workspace, and mend what an older version told git.

    Raises CouldNotError where the folder cannot be written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        (root / "replies").mkdir(exist_ok=True)
        files.share(root / "replies")
    except (FileExistsError, NotADirectoryError) as error:
        said = _("{root} 是文件，不是文件夹").format(root=refusals.shown(root))
        raise CouldNotError(said, _("换一个文件夹的名字。")) from error
    except OSError as error:
        raise refusals.unwritten(root, error) from error
    done = Founded()
    for name, data in _wanted(example=example):
        path = root / name
        places.refuse_links(root, Path(name))
        if path.exists():
            mended = name == ATTRIBUTES and _mend(root, data)
            (done.mended if mended else done.kept).append(name)
        else:
            files.make_folder(path.parent)
            files.replace(path, data)
            done.made.append(name)
    done.driver = git.set_driver(root) if git.is_used(root) else None
    return done


def git_doubts(root: Path) -> list[Finding]:
    """Return what git would do to records that two people changed: both versions' lines one after
    the other (union), or its own merge by lines where this clone lacks the driver.
    """
    if not git.is_used(root):
        return []
    remedy = _("在资料库里运行一次 npcreply init，它会改好。")
    line, merge = _union_line(root), git.merge_of(root, _A_RECORD)
    if line or merge == "union":
        said = _("git 会把两人改的行都留下（merge=union），同一处的两个说法会混在一起")
        return [Finding(ATTRIBUTES, line, 0, Severity.DOUBT, "merge-union", said, remedy)]
    if merge != git.DRIVER or git.has_driver(root) is not False:
        return []
    said = _("这份克隆还没有设合并程序：两人改了同一件记录，git 只会按行合并")
    return [Finding(ATTRIBUTES, 0, 0, Severity.DOUBT, "merge-driver", said, remedy)]


def _mend(root: Path, wanted: bytes) -> bool:
    """Take `union` out of the attributes, and have records merged by fields; everything else that
    stands there stays. Return whether there was anything to mend.
    """
    path = root / ATTRIBUTES
    places.refuse_links(root, Path(ATTRIBUTES))
    before = files.content(path) or b""
    text = before.decode("utf-8", "surrogateescape")
    mended = _UNION.sub("", text)
    if not _DRIVEN.search(mended):
        end = "" if not mended or mended.endswith("\n") else "\n"
        mended += end + wanted.decode().splitlines(keepends=True)[-1]
    after = mended.encode("utf-8", "surrogateescape")
    if after == before:
        return False
    files.replace(path, after)
    return True


def _union_line(root: Path) -> int:
    """Return the line, from 1, of the attributes that says union of YAML files, 0 for none."""
    try:
        text = (files.content(root / ATTRIBUTES) or b"").decode("utf-8", "replace")
    except CouldNotError:
        return 0
    lines = enumerate(text.splitlines(), 1)
    return next((at for at, line in lines if _UNION.search(line) and ".yaml" in line), 0)


def _wanted(*, example: bool) -> list[tuple[str, bytes]]:
    packed = resources.files("npcreply") / "data" / "office"
    own = {"schema.yaml": f"schema.{chosen()}.yaml"} if chosen() != "zh" else {}
    wanted = [(name, (packed / own.get(part, part)).read_bytes()) for name, part in _PARTS]
    if example:
        for name, part in _EXAMPLES:
            text = (packed / "example" / f"{part}.yaml").read_text("utf-8")
            record = text.format(year=EXAMPLE_YEAR).encode()
            wanted.append((f"replies/{EXAMPLE_YEAR}/{EXAMPLE_YEAR}-{name}.yaml", record))
    return wanted
