from django.apps import AppConfig


class WorldConfig(AppConfig):
    name = "world"
    verbose_name = "World"

    def ready(self) -> None:
        from world import registration
        from world.labels import translate_labels

        registration.register()
        translate_labels(self)
