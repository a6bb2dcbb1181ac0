"""Who may do what."""

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView


class WatchersReadOperatorsWrite(BasePermission):
    """Reading is for everybody where the town is public; changing something is for operators."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if request.method and not hasattr(view, request.method.lower()):
            return True  # so that the answer is that there is no such method
        if request.method in SAFE_METHODS:
            return bool(settings.PUBLIC or request.user.is_authenticated)
        return bool(request.user.is_authenticated and request.user.is_staff)


class ResearchersReadOperatorsWrite(WatchersReadOperatorsWrite):
    """Reading is for those with an account, whatever the town; changing something as ever."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return bool(request.user.is_authenticated) and super().has_permission(request, view)


class OperatorsOnly(WatchersReadOperatorsWrite):
    """Reading, too, is for operators."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        known = bool(request.user.is_authenticated and request.user.is_staff)
        return known and super().has_permission(request, view)
