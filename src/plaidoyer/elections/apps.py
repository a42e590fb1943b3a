from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "plaidoyer.elections"
    label = "elections"
