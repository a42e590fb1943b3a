from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "plaidoyer.territories"
    label = "territories"
