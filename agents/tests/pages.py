"""What tests of admin share: pages as a reader gets them, and towns with models."""

from django.test import Client

from agents.models import AgentMind, LanguageModel
from world.models import World


def page(client: Client, url: str, language: str = "en") -> str:
    return client.get(url, headers={"Accept-Language": language}).content.decode()


def thinks_with(town: World, model: LanguageModel) -> None:
    AgentMind.objects.filter(actor__world=town).update(code=model.code)
