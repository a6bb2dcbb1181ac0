from django.apps import AppConfig


class AgentsConfig(AppConfig):
    name = "agents"
    verbose_name = "Residents"

    def ready(self) -> None:
        from agents import registration

        registration.register()
