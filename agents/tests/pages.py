"""What tests of admin and of doors share: pages and answers as a reader gets them."""

from typing import Any

from django.test import Client

from agents.models import AgentMind, LanguageModel
from world.models import World


def page(client: Client, url: str, language: str = "en") -> str:
    return client.get(url, headers={"Accept-Language": language}).content.decode()


def thinks_with(town: World, model: LanguageModel) -> None:
    AgentMind.objects.filter(actor__world=town).update(code=model.code)


def told(client: Client, path: str, status: int = 200, language: str = "zh") -> Any:
    """What a door gives, without its envelope."""
    answer = client.get(f"/api/{path}", headers={"Accept-Language": language})
    assert answer.status_code == status, answer.content
    content = answer.json()
    return content["data"] if status == 200 else content["error"]
