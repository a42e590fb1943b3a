from django.urls import path

from plaidoyer.mailbox.views import accounts, inbox, outbox

app_name = "mailbox"
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("pause/<int:pk>/", outbox.pause, name="pause"),
    path("reprise/<int:pk>/", outbox.resume, name="resume"),
    path("incertain/<int:pk>/", outbox.decide, name="decide"),
    path("recus/", inbox.inbox, name="inbox"),
    path("recus/deposer/", inbox.drop, name="drop"),
    path("recus/<int:pk>/", inbox.message, name="message"),
    path("recus/<int:pk>/octets/", inbox.raw, name="raw"),
    path("recus/<int:pk>/de-cote/", inbox.set_aside, name="set-aside"),
    path("recus/<int:pk>/reprendre/", inbox.take_up_again, name="take-up-again"),
    path("reglages/", accounts.accounts, name="accounts"),
    path("reglages/nouveau/", accounts.new_account, name="new-account"),
    path("reglages/<int:pk>/", accounts.account, name="account"),
    path("reglages/<int:pk>/essayer/", accounts.try_account, name="try-account"),
]
