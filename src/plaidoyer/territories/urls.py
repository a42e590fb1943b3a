from django.urls import path

from plaidoyer.territories import views

app_name = "territories"
urlpatterns = [
    path("communes/", views.search, name="search"),
    path("communes/<str:code>-<slug:slug>/", views.commune, name="commune"),
]
