"""The plain way to stream, to compare with: every socket is a member of the group itself."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aisociety.settings")
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.urls import re_path  # noqa: E402

from world.models import World  # noqa: E402
from world.stream.announcing import watchers_of  # noqa: E402


class PlainConsumer(AsyncWebsocketConsumer):
    """Forwards every frame of the only world."""

    async def connect(self) -> None:
        world = await World.objects.aget()
        self.group = watchers_of(world.epoch)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.send(text_data='{"type":"snapshot"}')

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def world_instant(self, message: dict) -> None:
        await self.send(text_data=message["text"])


application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": URLRouter([re_path("^api/stream", PlainConsumer.as_asgi())]),
    }
)
