from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "plaidoyer.commitments"
    label = "commitments"
