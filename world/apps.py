from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorldConfig(AppConfig):
    name = "world"
    verbose_name = "World"

    def ready(self) -> None:
        from world import registration
        from world.adoption import adopt_new_sections
        from world.labels import translate_labels

        registration.register()
        post_migrate.connect(adopt_new_sections, sender=self)
        translate_labels(self)
