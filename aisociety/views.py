"""The page, and what is said where there is none."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie

from world.rest.errors import broken, page_not_found
from world.selectors import UnknownWorldError, world_of_slug


@ensure_csrf_cookie
def town(request: HttpRequest) -> HttpResponseBase:
    """The town on a map."""
    if not settings.PUBLIC and not request.user.is_authenticated:
        return redirect(f"{settings.LOGIN_URL}?next={request.path}")
    try:
        world_of_slug(request.GET.get("world", ""))
    except UnknownWorldError as error:
        return render(request, "no_world.html", {"reason": str(error)}, status=404)
    if not settings.VITE_MANIFEST.exists():
        return render(request, "no_client.html", status=503)
    content = {
        "asked": request.GET.get("world", ""),
        "operator": request.user.is_authenticated and request.user.is_staff,
        "login_url": f"{settings.LOGIN_URL}?next=/",
    }
    return render(request, "index.html", content)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    if request.path.startswith("/api"):
        return page_not_found(request)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    told = broken(request, sys.exc_info()[1])
    if request.path.startswith("/api"):
        return JsonResponse(told, status=500)
    return render(request, "500.html", told["error"]["details"], status=500)
