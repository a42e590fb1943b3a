from django.urls import path

from plaidoyer.accounts import views

app_name = "accounts"
urlpatterns = [
    path("connexion/", views.sign_in, name="login"),
    path("deconnexion/", views.sign_out, name="logout"),
    path("premier-demarrage/<str:token>/", views.begin, name="first-start"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("", views.me, name="me"),
    path("mot-de-passe/", views.password, name="password"),
    path("mot-de-passe-oublie/", views.Forgotten.as_view(), name="forgotten"),
    path("mot-de-passe-oublie/envoye/", views.ForgottenSent.as_view(), name="forgotten-sent"),
    path("nouveau-mot-de-passe/<uidb64>/<token>/", views.NewPassword.as_view(), name="new-password"),
]
