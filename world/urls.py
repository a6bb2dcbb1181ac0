"""Addresses of the stage, with and without a slash at their end."""

from django.urls import re_path

from world import api, ruling_api

urlpatterns = [
    re_path(r"^world/status/?$", api.StatusView.as_view(), name="world-status"),
    re_path(r"^world/control/?$", api.ControlView.as_view(), name="world-control"),
    re_path(r"^world/rules/?$", ruling_api.RulesView.as_view(), name="world-rules"),
    re_path(r"^world/happenings/?$", ruling_api.HappeningsView.as_view(), name="happenings"),
    re_path(r"^world/events/?$", api.EventsView.as_view(), name="world-events"),
    re_path(r"^stream/ticket/?$", api.StreamTicketView.as_view(), name="stream-ticket"),
]
