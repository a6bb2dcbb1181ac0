"""Errors, each with the code that clients switch on and a sentence in the reader's language."""

from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from world.rest.envelope import failure
from world.rest.language import say

logger = structlog.get_logger(__name__)

INVALID, INTERNAL = "INVALID_PARAMETER", "INTERNAL_ERROR"


class Refusal(exceptions.APIException):
    """Something that the API refuses, with a code of its own. more: details for programs."""

    def __init__(
        self, code: str, status: int, message: str, more: dict[str, Any] | None = None
    ) -> None:
        super().__init__(message, code)
        self.code = code
        self.status_code = status
        self.more = more


def not_found(code: str, *, zh: str, en: str, more: dict[str, Any] | None = None) -> Refusal:
    """There is no such thing."""
    return Refusal(code, 404, say(zh=zh, en=en), more)


def invalid(*, zh: str, en: str, more: dict[str, Any] | None = None) -> Refusal:
    """A parameter makes no sense."""
    return Refusal(INVALID, 400, say(zh=zh, en=en), more)


def answer_error(error: Exception, context: dict[str, Any]) -> Response:
    """The answer to anything that a view raised; see REST framework's EXCEPTION_HANDLER."""
    set_rollback()
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return Response(broken(context["request"], error), status=500)
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{wait:.0f}"
    code, message, details = _told(error)
    return Response(failure(code, message, details), status=error.status_code, headers=headers)


CODES: dict[type[exceptions.APIException], str] = {
    exceptions.NotFound: "NOT_FOUND",
    exceptions.NotAuthenticated: "NOT_AUTHENTICATED",
    exceptions.AuthenticationFailed: "NOT_AUTHENTICATED",
    exceptions.PermissionDenied: "PERMISSION_DENIED",
    exceptions.Throttled: "RATE_LIMITED",
}
"""What REST framework raises by itself; everything else is a parameter that makes no sense."""


def _told(error: exceptions.APIException) -> tuple[str, str, Any]:
    if isinstance(error, Refusal):
        return error.code, str(error.detail), error.more
    if isinstance(error, exceptions.ValidationError):
        return INVALID, say(zh="参数有误。", en="Some parameters are not valid."), error.detail
    return CODES.get(type(error), INVALID), str(error.detail), None


def broken(request: HttpRequest, error: BaseException | None) -> dict[str, Any]:
    """The body of an answer to something that should not have happened; logs what it was."""
    request_id = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    logger.error("request_failed", path=request.path, exc_info=error)
    message = say(zh="服务器内部出错了。", en="Something went wrong inside the server.")
    return failure(INTERNAL, message, {"request_id": request_id})


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """The answer at an address that the API does not have."""
    message = say(zh="没有这个地址。", en="There is nothing at this address.")
    return JsonResponse(failure("NOT_FOUND", message, {"path": request.path}), status=404)
