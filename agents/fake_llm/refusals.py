"""Refusals: errors in the shape that OpenAI gives them.

None of them repeats what it was sent as a key.
"""

from collections.abc import Mapping
from typing import Any


class RefusalError(Exception):
    """A call that is answered by an error.

    status: of HTTP. kind, param, code: `type`, `param` and `code` of the error object.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        param: str | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.body: dict[str, Any] = {
            "error": {"message": message, "type": kind, "param": param, "code": code}
        }


def unknown_model(name: str) -> RefusalError:
    """404: nobody has a model of this name."""
    message = f"The model `{name}` does not exist or you do not have access to it."
    return RefusalError(404, message, param="model", code="model_not_found")


def wrong_key() -> RefusalError:
    """401: the bearer is not whom the server knows."""
    return RefusalError(401, "Incorrect API key provided.", code="invalid_api_key")


def too_many() -> RefusalError:
    """429: the rate limit."""
    return RefusalError(
        429,
        "Rate limit reached for requests. Please try again in 1s.",
        kind="requests",
        code="rate_limit_exceeded",
        headers={"Retry-After": "1"},
    )


def broken() -> RefusalError:
    """500: an accident inside."""
    message = "The server had an error while processing your request."
    return RefusalError(500, message, kind="server_error")


def no_schemas() -> RefusalError:
    """400, as DeepSeek answers a schema."""
    message = "This response_format type is unavailable now"
    return RefusalError(400, message, code="invalid_request_error")
