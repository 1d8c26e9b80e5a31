"""A new workspace: the office's short schema.yaml, replies/, and what git should know."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from npcreply.errors import CouldNotError
from npcreply.language import _, chosen
from npcreply.store import files, refusals

# The name in the workspace, the name among the packed files.
_PARTS = (
    ("schema.yaml", "schema.yaml"),
    (".gitattributes", "gitattributes"),
    (".gitignore", "gitignore"),
)
_EXAMPLES = (("107", "107"), ("提12", "提12"))
EXAMPLE_YEAR = 2024


def found(root: Path, *, example: bool) -> tuple[list[str], list[str]]:
    """Make what is missing of a workspace; return (made, left as they were).

    Raises CouldNotError where the folder cannot be written.
    """
    try:
        (root / "replies").mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        said = _("{root} 是文件，不是文件夹").format(root=refusals.shown(root))
        raise CouldNotError(said, _("换一个文件夹的名字。")) from error
    except OSError as error:
        raise refusals.unwritten(root, error) from error
    made, kept = [], []
    for name, data in _wanted(example=example):
        path = root / name
        if path.exists():
            kept.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.replace(path, data)
            made.append(name)
    return made, kept


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
