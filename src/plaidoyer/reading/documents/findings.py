"""What a word processor's file holds beside its text, counted while it is read and told in French at the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from plaidoyer.reading.documents.record import Record, excerpt, plural


@dataclass(slots=True)
class Findings:
    deletions: list[str] = field(default_factory=list)
    insertions: int = 0
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    comments: int = 0
    images: int = 0
    foreign: set[str] = field(default_factory=set)

    def tell(self, record: Record) -> None:
        deletions = [text for text in self.deletions if text.strip()]
        if deletions:
            count = plural(len(deletions), "suppression suivie", "suppressions suivies")
            record.notice("tracked-deletions", f"Le fichier contient {count}, absente(s) du texte : {quotes(deletions)}")
        if self.insertions:
            count = plural(self.insertions, "ajout suivi", "ajouts suivis")
            record.notice("tracked-insertions", f"Le fichier contient {count} : ces mots sont gardés dans le texte.")
        hidden = [text for text in self.hidden if text.strip()]
        if hidden:
            record.notice("hidden-text", f"Le fichier contient du texte masqué, qui n'est pas repris : {quotes(hidden)}")
        struck = [text for text in self.struck if text.strip()]
        if struck:
            record.notice("struck-text", f"Des mots sont barrés dans l'original, et gardés dans le texte : {quotes(struck)}")
        if self.comments:
            record.notice("comments", f"Le fichier porte {plural(self.comments, 'commentaire', 'commentaires')} en marge, hors du texte.")
        for what in sorted(self.foreign):
            record.notice(f"foreign-{what}", f"Le fichier contient {what}, qui n'est ni lu ni exécuté.")


def quotes(texts: list[str]) -> str:
    shown = " ; ".join(f"« {excerpt(text)} »" for text in texts[:3])
    return shown + (" …" if len(texts) > 3 else ".")
