from django.urls import URLPattern, path, re_path

from plaidoyer.replies.door import entering, views, voice_views

app_name = "door"
urlpatterns: list[URLPattern] = [
    path("", entering.code, name="code"),
    path("page/", views.page, name="page"),
    path("page/apercu/", views.preview, name="preview"),
    path("page/ne-pas-repondre/", views.refuse, name="refuse"),
    path("page/choisir/", views.choose, name="choose"),
    path("page/envoi/<int:version>/", views.sending, name="sending"),
    re_path(r"^page/envoi/(?P<version>[0-9]{1,4})/(?P<name>recu\.txt|recu\.eml|reponse\.txt)$", views.proof, name="proof"),
    path("page/relecture/", voice_views.correction, name="correction"),
    path("page/droit-de-reponse/", voice_views.right_of_reply, name="right-of-reply"),
    path("page/fermer/", entering.leave, name="leave"),
    path("<str:token>/", entering.enter, name="enter"),
]
