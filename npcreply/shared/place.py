"""Where the shared database is, as NPCREPLY_INDEX says, and in which words it fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError, UsageError
from npcreply.language import N_, _
from npcreply.patterns import pattern

if TYPE_CHECKING:  # a command that asks nothing of the shared database loads no toolkit
    from sqlalchemy import URL, Engine

NAME = "NPCREPLY_INDEX"
EXAMPLE = "postgresql+psycopg://host/npcreply"
_KINDS = ("postgresql+psycopg", "postgresql")
_WAITS = {"connect_timeout": "10", "tcp_user_timeout": "30000"}  # seconds, milliseconds
_ALWAYS = {"application_name": "npcreply", "client_encoding": "utf8"}  # however the server keeps it
_SECRET = pattern(r"(?i)(password|passwd|pwd)\s*=\s*\S+")
_UNCONNECTED = {
    "28P01": pattern('(?i)password|口令|密码|fe_sendauth|pg_hba|role "|角色'),
    "3D000": pattern('database ".*" does not exist|数据库 ".*" 不存在'),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A shared database: its address, and the address as it may be shown."""

    url: URL
    shown: str

    def engine(self) -> Engine:
        """Return the way to connections, one at a time; nothing is connected yet."""
        from sqlalchemy import create_engine

        more = {name: value for name, value in _WAITS.items() if name not in self.url.query}
        return create_engine(
            self.url,
            connect_args={**more, **_ALWAYS},
            pool_size=1,
            max_overflow=0,
            hide_parameters=True,
            execution_options={"schema_translate_map": {None: "npcreply"}},
        )

    @contextmanager
    def words(self) -> Iterator[None]:
        """Say what the database complains of in words. Raises CouldNotError."""
        from sqlalchemy.exc import DBAPIError, SQLAlchemyError

        try:
            yield
        except DBAPIError as error:
            raise self._said(error.orig) from error
        except SQLAlchemyError as error:
            raise CouldNotError(
                _("共享数据库 {place} 答不了：{why}").format(
                    place=self.shown, why=type(error).__name__
                ),
                _("记录不受影响；请管理共享数据库的人看看服务器的日志。"),
            ) from error

    def _said(self, error: Any) -> CouldNotError:
        state = str(getattr(error, "sqlstate", None) or "")
        lines = str(error).strip().splitlines() or [type(error).__name__]
        why = _SECRET.sub(r"\1=…", lines[0].removeprefix("connection failed: "))
        sentence, remedy = _SAID.get(state) or _SAID.get(state[:2]) or _SAID[""]
        if not state:  # no connection came about: the server's own code is not handed on
            found = (code for code, words in _UNCONNECTED.items() if words.search(str(error)))
            sentence, remedy = _SAID[next(found, "08")]
        return CouldNotError(_(sentence).format(place=self.shown, why=why), _(remedy))


def told() -> Place:
    """Return the shared database that NPCREPLY_INDEX names.

    Raises UsageError where it names none or holds a password, CouldNotError without the driver.
    """
    said = os.environ.get(NAME, "").strip()
    if not said:
        raise UsageError(
            _("没有说共享数据库在哪里：环境变量 {name} 没有设").format(name=NAME),
            _("例如 {name}={example}；怎么建见 docs/scale.md。").format(name=NAME, example=EXAMPLE),
        )
    _need_driver()
    url = _read(said)
    return Place(url, f"{url.host or url.query.get('service') or 'localhost'}/{url.database or ''}")


def _read(said: str) -> URL:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    wrong = UsageError(
        _("{name} 不是共享数据库的地址").format(name=NAME),
        _("写成 {example} 这样；不用共享数据库就取消它。").format(example=EXAMPLE),
    )
    try:
        url = make_url(said)
    except (ArgumentError, ValueError):
        raise wrong from None  # its own words would print what was typed
    if url.drivername not in _KINDS:
        raise wrong
    if url.password or any("pass" in name and name != "passfile" for name in url.query):
        raise UsageError(
            _("{name} 里写着口令：环境变量谁都看得见").format(name=NAME),
            _("去掉口令，写进口令文件（PGPASSFILE）或服务文件（PGSERVICE），见 docs/scale.md。"),
        )
    return url.set(drivername=_KINDS[0])


def _need_driver() -> None:
    try:
        import psycopg  # noqa: F401 -- only whether it is there
    except ImportError as error:
        raise CouldNotError(
            _("连共享数据库要用的 psycopg 没有装，或装坏了"),
            _("安装：pip install 'npcreply[postgres]'"),
        ) from error


_SAID: dict[str, tuple[str, str]] = {
    "08": (
        N_("连不上共享数据库 {place}：{why}"),
        N_("核对网络和 NPCREPLY_INDEX，或等服务器恢复后重做；记录不受影响。"),
    ),
    "22P05": (
        N_("共享数据库 {place} 的编码放不下记录里的字：{why}"),
        N_("记录不受影响；请管理共享数据库的人用 UTF8 编码另建一个库，见 docs/scale.md。"),
    ),
    "25006": (
        N_("共享数据库 {place} 现在只能读，不能写：{why}"),
        N_("记录不受影响；请管理共享数据库的人看看这是不是备用服务器，或库设成了只读。"),
    ),
    "28P01": (
        N_("共享数据库 {place} 不让进：{why}"),
        N_("核对用户名，口令写在口令文件（PGPASSFILE）里，见 docs/scale.md；记录不受影响。"),
    ),
    "3D000": (
        N_("共享数据库 {place} 不存在：{why}"),
        N_("核对 NPCREPLY_INDEX 里的库名。"),
    ),
    "42501": (
        N_("这个用户在共享数据库 {place} 里没有这个权：{why}"),
        N_("请管理共享数据库的人给这个用户登记资料库（npcreply.member），见 docs/scale.md。"),
    ),
    "42P01": (
        N_("共享数据库 {place} 里还没有建表"),
        N_("请管理共享数据库的人运行 npcreply sync --sql tables 打印的语句，见 docs/scale.md。"),
    ),
    "": (
        N_("共享数据库 {place} 答不了：{why}"),
        N_("记录不受影响，重做一次；还不行，请管理共享数据库的人看看服务器的日志。"),
    ),
}
"""What is said by SQLSTATE, or by its first two characters; "" for every other one."""
_SAID |= {"28000": _SAID["28P01"], "3F000": _SAID["42P01"], "57": _SAID["08"]}
