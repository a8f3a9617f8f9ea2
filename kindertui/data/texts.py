"""What people wrote and the models refuse, as Refused: the field's name goes along, the text never does."""

from collections.abc import Iterator
from contextlib import contextmanager

from kindertui.domain.faults import Refused
from kindertui.text import TextRefused


@contextmanager
def refused_texts(child_id: str = "") -> Iterator[None]:
    """Turns a text the models refuse into Refused `text_too_long` or `text_not_unicode` (field).

    Any other misfit is a fault of the program and passes through.
    """
    from pydantic import ValidationError

    try:
        yield
    except ValidationError as error:
        for one in error.errors(include_url=False):
            if isinstance(one.get("ctx", {}).get("error"), TextRefused):
                rule = "text_not_unicode" if _has_surrogate(str(one["input"])) else "text_too_long"
                raise Refused(rule, child_id, field=str(one["loc"][0])) from None
        raise


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
