"""The process in which a file is read: started by cage.py as a script, its limits set first.

Standard input: one line of JSON (where modules lie, kind of file, language, limits), then the
file's bytes. Standard output: one JSON object, `text` and `notes`, or why there is none.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any


def main() -> None:
    """Read the order and the file, and answer."""
    order = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = order["path"]
    limit(order["memory"], order["seconds"])
    answer = answered(order["kind"], sys.stdin.buffer.read(), order["language"])
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()


def limit(memory: int, seconds: int) -> None:
    """Set what this process may use: bytes of addresses, seconds of work, and no file at all. On
    Windows there is no such thing; the clock of whoever started it holds everywhere.
    """
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),  # also where nobody is left to stop it
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        with suppress(ValueError, OSError):  # macOS refuses some, others have less already
            resource.setrlimit(what, (most, most))


def answered(kind: str, data: bytes, language: str) -> dict[str, Any]:
    """Return the answer to one file, as JSON values."""
    from npcreply.errors import NpcreplyError
    from npcreply.language import choose

    choose(language)
    try:
        text, notes = _text(kind, data)
    except NpcreplyError as error:
        return {"refused": [error.message, error.remedy]}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 -- whatever a damaged file does to its reader
        return {"damaged": f"{type(error).__name__}: {error}"[:200]}
    return {"text": text, "notes": notes}


def _text(kind: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    if kind == "pdf":
        from npcreply.extract.files import pdf

        return pdf.document_text(data)
    if kind == "docx":
        from npcreply.extract.files import word

        return word.document_text(data)
    from npcreply.extract.files import html

    return html.page_text(data.decode("utf-8")), ()


if __name__ == "__main__":
    main()
