"""promtool and amtool read rules and configurations as Prometheus and Alertmanager do."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.observability.deployed import PROMETHEUS, queries, rules
from tests.product import ROOT
from tests.wire.programs import program

pytestmark = [
    pytest.mark.embedded,
    pytest.mark.skipif(
        not (program("promtool") and program("amtool")),
        reason="not on this machine: promtool, amtool (apt-get install prometheus prometheus-alertmanager)",
    ),
]


def run(name: str, *arguments: str) -> str:
    command = [str(program(name)), *arguments]
    done = subprocess.run(command, cwd=PROMETHEUS, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_prometheus_accepts_the_rules_and_they_fire_when_they_must() -> None:
    run("promtool", "check", "rules", "rules.yml")
    run("promtool", "test", "rules", "rules.test.yml")


def test_each_rule_is_seen_firing_and_seen_silent() -> None:
    cases = yaml.safe_load((PROMETHEUS / "rules.test.yml").read_text(encoding="utf-8"))["tests"]
    tried = [case for test in cases for case in test["alert_rule_test"]]
    names = {rule["alert"] for rule in rules()}
    assert {case["alertname"] for case in tried if case.get("exp_alerts")} == names
    assert {case["alertname"] for case in tried if not case.get("exp_alerts")} == names


def test_prometheus_understands_every_query_of_the_dashboards(tmp_path: Path) -> None:
    found = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries().values())]
    (tmp_path / "queries.yml").write_text(json.dumps({"groups": [{"name": "queries", "rules": found}]}))
    run("promtool", "check", "rules", str(tmp_path / "queries.yml"))


@pytest.mark.parametrize("name", ["prometheus.yml", "direct.yml"])
def test_prometheus_accepts_its_configuration(name: str) -> None:
    run("promtool", "check", "config", "--syntax-only", name)


def test_alertmanager_accepts_its_configuration() -> None:
    run("amtool", "check-config", "alertmanager.yml")


@pytest.mark.parametrize(
    ("labels", "receivers"),
    [
        (["service=Checkout"], "opstatus"),
        (["service=Checkout", "via=pagerduty"], "opstatus-as-pagerduty"),
        (["service=OpStatus"], "past-opstatus,opstatus"),
        (["service=OpStatus", "via=mail"], "past-opstatus"),
    ],
)
def test_what_is_wrong_with_us_is_told_past_us_too(labels: list[str], receivers: str) -> None:
    assert run("amtool", "config", "routes", "test", "--config.file=alertmanager.yml", *labels).strip() == receivers


def test_compose_gives_the_programs_the_files_that_they_name() -> None:
    said = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    keys = {f"/run/secrets/{name}" for name in said["secrets"]}
    users = {"prometheus.yml": "prometheus", "direct.yml": "prometheus", "alertmanager.yml": "alertmanager"}
    for name, service in users.items():
        text = (PROMETHEUS / name).read_text(encoding="utf-8")
        named = {key for key in keys if key in text}
        assert named, name
        assert named <= {f"/run/secrets/{secret}" for secret in said["services"][service]["secrets"]}
    for service in ("prometheus", "alertmanager", "grafana"):
        one = said["services"][service]
        assert one["profiles"] == ["observe"]
        assert one["image"].rpartition(":")[2].strip("v")[:1].isdigit()
        assert one["healthcheck"]["test"]
