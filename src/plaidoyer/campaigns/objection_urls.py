"""The one page of the letters that needs no account: « ne plus m’écrire »."""

from django.urls import path

from plaidoyer.campaigns.views import objections

app_name = "objections"
urlpatterns = [path("<str:token>/", objections.objection, name="objection")]
