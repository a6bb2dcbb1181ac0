"""Files: answers that are made while they are sent, so that no length of them fills the memory."""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

CHUNK = 32_768
"""Characters that are sent at once, or some more."""


class FormatIsAParameter(DefaultContentNegotiation):
    """Lets a door read `?format=` itself; only what it refuses is rendered, in the envelope."""

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


def file_of(
    request: Request, parts: Iterable[str], *, name: str, content_type: str
) -> StreamingHttpResponse:
    """A file to keep, under this name. parts: its text, taken piece by piece as it is sent.

    They are taken after the view has returned, when no language is active any more.
    """
    pieces = chunked(parts)
    # Django would collect all of what is not of the server's own kind before it sends any of it.
    served_async = isinstance(request._request, ASGIRequest)
    return StreamingHttpResponse(
        _one_by_one(pieces) if served_async else pieces,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


def chunked(parts: Iterable[str], size: int = CHUNK) -> Iterator[bytes]:
    """The same text as UTF-8 in pieces of at least so many characters, but for the last."""
    waiting: list[str] = []
    length = 0
    for part in parts:
        waiting.append(part)
        length += len(part)
        if length >= size:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting).encode()


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Each piece is made in the thread of the request, which has its database connection."""
    take = sync_to_async(lambda: next(pieces, None))
    while (piece := await take()) is not None:
        yield piece
