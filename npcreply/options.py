"""Options that commands share, as dataclasses whose fields are spread into a command's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from npcreply import everywhere
from npcreply.dataclass import dataclass, replace
from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.language import N_, _, listed, with_aside
from npcreply.parameters import option

if TYPE_CHECKING:  # declarations need none of what prints an answer
    from npcreply.render.output import Output
    from npcreply.session import Session
    from npcreply.store.contract.schema import Schema
    from npcreply.table import Table

GLOBAL = _("通用")
FILTER = _("筛选（同一项可写几次表示“或”，不同项表示“且”）")
LISTING = _("输出")
SHARED = _("几个办公室")


Yes = Annotated[bool, option("--yes", help=_("有疑点也写：已经核对过"))]
Redact = Annotated[
    bool,
    option(
        "--redact",
        help=_(
            "给办公室以外的人看：去掉登记的代表、联系人、记录人，带职务称呼的姓名（王某处长）和电话；"
            "不带职务的姓名、身份证号、住址认不出，发出前请再看一遍"
        ),
    ),
]


def typed_day(text: str, today: date, year: int | None = None) -> date:
    """Return the day that was typed; raises UsageError with what to type instead."""
    if usual := _iso_day(text):
        return usual
    from npcreply.grammar import days

    try:
        return days.typed_day(text, today, year).date
    except days.DayError as error:
        raise UsageError(str(error), _("例如 2023-12-31、2023年12月31日、6月底、年底。")) from error


def _iso_day(text: str) -> date | None:
    """2024-01-05, which needs none of the ways to say a day; None for whatever else."""
    parts = text.split("-")
    if list(map(len, parts)) != [4, 2, 2] or not (text.isascii() and "".join(parts).isdigit()):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if _USUAL_YEARS[0] <= found.year <= _USUAL_YEARS[1] else None


_USUAL_YEARS = (1980, 2080)


def since_day(session: Session, typed: str | None) -> date:
    """Return the day to compare with, a week before where none is typed; raises UsageError."""
    if not typed:
        return session.day - timedelta(days=7)
    day = typed_day(typed, session.today, session.day.year)
    if day >= session.day:
        raise UsageError(
            _("--since 要早于 {day}，这里是 {since}").format(day=session.day, since=day),
            _("按哪一天判断用 --as-of。"),
        )
    return day


def _everywhere(name: str) -> Any:
    said = everywhere.OPTIONS[name]
    value = _(said.value) if said.value else None
    return option(*said.spellings, help=_(said.what), panel=GLOBAL, metavar=value)


@dataclass(frozen=True)
class Globals:
    """Taken by every command, before or after its name; `everywhere` says what each does."""

    directory: Annotated[Path | None, _everywhere("directory")] = None
    as_of: Annotated[str | None, _everywhere("as_of")] = None
    known_on: Annotated[str | None, _everywhere("known_on")] = None
    lang: Annotated[str | None, _everywhere("lang")] = None
    color: Annotated[str, _everywhere("color")] = "auto"
    no_input: Annotated[bool, _everywhere("no_input")] = False
    quiet: Annotated[bool, _everywhere("quiet")] = False
    debug: Annotated[bool, _everywhere("debug")] = False


@dataclass(frozen=True)
class Filters:
    """Which rows; the same in every listing."""

    dept: Annotated[
        list[str] | None, option("--dept", help=_("责任单位（名称一部分或简称）"), panel=FILTER)
    ] = None
    lead: Annotated[list[str] | None, option("--lead", help=_("主办单位"), panel=FILTER)] = None
    deputy: Annotated[list[str] | None, option("--deputy", help=_("代表"), panel=FILTER)] = None
    session: Annotated[list[str] | None, option("--session", help=_("届次"), panel=FILTER)] = None
    year: Annotated[list[int] | None, option("--year", help=_("年份"), panel=FILTER)] = None
    kind: Annotated[
        list[str] | None,
        option("--kind", help=_("类别：代表建议、政协提案、专题询问"), panel=FILTER),
    ] = None
    field: Annotated[list[str] | None, option("--field", help=_("领域"), panel=FILTER)] = None
    text: Annotated[
        list[str] | None, option("--text", help=_("承诺事项或标题里的字"), panel=FILTER)
    ] = None
    key: Annotated[bool, option("--key", help=_("只看重点督办"), panel=FILTER)] = False

    def selection(self, schema: Schema) -> Selection:
        """Return what the filters ask for, words turned into codes; raises UsageError."""
        return Selection(
            dept=tuple(self.dept or ()),
            lead=tuple(self.lead or ()),
            deputy=tuple(self.deputy or ()),
            session=tuple(self.session or ()),
            year=tuple(self.year or ()),
            kind=tuple(_coded(schema, "kind", word, "--kind") for word in self.kind or ()),
            field=tuple(self.field or ()),
            text=tuple(self.text or ()),
            key=self.key,
        )


@dataclass(frozen=True)
class Across:
    """Whether an answer is drawn from the shared database, and what of that counts as old."""

    all_workspaces: Annotated[
        bool,
        option("--all-workspaces", help=_("共享数据库里的全部资料库（见 sync）"), panel=SHARED),
    ] = False
    synced_within: Annotated[
        int, option("--synced-within", help=_("几天没有同步的要提醒"), panel=SHARED, min=1)
    ] = 7


@dataclass(frozen=True)
class PromiseFilters(Filters):
    """Which promises: the filters of replies and those of a promise's state."""

    status: Annotated[
        list[str] | None, option("--status", help=_("状态，如 逾期、待销号、已兑现"), panel=FILTER)
    ] = None
    alert: Annotated[
        list[str] | None, option("--alert", help=_("预警：红、黄、绿（或 逾期）"), panel=FILTER)
    ] = None
    force: Annotated[
        list[str] | None, option("--force", help=_("力度：确定、力争、附条件、常态"), panel=FILTER)
    ] = None

    def selection(self, schema: Schema) -> Selection:
        """Return what the filters ask for, words turned into codes; raises UsageError."""
        from npcreply.views.words import alert_code, status_codes

        return replace(
            Filters.selection(self, schema),
            status=tuple(code for word in self.status or () for code in status_codes(word)),
            alert=tuple(alert_code(word) for word in self.alert or ()),
            force=tuple(_coded(schema, "force", word, "--force") for word in self.force or ()),
        )


@dataclass(frozen=True)
class Listing:
    """How rows are printed."""

    json: Annotated[bool, option("--json", help=_("按 JSON 输出"), panel=LISTING)] = False
    csv: Annotated[bool, option("--csv", help=_("按 CSV 输出"), panel=LISTING)] = False
    fields: Annotated[
        str | None,
        option("--fields", help=_("只要这几列，逗号隔开"), panel=LISTING, metavar="a,b"),
    ] = None
    limit: Annotated[
        str | None,
        option(
            "--limit",
            help=_("最多几行，或 all（终端上没有分页器时 20）"),
            panel=LISTING,
            metavar="N|all",
        ),
    ] = None
    sort: Annotated[
        str | None,
        option(
            "--sort",
            help=_("按这几列排，逗号隔开；前面加 - 从大到小"),
            panel=LISTING,
            metavar=_("列"),
        ),
    ] = None
    wrap: Annotated[bool, option("--wrap", help=_("长的承诺折行，不截断"), panel=LISTING)] = False
    plain: Annotated[
        bool, option("--plain", help=_("一项一行，不排表：读屏软件、窄窗口用"), panel=LISTING)
    ] = False

    @property
    def machine(self) -> bool:
        return self.json or self.csv

    @property
    def names(self) -> list[str] | None:
        return [name.strip() for name in self.fields.split(",")] if self.fields else None

    @property
    def asked(self) -> list[str]:
        """Return the columns asked for beside the usual ones, none where none is."""
        return [*(self.names or ()), *(word.lstrip("-－") for word in self._sorting)]

    @property
    def _sorting(self) -> list[str]:
        return (
            [word.strip() for word in self.sort.replace("，", ",").split(",")] if self.sort else []
        )

    def first(self, output: Output) -> int | None:
        """Return how many of the first rows are printed, None where all must be there: an order may
        bring any of them to the front. Raises UsageError for a --limit that is no number.
        """
        count = self._count(output)
        return None if self.sort else count

    def emit(self, session: Session, data: Table, screen: Table, *below: Table) -> None:
        """Print the rows: `data` for machines, `screen` for people; the same rows in both. People
        who ask for no columns of their own see the tables `below` as well.
        """
        from npcreply.views.columns import cut_to, named_rows, order_by

        output = session.output
        if self.json and self.csv:
            raise UsageError(_("--json 和 --csv 只能选一个"), _("去掉一个再试。"))
        if self.sort and data.rows:
            screen = named_rows(data, screen)
            order = order_by(data, self._sorting)
            data = replace(data, rows=tuple(data.rows[at] for at in order))
            shown = tuple(screen.rows[at] for at in order)
            screen = replace(screen, rows=shown, groups=())
        count = self._count(output)
        if self.json:
            output.json(cut_to(data, count), self.names)
        elif self.csv:
            from npcreply.render.csv import csv_bytes

            output.data(csv_bytes(cut_to(data, count), "machine", "utf-8", self.names))
        else:
            more = below if data.rows and not self.names else ()
            first = cut_to(self._shown(session, data, screen), count)
            output.table(first, *more, wrap=self.wrap, plain=self.plain)

    def _shown(self, session: Session, data: Table, screen: Table) -> Table:
        """Return the screen, or the columns asked for; without rows only the sentence for that."""
        if not data.rows:
            empty = session.nothing_yet() or screen.empty
            return replace(screen, lead=(), foot=(), empty=empty)
        if not self.names:
            return screen
        from npcreply.render.cells import chosen_columns

        columns = chosen_columns(data, self.names)
        return replace(screen, columns=columns, rows=data.rows, groups=())

    def _count(self, output: Output) -> int | None:
        """Return how many rows: as asked; 20 on a terminal without a pager, else all."""
        said = (self.limit or "").strip().lower()
        if not said:
            short = output.stdout.isatty() and not self.machine and not output.pages
            return 20 if short else None
        if said in ("all", "全部"):
            return None
        if not said.isdecimal() or not int(said):
            raise UsageError(
                _("--limit 没有“{said}”这个取值").format(said=self.limit),
                _("写 1 以上的整数，或 all（全部）。"),
            )
        return int(said)


def _coded(schema: Schema, field: str, word: str, option: str) -> str:
    """Return the code of a vocabulary that a word stands for, or the beginning of one: 政协."""
    labels = {
        code: [schema.word(field, code), *words] for code, words in schema.words[field].items()
    }
    return choice(option, word, labels)


def choice(option: str, said: str, choices: Mapping[str, Iterable[str]]) -> str:
    """Return which of the choices is meant: its code, one of its words in either language, or a
    part of a word that only one of them has. Raises UsageError with what may be typed.
    """
    from npcreply.grammar.folding import folded

    word = folded(said)
    words = {code: [folded(one) for one in (code, *others)] for code, others in choices.items()}
    exact = [code for code, known in words.items() if word in known]
    part = [code for code, known in words.items() if word and any(word in one for one in known)]
    found = exact or part
    if len(found) == 1:
        return found[0]
    shown = (with_aside(code, next(iter(others), "")) for code, others in choices.items())
    raise UsageError(
        _("{option} 没有“{said}”这个取值").format(option=option, said=said),
        _("可以写：{options}。").format(options=listed(shown)),
    )


GROUP_WORDS: dict[str, tuple[str, ...]] = {
    "dept": (N_("责任单位"), N_("单位"), N_("部门")),
    "deputy": (N_("代表"),),
    "session": (N_("届次"),),
    "class": (N_("办理类别"), N_("答复类别")),
    "field": (N_("领域"),),
    "term": (N_("届别"),),
    "year": (N_("年份"), N_("会议年份")),
    "kind": (N_("类别"), N_("种类")),
    "month": (N_("时限"), N_("月份")),
    "none": (N_("不分"),),
}
"""What people type for a way to group, as the screens print it."""


def grouping(option: str, said: str, known: Iterable[str]) -> str:
    """Return the way to group that was typed; raises UsageError."""
    return choice(option, said, {name: [_(w) for w in GROUP_WORDS.get(name, ())] for name in known})
