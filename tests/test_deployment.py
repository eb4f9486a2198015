"""The files of docs/deployment, held to the settings they set and the paths they name."""

import re
import shlex
from configparser import RawConfigParser
from urllib.parse import urlsplit

import pytest
import yaml

from dragoman.api.settings import PREFIX, ServiceSettings, variable_of
from dragoman.index.addresses import EngineAddress, address_from
from pages import IN_CHECKOUT, ROOT

pytestmark = pytest.mark.skipif(not IN_CHECKOUT, reason="not in a checkout")

DEPLOYMENT = ROOT / "docs" / "deployment"
COPY = "/opt/cache/dragoman/milvus"  # of an archive on Milvus
SETTINGS = ServiceSettings.model_fields
VARIABLES = {variable_of(name): field for name, field in SETTINGS.items()}
OTHERS = {f"{PREFIX}{name}" for name in ("ARCHIVE", "ENCODER", "RERANKER", "LLM_URL")}


def written(text: str) -> dict[str, str]:
    return dict(re.findall(rf"^#({PREFIX}\w+)=(.*)$", text, re.MULTILINE))


def test_the_example_of_an_environment_has_every_setting_and_no_other():
    assert written((DEPLOYMENT / ".env.example").read_text()).keys() == {*VARIABLES, *OTHERS}


def test_its_values_are_the_defaults(monkeypatch):
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    defaults = ServiceSettings()
    for variable, value in written((DEPLOYMENT / ".env.example").read_text()).items():
        monkeypatch.setenv(variable, value)
    assert ServiceSettings() == defaults


def steps(instruction: str) -> list[str]:
    joined = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    return re.findall(rf"^{instruction}\s+(.*)$", joined, re.MULTILINE)


def test_the_image_copies_what_the_package_is_made_of():
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    assert all((ROOT / name).exists() for name in kept)
    assert kept >= {"__init__.py", "api", "corpus", "index", "search", "constraints.txt"}


def test_the_image_is_served_by_no_root_and_says_whether_it_is_ready():
    assert steps("USER") == ["10001"]
    assert steps("CMD") == ['["dragoman", "serve"]']
    (check,) = steps("HEALTHCHECK")
    assert "/readyz" in check


CLUSTER = DEPLOYMENT / "milvus"


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "docs/deployment/compose.yaml",
        "docs/deployment/milvus/compose.yaml",
        "docs/deployment/milvus/kubernetes.yaml",
    ],
)
def test_what_is_set_is_a_setting(name):
    assert set(re.findall(rf"\b{PREFIX}\w+", (ROOT / name).read_text())) <= {*VARIABLES, *OTHERS}


def test_prometheus_asks_the_service_by_its_name_and_port():
    services = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text())["services"]
    (job,) = yaml.safe_load((DEPLOYMENT / "prometheus.yml").read_text())["scrape_configs"]
    (asked,) = job["static_configs"][0]["targets"]
    assert asked == "dragoman:8000"
    assert "dragoman" in services
    for service in services.values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert not source.startswith(".") or (DEPLOYMENT / source).exists()


def test_grafana_asks_prometheus_and_finds_the_dashboard():
    services = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text())["services"]
    grafana = services["grafana"]
    places = dict(volume.split(":")[:2] for volume in grafana["volumes"])
    (source,) = yaml.safe_load((DEPLOYMENT / "grafana/datasources.yaml").read_text())["datasources"]
    (shown,) = yaml.safe_load((DEPLOYMENT / "grafana/dashboards.yaml").read_text())["providers"]
    address = urlsplit(source["url"])
    assert address.hostname in services
    assert services[address.hostname]["ports"] == [f"127.0.0.1:{address.port}:{address.port}"]
    dashboard = places["./grafana-dashboard.json"]
    assert dashboard.startswith(shown["options"]["path"] + "/")
    assert grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"] == dashboard
    for kind in ("datasources", "dashboards"):
        assert places[f"./grafana/{kind}.yaml"].startswith(f"/etc/grafana/provisioning/{kind}/")


def test_services_on_milvus_name_a_server_that_there_is_and_keep_their_copies():
    compose = yaml.safe_load((CLUSTER / "compose.yaml").read_text())
    services, kept = compose["services"], []
    for name in ("writer", "reader"):
        service = services[name]
        address = address_from(service["environment"]["DRAGOMAN_ARCHIVE"])
        assert isinstance(address, EngineAddress)
        assert urlsplit(address.text).hostname in services
        assert (CLUSTER / service["build"]["context"]).resolve() == ROOT
        places = dict(volume.split(":")[:2] for volume in service["volumes"])
        (copy,) = [source for source, place in places.items() if place == COPY]
        kept.append(copy)
    assert len({*kept}) == len(kept)  # each has a copy of its own
    assert {volume.split(":")[0] for one in services.values() for volume in one["volumes"]} == {
        *compose["volumes"]
    }


def test_the_image_lets_its_user_keep_a_copy():
    assert any(f"--owner dragoman {COPY}" in step for step in steps("RUN"))


def test_kubernetes_runs_the_service_as_the_image_has_it():
    deployment, service = yaml.safe_load_all((CLUSTER / "kubernetes.yaml").read_text())
    pod = deployment["spec"]["template"]
    assert pod["metadata"]["labels"] == service["spec"]["selector"]
    (container,) = pod["spec"]["containers"]
    assert pod["spec"]["securityContext"]["runAsUser"] == int(steps("USER")[0])
    mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
    assert mounts.keys() == {volume["name"] for volume in pod["spec"]["volumes"]}
    assert COPY in mounts.values()
    (port,) = container["ports"]
    assert port["containerPort"] == service["spec"]["ports"][0]["targetPort"] == 8000
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"


@pytest.mark.parametrize(
    ("name", "parts"),
    [("milvus-values", {"cluster", "queryNode", "etcd"}), ("ray-values", {"head", "worker"})],
)
def test_values_are_of_the_charts_parts_and_name_what_is_tested(name, parts):
    text = (CLUSTER / f"{name}.yaml").read_text()
    values = yaml.safe_load(text)
    assert values.keys() >= parts
    assert f"--values docs/deployment/milvus/{name}.yaml" in text
    if name == "milvus-values":
        tag = values["image"]["all"]["tag"]
        assert f"milvusdb/milvus:{tag}" in (CLUSTER / "compose.yaml").read_text()
        assert f"milvus=={tag[1:]}" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize(("name", "command"), [("dragoman", "serve"), ("dragoman-watch", "watch")])
def test_the_unit_runs_a_command_that_there_is_with_least_rights(name, command):
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # pyright: ignore[reportAttributeAccessIssue]
    unit.read(DEPLOYMENT / f"{name}.service")
    service = unit["Service"]
    assert shlex.split(service["ExecStart"])[1] == command
    for setting in ("NoNewPrivileges", "DynamicUser", "PrivateTmp", "ProtectHome"):
        assert service[setting] == "yes"
    assert service["ProtectSystem"] == "strict"
