"""A town behind nginx, with the configuration that we hand out."""

import gzip
import json
import socket
import ssl
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
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
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from deploy.stack.front import NGINX, NoNginxError, filled_in, nginx
from deploy.stack.layout import ROOT
from tests.test_stream import hear
from tests.web_process import await_answer, free_port, serving
from world.models import World

try:
    PROGRAM = nginx()
except NoNginxError:
    PROGRAM = ""

STREAMS_EACH = 3

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not PROGRAM, reason="no nginx is installed"),
]

Found = Callable[..., World]


@pytest.fixture
def door(found_town: Found, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """An nginx before a town that answers three questions a minute. web: the town's own port."""
    found_town()
    cache.clear()
    database = connection.settings_dict["NAME"]
    with serving(database, PROXIES="1", REST_RATE="3/min", HTTPS="on") as web:
        yield from _before(web, tmp_path)
    cache.clear()


@pytest.fixture
def door_to_nobody(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """An nginx whose web processes are all stopped."""
    yield from _before(free_port(), tmp_path)


def _before(web: int, folder: Path) -> Iterator[SimpleNamespace]:
    plain, secure = free_port(), free_port()
    secrets = folder / "secrets"
    subprocess.run(
        [ROOT / "deploy" / "scripts" / "prepare", secrets], check=True, capture_output=True
    )
    site = filled_in(
        TOWN_WEB=f"server 127.0.0.1:{web};",
        TOWN_NAME="localhost",
        TOWN_HTTP=f"127.0.0.1:{plain}",
        TOWN_HTTPS=f"127.0.0.1:{secure}",
        TOWN_HTTPS_PORT=f":{secure}",
        TOWN_TLS=str(secrets / "tls"),
        TOWN_STREAMS_EACH=str(STREAMS_EACH),
        TOWN_PAGES=str(NGINX),
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = folder / "nginx.conf"
    main.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off;\n{temporary}{site}}}\n"
    )
    server = subprocess.Popen([PROGRAM, "-p", str(folder), "-c", str(main)])
    trusted = ssl.create_default_context(cafile=str(secrets / "tls" / "fullchain.pem"))
    try:
        await_answer(f"http://127.0.0.1:{plain}/.well-known/acme-challenge/", server, {404})
        yield SimpleNamespace(plain=plain, secure=secure, web=web, trusted=trusted)
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(door: SimpleNamespace, path: str, **headers: str) -> tuple[int, bytes, Any]:
    """The status, the body and the headers of an answer over TLS."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"https://localhost:{door.secure}{path}", headers=named)
    try:
        with urllib.request.urlopen(request, timeout=10, context=door.trusted) as answer:
            return answer.status, answer.read(), answer.headers
    except HTTPError as error:
        return error.code, error.read(), error.headers


def watch(door: SimpleNamespace, origin: str = "") -> ClientConnection:
    return connect(
        f"wss://localhost:{door.secure}/api/stream",
        origin=Origin(origin or f"https://localhost:{door.secure}"),
        ssl=door.trusted,
        compression=None,
        max_size=None,
    )


def test_a_town_is_watched_through_nginx(door: SimpleNamespace) -> None:
    with watch(door) as watcher:
        assert len(hear(watcher, "snapshot")["agents"]["id"]) == 12
    with pytest.raises(InvalidStatus, match="403"):
        watch(door, origin="https://elsewhere.example")


def test_nobody_gets_around_the_limit_by_naming_other_addresses(door: SimpleNamespace) -> None:
    told = [ask(door, "/api/world/status", X_Forwarded_For=f"10.0.0.{index}") for index in range(5)]
    assert [status for status, _, _ in told] == [200, 200, 200, 429, 429]
    assert json.loads(told[0][1])["data"]["agent_count"] == 12


def test_one_address_holds_only_so_many_streams(door: SimpleNamespace) -> None:
    with ExitStack() as open_:
        for _ in range(STREAMS_EACH):
            open_.enter_context(watch(door))
        with pytest.raises(InvalidStatus, match="429"):
            watch(door)


def test_plain_requests_are_sent_to_tls(door: SimpleNamespace) -> None:
    with closing(HTTPConnection("localhost", door.plain, timeout=10)) as asked:
        asked.request("GET", "/api/world/status?world=a")
        answer = asked.getresponse()
    assert answer.status == 301
    assert answer.headers["Location"] == (
        f"https://localhost:{door.secure}/api/world/status?world=a"
    )


def test_only_what_is_safe_is_spoken_and_it_is_http_2(door: SimpleNamespace) -> None:
    door.trusted.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("localhost", door.secure)) as bare,
        door.trusted.wrap_socket(bare, server_hostname="localhost") as spoken,
    ):
        assert spoken.selected_alpn_protocol() == "h2"
        assert spoken.version() == "TLSv1.3"
    door.trusted.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        door.trusted.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("localhost", door.secure)) as bare,
        pytest.raises(ssl.SSLError),
    ):
        door.trusted.wrap_socket(bare, server_hostname="localhost")


def test_what_is_large_is_sent_compressed(door: SimpleNamespace) -> None:
    _, body, headers = ask(door, "/api/agents", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    told = gzip.decompress(body)
    assert len(body) < len(told) / 2
    assert json.loads(told)["success"]


def test_browsers_are_told_to_stay_on_tls(door: SimpleNamespace) -> None:
    _, _, headers = ask(door, "/api/health/live")
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_where_nobody_serves_people_are_told_so(door_to_nobody: SimpleNamespace) -> None:
    status, body, headers = ask(door_to_nobody, "/")
    assert status == 502
    assert headers["Retry-After"] == "5"
    assert "小镇稍等片刻" in body.decode()
    assert "The town rests" in body.decode()


def test_operators_log_in_over_tls(door: SimpleNamespace, admin_user: Any) -> None:
    """Django refuses a form from https:// unless it knows that it is served so."""
    url = f"https://localhost:{door.secure}/admin/login/?next=/api/health/live"
    cookies = CookieJar()
    browser = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=door.trusted),
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
