from django.urls import path, re_path

from plaidoyer.territories import views

app_name = "territories"
urlpatterns = [
    path("communes/", views.search, name="search"),
    re_path(r"^communes/(?P<code>[0-9A-Za-z]{5})-(?P<slug>[-\w]+)/$", views.commune, name="commune"),
]
