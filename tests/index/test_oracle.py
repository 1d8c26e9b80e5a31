"""Every answer of the index is the answer that the files themselves give."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.duties import Bench, of_reply, reports_owed
from npcreply.domain.judging.status import OPEN, judge, paces_of
from npcreply.domain.record.identity import Known
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.index.questions import Counts
from npcreply.store.contract import rules

SOME_DAYS = [date(2023, 6, 1) + timedelta(days=61 * n) for n in range(8)]
BODIES = ["市教育局", "市水利局", "市发展改革委", "某市发展和改革委员会"]
TEXTS = ["建成学校三所", "实施 ABC 工程", "完成率达100%以上", "a_b/c", "ＡＢＣ改造", "推进"]

days = st.sampled_from(SOME_DAYS).map(date.isoformat)
bodies = st.lists(st.sampled_from(BODIES), min_size=1, max_size=2, unique=True)


def some(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(kind, max_size=3)


def id_of(made: dict[str, Any]) -> int:
    return int(made["id"])


def item(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


dated = item({"date": days}, words=st.just("年底前"))
deadline = st.one_of(dated, dated, st.just({"words": "年底前"}))
values = st.sampled_from([0, 3, 3.5, 358.49, 600, 900])
target = item(
    {"id": st.integers(1, 2), "indicator": st.just("学校"), "value": values},
    kind=st.sampled_from(["level", "growth", "limit"]),
    unit=st.sampled_from(["所", "%"]),
    deadline=deadline,
    forecast=st.booleans(),
    revised=some(item({"on": days, "from": values, "to": values}, entered=days)),
)
entry = item({"value": values}, on=days, target=st.integers(1, 2), entered=days)
extension = item(
    {"on": days, "to": days, "reason": st.just("汛期")}, target=st.integers(1, 2), entered=days
)
closing_ = item(
    {"on": days, "as": st.sampled_from(["done", "dropped", "merged", "superseded", "reopened"])},
    entered=days,
)
measure = item(
    {"id": st.integers(1, 12), "text": st.sampled_from(TEXTS)},
    department=bodies,
    force=st.sampled_from(["firm", "effort", "conditional", "standing"]),
    deadline=deadline,
    targets=st.lists(target, max_size=2, unique_by=id_of),
    log=some(entry),
    extensions=some(extension),
    closings=some(closing_),
    removed=item({"on": days}),
    cadence=st.just(["month"]),
    carried_from=st.sampled_from(["2022-甲", "2022-甲.1", "2023-1.2", "3", "不在"]),
    reports=item({}, **{"from": days, "until": days}),
)
rating = st.sampled_from(["satisfied", "basically_satisfied", "dissatisfied"])
record = item(
    {
        "kind": st.sampled_from(["suggestion", "proposal", "inquiry"]),
        "year": st.integers(2022, 2024),
        "number": st.sampled_from(["0046", "温46", "2023028"]),
        "measures": st.just([]) | st.lists(measure, min_size=2, max_size=12, unique_by=id_of),
    },
    title=st.sampled_from(["关于学校建设的建议", "关于Abc的提案"]),
    lead=st.sampled_from(BODIES),
    session=st.just("某市六届人大三次会议"),
    deputies=st.just(["甲代表", "乙代表"]),
    reply_date=days,
    publish_date=days,
    disclosure=st.sampled_from(["active", "withheld"]),
    term=st.sampled_from(["某市第六届", "某市第七届"]),
    field=st.sampled_from(["教育", "水利"]),
    classes=some(
        item(
            {"letter": st.sampled_from(["A", "B", "c类", "D"])},
            scheme=st.sampled_from(["zhejiang", "four", "月球"]),
            on=days,
            evidence=st.just("验收单"),
            entered=days,
        )
    ),
    feedback=some(
        item({}, round=st.integers(1, 3), on=days, attitude=rating, result=rating, entered=days)
    ),
    repeats=some(st.sampled_from(["2022-甲", "2023-1", "不在"])),
    carried_from=st.sampled_from(["2022-甲", "2023-1.1", "不在"]),
    assigned_on=days,
    received_on=days,
    wide=st.booleans(),
    co=some(item({"body": st.sampled_from(BODIES)}, opinion_due=days, opinion_on=days)),
    rounds=some(item({"round": st.integers(2, 4)}, assigned_on=days, reply_date=days)),
    handling_report=item({}, due=days, on=days),
    met=some(item({"on": days})),
    progress_notices=some(
        item(
            {"on": days, "to": st.sampled_from(["deputies", "congress"])},
            rated_on=days,
            rating=rating,
            entered=days,
        )
    ),
    **{"x-own": st.just("丙"), "x-strange": st.sampled_from([["a", None], {"b": 1}])},
)
twice = '{"kind": "suggestion", "year": 2023, "number": "1", "measures": [{"id": 1}, {"id": 1}]}'
broken = st.sampled_from(
    ["kind: suggestion\n", "title：全角\n", "[", "", "kind: a\nkind: b\n", twice]
)
workspaces = st.dictionaries(
    st.sampled_from(
        ["2022/甲.yaml", "2023/2023-1.yaml", "2023/2023-10.yml", "x/乙.yaml", "0.yaml"]
    ),
    st.integers(0, 4).flatmap(lambda chance: record if chance else broken),
    min_size=1,
)
selections = st.builds(
    Selection,
    dept=st.lists(st.sampled_from(["发改", "教育", "水"]), max_size=2).map(tuple),
    year=st.lists(st.sampled_from([2022, 2023]), max_size=2).map(tuple),
    kind=st.lists(st.sampled_from(["proposal", "inquiry"]), max_size=2).map(tuple),
    force=st.lists(st.sampled_from(["firm", "effort"]), max_size=2).map(tuple),
    text=st.lists(
        st.sampled_from(["学校", "abc", "ABC", "0%", "_", "/", "ａｂｃ", ""]), max_size=2
    ).map(tuple),
)
when = st.builds(AsOf, st.sampled_from(SOME_DAYS), st.none() | st.sampled_from(SOME_DAYS))

oracle = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@oracle
@given(workspaces, when, st.sampled_from([-61, -1, 0, 30, 400]), selections)
def test_every_answer_is_that_of_the_files(
    filled: Callable[..., Any],
    contents: dict[str, Any],
    as_of: AsOf,
    ahead: int,
    selection: Selection,
) -> None:
    """All of it, what is open and due, what is owed, what is selected: of one workspace at a time,
    whose making takes most of the time.
    """
    place = filled(contents)
    said = place.said()
    for _look in range(2):  # first written, then read back
        with closing(place.index()) as index:
            assert_everything(index, said, len(contents))
    with closing(place.index()) as index:
        assert_narrowed(index, place, said, as_of, as_of.day + timedelta(days=ahead), selection)
        assert_owing(index, place, said, as_of, selection)
        assert_selected(index, place, said, selection)


def assert_everything(index: Any, said: Any, files: int) -> None:
    assert index.replies() == said.replies
    assert index.promises() == said.promises
    assert index.unreadable() == said.errors
    carried = [line for line in said.promises if line.measure.carried_from]
    assert index.carried() == carried
    broken = len({error.path for error in said.errors})
    assert index.counts() == Counts(files, len(said.replies), len(said.promises), broken)
    known = [Known(r.id, r.year, r.number, r.title or "") for r in said.replies]
    assert index.numbers() == known


def assert_narrowed(
    index: Any, place: Any, said: Any, as_of: AsOf, until: date, selection: Selection
) -> None:
    promises = said.promises
    workspace = place.schema.settings

    def wanted(found: list[Any], due: bool) -> list[Any]:
        judged = [judge(line, as_of) for line in found]
        return [
            one
            for one in judged
            if one.status in OPEN and selection.takes(one, workspace)
            if (one.deadline is not None and one.deadline <= until if due else not one.deadline)
        ]

    asked = index.open_until(as_of, until, selection)
    assert wanted(asked, due=True) == wanted(promises, due=True)
    every = index.open_until(as_of, None, selection)
    assert wanted(every, due=True) == wanted(promises, due=True)
    assert wanted(every, due=False) == wanted(promises, due=False)
    assert wanted(index.undated(as_of, selection), due=False) == wanted(promises, due=False)
    reports = [d for line in promises for d in reports_owed(line, as_of, workspace)]
    found = [d for line in asked for d in reports_owed(line, as_of, workspace)]
    taken = [d for d in reports if selection.takes(d, workspace)]
    assert [d for d in found if selection.takes(d, workspace)] == taken
    paces = [paces_of(judge(line, as_of)) for line in index.promises(selection)]
    selected = [line for line in promises if line in index.promises(selection)]
    assert paces == [paces_of(judge(line, as_of)) for line in selected]


def assert_owing(index: Any, place: Any, said: Any, as_of: AsOf, selection: Selection) -> None:
    """What is owed beside promises on a day: nothing of it is narrowed away."""
    workspace = place.schema.settings
    bench = Bench(as_of=as_of, settings=workspace, law=rules.load(place.root, place.schema))

    def owed(replies: list[ReplyLine]) -> list[Any]:
        found = (duty for reply in replies for duty in of_reply(reply, bench))
        return [duty for duty in found if selection.takes(duty, workspace)]

    assert owed(index.owing(as_of, selection)) == owed(said.replies)


def assert_selected(index: Any, place: Any, said: Any, selection: Selection) -> None:
    workspace, as_of = place.schema.settings, AsOf(SOME_DAYS[3])
    found = [line for line in index.replies(selection) if selection.takes_reply(line, workspace)]
    assert found == [line for line in said.replies if selection.takes_reply(line, workspace)]
    lines = index.promises(selection)
    taken = [line for line in lines if selection.takes(judge(line, as_of), workspace)]
    assert taken == [
        line for line in said.promises if selection.takes(judge(line, as_of), workspace)
    ]
    if len(selection.text) < 2:  # without the judging too: nothing of the selection is left
        assert lines == taken
    for reply in said.replies:
        assert index.replies(record_id=reply.id) == [r for r in said.replies if r.id == reply.id]
        assert index.promises(record_id=reply.id) == [
            line for line in said.promises if line.reply.id == reply.id
        ]
