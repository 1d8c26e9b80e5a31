"""The English catalogue: the sentences of the code, their translations, and what is wrong there.

    python tests/catalogue.py            bring npcreply.po up to date with the code, list what has
                                         no English yet, compile npcreply.mo
    python tests/catalogue.py --check    write nothing; list what is missing, fuzzy, obsolete or has
                                         other {fields}; exit code 1 where there is any

A new sentence: write it in Chinese in the code, run this, write the English in npcreply.po, run
this again. An obsolete one: delete its lines (#~) at the end of npcreply.po, run this again.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "npcreply" / "data" / "locale" / "en" / "LC_MESSAGES" / "npcreply.po"
MO = PO.with_suffix(".mo")
MARKS = ("_", "N_")
COMMENT = "# What npcreply says, in English. Kept in step with the code by tests/catalogue.py."
_FIELD = re.compile(r"\{[a-z_]+(?::[^{}\s]+)?\}")


class English(Catalog):
    """A catalogue whose header holds neither days nor names: the same sentences, the same bytes."""

    def __init__(self) -> None:
        super().__init__(locale="en", header_comment=COMMENT, fuzzy=False)

    mime_headers = property(
        lambda _self: [
            ("Language", "en"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
    )


def sentences() -> Catalog:
    """Return the sentences of the code in the order of their files, without translations."""
    found = Catalog()
    package = ROOT / "npcreply"
    for path in sorted(package.rglob("*.py"), key=lambda path: path.as_posix()):
        with path.open("rb") as file:
            for line, message, _comments, _context in extract(marked, file):
                found.add(message, locations=[(path.relative_to(ROOT).as_posix(), line)])
    return found


def marked(file: Any, _keywords: Any, _comment_tags: Any, options: Any) -> Iterator[Any]:
    """Yield line, function, sentence, comments for Babel. Unlike Babel's own way it sees marks
    inside f-strings, and the docstrings that are the help of commands.
    """
    del options  # Babel passes them by this name
    tree = ast.parse(file.read())
    found = [*_calls(tree)]
    if Path(file.name).parent.name == "commands":
        found += _helps(tree)
    for line, sentence in sorted(found):
        if sentence:
            yield line, "_", sentence, []


def _calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            said = node.args[0]
            if node.func.id in MARKS and isinstance(said, ast.Constant):
                yield said.lineno, str(said.value)


def _helps(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "run":
            yield node.body[0].lineno, inspect.cleandoc(ast.get_docstring(node) or "")


def kept() -> English:
    """Return the catalogue as npcreply.po has it."""
    english = English()
    if PO.exists():
        read = read_po(BytesIO(PO.read_bytes()), locale="en", charset="utf-8")
        for message in read:
            if message.id:
                _keep(english, message)
        english.obsolete = read.obsolete
    return english


def _keep(english: English, message: Message) -> None:
    notes = message.user_comments
    english.add(message.id, message.string, message.locations, message.flags, user_comments=notes)


def updated() -> English:
    """Return the catalogue brought up to date with the code; an obsolete sentence that is said
    again has its translation back.
    """
    english = kept()
    for message in english.obsolete.values():
        _keep(english, message)
    english.obsolete.clear()
    english.update(sentences(), no_fuzzy_matching=True, update_header_comment=False)
    for sentence in [*english.obsolete]:
        if not english.obsolete[sentence].string:
            del english.obsolete[sentence]
    return english


def problems(english: English) -> list[str]:
    """Return a line for each sentence missing, fuzzy or with other fields, and each obsolete one."""
    found = []
    for message in english:
        if not message.id:
            continue
        if message.fuzzy:
            found.append(f"fuzzy     {message.id!r}: {message.string!r}")
        elif not message.string:
            found.append(f"missing   {message.id!r}")
        elif fields(message.id) != fields(message.string):
            found.append(f"fields    {message.id!r}: {message.string!r}")
    return found + [f"obsolete  {sentence!r}" for sentence in english.obsolete]


def fields(sentence: Any) -> set[str]:
    """Return the {fields} of a sentence with their formats."""
    return set(_FIELD.findall(str(sentence)))


def po_bytes(english: English) -> bytes:
    """Return the catalogue as text: one line a sentence, files without line numbers."""
    file = BytesIO()
    write_po(file, english, width=0, include_lineno=False)
    return file.getvalue()


def mo_bytes(english: English) -> bytes:
    """Return the catalogue as gettext reads it, without the fuzzy sentences."""
    file = BytesIO()
    write_mo(file, english)
    return file.getvalue()


def check() -> list[str]:
    """Return what stands against releasing the catalogue as it lies in the folder."""
    found = problems(updated())
    if not MO.exists() or MO.read_bytes() != mo_bytes(kept()):
        found.append(f"{MO.name} is not the compiled {PO.name}: python tests/catalogue.py")
    return found


def main(arguments: list[str]) -> int:
    """Update or check; return the exit code."""
    if arguments == ["--check"]:
        found = check()
    else:
        english = updated()
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po_bytes(english))
        MO.write_bytes(mo_bytes(english))
        found = problems(english)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
