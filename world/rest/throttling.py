"""How often a client may ask."""

from typing import TYPE_CHECKING

import redis
import structlog
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView

logger = structlog.get_logger(__name__)


class PerClient(SimpleRateThrottle):
    """So many requests for each user, or each address of people who are not logged in.

    Where nobody can count, because the cache is down, everybody may pass.
    """

    scope = "client"

    def get_cache_key(self, request: Request, view: "APIView") -> str:
        user = request.user
        ident = f"user-{user.pk}" if user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}

    def allow_request(self, request: Request, view: "APIView") -> bool:
        try:
            return bool(super().allow_request(request, view))
        except (redis.RedisError, OSError) as error:
            logger.warning("requests_not_counted", reason=str(error))
            return True


class PerExport(PerClient):
    """So many files for each of them."""

    scope = "export"
