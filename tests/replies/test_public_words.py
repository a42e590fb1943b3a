"""Whatever is hidden and whatever is kept, what is published is exact, whole and says nothing of what is hidden."""

from hypothesis import given, settings
from hypothesis import strategies as st

from plaidoyer.replies import letter_shape
from plaidoyer.replies.letter_shape import Kept
from plaidoyer.replies.public_text import Hidden, blocks, conceal, trimmed

WORDS = st.lists(st.sampled_from(["Oui", "halte", "🏠", "120", "d’ici", "é", "\n\n", "\n", "SECRET"]), min_size=3, max_size=25).map(" ".join)


def secrets(text):
    """Every SECRET of the text, hidden."""
    found, at = [], text.find("SECRET")
    while at >= 0:
        found.append(Hidden(at, at + 6, "phone"))
        at = text.find("SECRET", at + 6)
    return found


@st.composite
def letters(draw):
    text = draw(WORDS.filter(str.strip))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)), max_size=6))
    kept = []
    for start, length in spans:
        begin, end = trimmed(text, start, min(len(text), start + length))
        if end > begin:
            kept.append(Kept(begin, end, draw(st.sampled_from([1, 2, None])), draw(st.sampled_from(["", "firm", "past", "refusal"]))))
    return text, kept


@settings(max_examples=150, deadline=None)
@given(letters())
def test_pieces_joined_are_the_words_and_no_secret_is_left(letter):
    text, kept = letter
    public = conceal(text, secrets(text))
    over = letter_shape.marks(public, kept, 1)
    assert "SECRET" not in public.text
    for block in letter_shape.document_blocks(public, text, [], kept, over):
        assert "".join(piece["text"] for piece in block["pieces"]) == public.text[block["start"] : block["end"]]
    for number in (1, 2):
        for segment in letter_shape.segments(0, public, text, number, kept, over):
            assert "".join(piece["text"] for piece in segment["pieces"]) == segment["words"] == public.text[segment["start"] : segment["end"]]


@settings(max_examples=150, deadline=None)
@given(letters())
def test_no_word_outside_what_is_hidden_is_lost(letter):
    text, _ = letter
    public = conceal(text, secrets(text))
    shown = " ".join(
        public.text[start:end]
        for start, end, _ in (*[(b["start"], b["end"], b["role"]) for b in letter_shape.document_blocks(public, text, [], [], [])],)
    )
    assert shown.split() == public.text.split()
    assert " ".join(text[start:end] for start, end, _ in blocks(text)).split() == text.split()


@settings(max_examples=150, deadline=None)
@given(letters())
def test_each_commitment_ends_once_in_the_letter_with_its_level(letter):
    text, kept = letter
    public = conceal(text, secrets(text))
    over = letter_shape.marks(public, kept, 1)
    ended = [end["id"] for block in letter_shape.document_blocks(public, text, [], kept, over) for piece in block["pieces"] for end in piece["ends"]]
    assert sorted(ended) == [mark.id for mark in over]
    assert all(mark.level in {"firm", "refusal"} for mark in over)
