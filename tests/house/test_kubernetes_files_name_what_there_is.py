"""``deploy/kubernetes``: every image, command, port, probe, queue, variable and folder in it exists in the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import resolve

from config import broker
from config.run import commands, queues
from tests.product import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
IMAGE = (ROOT / "Dockerfile").read_text()


def found(kind: str) -> list[dict[str, Any]]:
    """Return every object of a kind, from the files that are applied."""
    each = (yaml.safe_load_all((FOLDER / name).read_text()) for name in KUSTOMIZATION["resources"])
    return [it for file in each for it in file if it["kind"] == kind]


WORKLOADS = [*found("Deployment"), *found("Job")]
NAMES = [each["metadata"]["name"] for each in WORKLOADS]


def pod(workload: dict[str, Any]) -> dict[str, Any]:
    spec: dict[str, Any] = workload["spec"]["template"]["spec"]
    return spec


def containers() -> Iterator[dict[str, Any]]:
    return (container for workload in WORKLOADS for container in pod(workload)["containers"])


def told(container: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in container.get("env", [])}


def test_every_file_is_applied_and_no_other() -> None:
    files = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(KUSTOMIZATION["resources"]) == files


def test_every_process_of_the_product_runs_once_or_more() -> None:
    started = [each["command"] for each in containers()]
    assert {line[-1] for line in started if "config/run.py" in line} == commands("", "", "").keys() - {"background"}
    assert {line[1] for line in started} == {"-P", "manage.py"}
    [beat] = [each for each in WORKLOADS if each["metadata"]["name"] == "beat"]
    assert (beat["spec"]["replicas"], beat["spec"]["strategy"]) == (1, {"type": "Recreate"})


def test_every_queue_has_one_worker_deployment() -> None:
    taken = [name for each in containers() for name in told(each).get("WORKER_QUEUES", "").split(",") if name]
    assert sorted(taken) == sorted(queues().split(","))
    assert set(taken) == {broker.DEFAULT, broker.CHECKS, broker.DELIVERIES, broker.LATER}


def test_images_are_ours_in_the_version_that_this_is(settings: Any) -> None:
    assert {each["image"] for each in containers()} == {each["name"] for each in KUSTOMIZATION["images"]}
    assert [each["newTag"] for each in KUSTOMIZATION["images"]] == [settings.VERSION]


def test_ports_and_probes_lead_to_what_answers() -> None:
    [web] = [each for each in containers() if "ports" in each]
    [port] = web["ports"]
    assert f"EXPOSE {port['containerPort']}\n" in IMAGE
    [service] = found("Service")
    assert [each["targetPort"] for each in service["spec"]["ports"]] == [port["name"]]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        asked = web[probe]["httpGet"]
        assert resolve(asked["path"]).view_name == "health-live"
        assert (asked["port"], asked["httpHeaders"]) == (port["name"], [{"name": "Host", "value": "localhost"}])


def test_every_variable_is_one_that_the_product_reads() -> None:
    literals = [each.split("=")[0] for made in KUSTOMIZATION["configMapGenerator"] for each in made["literals"]]
    secret = re.findall(r"# (SECRET_KEY, .*)", (FOLDER / "web.yaml").read_text())[0].split(", ")
    named = {*literals, *secret, *(name for each in containers() for name in told(each))}
    code = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    assert {name for name in named if f'"{name}"' not in code} == set()


@pytest.mark.parametrize("workload", WORKLOADS, ids=NAMES)
def test_each_runs_as_nobody_on_a_file_system_that_it_cannot_write_to(workload: dict[str, Any]) -> None:
    whole, [container] = pod(workload), pod(workload)["containers"]
    assert f"USER {whole['securityContext']['runAsUser']}:{whole['securityContext']['runAsGroup']}" in IMAGE
    assert whole["securityContext"]["runAsNonRoot"]
    assert whole["automountServiceAccountToken"] is False
    own = container["securityContext"]
    assert (own["readOnlyRootFilesystem"], own["allowPrivilegeEscalation"], own["capabilities"]["drop"]) == (
        *(True, False),
        ["ALL"],
    )
    assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
    writable = {each["mountPath"] for each in container["volumeMounts"]}
    assert writable == {"/tmp", *re.search(r"install -d .* (\S+) (\S+)$", IMAGE, re.MULTILINE).groups()}  # type: ignore[union-attr] # noqa: S108
    assert {each["name"] for each in container["volumeMounts"]} == {each["name"] for each in whole["volumes"]}


def test_policies_and_budgets_speak_of_what_there_is() -> None:
    labels = [each["spec"]["template"]["metadata"]["labels"] for each in WORKLOADS]
    chosen = [each["spec"]["selector"]["matchLabels"] for each in found("PodDisruptionBudget")]
    chosen += [each["spec"]["podSelector"].get("matchLabels", {}) for each in found("NetworkPolicy")]
    chosen += [each["spec"]["selector"] for each in found("Service")]
    assert all(any(wanted.items() <= has.items() for has in labels) for wanted in chosen)
    assert all(each["spec"]["selector"]["matchLabels"] in labels for each in found("Deployment"))


def test_the_folder_is_spoken_of() -> None:
    assert "kubectl apply -k deploy/kubernetes" in Path(ROOT / "docs" / "operations.md").read_text()
