"""Recording a public draw of the order of lists."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.draw import drawn_order
from plaidoyer.elections.models import CandidateList, Draw, Election
from plaidoyer.territories.models import Commune


@transaction.atomic
def record_draw(*, actor: User | None, collective: Collective, election: Election, commune: Commune, seed: str, witness: str = "") -> Draw:
    """Draw the order of every list of the commune. A new draw is a new line; the old ones stay, dated."""
    require(actor, "lists", collective, commune.pk)
    if not seed.strip():
        raise ActRefusedError("Indiquez la graine du tirage : un nombre ou une phrase dite devant témoin.")
    lists = {one.key: one for one in CandidateList.objects.select_for_update().filter(election=election, commune=commune).order_by("pk")}
    if len(lists) < 2:
        raise ActRefusedError("Il faut au moins deux listes pour tirer un ordre.")
    order = drawn_order(seed.strip(), commune.pk, lists)
    made = Draw.objects.create(
        election=election, commune=commune, seed=seed.strip(), witness=witness.strip(), drawn_at=timezone.now(), drawn_by=actor, order=order
    )
    for position, key in enumerate(order, start=1):
        CandidateList.objects.filter(pk=lists[key].pk).update(draw_position=position)
    with_whom = f", devant {made.witness}" if made.witness else ""
    sentence = f"L’ordre des {len(order)} listes de {commune.name} est tiré au sort, graine « {made.seed} »{with_whom}."
    journal.write(
        actor=actor, collective=collective, verb="list.draw", target=made, commune_code=commune.pk, sentence=sentence, data={"order": order}
    )
    return made
