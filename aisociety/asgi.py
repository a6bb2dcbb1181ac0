"""The doors for a server: HTTP and WebSocket."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aisociety.settings")
http = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402 (needs Django to be ready)
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from aisociety.metrics import starting  # noqa: E402
from world.routing import websocket_urlpatterns  # noqa: E402

starting.start_measuring()

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
        ),
    }
)
