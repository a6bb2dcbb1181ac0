"""Admin: the page of a form in which operators order something of a world."""

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from unfold.admin import ModelAdmin

from world.models import InboxEntry, World
from world.rest.language import say
from world.stage import Stage, stage_of


class TakesOrders:
    """An admin with pages on which operators order something: permission `order`."""

    def has_order_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whether whoever asks may order anything."""
        return request.user.is_active and request.user.is_staff


class Order(Protocol):
    """A form with `sections` of its fields under titles."""

    is_bound: bool

    def tell(self, told_by: str) -> InboxEntry | None:
        """Put it into the inbox; None if it cannot be, with the reason in its errors."""


def ordering(
    view: ModelAdmin,
    request: HttpRequest,
    form_of: Callable[[World, Stage, Any], Order],
    *,
    title: str,
    send: str,
    done: Callable[[str], str],
) -> HttpResponse:
    """The page with a form, for the world of the query or the oldest one; after it, the list.

    form_of: given a world, its stage and what was sent, if anything was. send: what the button
    says. done: what is said of an order by the game time at which it takes effect.
    """
    worlds = list(World.objects.filter(status=World.Status.ACTIVE).order_by("pk"))
    back = reverse(f"admin:{view.opts.app_label}_{view.opts.model_name}_changelist")
    asked = request.GET.get("world", "")
    world = next((each for each in worlds if asked in {"", each.slug}), None)
    if world is None:
        messages.error(request, say(zh="没有这个还在运行的世界。", en="No such world goes on."))
        return HttpResponseRedirect(back)
    stage = stage_of(world)
    form = form_of(world, stage, request.POST if request.method == "POST" else None)
    if form.is_bound and (entry := form.tell(request.user.get_username())):
        messages.success(request, done(stage.time(entry.at)))
        return HttpResponseRedirect(back)
    context = view.admin_site.each_context(request) | {
        "title": title,
        "opts": view.opts,
        "form": form,
        "world": world,
        "worlds": worlds,
        "in_which": capfirst(say(zh="世界", en="world")),
        "send": send,
    }
    return TemplateResponse(request, "admin/order.html", context)
