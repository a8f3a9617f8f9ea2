"""The message guard: a hand-made table of sentences in three languages, names, numbers, and the policy's say."""

import pytest
from msgspec.structs import replace

from kindertui.domain import guard_words
from kindertui.domain.guard import GUARD_RULES, check_text, is_dutch_number, is_norwegian_number
from kindertui.domain.policy import GUARD_CATEGORIES, GuardRule
from kindertui.portal import profile

SENSITIVE: tuple[tuple[str, str, str], ...] = (
    ("nl", "health", "Aya had vanmiddag 38,9 koorts, kun je haar ophalen?"),
    ("nl", "health", "Bram is weer een beetje ziekjes vandaag."),
    ("nl", "health", "Denkt u aan zijn antibioticakuur van twaalf uur?"),
    ("nl", "health", "Er heerst waterpokken op de groep."),
    ("nl", "health", "Heeft hij die notenallergie nog steeds?"),
    ("nl", "health", "Volgens de logopedist praat ze nog te weinig."),
    ("nl", "health", "We maken ons zorgen, het lijkt op autisme."),
    ("nl", "health", "Hij heeft twee keer overgegeven na het fruit."),
    ("nl", "health", "Ze heeft een oorontsteking en drinkt slecht."),
    ("nl", "health", "De huisarts wil haar morgen zien."),
    ("nl", "health", "Zijn arm bleek gebroken te zijn."),
    ("nl", "health", "Er zijn luizen gevonden, wilt u uw kind controleren?"),
    ("nl", "religion", "Eet zij alleen halal vlees?"),
    ("nl", "religion", "Fijne ramadan en tot na het Suikerfeest."),
    ("nl", "religion", "Gaan jullie op zondag naar de kerk?"),
    ("nl", "religion", "Mag zij vanwege haar geloof niet meedoen?"),
    ("nl", "religion", "Zijn hoofddoek... de moeder draagt een hoofddoek."),
    ("nl", "bullying", "Finn wordt al weken gepest op het plein."),
    ("nl", "bullying", "Ze wordt steeds buitengesloten door de meisjes."),
    ("nl", "bullying", "Hij is bang voor twee grotere jongens."),
    ("nl", "bullying", "Hij slaat andere kinderen als hij boos is."),
    ("nl", "bullying", "Zij is vandaag in haar arm gebeten."),
    ("nl", "bullying", "Hij werd uitgelachen om zijn bril."),
    ("nl", "money", "Er staan nog twee openstaande facturen bij u."),
    ("nl", "money", "Vader kan de rekening deze maand niet betalen."),
    ("nl", "money", "Is de kinderopvangtoeslag al aangevraagd?"),
    ("nl", "money", "Moeder zit in de schuldsanering."),
    ("nl", "money", "Door zijn ontslag komen ze niet rond."),
    ("nb", "health", "Emil har feber og må hentes."),
    ("nb", "health", "Hun kastet opp etter lunsj."),
    ("nb", "health", "Har dere vært hos legen med utslettet?"),
    ("nb", "health", "Husk astmamedisinen hans i morgen."),
    ("nb", "health", "Det er omgangssyke på avdelingen."),
    ("nb", "health", "Vi har funnet lus hos flere barn."),
    ("nb", "health", "PPT ønsker en utredning av ham."),
    ("nb", "health", "Han har eggallergi, stemmer det?"),
    ("nb", "health", "Hun har vondt i øret i dag."),
    ("nb", "health", "Har han fått en ADHD-diagnose?"),
    ("nb", "religion", "Feirer dere eid i helgen?"),
    ("nb", "religion", "Skal hun være med på gudstjenesten?"),
    ("nb", "religion", "Familien er muslimsk og han spiser ikke svinekjøtt."),
    ("nb", "religion", "Er dere kristne?"),
    ("nb", "religion", "Går dere i kirken på søndag?"),
    ("nb", "bullying", "Jonas blir mobbet av de store guttene."),
    ("nb", "bullying", "Hun er blitt slått av et annet barn."),
    ("nb", "bullying", "Jentene holder henne utenfor i leken."),
    ("nb", "bullying", "Han er redd for en av guttene."),
    ("nb", "bullying", "Vi må kontakte barnevernet."),
    ("nb", "money", "Regningen for mars er ikke betalt."),
    ("nb", "money", "Har familien dårlig råd?"),
    ("nb", "money", "Mor har mistet jobben og går på dagpenger."),
    ("nb", "money", "Saken er sendt til inkasso."),
    ("nb", "money", "Dere kan søke om redusert foreldrebetaling."),
    ("en", "health", "Liam had a fever of 39 this afternoon."),
    ("en", "health", "She threw up twice after lunch."),
    ("en", "health", "Please bring his inhaler tomorrow."),
    ("en", "health", "There is chickenpox in the group."),
    ("en", "health", "Did the doctor say what the rash was?"),
    ("en", "health", "He has a peanut allergy, right?"),
    ("en", "health", "We wonder about autism and would like a diagnosis."),
    ("en", "health", "She has caught a bad cold."),
    ("en", "religion", "Does he only eat halal food?"),
    ("en", "religion", "Is she fasting during Ramadan?"),
    ("en", "religion", "Do you go to church on Sundays?"),
    ("en", "religion", "Are you a Catholic family?"),
    ("en", "bullying", "Noah is being bullied by the older boys."),
    ("en", "bullying", "He hit another child with a shovel."),
    ("en", "bullying", "She is left out by the other girls."),
    ("en", "bullying", "They call him names every day."),
    ("en", "money", "Your last two invoices are overdue."),
    ("en", "money", "If you cannot pay this month, tell us."),
    ("en", "money", "Since you lost your job, can you afford the trip?"),
    ("en", "money", "Are you on benefits?"),
)

DAILY: tuple[tuple[str, str], ...] = (
    ("nl", "Aya heeft lekker geslapen van half een tot kwart over twee."),
    ("nl", "We hebben vandaag in de zandbak gespeeld en taart gebakken."),
    ("nl", "Bram heeft drie boterhammen met kaas gegeten."),
    ("nl", "Willen jullie morgen regenlaarzen en een jas meenemen?"),
    ("nl", "De luiers zijn bijna op."),
    ("nl", "Zij bouwde een hoge toren en sloeg op de trommel."),
    ("nl", "Vrijdag gaan we naar de kinderboerderij, geen geld nodig."),
    ("nl", "Ze speelde de hele ochtend doktertje met de poppen."),
    ("nl", "De kinderen hebben dokter gespeeld in de bouwhoek."),
    ("nl", "Zullen we volgende week even bellen?"),
    ("nl", "Hij deed mee met muziek en danste vrolijk."),
    ("nl", "Vandaag pasta met pesto gegeten, hij smulde."),
    ("nl", "Ik geloof dat zijn mutsje nog hier ligt."),
    ("nl", "Ze heeft de hele fles leeggedronken."),
    ("nl", "We zochten kastanjes langs de kerk."),
    ("nl", "Het was mijn schuld, de trui zit in de verkeerde tas."),
    ("nl", "Morgen beginnen we met het thema herfst."),
    ("nl", "Hij heeft een vaste plek aan tafel gekozen."),
    ("nl", "Kunt u de kast met de sleutel van de kluis openmaken?"),
    ("nl", "Een konijn kwam op bezoek, geweldig vonden ze het."),
    ("nl", "Opa haalt haar vanmiddag op om vijf uur."),
    ("nl", "Na het buiten spelen waren we moe en hebben we voorgelezen."),
    ("nl", "We hebben pannenkoekenbeslag gemaakt."),
    ("nl", "Sinterklaas komt dinsdag, schoenen zetten mag maandag."),
    ("nb", "Hun sov godt fra tolv til halv to."),
    ("nb", "Vi har vært på tur i skogen og grillet pølser."),
    ("nb", "Husk regntøy og støvler i morgen."),
    ("nb", "Han spiste to brødskiver med brunost."),
    ("nb", "I dag har vi syklet med sykkel på plassen."),
    ("nb", "Vi spiste bønner og erter til lunsj."),
    ("nb", "Barna lekte lege med dukkene."),
    ("nb", "Hun slo på tromme og sang."),
    ("nb", "De sparket fotball ute."),
    ("nb", "Vi har faste rutiner ved hvilestunden."),
    ("nb", "Bestemor henter klokka tre."),
    ("nb", "Det var sykt gøy i akebakken."),
    ("nb", "Vi laget papirkrans og klippet snøfnugg."),
    ("nb", "Dere trenger ikke å betale for turen."),
    ("nb", "Han mistet votten sin i snøen."),
    ("nb", "Tre nye bleier trengs i skuffen."),
    ("nb", "Vi sår karse i potter denne uka."),
    ("nb", "Det var god stemning på foreldremøtet."),
    ("nb", "Hun presterte å bygge et høyt tårn."),
    ("nb", "Kan vi ta en prat på onsdag?"),
    ("en", "She slept well from half past twelve."),
    ("en", "We painted leaves and had a lot of fun."),
    ("en", "He ate two sandwiches and an apple."),
    ("en", "Please bring wellies and a spare jumper."),
    ("en", "The children played doctors in the home corner."),
    ("en", "They kicked the ball around the garden."),
    ("en", "She hit the drum and sang along."),
    ("en", "I'll send the photos this evening."),
    ("en", "We saw a rabbit and fed it carrots."),
    ("en", "It was a cold morning, so we wore hats."),
    ("en", "Grandma will pick her up at four."),
    ("en", "He had cold milk with his lunch."),
    ("en", "Oh my god, what a tower they built!"),
    ("en", "No need to pay for the trip on Friday."),
    ("en", "She used a teaspoon for the yoghurt."),
    ("en", "We read a story about a bear on a boat."),
)


def categories(text: str, language: str) -> set[str]:
    return {finding.category for finding in check_text(text, language)}


@pytest.mark.parametrize("language", ["nl", "nb", "en"])
def test_at_least_nine_of_ten_sensitive_sentences_are_found(language: str) -> None:
    table = [(text, category) for lang, category, text in SENSITIVE if lang == language]
    missed = [text for text, category in table if category not in categories(text, language)]
    assert len(table) >= 20 and len(missed) <= 0.1 * len(table), missed


@pytest.mark.parametrize("language", ["nl", "nb", "en"])
def test_at_most_one_of_twenty_daily_notes_raises_an_alarm(language: str) -> None:
    table = [text for lang, text in DAILY if lang == language]
    alarms = [text for text in table if categories(text, language)]
    assert len(table) >= 16 and len(alarms) <= 0.05 * len(table), alarms


@pytest.mark.parametrize("category", ["health", "religion", "bullying", "money"])
def test_every_kind_of_matter_is_in_the_table_for_every_language(category: str) -> None:
    assert {language for language, found, _ in SENSITIVE if found == category} == {"nl", "nb", "en"}


def test_the_finding_names_the_words_their_place_and_the_way() -> None:
    text = "Zullen we bellen over de Koorts van Aya?"
    (finding,) = check_text(text, "nl", policy=profile.load("vigilo"))
    assert (finding.category, finding.rule, finding.words) == ("health", "health_words", ("Koorts",))
    assert (finding.instead, finding.level) == ("phone_or_form", "block")
    assert [text[start:end] for start, end in finding.spans] == ["Koorts"]


def test_a_phrase_is_named_whole_and_no_word_twice() -> None:
    (finding,) = check_text("Koorts, koorts en nog eens koorts.", "nl")
    assert finding.words == ("Koorts", "koorts")
    (finding,) = check_text("Hij kan de hele rekening niet betalen.", "nl")
    assert finding.words == ("kan de hele rekening niet betalen",)


def test_a_text_plainly_in_another_language_is_read_in_that_one_too() -> None:
    assert categories("She has a fever and was ill for the whole night.", "nl") == {"health"}
    assert categories("A god of the Greeks", "en") == {"religion"}
    assert categories("Vi har hatt en god og fin dag med det.", "nb") == set(), "god is good in Norwegian"


def test_the_policy_says_what_is_looked_for() -> None:
    policy = profile.load("vigilo")
    off = replace(policy, guard={**policy.guard, "health": GuardRule(check=False, level="warn", way="phone")})
    text = "Hun har feber og dere har ikke betalt."
    assert [f.category for f in check_text(text, "nb", policy=policy)] == ["health", "money"]
    assert [f.category for f in check_text(text, "nb", policy=off)] == ["money"]
    assert {f.level for f in check_text(text, "nb", policy=profile.load("open"))} == {"warn"}
    assert {f.instead for f in check_text(text, "nb", policy=profile.load("social-schools"))} == {"talk"}


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Emma speelde met Daan.", ("Daan",), ("Daan",)),
        ("emma speelde met daan.", ("Daan",), ("daan",)),
        ("Dit is Daans jas.", ("Daan",), ("Daans",)),
        ("Dit is Emma’s jas.", ("Emma",), ("Emma’s",)),
        ("Daniel en Øystein", ("Daniël", "Øystein"), ("Daniel", "Øystein")),
        ("Daniël", ("Daniel",), ("Daniël",)),
        ("Anne Marie kwam mee.", ("Anne Marie",), ("Anne Marie",)),
        ("Anne kwam mee.", ("Anne Marie",), ()),
        ("Er was storm op zee.", ("Storm",), ()),
        ("Zij speelde met Storm.", ("Storm",), ("Storm",)),
        ("Daantje kwam mee.", ("Daan",), ()),
        ("Wij gaan naar buiten.", ("", " ", "-", "W"), ()),
    ],
)
def test_other_children_s_names(text: str, names: tuple[str, ...], found: tuple[str, ...]) -> None:
    findings = [f for f in check_text(text, "nl", names) if f.category == "child_name"]
    assert tuple(word for finding in findings for word in finding.words) == found
    assert all((f.rule, f.instead) == ("other_child_named", "leave_out") for f in findings)


@pytest.mark.parametrize(
    ("text", "language", "name", "found"),
    [
        ("Will you be there?", "en", "Will", False),
        ("May we ask you something? Can you come?", "en", "Can", False),
        ("Bring a coat. Mark the date!", "en", "Mark", False),
        ("- Mark the date\n- Rose, the colour", "en", "Rose", False),
        ("“May I?”", "en", "May", False),
        ("WILL YOU COME", "en", "Will", False),
        ("Will slept well.", "en", "Will", True),
        ("They sang. Can played along.", "en", "Can", True),
        ("Mark's coat is here.", "en", "Mark", True),
        ("Will and the others", "en", "Will", True),
        ("Will Smith came.", "en", "Will", True),
        ("They played with Will.", "en", "Will", True),
        ("We saw WILL today.", "en", "Will", True),
        ("will you come", "en", "Will", False),
        ("Storm op zee!", "nl", "Storm", False),
        ("Storm sliep goed.", "nl", "Storm", True),
        ("Dag alle sammen", "nb", "Dag", False),
        ("Dag sov godt.", "nb", "Dag", True),
        ("Daan, kom je?", "nl", "Daan", True),  # no word of the language: a name wherever it stands
    ],
)
def test_a_name_that_is_a_word_too_counts_only_where_it_is_meant_as_a_name(
    text: str, language: str, name: str, found: bool
) -> None:
    assert bool([f for f in check_text(text, language, (name,)) if f.category == "child_name"]) == found


def test_the_child_the_message_is_about_may_share_a_name() -> None:
    assert check_text("Emma sliep goed.", "nl", ("Emma",), own_names=("Emma de Wit",)) == ()
    assert check_text("Emma Jansen sliep goed.", "nl", ("Emma Jansen",), own_names=("Emma de Wit",)) != ()


@pytest.mark.parametrize("number", ["111222333", "123456782", "010464554"])
def test_a_dutch_number_warns_and_blocks_when_it_is_named(number: str) -> None:
    assert is_dutch_number(number)
    (likely,) = check_text(f"Het nummer is {number}.", "nl")
    assert (likely.category, likely.rule, likely.level) == ("citizen_number", "dutch_number_likely", "warn")
    (named,) = check_text(f"Zijn BSN: {number}", "nl")
    assert (named.rule, named.level) == ("dutch_number_named", "block")


@pytest.mark.parametrize("text", ["123.456.782", "123 456 782", "1234.56.782", "123-456-782"])
def test_a_dutch_number_however_it_is_written(text: str) -> None:
    assert [f.rule for f in check_text(f"zie {text} dus", "nl")] == ["dutch_number_likely"]


@pytest.mark.parametrize(
    "text",
    [
        "Bel 0612345678.", "Bel +31 123 456 782.", "NL91ABNA0417164300", "op 23-11-2026 om 12:30", "123456789",
        "000000000", "1234567821", "8 ballen en 12 rode", "10464554",
    ],
)  # fmt: skip
def test_no_dutch_number(text: str) -> None:
    assert check_text(text, "nl") == ()


def test_eight_digits_count_only_when_they_are_named() -> None:
    assert [f.rule for f in check_text("burgerservicenummer 10464554", "nl")] == ["dutch_number_named"]


@pytest.mark.parametrize("number", ["01010750160", "010107 50160", "010107-50160", "01.01.07 50160"])
def test_a_norwegian_number_blocks(number: str) -> None:
    (finding,) = check_text(f"Fødselsnummer {number}.", "nb", policy=profile.load("open"))
    assert (finding.rule, finding.level) == ("norwegian_number", "block")


def test_eleven_digits_that_fail_the_test_are_no_norwegian_number() -> None:
    assert check_text("Ordre 01010750161", "nb") == ()


def test_the_norwegian_test_passes_few_numbers_by_chance() -> None:
    numbers = (f"{value:011d}" for value in range(1, 10**11, 10**11 // 40_000 + 7))
    passed = sum(map(is_norwegian_number, numbers))
    assert 40 <= passed <= 140  # of some 40,000
    assert not is_norwegian_number("01010750161") and not is_norwegian_number("32010750160")
    assert not is_norwegian_number("")


def test_a_number_is_masked() -> None:
    (finding,) = check_text("bsn 123456782", "nl")
    assert finding.words == ("•••••••82",)


def test_rules_and_categories_are_all_reachable() -> None:
    text = "koorts, moskee, gepest, schulden, Daan, bsn 123456782, 01010750160"
    found = check_text(text, "nl", ("Daan",)) + check_text("123456782", "nl")
    assert {finding.rule for finding in found} == GUARD_RULES
    assert list(dict.fromkeys(finding.category for finding in found)) == list(GUARD_CATEGORIES)


@pytest.mark.parametrize("language", ["nl", "nb", "en"])
def test_every_pattern_of_the_lists_can_match(language: str) -> None:
    for category in ("health", "religion", "bullying", "money"):
        for patterns in guard_words.patterns(language, category):
            groups = [patterns.words, *(words for phrase in patterns.phrases for words in phrase if words)]
            parts = [p for words in groups for p in (*words.whole, *words.begins, *words.ends, *words.holds)]
            assert parts and all(len(guard_words.tokens(part)) == 1 for part in parts), category
            assert all(guard_words.tokens(part)[0].word == part for part in parts)


@pytest.mark.parametrize("text", ["", " ", "[/]", "\x00", "…", "9" * 500, "🙂" * 50])
def test_odd_texts_find_nothing(text: str) -> None:
    assert check_text(text, "nl", ("Daan",)) == ()
