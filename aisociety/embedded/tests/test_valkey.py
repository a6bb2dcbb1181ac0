from pathlib import Path

import pytest
from valkey import Valkey as Client

from aisociety import embedded
from aisociety.embedded.tests.processes import kill_server


def test_data_survive_a_kill_of_the_server(data: Path) -> None:
    valkey = embedded.Valkey(data)
    with embedded.running(valkey):
        with Client.from_url(valkey.url()) as client:
            client.config_set("appendfsync", "always")  # not within a second, as by default
            client.set("clock", "noon")
        kill_server(valkey)
        with embedded.running(valkey), Client.from_url(valkey.url()) as client:
            assert client.get("clock") == b"noon"


def test_only_its_owner_may_use_the_socket_and_no_port_is_open(data: Path) -> None:
    valkey = embedded.Valkey(data)
    with embedded.running(valkey), Client.from_url(valkey.url()) as client:
        assert client.config_get("port") == {"port": "0"}
        assert valkey.location.socket.stat().st_mode & 0o777 == 0o600
        assert valkey.location.run.stat().st_mode & 0o777 == 0o700


def test_a_system_server_that_is_too_old_is_passed_over(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = data / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=5.0.14 sha=00000000:0'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(data), prepend=":")
    valkey = embedded.Valkey(data)
    assert valkey.command()[0] != str(old)
    old.write_text("#!/bin/sh\necho 'Redis server v=7.0.15 sha=00000000:0'\n")
    assert valkey.command()[0] == str(old)
