from django.urls import URLPattern, path

from plaidoyer.replies.views import door_pages

app_name = "pages"
urlpatterns: list[URLPattern] = [
    path("", door_pages.pages, name="pages"),
    path("preparer/", door_pages.prepare, name="prepare"),
    path("<int:pk>/apercu/", door_pages.specimen, name="specimen"),
    path("<int:pk>/revoquer/", door_pages.revoke, name="revoke"),
    path("<int:pk>/renouveler/", door_pages.renew, name="renew"),
]
