from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "agents"
    verbose_name = "Residents"

    def ready(self) -> None:
        from agents import registration
        from world.labels import translate_labels

        registration.register()
        translate_labels(self)
