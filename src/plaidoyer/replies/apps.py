from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "plaidoyer.replies"
    label = "replies"
