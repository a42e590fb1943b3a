from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "plaidoyer.campaigns"
    label = "campaigns"
