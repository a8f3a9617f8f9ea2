"""EDEXML: the three versions, keys, leavers, fields that are never kept, and XML that means harm."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindertui.domain.intake_roster import FILE_RULES, LINE_RULES, FileRefused, RosterFile
from kindertui.portal.readers import edexml, read, read_bytes, recognise_bytes, xml

TODAY = date(2025, 9, 1)
SAMPLES = Path(__file__).parents[4] / "shared" / "samples"

SCHOOL = "<school><schooljaar>2025-2026</schooljaar><brincode>01AB</brincode><dependancecode>02</dependancecode>"
GROUPS = """<groepen>
<groep key="g1"><naam>Egels</naam><jaargroep>1</jaargroep></groep>
<groep key="g2"><naam>Dassen</naam><jaargroep>B</jaargroep></groep>
<samengestelde_groep key="s1"><naam>Muziek</naam></samengestelde_groep>
</groepen>"""
PUPIL = '<leerling key="1"><roepnaam>Noor</roepnaam><groep key="g1"/></leerling>'


def document(
    pupils: str = PUPIL, *, version: str = "2.1", groups: str = GROUPS, staff: str = "", school: str = SCHOOL
) -> str:
    stated = f"<xsdversie>{version}</xsdversie>" if version else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<EDEX>\n{school}{stated}</school>\n{groups}\n'
        f"<leerlingen>\n{pupils}\n</leerlingen>\n{staff}</EDEX>\n"
    )


def parsed(text: str) -> RosterFile:
    return read_bytes(text.encode(), today=TODAY)


def refusal(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read_bytes(data, today=TODAY)
    assert refused.value.rule in FILE_RULES
    return refused.value


def pupil(inner: str, key: str = "1") -> str:
    return f'<leerling key="{key}">{inner}</leerling>'


def test_a_pupil_with_everything() -> None:
    file = parsed(
        document(
            pupil(
                "<achternaam>Hof</achternaam><voorvoegsel>van 't</voorvoegsel><voornamen>Noortje Ida</voornamen>"
                "<voorletters-1>NI</voorletters-1><roepnaam>Noor</roepnaam><geboortedatum>2020-02-29</geboortedatum>"
                "<geslacht>2</geslacht><jaargroep>1</jaargroep><groep key='g1'/><samengestelde_groepen>"
                "<samengestelde_groep key='s1'/></samengestelde_groepen><instroomdatum>2024-03-01+01:00</instroomdatum>"
                "<uitstroomdatum>2026-07-01</uitstroomdatum><mutatiedatum>2025-01-01T08:00:00</mutatiedatum>"
            )
        )
    )
    (child,) = file.children
    assert (file.format, file.version, file.source, file.refused) == ("edexml", "2.1", "edexml:01AB02", ())
    assert (child.given_name, child.prefix, child.surname) == ("Noor", "van 't", "Hof")
    assert (child.birth_date, child.first_day, child.last_day) == (
        date(2020, 2, 29), date(2024, 3, 1), date(2026, 7, 1),
    )  # fmt: skip
    assert (child.key, child.keyed, child.group) == ("1", True, "g1")


def test_groups_keep_their_kind_and_the_ages_the_schema_names() -> None:
    groups = {group.key: (group.name, group.kind, group.age_from, group.age_to) for group in parsed(document()).groups}
    assert groups == {
        "g1": ("Egels", "school", 4, 5),
        "g2": ("Dassen", "day_care", 0, 1),
        "s1": ("Muziek", None, None, None),
    }


@pytest.mark.parametrize(
    ("stated", "version"), [("1.03", "1.0.3"), ("1.0.3", "1.0.3"), ("2.0", "2.0"), ("2.1", "2.1"), ("", "")]
)
def test_the_versions_that_are_read(stated: str, version: str) -> None:
    assert parsed(document(version=stated)).version == version


def test_another_version_is_refused() -> None:
    assert refusal(document(version="3.0").encode()).rule == "version_unknown"


@pytest.mark.parametrize(
    ("year", "fine"),
    [
        ("2025-2026", True),
        ("2031-2032", True),
        ("1999-2000", True),
        ("2025-2027", False),
        ("2025/2026", False),
        ("", False),
    ],
)
def test_a_school_year_is_two_years_that_follow_each_other(year: str, fine: bool) -> None:
    text = document(school=f"<school><schooljaar>{year}</schooljaar>")
    if fine:
        assert parsed(text).refused == ()
    else:
        assert refusal(text.encode()).rule == "school_year"


@pytest.mark.parametrize(
    ("inner", "name"),
    [
        ("<roepnaam>Noor</roepnaam>", "Noor"),
        (
            "<achternaam>Smit</achternaam><voornamen>Noortje Ida</voornamen><voorletters-1>N</voorletters-1>",
            "Noortje Ida Smit",
        ),
        ("<achternaam>Smit</achternaam><voorletters-1>NI</voorletters-1>", "NI Smit"),
        ("<achternaam>Smit</achternaam><voorvoegsel>de</voorvoegsel>", "de Smit"),
    ],
)
def test_the_best_name_there_is(inner: str, name: str) -> None:
    (child,) = parsed(document(pupil(inner))).children
    assert child.given_name and " ".join(filter(None, (child.given_name, child.prefix, child.surname))) == name


@pytest.mark.parametrize(
    ("pupils", "line", "rule"),
    [
        (pupil("<geboortedatum>2020-02-03</geboortedatum>"), 10, "name_missing"),
        (pupil("<roepnaam>\x9f</roepnaam>"), 10, "name_missing"),
        (pupil("<roepnaam>A</roepnaam><geboortedatum>2021-02-31</geboortedatum>"), 10, "date_impossible"),
        (pupil("<roepnaam>A</roepnaam><geboortedatum>31-01-2021</geboortedatum>"), 10, "date_form"),
        (pupil("<roepnaam>A</roepnaam><geboortedatum>1970-01-01</geboortedatum>"), 10, "birth_date_unlikely"),
        (pupil("<roepnaam>A</roepnaam><groep key='g9'/>"), 10, "group_unknown"),
        (pupil("<roepnaam>A</roepnaam><roepnaam>B</roepnaam>"), 10, "element_twice"),
        (pupil("<roepnaam>A</roepnaam>", key=" "), 10, "key_missing"),
        (PUPIL + "\n" + pupil("<roepnaam>B</roepnaam>"), 11, "key_twice"),
        (PUPIL + pupil("<roepnaam>B</roepnaam>"), 10, "key_twice"),
        (
            pupil(
                "<roepnaam>A</roepnaam><instroomdatum>2026-02-01</instroomdatum><uitstroomdatum>2026-01-01</uitstroomdatum>"
            ),
            10,
            "days_reversed",
        ),
        (pupil(f"<roepnaam>{'A' * 301}</roepnaam>"), 10, "text_too_long"),
    ],
)
def test_a_bad_pupil_is_refused_with_its_line(pupils: str, line: int, rule: str) -> None:
    assert [(remark.line, remark.rule) for remark in parsed(document(pupils)).refused] == [(line, rule)]
    assert rule in LINE_RULES


def test_a_group_without_a_name_and_one_key_for_two_groups() -> None:
    groups = (
        '<groepen><groep key="a"/>\n<groep key="b"><naam>B</naam></groep>\n<samengestelde_groep key="b"><naam>C</naam>'
    )
    file = parsed(document(pupil("<roepnaam>A</roepnaam>"), groups=groups + "</samengestelde_groep></groepen>"))
    assert [(remark.line, remark.rule) for remark in file.refused] == [(4, "name_missing"), (6, "key_twice")]


def test_a_child_of_a_combined_group_only_belongs_to_that() -> None:
    inner = "<roepnaam>A</roepnaam><samengestelde_groepen><samengestelde_groep key='s1'/></samengestelde_groepen>"
    assert parsed(document(pupil(inner))).children[0].group == "s1"


def test_a_child_without_any_group_is_mentioned() -> None:
    file = parsed(document(pupil("<roepnaam>A</roepnaam>")))
    assert [remark.rule for remark in file.warnings] == ["child_without_group"] and file.children[0].group is None


def test_leavers_are_counted_and_need_not_be_faultless() -> None:
    file = parsed(
        document(
            "\n".join(
                (
                    pupil("<roepnaam>A</roepnaam><uitstroomdatum>2025-08-31</uitstroomdatum>", "1"),
                    pupil("<geboortedatum>?</geboortedatum><uitstroomdatum>2024-01-01</uitstroomdatum>", "2"),
                    pupil("<roepnaam>C</roepnaam><jaargroep>H</jaargroep>", "3"),
                    pupil("<roepnaam>D</roepnaam><uitstroomdatum>2025-09-01</uitstroomdatum>", "4"),
                )
            )
        )
    )
    assert file.refused == () and [child.key for child in file.children] == ["4"]
    assert [(leaver.key, leaver.last_day) for leaver in file.leavers] == [
        ("1", date(2025, 8, 31)), ("2", date(2024, 1, 1)), ("3", None),
    ]  # fmt: skip
    assert file.left == 3


def test_a_leaver_with_a_present_childs_key_is_refused() -> None:
    gone = pupil("<roepnaam>B</roepnaam><uitstroomdatum>2024-01-01</uitstroomdatum>")
    assert [remark.rule for remark in parsed(document(PUPIL + gone)).refused] == ["key_twice"]


def test_a_key_that_may_change_is_not_used_as_one() -> None:
    pupils = pupil("<roepnaam>Noor</roepnaam><groep key='#g'/>", "#1")
    file = parsed(document(pupils, groups='<groepen><groep key="#g"><naam>Egels</naam></groep></groepen>'))
    (child,), (group,) = file.children, file.groups
    assert not child.keyed and not group.keyed and child.key == child.name_key and child.group == group.key
    assert [(remark.rule, remark.args) for remark in file.warnings] == [("key_unstable", {"count": "2"})]


def test_two_of_one_name_and_birth_date() -> None:
    inner = "<roepnaam>Noor</roepnaam><geboortedatum>2020-02-03</geboortedatum><groep key='g1'/>"
    stable = parsed(document(pupil(inner, "1") + pupil(inner, "2")))
    assert stable.refused == () and [remark.rule for remark in stable.warnings] == ["child_same_name"]
    unstable = parsed(document(pupil(inner, "#1") + pupil(inner, "#2")))
    assert [remark.rule for remark in unstable.refused] == ["child_twice"]


def test_teachers_come_as_staff_of_their_first_group() -> None:
    staff = (
        "<leerkrachten><leerkracht key='L1'><achternaam>Bemmel</achternaam><voorvoegsel>van</voorvoegsel>"
        "<roepnaam>Julia</roepnaam><rol>DIR</rol><groepen><samengestelde_groep key='s1'/><groep key='g2'>"
        "<rol>STA</rol></groep></groepen></leerkracht><leerkracht key='L2'><roepnaam>Lia</roepnaam></leerkracht>"
        "</leerkrachten>"
    )
    file = parsed(document(staff=staff))
    assert [(teacher.key, teacher.name, teacher.group) for teacher in file.staff] == [
        ("L1", "Julia van Bemmel", "g2"), ("L2", "Lia", None),
    ]  # fmt: skip


def test_what_may_not_be_kept_is_counted_and_its_value_is_nowhere() -> None:
    inner = (
        "<roepnaam>Noor</roepnaam><fotourl>http://photo</fotourl><etniciteit>1</etniciteit><land>MA</land>"
        "<land_vader>TR</land_vader><bsn>123456782</bsn><gewicht_nieuw>0,3</gewicht_nieuw><gewicht>  </gewicht>"
        "<postcodenl>6971VB</postcodenl><toevoegingen><blok><code>secret</code></blok></toevoegingen>"
    )
    file = parsed(document(pupil(inner) + pupil("<roepnaam>A</roepnaam><bsn_ondwnr-4>2731</bsn_ondwnr-4>", "2")))
    assert {name: count for name, count in file.dropped.items() if count} == {
        "etniciteit": 1, "land": 1, "land_vader": 1, "bsn": 1, "gewicht_nieuw": 1, "bsn_ondwnr-4": 1,
    }  # fmt: skip
    handler = edexml._Handler()
    xml.parse(document(pupil(inner)).encode(), handler)
    told = repr(file) + repr(handler.records)
    assert not any(value in told for value in ("123456782", "2731", "0,3", "6971VB", "secret", "photo", "'MA'", "'TR'"))


ENTITIES = '<!DOCTYPE EDEX [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (document().replace("<EDEX>", f"{ENTITIES}<EDEX>").replace("Noor", "&b;").encode(), "xml_dtd", 2),
        (document().replace("<EDEX>", "<!DOCTYPE EDEX>\n<EDEX>").encode(), "xml_dtd", 2),
        (document().replace("<EDEX>", '<!DOCTYPE EDEX SYSTEM "file:///etc/passwd"><EDEX>').encode(), "xml_dtd", 2),
        (document().replace("</EDEX>", "").encode(), "xml_malformed", 13),
        (document(pupil("<roepnaam>A & B</roepnaam>")).encode(), "xml_malformed", 10),
        (document(pupil("<a>" * 40 + "</a>" * 40)).encode(), "xml_malformed", 10),
        (document(pupil("<roepnaam>Zoë</roepnaam>")).encode("cp1252"), "xml_encoding", 10),
        (document(pupil("<roepnaam>Zoë</roepnaam>")).replace("UTF-8", "ISO-8859-1").encode(), "xml_encoding", 10),
        (document().replace("UTF-8", "UTF-7").encode(), "xml_encoding", 1),
        (document().replace("UTF-8", "no-such").encode(), "xml_encoding", 1),
        (document().replace("UTF-8", "UTF-16").encode(), "xml_encoding", 1),
        (document().encode("utf-16")[:-1], "xml_encoding", 1),
        (b"<?xml version='1.0'?><EDEXX/>", "xml_root", None),
        (b"<EDEX><school><schooljaar>2025-2026</schooljaar></school></EDEX>", "no_children", None),
        (b"<" + b" " * (5 * 1024 * 1024), "file_too_large", None),
    ],
)
def test_xml_that_is_refused_whole(data: bytes, rule: str, line: int | None) -> None:
    problem = refusal(data)
    assert problem.rule == rule
    if line != 1 or rule != "xml_encoding":
        assert problem.line == line


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "windows-1252", "ISO-8859-15", "UTF-16"])
def test_encodings_that_are_declared_as_they_are(encoding: str) -> None:
    text = document(pupil("<roepnaam>Zoë</roepnaam><groep key='g1'/>")).replace("UTF-8", encoding)
    data = text.encode(encoding)
    assert read_bytes(data, today=TODAY).children[0].given_name == "Zoë"


def test_ten_thousand_pupils_are_read_and_one_more_is_refused() -> None:
    pupils = [pupil(f"<roepnaam>N{number}</roepnaam>", str(number)) for number in range(10_000)]
    assert len(parsed(document("".join(pupils))).children) == 10_000
    assert refusal(document("".join([*pupils, pupil("<roepnaam>A</roepnaam>", "x")])).encode()).rule == "too_many_rows"


def test_what_comes_later_is_recognised_by_content() -> None:
    pifu = b'<?xml version="1.0"?>\n<enterprise xmlns="http://pifu.no/xsd/pifu-ims_sas/pifu-ims_sas-v1"/>'
    assert recognise_bytes(pifu) == "pifu-ims"
    assert refusal(pifu).rule == "format_later" and refusal(pifu).args_ == {"format": "pifu-ims"}
    assert refusal(b'<enterprise xmlns="http://example.org/other"/>').rule == "xml_root"


def test_a_format_that_was_asked_for_and_is_not_there() -> None:
    with pytest.raises(FileRefused) as refused:
        read_bytes(document().encode(), "csv", today=TODAY)
    assert (refused.value.rule, refused.value.args_) == ("format_mismatch", {"format": "csv", "found": "edexml"})


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_a_refusal_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(
        document(PUPIL + pupil("<roepnaam>Zoë</roepnaam><geboortedatum>2020-02-03</geboortedatum>", "2")).encode()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    try:
        file = read_bytes(bytes(content), today=TODAY)
    except FileRefused as refused:
        assert refused.rule in FILE_RULES
    else:
        assert all(remark.rule in LINE_RULES for remark in file.refused)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the official examples are not here")
@pytest.mark.parametrize(
    ("name", "version", "groups", "dropped"),
    [
        ("2.0/EDEXML.Voorbeeld.2.0.xml", "2.0", 8, {"bsn": 1, "gewicht_nieuw": 1, "bsn_ondwnr-4": 1}),
        ("2.1/EDEXML.Voorbeeld.2.1.xml", "2.1", 8, {"bsn": 1, "gewicht_nieuw": 1, "bsn_ondwnr-4": 1}),
        ("2.1/EDEXML.Voorbeeld.2.1-Vla.xml", "2.1", 7, {"rijksregisternummer": 1}),
    ],
)
def test_the_official_examples(name: str, version: str, groups: int, dropped: dict[str, int]) -> None:
    file = read(SAMPLES / "edexml" / name, today=TODAY)
    assert (file.version, len(file.groups), len(file.children), file.left, len(file.staff)) == (
        version,
        groups,
        2,
        1,
        3,
    )
    assert file.refused == () and file.dropped == {**dropped, "land": 2, "land_vader": 1, "land_moeder": 1}
    assert "133456785" not in repr(file) and "13345678512" not in repr(file)
