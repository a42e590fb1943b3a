"""The public addresses. Each page has its data twin at the same address, ``.json`` for the last slash."""

from collections.abc import Callable

from django.urls import URLPattern, path, register_converter

from plaidoyer.publication import ledger, views, visit


class InseeCode:
    """Five characters, Corsica's 2A and 2B and the invented communes of an example included."""

    regex = "[0-9A-Z]{5}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(InseeCode, "insee")

CAMPAIGN = "campagnes/<slug:slug>"
COMMUNE = f"{CAMPAIGN}/<insee:code>-<slug:commune>"


def page_and_twin(route: str, view: Callable[..., object], name: str) -> list[URLPattern]:
    return [path(f"{route}/", view, name=name), path(f"{route}.json", view, name=f"{name}_data")]


app_name = "publication"
urlpatterns = [
    path("", views.home, name="home"),
    path("index.json", views.home, name="home_data"),
    *page_and_twin("mentions-legales", views.legal, "legal"),
    *page_and_twin("accessibilite", views.accessibility, "accessibility"),
    *page_and_twin("donnees", views.data_guide, "data"),
    path("visite/", visit.visit, name="visit"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    *page_and_twin(CAMPAIGN, views.campaign, "campaign"),
    *page_and_twin(f"{CAMPAIGN}/methode", views.method, "method"),
    *page_and_twin(f"{CAMPAIGN}/corrections", views.corrections, "corrections"),
    path(f"{CAMPAIGN}/reponses.csv", views.answers_csv, name="answers_csv"),
    path(f"{CAMPAIGN}/engagements.csv", views.commitments_csv, name="commitments_csv"),
    path(f"{CAMPAIGN}/fil.atom", views.feed, name="feed"),
    *page_and_twin(f"{CAMPAIGN}/questions/<int:number>", views.question, "question"),
    *page_and_twin(f"{CAMPAIGN}/questions/<int:number>/page-<int:page>", views.question, "question_page"),
    *page_and_twin(COMMUNE, views.comparator, "comparator"),
    *page_and_twin(f"{COMMUNE}/egalite", ledger.ledger, "ledger"),
    path(f"{COMMUNE}/egalite.csv", ledger.ledger_csv, name="ledger_csv"),
    *page_and_twin(f"{COMMUNE}/version-<int:version>", views.version, "version"),
    *page_and_twin(f"{COMMUNE}/listes/<slug:list_slug>", views.letter, "letter"),
    path(f"{COMMUNE}/listes/<slug:list_slug>/texte-<int:number>.txt", views.letter_text, name="letter_text"),
]
