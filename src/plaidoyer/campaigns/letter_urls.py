"""Addresses of letters, waves, the ledger of equal treatment and meetings: part of the campaigns' own (``campaigns:…``)."""

from django.urls import path

from plaidoyer.campaigns.views import equality, letters, meetings, waves

LETTER = "campagnes/<slug:slug>/lettre/<str:kind>"
SENDING = "campagnes/<slug:slug>/envois"
PLACE = "campagnes/<slug:slug>/communes/<str:code>"

urlpatterns = [
    path(f"{LETTER}/texte/", letters.text, name="letter-text"),
    path(f"{LETTER}/texte/word/", letters.word, name="letter-upload"),
    path(f"{LETTER}/texte/blocs/", letters.blocks, name="letter-blocks"),
    path(f"{LETTER}/texte/modele.docx", letters.word_file, name="letter-word"),
    path(f"{LETTER}/liste-<int:pk>/", letters.one_list, name="letter-list"),
    path(f"{LETTER}/liste-<int:pk>.<str:form>", letters.one_list, name="letter-list-file"),
    path(f"{LETTER}/imprimer/", letters.printing, name="letter-printing"),
    path(f"{LETTER}/imprimer/<str:file>", letters.printing, name="letter-printing-file"),
    path(f"{SENDING}/groupes/", waves.sending, name="waves"),
    path(f"{SENDING}/groupes/preparer/<str:kind>/", waves.prepare, name="prepare-wave"),
    path(f"{SENDING}/groupes/reglages/", waves.settle, name="sending-plan"),
    path(f"{SENDING}/groupes/envoi-reel/", waves.real, name="real-sending"),
    path(f"{SENDING}/groupes/repetition/", waves.rehearsal, name="rehearsal"),
    path(f"{SENDING}/groupes/relance-prevue/", waves.plan, name="plan-reminder"),
    path(f"{SENDING}/groupes/<int:pk>/", waves.wave, name="wave"),
    path(f"{SENDING}/groupes/<int:pk>/relever/", waves.refresh, name="refresh-wave"),
    path(f"{SENDING}/groupes/<int:pk>/annuler/", waves.cancel, name="cancel-wave"),
    path(f"{PLACE}/egalite/", equality.ledger, name="equality"),
    path(f"{PLACE}/egalite/publier/", equality.publish, name="publish-ledger"),
    path(f"{PLACE}/egalite/expliquer/<str:difference>/", equality.explain, name="explain"),
    path(f"{PLACE}/egalite/rouvrir/<int:pk>/", equality.reopen, name="reopen-list"),
    path(f"{PLACE}/rencontres/", meetings.meetings, name="meetings"),
    path(f"{PLACE}/rencontres/rencontres.ics", meetings.diary, name="diary"),
    path(f"{PLACE}/rencontres/<int:pk>/", meetings.held, name="meeting"),
    path(f"{PLACE}/rencontres/<int:pk>/prise/", meetings.take, name="take-slot"),
    path(f"{PLACE}/rencontres/<int:pk>/annuler/", meetings.cancel, name="cancel-meeting"),
]
