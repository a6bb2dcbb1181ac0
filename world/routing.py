"""Addresses of the stream."""

from django.urls import re_path

from world.stream.consumers import StreamConsumer

websocket_urlpatterns = [re_path(r"^api/stream/?$", StreamConsumer.as_asgi())]
