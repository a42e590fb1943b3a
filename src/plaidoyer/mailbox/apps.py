from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "plaidoyer.mailbox"
    label = "mailbox"
