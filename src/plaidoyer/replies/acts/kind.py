"""What a document is, said by a person against the machine: it is read again at once as what it is."""

from __future__ import annotations

from django.db import transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.reading.types import Kind
from plaidoyer.replies import engine
from plaidoyer.replies.acts.claim import hold, require_reader
from plaidoyer.replies.acts.read import document_of, record_reading
from plaidoyer.replies.models import Reply, TextOfRecord
from plaidoyer.replies.questionnaire import for_the_engine, questions_of

KIND_WORDS = {
    Kind.REPLY: "une lettre qui répond",
    Kind.FILLED_FORM: "un questionnaire rempli",
    Kind.BLANK_FORM: "un questionnaire ou un contrat resté vierge",
    Kind.PLEDGE: "un engagement signé",
    Kind.PROGRAMME: "un programme",
    Kind.ARTICLE: "un article de presse",
    Kind.ASKER_LETTER: "notre propre courrier",
    Kind.AUTO_REPLY: "une réponse automatique",
}


def name_kind(*, actor: User, reply: Reply, text: TextOfRecord, kind: str) -> Reply:
    """A new reading, as this kind; what people have already kept or settled stays. Said again, it can be changed back."""
    require_reader(actor, reply)
    if kind not in Kind:
        raise ActRefusedError("Choisissez ce qu’est ce document.")
    part = reply.parts.filter(original=text.original_id).first()
    if part is None:
        raise ActRefusedError("Cette pièce n’est plus dans la réponse.")
    reading = engine.read(document_of(text), for_the_engine(questions_of(reply)), kind)
    with transaction.atomic():
        hold(actor, reply)
        part.kind = kind
        part.save(update_fields=["kind"])
        record_reading(reply, text, reading)
        journal.write(
            actor=actor, collective=reply.campaign.collective, verb="reply.kind", target=reply,
            sentence=f"Pièce « {text.original.name} » de « {reply.candidate_list} » : {KIND_WORDS[Kind(kind)]}. La machine l’a relue ainsi.",
            commune_code=reply.candidate_list.commune_id if reply.candidate_list else "",
        )  # fmt: skip
    reply.refresh_from_db()
    return reply
