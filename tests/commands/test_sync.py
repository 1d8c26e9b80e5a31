"""What `sync` says without a server; tests/shared has those with one."""

from __future__ import annotations

from tests.conftest import Place, Run


def test_without_an_address_it_is_said_where_it_belongs(office: Place, run: Run) -> None:
    said = run("sync")
    assert said.code == 2
    assert "NPCREPLY_INDEX" in said.err
    assert "docs/scale.md" in said.err


def test_what_goes_with_one_workspace_only_is_refused(office: Place, run: Run) -> None:
    for words in (("report", "--by", "dept", "-o", "页"), ("export", "-o", "x.ics")):
        said = run(*words, "--all-workspaces")
        assert said.code == 2
        assert "--all-workspaces" in said.err
