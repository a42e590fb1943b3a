"""Every address of the site. French paths, English names; the public site is last, because it owns the root."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("plaidoyer.accounts.urls")),
    path("bureau/territoires/", include("plaidoyer.territories.urls")),
    path("bureau/elections/", include("plaidoyer.elections.urls")),
    path("bureau/courriel/", include("plaidoyer.mailbox.urls")),
    path("bureau/reponses/campagne/<slug:slug>/pages/", include("plaidoyer.replies.page_urls")),
    path("bureau/reponses/", include("plaidoyer.replies.urls")),
    path("bureau/", include("plaidoyer.campaigns.urls")),
    path("repondre/", include("plaidoyer.replies.door.urls")),
    path("opposition/", include("plaidoyer.campaigns.objection_urls")),
    path("", include("plaidoyer.publication.urls")),
]
