"""`where` and `init`."""

import re

import pytest

from kindertui import i18n, locations
from kindertui.data.connection import connect
from kindertui.data.keys import read_keys
from kindertui.data.queries import location
from kindertui.locations import Locations
from tests.cli.conftest import Cli

INIT = ("init", "--location", "De Tuin", "--profile", "bitcare")


def test_where_prints_every_path_and_makes_nothing(cli: Cli, home: Locations) -> None:
    ran = cli("where", "--json")
    assert ran.code == 0
    assert ran.document == home.as_dict()
    assert not home.data.exists()
    assert str(home.database) in cli("where").out


def test_init_makes_a_location_and_shows_its_key_once_on_stderr(cli: Cli, home: Locations) -> None:
    ran = cli(*INIT, "--language", "nl", "--timezone", "Europe/Amsterdam")
    assert ran.code == 0
    assert re.search(r"^(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}$", ran.err, re.MULTILINE)
    assert not re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", ran.out)
    made = location(connect(home.database, read_keys(home).database, read_only=True))
    assert (made.name, made.language, made.timezone, made.profile) == ("De Tuin", "nl", "Europe/Amsterdam", "bitcare")


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", ("HERSTELSLEUTEL van De Tuin", "is gemaakt")), ("nb", ("GJENOPPRETTINGSNØKKEL for De Tuin", "er laget")),
     ("en", ("RECOVERY KEY of De Tuin", "is made"))],
)  # fmt: skip
def test_init_speaks_the_language_of_the_location_with_the_key_too(
    cli: Cli, home: Locations, language: str, said: tuple[str, str]
) -> None:
    ran = cli(*INIT, "--language", language)
    assert said[0] in ran.err and said[1] in ran.out
    refused = cli(*INIT, "--language", language)
    assert refused.code == 1 and i18n.language() == language, "what stands in the way is said in it too"


@pytest.mark.parametrize(("profile", "zone"), [("bitcare", "Europe/Amsterdam"), ("vigilo", "Europe/Oslo")])
def test_init_without_time_zone_takes_that_of_the_portal(cli: Cli, home: Locations, profile: str, zone: str) -> None:
    assert cli("init", "--location", "x", "--profile", profile).code == 0
    assert location(connect(home.database, read_keys(home).database, read_only=True)).timezone == zone


def test_init_leaves_an_existing_location_as_it_is(cli: Cli, place: Locations) -> None:
    before, key = place.database.read_bytes(), place.key.read_bytes()
    ran = cli(*INIT)
    assert ran.code == 1
    assert str(place.database) in ran.err
    assert len(ran.sentences) == 1
    assert (place.database.read_bytes(), place.key.read_bytes()) == (before, key)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--location", "x", "--profile", "bitcar"), "bitcare"),
        (("--location", "x", "--profile", "../open"), "bitcare"),
        (("--location", "x", "--profile", ""), "bitcare"),
        (("--location", "x", "--profile", "open", "--timezone", "Europe/Amstredam"), "Europe/Amstredam"),
        (("--location", "x", "--profile", "open", "--timezone", "../../etc/passwd"), "../../etc/passwd"),
        (("--location", "x", "--profile", "open", "--timezone", "Europe"), "Europe"),
        (("--location", "x", "--profile", "open", "--timezone", ""), "time zone"),
        (("--location", " \u202e ", "--profile", "open"), "name"),
        (("--location", "x" * 301, "--profile", "open"), "too long"),
    ],
)
def test_init_refuses_in_one_sentence_and_makes_nothing(
    cli: Cli, home: Locations, arguments: tuple[str, ...], says: str
) -> None:
    ran = cli("init", *arguments)
    assert (ran.code, len(ran.sentences)) == (1, 1)
    assert says in ran.err
    assert not home.data.exists()


def test_init_where_nothing_can_be_kept_is_a_sentence(
    cli: Cli, home: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.data.parent.mkdir(exist_ok=True)
    home.data.write_text("a file, not a folder")
    ran = cli(*INIT)
    assert ran.code == 3
    assert str(home.data) in ran.err and "KINDERTUI_HOME" in ran.err
    assert home.data.read_text() == "a file, not a folder"


def test_the_demo_never_is_where_the_real_database_is(home: Locations) -> None:
    real, demo = locations.find().as_dict(), locations.find(demo=True).as_dict()
    assert not set(real.values()) & set(demo.values())
