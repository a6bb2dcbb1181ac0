from django.apps import AppConfig


class EconomyConfig(AppConfig):
    name = "economy"
    verbose_name = "Economy"

    def ready(self) -> None:
        from economy import registration
        from world.labels import translate_labels

        registration.register()
        translate_labels(self)
