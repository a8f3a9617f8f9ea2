"""What somebody is to a child, in the words people write it with: Dutch, Norwegian and English, one name for each."""

from collections.abc import Mapping

from kindertui.domain.entry.words import fold

# One row a relation; a word of two rows ("grandparents") stands in both. What is a common surname as well (Ma, Mora) is
# left out: it would make a mother of a father.
_WORDS: Mapping[str, str] = {
    "mother": "mother mum mummy mom mommy mama mamma mammaen moeder mam mammie mor moren"
    " parents ouders foreldre foreldrene",
    "father": "father dad daddy papa pappa pappaen vader pap pappie far faren parents ouders foreldre foreldrene",
    "grandmother": "grandmother grandma granny nana nan oma omi grootmoeder bestemor bestemoren bestemora mormor"
    " mormoren mormora farmor farmoren farmora besta grandparents grootouders besteforeldre besteforeldrene",
    "grandfather": "grandfather grandpa grandad granddad opa opi grootvader bestefar bestefaren morfar morfaren farfar"
    " farfaren bessen grandparents grootouders besteforeldre besteforeldrene",
    "stepmother": "stepmother stepmum stiefmoeder stemor stemoren stemora bonusmama bonusmoeder bonusmamma"
    " bonusmor bonusmoren bonusmora",
    "stepfather": "stepfather stepdad stiefvader stefar stefaren bonuspapa bonusvader bonuspappa bonusfar"
    " bonusfaren",
    "foster parent": "foster fosterparent pleegouder pleegmoeder pleegvader fosterforelder fostermor fostermoren"
    " fostermora fosterfar fosterfaren fosterforeldre fosterforeldrene",
    "aunt": "aunt auntie tante tanten tanta",
    "uncle": "uncle oom onkel onkelen",
    "sister": "sister zus zusje zuster soster sosteren sostera storesoster storesosteren storesostera",
    "brother": "brother broer broertje bror broren storebror storebroren",
    "neighbour": "neighbour neighbor buur buurman buurvrouw nabo naboen",
    "childminder": "childminder nanny babysitter oppas gastouder au-pair aupair barnevakt barnevakten dagmamma",
    "guardian": "guardian voogd verge vergen foresatt foresatte",
}  # fmt: skip
_RELATIONS: dict[str, frozenset[str]] = {}
for _name, _row in _WORDS.items():
    for _word in _row.split():
        _RELATIONS[fold(_word)] = _RELATIONS.get(fold(_word), frozenset()) | {_name}


def relations(word: str) -> frozenset[str]:
    """The relations one word means, by their English names; empty for a word that is none. `fold` is done here."""
    return _RELATIONS.get(fold(word), frozenset())
