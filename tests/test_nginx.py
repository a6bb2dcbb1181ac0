"""A town behind nginx, with the configuration that we hand out."""

import json
import shutil
import ssl
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from websockets.exceptions import InvalidStatus

from tests.test_stream import hear, open_stream
from tests.web_process import await_answer, free_port, serving
from world.models import World

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
CONFIGURATION = Path(__file__).resolve().parent.parent / "deploy" / "nginx" / "aisociety.conf"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not NGINX, reason="no nginx is installed"),
]

Found = Callable[..., World]


@pytest.fixture
def door(found_town: Found, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The ports of an nginx before a town that answers three questions a minute."""
    found_town()
    cache.clear()
    port, secure = free_port(), free_port()
    database = connection.settings_dict["NAME"]
    with serving(database, PROXIES="1", REST_RATE="3/min") as behind:
        site = CONFIGURATION.read_text()
        site = site.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
        site = site.replace("listen 80;", f"listen 127.0.0.1:{port};\n{_tls(tmp_path, secure)}")
        site = site.replace("town.example.org", "localhost")
        temporary = "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        main = tmp_path / "nginx.conf"
        main.write_text(
            f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\n"
            f"events {{}}\nhttp {{ access_log off;\n{temporary}{site}}}\n"
        )
        server = subprocess.Popen([str(NGINX), "-p", str(tmp_path), "-c", str(main)])
        try:
            await_answer(f"http://127.0.0.1:{port}/api/health/live", server)
            yield SimpleNamespace(port=port, secure=secure)
        finally:
            server.terminate()
            server.wait(timeout=20)
    cache.clear()


def _tls(folder: Path, port: int) -> str:
    """The lines with which an operator lets nginx speak TLS, here with a certificate of our own."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    return (
        f"listen 127.0.0.1:{port} ssl;\n"
        f"ssl_certificate {certificate};\nssl_certificate_key {key};\n"
    )


def status_for(port: int, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://localhost:{port}/api/world/status", headers=named)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert json.load(answer)["data"]["agent_count"] == 12
            return int(answer.status)
    except HTTPError as error:
        return error.code


def test_a_town_is_watched_through_nginx(door: SimpleNamespace) -> None:
    with open_stream(door.port) as watcher:
        assert len(hear(watcher, "snapshot")["agents"]["id"]) == 12
    with pytest.raises(InvalidStatus, match="403"):
        open_stream(door.port, origin="http://elsewhere.example")


def test_nobody_gets_around_the_limit_by_naming_other_addresses(door: SimpleNamespace) -> None:
    told = [status_for(door.port, X_Forwarded_For=f"10.0.0.{index}") for index in range(5)]
    assert told == [200, 200, 200, 429, 429]


def test_operators_log_in_over_tls(door: SimpleNamespace, admin_user: Any) -> None:
    """Django refuses a form from https:// unless it knows that it is served so."""
    url = f"https://localhost:{door.secure}/admin/login/?next=/api/health/live"
    cookies = CookieJar()
    browser = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl._create_unverified_context()),
        urllib.request.HTTPCookieProcessor(cookies),
    )
    browser.open(url, timeout=10).close()
    (token,) = [cookie.value for cookie in cookies if cookie.name == "csrftoken"]
    form = {"username": "admin", "password": "password", "csrfmiddlewaretoken": token}
    request = urllib.request.Request(
        url,
        data=urlencode(form).encode(),
        headers={"Origin": f"https://localhost:{door.secure}"},
    )
    with browser.open(request, timeout=10) as answer:
        assert answer.url == f"https://localhost:{door.secure}/api/health/live"
    assert "sessionid" in {cookie.name for cookie in cookies}
