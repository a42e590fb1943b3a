from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "plaidoyer.accounts"
    label = "accounts"
