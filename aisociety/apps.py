from django.apps import AppConfig


class AisocietyConfig(AppConfig):
    name = "aisociety"

    def ready(self) -> None:
        from aisociety import checks  # noqa: F401 (registers)
