"""Food against allergies and diets: the words themselves, and what foods.toml knows of them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindertui.domain import foods
from kindertui.domain.care import food_named

DATA: dict[str, Any] = tomllib.loads(Path(foods.__file__).with_name("foods.toml").read_text(encoding="utf-8"))

# fact, then lines with the word that must be found; every line is one that somebody could type
FOUND: tuple[tuple[str, str, str], ...] = (
    ("noten", "brood pindakaas", "pindakaas"),
    ("noten", "hazelnootpasta", "hazelnootpasta"),
    ("notenallergie", "Nutella op brood", "Nutella"),
    ("nøtter", "brød med Peanøttsmør", "Peanøttsmør"),
    ("nøtteallergi", "mandler", "mandler"),
    ("nut allergy", "hazelnut spread", "hazelnut"),
    ("nuts", "peanut butter sandwich", "peanut"),
    ("pinda's", "pindarotsjes", "pindarotsjes"),
    ("peanøtteallergi", "peanøttsmør", "peanøttsmør"),
    ("cashewnoten", "pasta pesto", "pesto"),
    ("koemelk", "yoghurt met fruit", "yoghurt"),
    ("koemelkeiwitallergie", "chocoladevla", "chocoladevla"),
    ("cow milk", "cheese sandwich", "cheese"),
    ("kumelk", "skive med brunost", "brunost"),
    ("melkeproteinallergi", "frukt og is", "is"),
    ("kumelk", "is og frukt", "is"),
    ("milk", "melkpoeder", "melkpoeder"),
    ("dairy", "ICE CREAM", "CREAM"),
    ("laktoseintoleranse", "rømmegrøt", "rømmegrøt"),
    ("lactose", "karnemelk", "karnemelk"),
    ("koemelk", "lactosevrije yoghurt", "yoghurt"),
    ("melk", "aardbeien cre\u0300me frai\u0302che", "crème fraîche"),
    ("ei", "pannenkoeken", "pannenkoeken"),
    ("ei", "wafeltjes", "wafeltjes"),
    ("egg", "Kaker", "Kaker"),
    ("eieren", "een omeletje", "omeletje"),
    ("Eggallergi", "vafler", "vafler"),
    ("egg", "ei brødskive med egg", "egg"),
    ("egg allergy", "french toast", "french toast"),
    ("ei", "brood ei kaas", "ei"),
    ("gluten", "volkoren boterham", "volkoren"),
    ("coeliakie", "havermout", "havermout"),
    ("cøliaki", "knekkebrød", "knekkebrød"),
    ("glutenfritt", "rundstykker", "rundstykker"),
    ("celiac", "couscous", "couscous"),
    ("tarwe", "krentenbol", "krentenbol"),
    ("fisk", "fiskekaker", "fiskekaker"),
    ("vis", "broodje tonijnsalade", "tonijnsalade"),
    ("fish", "fish fingers", "fish"),
    ("skalldyr", "rekesalat", "rekesalat"),
    ("schaaldieren", "garnalen", "garnalen"),
    ("molluscs", "mussels", "mussels"),
    ("soja", "sojamelk", "sojamelk"),
    ("soy", "soy milk", "soy"),
    ("soya", "tofu i wok", "tofu"),
    ("selderij", "bleekselderij", "bleekselderij"),
    ("sennep", "pølse med sennep", "sennep"),
    ("sesam", "rijstwafel hummus", "hummus"),
    ("sulphites", "dried apricots", "dried apricots"),
    ("lupine", "lupinemeel", "lupinemeel"),
    ("vegetarisch", "wrap met kip", "kip"),
    ("vegetarianer", "kjøttkaker", "kjøttkaker"),
    ("vegetarian", "spaghetti bolognese", "bolognese"),
    ("vegan", "honingkoek", "honingkoek"),
    ("vegansk", "skive med ost", "ost"),
    ("halal", "brød med leverpostei", "leverpostei"),
    ("kosher", "hot dog", "hot dog"),
    ("geen varkensvlees", "Boterham Ham", "Ham"),
    ("ikke svinekjøtt", "grillpølser", "grillpølser"),
    ("no pork", "sausages", "sausages"),
    ("no meat", "chicken", "chicken"),
    # the words themselves, whatever they are
    ("aardbeien, kiwi", "yoghurt met kiwi", "kiwi"),
    ("eple", "eplejuice", "eplejuice"),
    ("noten, kokosnoot", "kokosnoot", "kokosnoot"),
    # several facts in one, and what is denied denies nothing else
    ("geen bekende allergie behalve ei", "omelet", "omelet"),
    ("no allergies but nuts", "nutella", "nutella"),
    ("not allergic to nuts but to milk", "cheese", "cheese"),
    ("koemelk; geen allergie voor noten", "vla", "vla"),
    ("koemelk, drinkt sojamelk", "vla", "vla"),
    ("lactosevrije melk", "melk", "melk"),
    # where a claim is about another food, or about less
    ("gluten", "brood met glutenvrije cracker", "brood"),
    ("gluten", "glutenvrij brood en pasta", "pasta"),
    ("koemelk", "brood kaas geen melk", "kaas"),
    ("melk", "wilde geen, kaas", "kaas"),
    ("melk", "kaas, zonder noten", "kaas"),
    ("melk", "kaas brood zonder melk", "kaas"),
    ("vegetarisch", "vegetarische soep met worst", "worst"),
)
NOT_FOUND: tuple[tuple[str, str], ...] = (
    # other words with the same letters
    ("ei", "reis eis rijst prei eigenwijs klein eikel"),
    ("egg", "ei halv skive, ei pære og ei fiskekake"),
    ("egg", "eggplant"),
    ("noten", "nooit notitie"),
    ("noten", "pepernoten"),
    ("noten", "kokosnoot en kruidnoten"),
    ("nuts", "coconut doughnut butternut nutmeg"),
    ("nøtter", "kokosnøtt og muskatnøtt"),
    ("noten, pinda", "appel en noord"),
    ("geen varkensvlees", "hamster en hamburger"),
    ("geen varkensvlees", "boterham"),
    ("no pork", "ga ham eple"),
    ("ikke svinekjøtt", "kyllingpølse"),
    ("no pork", "chicken sausages"),
    ("vis", "visite avis"),
    ("fisk", "gullfisk"),
    ("ost", "frokost"),
    ("melk", "frokost kost most toast"),
    ("melk", "soep is op"),
    ("koemelk", "boterham"),
    ("koemelk", "appelmoes ijsbergsla"),
    ("cow milk", "peanut butter"),
    ("koemelk", "pindakaas"),
    ("cow milk", "butternut soup"),
    ("koemelk", "waterijsje"),
    ("koemelk", "moedermelk"),
    ("gluten", "riskaker rijstwafel maiswafels rice cakes"),
    ("gluten", "fiskekake"),
    ("vegetarian", "rundstykke"),
    ("sesam", "sesamstraat"),
    # without, free of, in place of
    ("gluten", "glutenvrij brood"),
    ("gluten", "brood, glutenvrij"),
    ("gluten", "bread (gluten free)"),
    ("gluten", "gluten-free crackers"),
    ("cøliaki", "glutenfritt knekkebrød"),
    ("lactose", "lactosevrije magere yoghurt"),
    ("laktose", "laktosefri melk"),
    ("melk", "melkefri sjokolade"),
    ("milk", "milk-free yoghurt"),
    ("koemelk", "yoghurt zonder noten of melk"),
    ("noten", "brood zonder noten of pinda"),
    ("nøtter", "müsli uten nøtter"),
    ("nuts", "no nuts"),
    ("ei", "pannenkoek zonder ei"),
    ("egg", "pancakes without egg"),
    ("koemelk", "geen melk"),
    ("koemelk", "sojamelk havermelk kokosmelk amandelmelk sojayoghurt"),
    ("milk", "soy milk, oat milk, almond milk"),
    ("kumelk", "havremelk og soyayoghurt"),
    ("vegan", "plantaardige yoghurt en vegan kaas"),
    ("vegetarisch", "vegetarische worst"),
    ("vegetarisk", "vegetarpølse"),
    ("vegetarian", "veggie burger"),
    ("halal", "halal pølse"),
    ("koemelkallergie, drinkt sojamelk", "sojamelk"),
    ("lactosevrije melk", "lactosevrije melk"),
    # a fact that names nothing
    ("no known allergies", "milk eggs nuts known allergies"),
    ("geen", "ei melk noten geen"),
    ("ingen", "egg melk nøtter ingen"),
    ("geen bekende allergieën", "melk en noten"),
    ("ingen kjente allergier", "egg"),
    ("ikke allergisk", "egg"),
    ("no known nut allergy", "nuts"),
    ("nut allergy: none known", "nuts"),
    ("not allergic to nuts but to milk", "nuts"),
    ("", "melk"),
    ("melk", ""),
)


@pytest.mark.parametrize(("fact", "text", "word"), FOUND)
def test_a_food_is_found_by_what_it_holds(fact: str, text: str, word: str) -> None:
    assert food_named(text, fact) == word


@pytest.mark.parametrize(("fact", "text"), NOT_FOUND)
def test_what_only_looks_like_it_is_not(fact: str, text: str) -> None:
    assert food_named(text, fact) is None


@settings(max_examples=200)
@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_makes_it_raise(text: str, fact: str) -> None:
    found = food_named(text, fact)
    assert found is None or found


PARTS = (
    "glutenvrij",
    "zonder",
    "melk",
    "en",
    "of",
    ",",
    "(",
    "no",
    "vegan",
    "free",
    "gluten",
    "is",
    "ei",
    "\u202e",
    "[b]",
)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PARTS), max_size=8), st.lists(st.sampled_from((*PARTS, "allergie", "wel")), max_size=5))
def test_no_order_of_these_words_makes_it_raise(text: list[str], fact: list[str]) -> None:
    found = food_named(" ".join(text), " ".join(fact))
    assert found is None or found in " ".join(text)


@settings(max_examples=100)
@given(
    st.lists(st.text("qxzw", min_size=2, max_size=9), max_size=6).map(" ".join), st.sampled_from(sorted(DATA["facts"]))
)
def test_words_nobody_knows_are_no_food(text: str, name: str) -> None:
    for word in DATA["facts"][name]["words"]:
        assert food_named(text, word) is None


def test_the_file_holds_together() -> None:
    """The fourteen of the regulation (wheat and cereals are one of it, nuts are named), and nothing left hanging."""
    groups = set(DATA["foods"])
    annex = "wheat cereals crustaceans egg fish peanuts soy milk nuts celery mustard sesame sulphites lupin molluscs"
    assert set(annex.split()) <= groups
    named = {group for fact in DATA["facts"].values() for group in fact["foods"]}
    assert named == groups
    assert {group for claim in DATA["claims"].values() for group in claim["free"]} <= groups
    for name, lists in DATA["foods"].items():
        if "like" in lists:
            continue
        words = [word for language in ("nl", "nb", "en") for word in lists[language]]
        assert not set(words) & set(lists.get("without", ())), name
        for word in (*words, *lists.get("without", ())):
            assert word == word.strip() and "**" not in word and not (word[0] == word[-1] == "*"), word


@pytest.mark.parametrize("name", sorted(DATA["facts"]))
def test_every_name_of_an_allergy_finds_a_food_of_each_of_its_groups(name: str) -> None:
    fact = DATA["facts"][name]
    for group in fact["foods"]:
        lists = DATA["foods"][DATA["foods"][group].get("like", group)]
        food = next(word.strip("*") for word in lists["nl"] if " " not in word)
        for word in fact["words"]:
            assert food_named(food, word) == food, (word, group)
