"""The command « plaidoyer read »: the JSON that other programs rely on, and one clear sentence when something is wrong."""

import json
import subprocess
import sys

import pytest

QUESTIONS = "Q1. Construirez-vous 25 % de logements sociaux ?\n\nQ2. Ouvrirez-vous un accueil de nuit\npour les personnes sans abri ?\n"
REPLY = "Madame,\r\n\r\n1. Nous construirons 300 logements sociaux d'ici 2032 (mesure 12).\r\n\r\n2. Non.\r\n"


@pytest.fixture
def papers(tmp_path):
    (tmp_path / "questions.md").write_text(QUESTIONS, encoding="utf-8")
    (tmp_path / "reply.txt").write_bytes(REPLY.encode())
    return tmp_path


def plaidoyer(folder, *words):
    command = [sys.executable, "-c", "import sys; from plaidoyer.cli import main; sys.exit(main())", "read", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60, check=False, env=None)


def test_the_json_has_the_shape_that_others_rely_on(papers):
    found = json.loads(plaidoyer(papers, "reply.txt", "--questions", "questions.md", "--json").stdout)
    assert found["text"] == REPLY
    assert set(found["source"]) == {"sha256", "media_type", "pages"}
    assert {"start", "end", "questions", "score", "why"} <= set(found["passages"][0])
    promise = next(c for c in found["commitments"] if "300 logements" in c["quote"])
    assert found["text"][promise["start"] : promise["end"]] == promise["quote"]
    assert (promise["level"], promise["questions"], promise["measures"]) == ("firm", ["Q1"], ["12"])
    assert "300 logements" in promise["figures"]
    assert promise["tier"] in ("sure", "check")
    assert promise["why"]


def test_the_page_is_self_contained(papers):
    result = plaidoyer(papers, "reply.txt", "--questions", "questions.md", "--html", "page.html")
    page = (papers / "page.html").read_text(encoding="utf-8")
    assert result.returncode == 0
    assert "300 logements sociaux" in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("absent.txt", "--questions", "questions.md"), "n'existe pas"),
        (("reply.txt", "--questions", "reply.txt"), "Aucune question trouvée"),
        (("vide.txt", "--questions", "questions.md"), "n'a pas pu être lu"),
        (("reply.txt", "--questions", "double.md"), "figure deux fois"),
        (("dossier", "--questions", "questions.md"), "est un dossier"),
    ],
)
def test_what_is_wrong_is_said_in_one_french_sentence(papers, arguments, words):
    (papers / "vide.txt").write_bytes(b"")
    (papers / "double.md").write_text("Q1. Oui ?\nQ1. Non ?\n", encoding="utf-8")
    (papers / "dossier").mkdir()
    result = plaidoyer(papers, *arguments, "--json")
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_the_reader_never_imports_django(papers):
    code = (
        "import sys; from plaidoyer.cli import main; main(['read', 'reply.txt', '--questions', 'questions.md', '--json']);"
        "sys.exit(any(m.split('.')[0] in ('django', 'numpy', 'sklearn', 'scipy') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=papers, capture_output=True, timeout=60, check=False).returncode == 0
