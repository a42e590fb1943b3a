from django.urls import path, re_path

from plaidoyer.elections.views import elections, files, lists

app_name = "elections"
PLACE = "<slug:slug>/<slug:insee>/"
urlpatterns = [
    path("", elections.home, name="home"),
    path("nouvelle/", elections.create, name="create"),
    path("fichiers/<int:pk>/", files.file, name="file"),
    path("fichiers/<int:pk>/colonnes/", files.columns, name="columns"),
    path("fichiers/<int:pk>/importer/", files.apply, name="apply"),
    path("fichiers/<int:pk>/abandonner/", files.abandon, name="abandon"),
    re_path(r"^fichiers/(?P<pk>\d+)/rejets\.(?P<kind>csv|xlsx)$", files.rejects, name="rejects"),
    path("<slug:slug>/", elections.election, name="election"),
    path("<slug:slug>/modifier/", elections.edit, name="edit"),
    path("<slug:slug>/importer/", files.upload, name="upload"),
    path("<slug:slug>/sans-contact/", elections.without_contact, name="without-contact"),
    path(PLACE, lists.commune, name="commune"),
    path(f"{PLACE}ajouter/", lists.add, name="add"),
    path(f"{PLACE}scrutins/<int:pk>/", lists.contest, name="contest"),
    path(f"{PLACE}fusion/", lists.merge, name="merge"),
    path(f"{PLACE}tirage/", lists.draw, name="draw"),
    path(f"{PLACE}listes/<slug:list_slug>/", lists.candidate_list, name="list"),
    path(f"{PLACE}listes/<slug:list_slug>/modifier/", lists.edit, name="edit-list"),
    path(f"{PLACE}listes/<slug:list_slug>/situation/<int:pk>/", lists.move, name="move"),
    path(f"{PLACE}listes/<slug:list_slug>/contacts/<int:pk>/retirer/", lists.retire, name="retire"),
]
