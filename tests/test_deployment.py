"""What is handed out to deploy a town fits its formats, and fits the town.

No container engine and no cluster is asked: schemas, linters and renderers are.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from aisociety.configuration import BASE_DIR
from aisociety.configuration.sections import SECTIONS
from aisociety.processes import commands

DEPLOY = BASE_DIR / "deploy"
COMPOSE = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name for name, told in SERVICES.items() if "AISOCIETY_IMAGE" in told["image"]}
STORES = {"db", "redis"}

VARIABLES = {name.upper() for section in SECTIONS for name in section.model_fields}

CHART = DEPLOY / "helm" / "aisociety"
GO_LIBRARIES = Path("/usr/share/gocode")
KUBERNETES = ("1.27.0", "1.31.0")


def run(*command: str | Path, **options: Any) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def scripts() -> Iterator[Path]:
    yield from sorted((DEPLOY / "scripts").iterdir())
    yield DEPLOY / "postgres" / "roles.sh"
    yield BASE_DIR / ".ci" / "run"


def test_compose_fits_its_schema() -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    run(program, "--builtin-schema", "vendor.compose-spec", BASE_DIR / "docker-compose.yml")


@pytest.mark.parametrize("name", ["checks", "release", "rollback"])
def test_workflows_fit_their_schema(name: str) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    path = BASE_DIR / ".github" / "workflows" / f"{name}.yml"
    run(program, "--builtin-schema", "vendor.github-workflows", path)


def test_the_image_is_made_as_linters_want() -> None:
    run(Path(sys.executable).with_name("hadolint"), BASE_DIR / "Dockerfile")


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="no shellcheck is installed")
def test_scripts_are_sound() -> None:
    run("shellcheck", "--external-sources", *scripts(), cwd=BASE_DIR)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_pinned_limited_and_kept_up(name: str) -> None:
    told = SERVICES[name]
    if name not in OURS:
        assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+[\w.-]*", told["image"])
    assert told["restart"] == ("no" if name == "found" else "unless-stopped")
    assert told["logging"]["options"].keys() >= {"max-size", "max-file"}
    assert "no-new-privileges:true" in told["security_opt"]
    if name != "found":
        assert told["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}


def test_stores_are_reached_by_the_town_alone() -> None:
    assert COMPOSE["networks"]["stores"] == {"internal": True}
    for name, told in SERVICES.items():
        if name not in OURS | STORES:
            assert "stores" not in told["networks"], name
        if name in STORES:
            assert told["networks"] == ["stores"], name
    published = {name: told["ports"] for name, told in SERVICES.items() if "ports" in told}
    assert published.keys() == {"nginx", "grafana"}
    assert all(port.startswith("127.0.0.1:") for port in published["grafana"])


def test_only_who_changes_tables_has_the_owners_key() -> None:
    owners = {name for name in OURS if "owner_database_url" in SERVICES[name]["secrets"]}
    assert owners == {"found", "backup"}
    assert all("database_url" not in SERVICES[name]["secrets"] for name in owners)


def test_the_town_is_told_what_it_understands_and_no_secret() -> None:
    for name in OURS:
        for variable, value in SERVICES[name]["environment"].items():
            assert variable.removesuffix("_FILE") in VARIABLES, variable
            if variable.endswith("_FILE") and Path(value).name in SERVICES[name]["secrets"]:
                continue
            assert not re.search(r"SECRET|PASSWORD|API_KEY|_URL", variable) or (
                variable.endswith("_FILE")
            ), variable


def test_each_secret_is_made(tmp_path: Path) -> None:
    run(DEPLOY / "scripts" / "prepare", tmp_path / "secrets")
    for told in COMPOSE["secrets"].values():
        made = tmp_path / told["file"]
        assert made.is_file()
        assert made.stat().st_mode & 0o777 == 0o444, "containers read it as somebody else"
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets" / "tls" / "fullchain.pem").is_file()
    before = {
        path: path.read_bytes() for path in (tmp_path / "secrets").rglob("*") if path.is_file()
    }
    run(DEPLOY / "scripts" / "prepare", tmp_path / "secrets")
    assert before == {path: path.read_bytes() for path in before}, "what is there is left alone"


def test_processes_are_those_that_there_are() -> None:
    started = [told["command"] for name, told in SERVICES.items() if name in OURS]
    kinds = [command[1] for command in started if command[0] == "run"]
    assert set(kinds) == set(commands("", 0))


def test_what_is_measured_is_found_by_its_name() -> None:
    collected = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    (processes,) = [job for job in collected["scrape_configs"] if job["job_name"] == "processes"]
    aliases = {
        alias
        for name in OURS - {"found"}
        for alias in SERVICES[name]["networks"]["measures"]["aliases"]
    }
    assert set(processes["dns_sd_configs"][0]["names"]) == aliases


def test_nginx_is_told_everything_that_it_asks_for() -> None:
    template = (DEPLOY / "nginx" / "town.conf.template").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)\}", template))
    assert asked == set(SERVICES["nginx"]["environment"])


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The renderer of charts."""
    if not (shutil.which("go") and (GO_LIBRARIES / "src/github.com/Masterminds/sprig").exists()):
        pytest.skip("charts are rendered by Go (Debian: golang-go, golang-github-masterminds-...)")
    built = tmp_path_factory.mktemp("go") / "render"
    source = BASE_DIR / "tests" / "helm" / "render.go"
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "GOPATH": str(GO_LIBRARIES),
        "GO111MODULE": "off",
        "GOCACHE": str(built.parent / "cache"),
        "CGO_ENABLED": "0",
    }
    run("go", "build", "-o", built, source, env=environment)
    return built


VALUES = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
OTHERS = {
    "hosts": ["a.example.org", "b.example.org"],
    "environment": {"TIME_SCALE": "10"},
    "image": VALUES["image"] | {"tag": "1.2.3", "pullSecrets": [{"name": "registry"}]},
    "backup": VALUES["backup"] | {"claim": "mine"},
    "nodeSelector": {"disk": "ssd"},
    "tolerations": [{"key": "town", "operator": "Exists"}],
    "metrics": {"podAnnotations": {}},
}


@pytest.mark.parametrize("changes", [{}, OTHERS, {"backup": VALUES["backup"] | {"enabled": False}}])
def test_the_chart_makes_what_a_cluster_takes(
    go: Path, changes: dict[str, Any], tmp_path: Path
) -> None:
    values, made = tmp_path / "values.yaml", tmp_path / "made.yaml"
    values.write_text(yaml.safe_dump(VALUES | changes))
    checked = Path(sys.executable).with_name("check-jsonschema")
    run(checked, "--schemafile", CHART / "values.schema.json", values)
    made.write_text(run(go, CHART, "town", input=values.read_text()))
    for version in KUBERNETES:
        run(
            Path(sys.executable).with_name("kubernetes-validate"),
            *("--strict", "--quiet", "-k", version, made),
        )
    documents = [told for told in yaml.safe_load_all(made.read_text()) if told]
    pods = [told for told in documents if told["kind"] in {"Deployment", "Job"}]
    assert {told["metadata"]["name"] for told in pods} >= {
        *(f"town-{kind}" for kind in commands("", 0)),
        "town-migrate",
    }
    for pod in pods:
        (container,) = pod["spec"]["template"]["spec"]["containers"]
        for variable in container["env"]:
            assert variable["name"].removesuffix("_FILE") in VARIABLES


def test_the_chart_uses_every_parameter_that_it_has() -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in (CHART / "templates").iterdir())
    for name, told in VALUES.items():
        if name in commands("", 0):
            continue
        parts = [f"{name}.{part}" for part in told] if isinstance(told, dict) and told else [name]
        for part in parts:
            assert f".Values.{part}" in used, part
