"""What somebody is to a child, in the words people write it with: Dutch, Norwegian and English, one name for each."""

from collections.abc import Mapping

from kindertui.domain.entry.words import fold

# One row a relation; a word of two rows ("grandparents") stands in both.
_WORDS: Mapping[str, str] = {
    "mother": "mother mum mummy mom mommy mama mamma moeder mam mammie mor parents ouders foreldre foreldrene",
    "father": "father dad daddy papa pappa vader pap pappie far parents ouders foreldre foreldrene",
    "grandmother": "grandmother grandma granny nana nan oma omi grootmoeder bestemor mormor farmor besta grandparents"
    " grootouders besteforeldre",
    "grandfather": "grandfather grandpa grandad granddad opa opi grootvader bestefar morfar farfar bessen grandparents"
    " grootouders besteforeldre",
    "stepmother": "stepmother stepmum stiefmoeder stemor bonusmama bonusmoeder bonusmamma bonusmor",
    "stepfather": "stepfather stepdad stiefvader stefar bonuspapa bonusvader bonuspappa bonusfar",
    "foster parent": "foster fosterparent pleegouder pleegmoeder pleegvader fosterforelder fostermor fosterfar",
    "aunt": "aunt auntie tante",
    "uncle": "uncle oom onkel",
    "sister": "sister zus zusje zuster soster storesoster",
    "brother": "brother broer broertje bror storebror",
    "neighbour": "neighbour neighbor buur buurman buurvrouw nabo naboen",
    "childminder": "childminder nanny babysitter oppas gastouder au-pair aupair barnevakt dagmamma",
    "guardian": "guardian voogd verge foresatt",
}  # fmt: skip
_RELATIONS: dict[str, frozenset[str]] = {}
for _name, _row in _WORDS.items():
    for _word in _row.split():
        _RELATIONS[fold(_word)] = _RELATIONS.get(fold(_word), frozenset()) | {_name}


def relations(word: str) -> frozenset[str]:
    """The relations one word means, by their English names; empty for a word that is none. `fold` is done here."""
    return _RELATIONS.get(fold(word), frozenset())
