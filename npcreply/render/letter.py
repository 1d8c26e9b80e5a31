"""Letters filled into their templates: plain text, or Word where the extra `letters` is there."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcreply.errors import CouldNotError, UsageError
from npcreply.language import _
from npcreply.render.file import free_path, make_folder, write_file
from npcreply.render.text import fit
from npcreply.views.letters import Letter

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment


FORMATS = ("docx", "txt")
FOLDER = "letters"  # in a workspace: the office's own templates


def usual_format() -> str:
    """Return docx where it can be written, else txt."""
    return "docx" if find_spec("docxtpl") else "txt"


def without_word() -> str:
    """Return the sentence on letters that are plain text since Word's cannot be written here, ""
    where they can.
    """
    if usual_format() == "docx":
        return ""
    return _("没有装附加项 letters，信函写成 .txt；要 Word 的：pip install 'npcreply[letters]'。")


def letters_text(letters: Iterable[Letter], root: Path) -> str:
    """Return the letters as plain text, one after another."""
    return "\n".join(letter_bytes(one.kind, "txt", one.fields, root).decode() for one in letters)


def write_letters(letters: Iterable[Letter], root: Path, folder: Path, form: str) -> list[Path]:
    """Write the letters into `folder`, none over another; return where they are."""
    data = [(one, letter_bytes(one.kind, form, one.fields, root)) for one in letters]
    make_folder(folder, _("信函一件一个文件：-o 后面写一个文件夹，没有的会建好。"))
    paths = []
    for letter, content in data:
        wished = folder / f"{_file_name(letter.name)}.{form}"
        path = free_path(wished) if wished.exists() else wished
        write_file(path, content)
        paths.append(path)
    return paths


def write_templates(root: Path, kinds: Iterable[str]) -> list[Path]:
    """Write the packed templates into the office's folder, none over another; return the new."""
    paths = [root / FOLDER / f"{kind}.{form}" for kind in kinds for form in FORMATS]
    new = [path for path in paths if not path.exists()]
    for path in new:
        path.parent.mkdir(exist_ok=True)
        write_file(path, packed(path.name))
    return new


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_（）" else "_" for c in name)


def letter_bytes(kind: str, form: str, fields: Mapping[str, object], root: Path) -> bytes:
    """Return the letter in the office's own template (`letters/KIND.docx` under `root`), else in
    the packed one.

    Raises CouldNotError where a template is broken or asks for a field there is not, UsageError
    where Word letters cannot be written here.
    """
    path = root / FOLDER / f"{kind}.{form}"
    template = path.read_bytes() if path.is_file() else packed(f"{kind}.{form}")
    name = f"{FOLDER}/{path.name}"
    return _MAKERS[form](template, fields, name)


def packed(name: str) -> bytes:
    """Return a template as the program brings it."""
    return (resources.files("npcreply") / "data" / "letters" / name).read_bytes()


def _text(template: bytes, fields: Mapping[str, object], name: str) -> bytes:
    try:
        made = _environment().from_string(template.decode("utf-8-sig")).render(fields)
    except Exception as error:  # whatever a template may do wrong
        raise _broken(name, error) from error
    return made.encode()


def _word(template: bytes, fields: Mapping[str, object], name: str) -> bytes:
    if not find_spec("docxtpl"):
        raise UsageError(
            _("写 Word 信函要装附加项 letters"),
            _("pip install 'npcreply[letters]'，或加 --format txt。"),
        )
    from docxtpl import DocxTemplate

    memory = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(_fitting(fields), _environment(), autoescape=True)
        document.save(memory)
    except Exception as error:  # whatever a template, or a damaged file, may do wrong
        raise _broken(name, error) from error
    return memory.getvalue()


def _fitting(value: Any) -> Any:
    """The fields as XML can hold them: one character that it cannot and every & and < were lost.
    A break inside a line, as Word has it, is a blank.
    """
    if isinstance(value, str):
        return fit(value.replace("\x0b", " "))
    if isinstance(value, Mapping):
        return {key: _fitting(item) for key, item in value.items()}
    return [_fitting(item) for item in value] if isinstance(value, list) else value


_MAKERS = {"txt": _text, "docx": _word}


def _environment() -> ImmutableSandboxedEnvironment:
    """A template comes from a colleague: it may read its fields and nothing else, and makes no
    letter of a million pages by repeating or raising to a power.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.runtime import Context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Bounded(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**"))

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            numbers = isinstance(left, (int, float)) and isinstance(right, (int, float))
            line = isinstance(left, str) and isinstance(right, int) and len(left) * right <= 200
            if operator == "**" or not (numbers or line):
                raise TemplateError(_("模板里不能重复文字，也不能乘方"))
            return super().call_binop(context, operator, left, right)

    return Bounded(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)


def _broken(name: str, error: Exception) -> CouldNotError:
    line = getattr(error, "lineno", None)
    place = _("{name} 第 {line} 行").format(name=name, line=line) if line else name
    return CouldNotError(
        _("信函模板 {place} 填不进去：{why}").format(place=place, why=error),
        _("改正模板，或把它移走，用程序自带的：npcreply remind --templates 会再写一份。"),
    )
