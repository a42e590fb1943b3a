from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "plaidoyer.publication"
    label = "publication"
