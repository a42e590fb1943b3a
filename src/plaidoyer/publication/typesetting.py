"""French spacing for what our templates say, set once when a template is compiled.

What stands literally in a template is ours; what comes through an expression may be a quotation and is never touched.
So a template is typed with plain spaces and apostrophes, and costs nothing more to render.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from plaidoyer.kit import typography

MARKUP = re.compile(r"(<!--.*?-->|<[^>]*>?|&#?\w+;)", re.DOTALL)


class FrenchText(Extension):
    """Sets the literal text of a template; tags, attributes and entities pass through as they are."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        in_tag = False
        for token in stream:
            if token.type != "data":
                yield token
                continue
            text, in_tag = set_text(token.value, in_tag=in_tag)
            yield Token(token.lineno, "data", text)


def set_text(data: str, *, in_tag: bool) -> tuple[str, bool]:
    """The typeset data, and whether it ends inside a tag (an expression may stand in the middle of an attribute)."""
    head = ""
    if in_tag:
        head, closing, data = data.partition(">")
        if not closing:
            return head, True
        head += closing
    pieces = MARKUP.split(data)
    words = [typography.french(piece) if index % 2 == 0 else piece for index, piece in enumerate(pieces)]
    ends_in_tag = len(pieces) > 1 and not pieces[-1] and pieces[-2].startswith("<") and not pieces[-2].endswith(">")
    return head + "".join(words), ends_in_tag
