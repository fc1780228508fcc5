"""What Grafana needs of a dashboard, and what whoever reads it does."""

from __future__ import annotations

from itertools import pairwise

import yaml

from tests.observability.deployed import DEPLOY, dashboards, panels


def test_there_is_one_for_incidents_one_for_figures_and_one_for_health() -> None:
    assert list(dashboards()) == ["figures", "health", "incidents"]


def test_each_is_known_by_a_uid_and_each_panel_by_an_id() -> None:
    uids = [board["uid"] for board in dashboards().values()]
    assert len(set(uids)) == len(uids)
    for board in dashboards().values():
        ids = [panel["id"] for panel in board["panels"]]
        assert len(set(ids)) == len(ids)


def test_each_panel_says_what_it_shows_and_in_which_unit() -> None:
    for where, panel in panels():
        assert panel["description"].endswith("."), where
        assert panel["fieldConfig"]["defaults"]["unit"], where
        assert panel["datasource"]["uid"] == "${datasource}", where
        names = [target["refId"] for target in panel["targets"]]
        assert len(set(names)) == len(names), where


def test_no_panel_covers_another() -> None:
    for name, board in dashboards().items():
        taken = [
            (x, y, panel["title"])
            for panel in board["panels"]
            for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
            for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
        ]
        assert max(x for x, _, _ in taken) < 24, name
        assert not [pair for pair in pairwise(sorted(taken)) if pair[0][:2] == pair[1][:2]], name


def test_the_data_source_that_they_begin_with_is_provisioned() -> None:
    said = yaml.safe_load((DEPLOY / "grafana/provisioning/datasources/prometheus.yml").read_text())
    known = {source["uid"] for source in said["datasources"]}
    for board in dashboards().values():
        [variable] = board["templating"]["list"]
        assert variable["current"]["value"] in known
