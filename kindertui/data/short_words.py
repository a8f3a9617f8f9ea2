"""Writing the staff's own short words: one record a word, whoever made it; everybody may change every one."""

from kindertui.data import models
from kindertui.data.act import Tx
from kindertui.domain.entry import fold
from kindertui.domain.faults import Refused
from kindertui.domain.short_words import ShortWord, refusal, same_word
from kindertui.text import NAME_LENGTH, TEXT_LENGTH, TextRefused, clean


def set_short_word(tx: Tx, word: str, text: str) -> ShortWord:
    """Lets `word` stand for `text`: a new short word, or another text for one that is read alike.

    Raises Refused `short_word_missing`, `short_text_missing`, `short_word_spaces`, `short_word_unreached`,
    `text_too_long` or `text_not_unicode`; then nothing is changed.
    """
    word, text = _cleaned(word, NAME_LENGTH), _cleaned(text, TEXT_LENGTH)
    if why := refusal(word, text):
        raise Refused(why, word=word)
    record = _record(tx, word)
    if record is None:
        record = tx.keep(models.ShortWord, fold(word), word=word, text=text)
    else:
        # one that was taken away is brought back: two records of one word could both stand after an undo
        tx.change(record, word=word, text=text, deleted=False)
    return ShortWord(record.id, record.word, record.text)


def remove_short_word(tx: Tx, word: str) -> ShortWord:
    """Takes a short word away (marks it; undo brings it back). Raises Refused `short_word_unknown` (word)."""
    word = _cleaned(word, NAME_LENGTH)
    record = _record(tx, word)
    if record is None or record.deleted:
        raise Refused("short_word_unknown", word=word)
    tx.change(record, deleted=True)
    return ShortWord(record.id, record.word, record.text)


def _cleaned(text: str, limit: int) -> str:
    try:
        return clean(text, limit=limit)
    except TextRefused as refused:
        raise Refused(refused.rule, field="text") from None


def _record(tx: Tx, word: str) -> "models.ShortWord | None":
    rows = tx.connection.execute(
        "SELECT id, word FROM expansion ORDER BY deleted, id"
    )  # staff keep tens, not thousands
    found = next((row[0] for row in rows if same_word(row[1], word)), None)
    return tx.get(models.ShortWord, found) if found else None
