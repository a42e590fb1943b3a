from django.urls import URLPattern, path

from plaidoyer.replies.door import desk_views

app_name = "pages"
urlpatterns: list[URLPattern] = [
    path("", desk_views.pages, name="pages"),
    path("preparer/", desk_views.prepare, name="prepare"),
    path("<int:pk>/apercu/", desk_views.specimen, name="specimen"),
    path("<int:pk>/revoquer/", desk_views.revoke, name="revoke"),
    path("<int:pk>/renouveler/", desk_views.renew, name="renew"),
]
