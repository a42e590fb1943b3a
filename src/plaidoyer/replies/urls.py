from django.urls import URLPattern, path, re_path

from plaidoyer.replies.views import desk, hiding, inbox, letter, publishing, reception

app_name = "replies"
urlpatterns: list[URLPattern] = [
    path("", inbox.home, name="home"),
    path("campagne/<slug:slug>/", inbox.inbox, name="inbox"),
    path("campagne/<slug:slug>/a-rattacher/", inbox.tray, name="tray"),
    re_path(r"^campagne/(?P<slug>[-\w]+)/recevoir/(?P<way>fichiers|texte|papier)/$", reception.receive, name="receive"),
    path("campagne/<slug:slug>/publier/", publishing.communes, name="communes"),
    path("campagne/<slug:slug>/publier/<str:code>/", publishing.commune, name="publish"),
    path("campagne/<slug:slug>/publier/<str:code>/retirer/", publishing.withdraw, name="withdraw"),
    path("<int:pk>/", letter.reply, name="reply"),
    path("<int:pk>/rattacher/", inbox.attach, name="attach"),
    path("<int:pk>/detacher/", inbox.detach, name="detach"),
    path("<int:pk>/mettre-de-cote/", inbox.set_aside, name="set-aside"),
    path("<int:pk>/reprendre/", inbox.restore, name="restore"),
    path("<int:pk>/ajouter/", reception.add_part, name="add-part"),
    path("<int:pk>/decrire/", letter.describe, name="describe"),
    path("<int:pk>/repond-aussi/", letter.also_for, name="also-for"),
    path("<int:pk>/faire-lire/", letter.read_again, name="read"),
    path("<int:pk>/piece/<int:original_pk>/", letter.original, name="original"),
    path("<int:pk>/piece/<int:original_pk>/taper/", letter.type_text, name="type-text"),
    path("<int:pk>/piece/<int:original_pk>/image/", letter.pictures, name="pictures"),
    path("<int:pk>/piece/<int:original_pk>/page-<int:number>.png", letter.page_image, name="page-image"),
    path("<int:pk>/relire/", desk.desk, name="desk"),
    path("<int:pk>/prendre/", desk.claim, name="claim"),
    path("<int:pk>/rendre/", desk.give_back, name="give-back"),
    path("<int:pk>/geste/", desk.gesture, name="gesture"),
    path("<int:pk>/terminer/", desk.finish, name="finish"),
    path("<int:pk>/rouvrir/", desk.reopen, name="reopen"),
    path("<int:pk>/masquer/", hiding.redaction, name="redaction"),
    path("<int:pk>/masquer/ajouter/", hiding.hide, name="hide"),
    path("<int:pk>/masquer/vu/", hiding.see, name="see"),
    path("<int:pk>/masquer/<int:redaction_pk>/", hiding.decide, name="decide-redaction"),
]
