"""Requests: how many there were to each door, how they ended, and how long they took."""

import time
from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

REQUESTS = Counter("aisociety_requests", "Answers to requests", ["door", "method", "status"])
SECONDS = Histogram(
    "aisociety_request_seconds",
    "From a request to its answer",
    ["door"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


class Measured:
    """Middleware. A door is called by its route's name, so strangers cannot make up new ones."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer:
        began = time.perf_counter()
        if iscoroutinefunction(self.get_response):
            return self._awaited(request, began)
        response = cast(HttpResponseBase, self.get_response(request))
        _count(request, response, began)
        return response

    async def _awaited(self, request: HttpRequest, began: float) -> HttpResponseBase:
        response = await cast(Awaitable[HttpResponseBase], self.get_response(request))
        _count(request, response, began)
        return response


def _count(request: HttpRequest, response: HttpResponseBase, began: float) -> None:
    match = request.resolver_match
    door = (match.view_name if match else "") or "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(door, method, str(response.status_code)).inc()
    SECONDS.labels(door).observe(time.perf_counter() - began)
