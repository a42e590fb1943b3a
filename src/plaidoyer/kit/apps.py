from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "plaidoyer.kit"
    label = "kit"
