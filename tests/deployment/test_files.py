"""The files of deploy/ say what the program does: settings that exist, times and connections that add up."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from palaver.database import needed_connections
from palaver.settings import ENV_PREFIX, Settings
from palaver.supervisor import _KILL_SECONDS
from tests.operations.processes import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KUBERNETES = [
    manifest
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    if path.name != "kustomization.yaml"
    for manifest in yaml.safe_load_all(path.read_text())
]
SETTINGS_ENV = dict(
    line.split("=", 1)
    for line in (DEPLOY / "kubernetes" / "settings.env").read_text().splitlines()
    if line and not line.startswith("#")
)
REPLICAS = {name: service for name, service in COMPOSE["services"].items() if name.startswith("palaver-")}
PUBLISHED_ELSEWHERE = {"PALAVER_PUBLISHED_PORT", "PALAVER_IMAGE"}
"""Names that compose itself reads."""


def manifests(kind: str) -> dict[str, Any]:
    return {manifest["metadata"]["name"]: manifest for manifest in KUBERNETES if manifest["kind"] == kind}


def pod(deployment: dict[str, Any]) -> dict[str, Any]:
    spec: dict[str, Any] = deployment["spec"]["template"]["spec"]
    return spec


def container(deployment: dict[str, Any]) -> dict[str, Any]:
    [only] = pod(deployment)["containers"]
    assert isinstance(only, dict)
    return only


# ---- settings ----


def test_every_setting_that_is_named_exists() -> None:
    known = {f"{ENV_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for path in [path for path in DEPLOY.rglob("*") if path.is_file()]:
        named = set(re.findall(r"PALAVER_[A-Z_]+[A-Z]", path.read_text()))
        assert named - known - PUBLISHED_ELSEWHERE == set(), path.name


def test_settings_have_values_that_the_program_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS_ENV.items():
        monkeypatch.setenv(name, value)
    assert Settings().access_url == SETTINGS_ENV["PALAVER_ACCESS_URL"]


def test_replicas_share_their_secret_keys_and_database() -> None:
    for replica in REPLICAS.values():
        assert "PALAVER_SECRET_KEYS" in replica["environment"]
        assert "PALAVER_DATABASE_URL" in replica["environment"]
    told = (DEPLOY / "kubernetes" / "kustomization.yaml").read_text()
    assert "--from-literal=PALAVER_SECRET_KEYS" in told
    for deployment in manifests("Deployment").values():
        assert {"secretRef": {"name": "palaver"}} in container(deployment)["envFrom"]


# ---- the image ----


def test_the_recipe_copies_what_the_wheel_is_built_from(tmp_path: Path) -> None:
    for source in copied_files():
        target = tmp_path / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel"], cwd=tmp_path, check=True)
    [wheel] = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {"palaver/openapi.yaml", "palaver/migrations/env.py", "handlers/chats.py"} <= set(archive.namelist())


def copied_files() -> Iterator[Path]:
    """The files that COPY takes from the checkout, as far as the ignore file lets them pass."""
    allowed = re.findall(r"^!(.+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert source in allowed, f"{source} does not reach the builder"
            path = ROOT / source
            assert path.exists(), source
            yield from [path] if path.is_file() else [p for p in path.rglob("*") if p.suffix in {".py", ".cedar"}]


def test_the_image_installs_nothing_without_a_hash() -> None:
    commands = DOCKERFILE.replace("\\\n", " ").splitlines()
    installs = [part for line in commands for part in re.findall(r"pip install [^&]*", line)]
    assert len(installs) == 3
    for install in installs:
        assert "--require-hashes" in install or "--no-index --no-deps" in install


def test_the_image_runs_as_nobody_in_particular() -> None:
    user = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)[-1]
    assert user == "10001:10001"
    for deployment in manifests("Deployment").values():
        security = pod(deployment)["securityContext"]
        assert f"{security['runAsUser']}:{security['runAsGroup']}" == user
        assert container(deployment)["securityContext"]["readOnlyRootFilesystem"] is True


# ---- times ----


IN_ORDER_SECONDS = _KILL_SECONDS + 5
"""What a server may take beside its grace: with several processes, until the last one is killed."""


def test_replicas_get_the_time_that_their_grace_needs() -> None:
    for replica in REPLICAS.values():
        grace = float(replica["environment"]["PALAVER_SHUTDOWN_GRACE_SECONDS"])
        assert float(replica["stop_grace_period"].removesuffix("s")) >= grace + IN_ORDER_SECONDS
    grace = float(SETTINGS_ENV["PALAVER_SHUTDOWN_GRACE_SECONDS"])
    for deployment in manifests("Deployment").values():
        before = container(deployment).get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        assert pod(deployment)["terminationGracePeriodSeconds"] >= before + grace + IN_ORDER_SECONDS


def test_the_proxy_outwaits_heartbeats_and_gives_idle_connections_up_first() -> None:
    proxy = (DEPLOY / "nginx" / "nginx.conf").read_text()
    streams = proxy.split("location ~")[1].split("}")[0]
    [silence] = re.findall(r"proxy_read_timeout (\d+)s", streams)
    assert int(silence) >= 4 * Settings().stream_heartbeat_seconds
    [idle] = re.findall(r"keepalive_timeout (\d+)s", (DEPLOY / "nginx" / "upstream.conf").read_text())
    assert int(idle) < 65


# ---- the parts fit ----


def test_the_proxy_knows_the_replicas_by_their_names() -> None:
    upstreams = re.findall(r"server (palaver-\d):8000", (DEPLOY / "nginx" / "upstream.conf").read_text())
    assert upstreams == list(REPLICAS)


def test_only_the_proxys_network_is_believed_about_addresses() -> None:
    [subnet] = [config["subnet"] for config in COMPOSE["networks"]["inside"]["ipam"]["config"]]
    assert {replica["environment"]["PALAVER_TRUSTED_PROXIES"] for replica in REPLICAS.values()} == {subnet}


def test_the_database_allows_what_two_versions_of_the_replicas_open() -> None:
    command = COMPOSE["services"]["postgres"]["command"]
    [allowed] = [int(option.split("=")[1]) for option in command if option.startswith("max_connections=")]
    opened = sum(needed_connections(int(replica["environment"]["PALAVER_POOL_SIZE"])) for replica in REPLICAS.values())
    assert 2 * opened <= allowed - 3


def test_kubernetes_runs_each_role_with_a_budget_and_a_scaler() -> None:
    deployments = manifests("Deployment")
    roles = {name: container(deployment)["args"][2] for name, deployment in deployments.items()}
    assert roles == {"palaver-api": "api", "palaver-worker": "worker"}
    assert set(manifests("PodDisruptionBudget")) == set(deployments)
    assert set(manifests("NetworkPolicy")) == {*deployments, "palaver-outgoing"}
    for scaler in manifests("HorizontalPodAutoscaler").values():
        assert scaler["spec"]["scaleTargetRef"]["name"] in deployments
        assert scaler["spec"]["minReplicas"] >= 2
    for deployment in deployments.values():
        probes = {name: container(deployment)[name]["httpGet"]["path"] for name in PROBES}
        assert probes == PROBES


PROBES = {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}


@pytest.mark.parametrize("kind", ["PodDisruptionBudget", "Service", "NetworkPolicy"])
def test_selectors_find_the_pods_that_they_mean(kind: str) -> None:
    labels = {
        name: deployment["spec"]["template"]["metadata"]["labels"]
        for name, deployment in manifests("Deployment").items()
    }
    for name, manifest in manifests(kind).items():
        spec = manifest["spec"]
        selector = spec.get("podSelector", spec.get("selector", {}))
        wanted = selector.get("matchLabels", selector)
        found = {pods for pods, has in labels.items() if wanted.items() <= has.items()}
        meant = {"palaver": {"palaver-api"}, "palaver-outgoing": set(labels)}.get(name, {name})
        assert found == meant


@pytest.mark.parametrize("lock", ["build", "deployment", "extras"])
def test_lock_files_agree_about_what_they_share(lock: str) -> None:
    pinned = {name: versions(name) for name in ("dev", lock)}
    shared = pinned["dev"].keys() & pinned[lock].keys()
    assert shared
    assert {name: pinned[lock][name] for name in shared} == {name: pinned["dev"][name] for name in shared}


def versions(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))
