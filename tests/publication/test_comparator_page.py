from __future__ import annotations

from bs4 import BeautifulSoup

PAGE = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse/"


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_it_shows_every_list_before_every_question(visitor, published):
    page = soup(visitor.get(PAGE))
    assert [head.find(class_="name").get_text(" ", strip=True) for head in page.select("thead th")] == ["x"]
