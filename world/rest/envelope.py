"""The envelope around every answer."""

from typing import Any

from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response


class EnvelopeRenderer(JSONRenderer):
    """Puts what a view answers into {"success": true, "data": ...}; errors come shaped."""

    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Any = None,
    ) -> bytes:
        response = (renderer_context or {}).get("response")
        if response is None or not response.exception:
            message = getattr(response, "told", "")
            data = {"success": True, "data": data} | ({"message": message} if message else {})
        rendered: bytes = super().render(data, accepted_media_type, renderer_context)
        return rendered


def done(data: Any, told: str, status: int = 200) -> Response:
    """The answer of a view that did something; `told` is a sentence for people."""
    response = Response(data, status=status)
    response.told = told  # type: ignore[attr-defined]
    return response


def failure(code: str, message: str, details: Any = None) -> dict[str, Any]:
    """The body of an answer that something went wrong."""
    return {
        "success": False,
        "error": {"code": code, "message": message, "details": details or {}},
    }
