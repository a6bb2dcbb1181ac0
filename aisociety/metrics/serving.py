"""The port of a process at which its measures are collected."""

import threading
from collections.abc import Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import structlog
from django.db import close_old_connections
from prometheus_client import REGISTRY, CollectorRegistry, make_wsgi_app

from aisociety.metrics.town import Town

logger = structlog.get_logger(__name__)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *told: Any) -> None:
        """A line for every collection is no news."""


def application() -> Any:
    """WSGI: the measures of this process at /metrics, those of the town at /town."""
    town = CollectorRegistry()
    town.register(Town())
    doors = {"/metrics": make_wsgi_app(REGISTRY), "/town": make_wsgi_app(town)}

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        door = doors.get(environ["PATH_INFO"])
        if door is None:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"/metrics and /town\n"]
        try:
            return door(environ, start_response)
        finally:
            close_old_connections()

    return answer


def serve(port: int, host: str = "0.0.0.0") -> WSGIServer | None:  # noqa: S104 (see METRICS_PORT)
    """Serve the measures of this process from now on; None where nobody can listen there."""
    try:
        server = make_server(host, port, application(), _Server, _Silent)
    except OSError as error:
        logger.warning("metrics_not_served", port=port, reason=str(error))
        return None
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server
