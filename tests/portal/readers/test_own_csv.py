"""Our own CSV: the documented example, every refusal with its line, encodings, separators, hostile fields."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindertui.domain.intake_roster import FILE_RULES, LINE_RULES, WARNING_RULES, FileRefused, RosterFile
from kindertui.portal.readers import own_csv, read_bytes

TODAY = date(2025, 9, 1)
DOCS = Path(__file__).parents[3] / "docs" / "csv.md"
HEAD = "given_name;surname;birth_date;group"


def read(text: str, *, encoding: str = "utf-8") -> RosterFile:
    return read_bytes(text.encode(encoding), today=TODAY)


def rows(extra: str, *fields: str) -> RosterFile:
    """One good child per value in `fields`, which goes into the column `extra`."""
    lines = [f"{HEAD};{extra}"]
    lines += [f"Fenna;Dijkema {number};2025-02-03;Egels;{field}" for number, field in enumerate(fields)]
    return read("\n".join(lines))


def said(file: RosterFile) -> list[tuple[int | None, str]]:
    return [(remark.line, remark.rule) for remark in file.refused]


def test_the_documented_example_reads_as_the_page_says() -> None:
    example = re.search(r"```csv\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    file = read(example[1])
    assert (file.format, file.refused, file.warnings, file.left) == ("csv", (), (), 0)
    assert [(group.name, group.kind) for group in file.groups] == [("Egels", "day_care"), ("Dassen", "day_care")]
    fenna, tijn, iben = file.children
    assert (fenna.key, fenna.keyed, fenna.first_day) == ("101", True, date(2025, 6, 1))
    assert (tijn.given_name, tijn.prefix, tijn.surname, tijn.birth_date) == (
        "Tijn", "van der", "Laan", date(2023, 9, 14),
    )  # fmt: skip
    assert iben.surname == "Østergård" and iben.group == file.groups[1].key
    assert [(slot.weekday, slot.start, slot.end) for slot in file.slots if slot.child == "101"] == [
        (1, time(8), time(17, 30)), (2, time(8), time(17, 30)), (4, time(8), time(13)),
    ]  # fmt: skip
    assert [(fact.child, fact.kind, fact.text) for fact in file.facts] == [
        ("101", "allergy", "cow's milk"),
        ("101", "allergy", "sesame"),
        ("102", "diet", "no pork"),
        ("102", "health", "wears glasses"),
        ("103", "note", 'naps with "Bear"; the blue one'),
    ]
    answers = {(consent.child, consent.scope): consent.given for consent in file.consents}
    assert answers["101", "photo_own_portal"] and answers["101", "photo_internal"]
    assert answers["101", "photo_public"] is False and ("101", "photo_external") not in answers
    assert [given for (child, _), given in answers.items() if child == "102"] == [False] * 5
    assert file.consents[0].since == date(2025, 5, 20)
    mother, father = (guardian for guardian in file.guardians if guardian.child == "101")
    assert (mother.name, mother.rank, mother.phone, mother.may_pick_up) == ("Marit Dijkema", 1, "+31 6 00000001", True)
    assert (father.rank, father.email, father.may_pick_up) == (2, "sjoerd@example.org", False)
    order, secret = file.restrictions
    assert (order.guardian, order.kind, order.since, order.author) == (
        father.key, "contact", date(2025, 4, 11), "H. Postma",
    )  # fmt: skip
    assert (secret.child, secret.guardian, secret.kind) == ("103", None, "address")


def test_the_page_names_every_column_and_no_other() -> None:
    page = DOCS.read_text(encoding="utf-8").split("## The columns")[1].split("## An example")[0]
    named = {name for cell in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)}
    expected = {*own_csv.COLUMNS, *(f"guardian_1_{part}" for part in own_csv.GUARDIAN)}
    expected |= {f"restriction_1_{part}" for part in own_csv.RESTRICTION}
    assert named == expected - {"tuesday", "wednesday", "thursday", "friday", "saturday"}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_line_ends_and_mark(separator: str, end: str, mark: str) -> None:
    lines = [separator.join(line) for line in (HEAD.split(";"), ("Bjørn", "Ås", "03.02.2025", "Egels"))]
    file = read(mark + end.join(lines) + end)
    assert [(child.given_name, child.birth_date, child.line) for child in file.children] == [
        ("Bjørn", date(2025, 2, 3), 2)
    ]


def test_a_spreadsheets_hint_line_counts_as_a_line() -> None:
    assert read(f"sep=;\n{HEAD}\nNoor;Smit;2025-02-03;Egels\n").children[0].line == 3


def test_capitals_in_the_header_do_not_matter() -> None:
    assert len(read("Given_Name;SURNAME;Birth_date;Group\nNoor;Smit;2025-02-03;Egels").children) == 1


def test_windows_1252_is_recognised() -> None:
    file = read(f"{HEAD}\nDaniël;Groß – “Öz” €;2025-02-03;Egels\n", encoding="cp1252")
    assert (file.children[0].given_name, file.children[0].surname) == ("Daniël", "Groß – “Öz” €")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (f"{HEAD}\nNoor;é;2025-02-03;Egels\n".encode() + b"Ze\xeb;X;2025-02-03;Egels\n", 3),  # both in one file
        (f"{HEAD}\nNoor;Smit;2025-02-03;Egels\n".encode() + b"Ze\x81;X;2025-02-03;Egels\n", 3),  # in neither
        (f"{HEAD}\n".encode() + b"Noor;Sm\xd7it;2025-02-03;Egels\n", 2),  # a sign no name has
        (f"{HEAD}\nNoor;Smit;2025-02-03;Egels\n".encode("utf-16"), 1),
        (f"{HEAD}\n{'Noor;Smit;2025-02-03;Egels' * 30}\nA\0;B;2025-02-03;Egels\n".encode(), 3),
    ],
)
def test_a_wrong_encoding_is_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(FileRefused) as refused:
        read_bytes(data, today=TODAY)
    assert (refused.value.rule, refused.value.line) == ("text_encoding", line)


@pytest.mark.parametrize(
    ("text", "rule", "args"),
    [
        (f"{HEAD};alergies\nNoor;Smit;2025-02-03;Egels;nuts", "columns_unknown", {"columns": "alergies"}),
        (f"{HEAD};surname\nNoor;Smit;2025-02-03;Egels;x", "columns_twice", {"columns": "surname"}),
        ("given_name;surname\nNoor;Smit", "columns_missing", {"columns": "birth_date, group"}),
        (HEAD, "no_children", {}),
        ("name;born\nNoor;2025-02-03", "format_unknown", {}),
        ("", "file_empty", {}),
        (" \n\ufeff\n", "file_empty", {}),
        (f'{HEAD}\nNoor;"Smit"x;2025-02-03;Egels', "csv_malformed", {}),
        (f'{HEAD}\nNoor;"Smit;2025-02-03;Egels', "csv_malformed", {}),
    ],
)
def test_a_file_that_is_refused_whole(text: str, rule: str, args: dict[str, str]) -> None:
    with pytest.raises(FileRefused) as refused:
        read(text)
    assert (refused.value.rule, refused.value.args_) == (rule, args)
    assert rule in FILE_RULES


def test_ten_thousand_rows_are_read_and_one_more_is_refused() -> None:
    lines = [HEAD, *(f"Noor;Smit {number};2025-02-03;Egels" for number in range(10_000))]
    assert len(read("\n".join(lines)).children) == 10_000
    lines.append("Noor;Smit;2025-02-03;Egels")
    with pytest.raises(FileRefused) as refused:
        read("\n".join(lines))
    assert (refused.value.rule, refused.value.line) == ("too_many_rows", 10_002)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (";Smit;2025-02-03;Egels", "name_missing"),
        ("Noor;Smit;;Egels", "birth_date_missing"),
        ("Noor;Smit;31-02-2025;Egels", "date_impossible"),
        ("Noor;Smit;3/2/2025;Egels", "date_form"),
        ("Noor;Smit;03-02-25;Egels", "date_form"),
        ("Noor;Smit;1925-02-03;Egels", "birth_date_unlikely"),
        ("Noor;Smit;2035-02-03;Egels", "birth_date_unlikely"),
        ("Noor;Smit;2025-02-03", "row_cells"),
        ("Noor;Smit;2025-02-03;Egels;too much", "row_cells"),
        (f"{'N' * 301};Smit;2025-02-03;Egels", "text_too_long"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_never_its_value(line: str, rule: str) -> None:
    file = read(f"{HEAD}\nFenna;Dijkema;2025-02-03;Egels\n\n{line}\n")
    assert said(file) == [(4, rule)]
    assert rule in LINE_RULES
    told = " ".join(file.refused[0].args.values())
    assert not any(value in told for value in line.split(";") if len(value) > 3)


def test_a_record_over_several_lines_is_counted_from_its_first() -> None:
    file = read(f'{HEAD};notes\nA;B;2025-02-03;Egels;"one\ntwo"\nNoor;Smit;31-02-2025;Egels;\n')
    assert said(file) == [(4, "date_impossible")]
    assert file.facts[0].text == "one two"


def test_the_same_child_twice_is_refused_however_it_is_written() -> None:
    file = read(f"{HEAD};prefix\nJan;van Dijk;2025-02-03;Egels;\nJAN;Dijk;3-2-2025;Egels; Van\n")
    assert said(file) == [(3, "child_twice")]
    assert file.refused[0].args == {"first": "2"}


def test_the_same_name_with_another_birth_date_is_another_child() -> None:
    assert said(read(f"{HEAD}\nJan;Dijk;2025-02-03;Egels\nJan;Dijk;2025-02-04;Egels\n")) == []


def test_the_same_key_twice_is_refused() -> None:
    file = read(f"{HEAD};key\nJan;Dijk;2025-02-03;Egels;7\nPia;Dijk;2025-02-03;Egels;7\n")
    assert said(file) == [(3, "key_twice")]


def test_a_key_derived_from_a_name_does_not_show_the_name() -> None:
    file = read(f"{HEAD}\nJan;Dijk;2025-02-03;Egels\n")
    assert re.fullmatch(r"[0-9a-f]{32}", file.children[0].key) and not file.children[0].keyed


@pytest.mark.parametrize(
    ("column", "good", "bad", "rule"),
    [
        ("monday", "8:00-17.30", "17:30-08:00", "hours_reversed"),
        ("monday", "08:00 – 17:30", "08:00-24:30", "hours_form"),
        ("monday", "08:00-17:30", "morning", "hours_form"),
        ("guardian_1_phone", "+31 (0)6-123/45.67", "3,16E+10", "phone_form"),
        ("guardian_1_email", "a.b+c@example.org", "a@b@c", "email_form"),
        ("guardian_1_language", "NB", "Norwegian", "language_form"),
        ("guardian_1_may_pick_up", "nei", "perhaps", "yes_no_form"),
        ("group_kind", "after_school", "bso", "word_unknown"),
        ("consents", "own | No Public", "own|everyone", "word_unknown"),
        ("consents", "none", "own|no own", "consent_twice"),
        ("last_day", "2026-01-01", "2026-02-30", "date_impossible"),
    ],
)
def test_each_column_takes_what_it_should_and_refuses_the_rest(column: str, good: str, bad: str, rule: str) -> None:
    named = column.startswith("guardian")
    extra = f"guardian_1_name;{column}" if named else column
    fill = "Marit;" if named else ""
    file = rows(extra, fill + good)
    assert said(file) == []
    file = rows(extra, fill + good, fill + bad)
    assert (3, rule) in said(file) and file.refused[0].args["column"] == column
    assert rule in LINE_RULES


def test_a_placement_that_ends_before_it_begins() -> None:
    assert said(rows("first_day;last_day", "2025-10-02;2025-10-01", "2025-10-01;2025-10-01")) == [(2, "days_reversed")]


def test_one_group_has_one_kind() -> None:
    file = rows("group_kind", "school", "", "day_care")
    assert said(file) == [(4, "group_kind_differs")]
    assert [(group.name, group.kind) for group in file.groups] == [("Egels", "school")]


def test_who_has_left_is_counted_and_not_taken_in() -> None:
    file = rows("last_day", "2025-08-31", "2025-09-01")
    assert file.left == 1 and file.leavers[0].last_day == date(2025, 8, 31)
    assert [child.last_day for child in file.children] == [date(2025, 9, 1)]


def test_a_child_without_a_group_is_mentioned() -> None:
    file = read(f"{HEAD}\nNoor;Smit;2025-02-03;\n")
    assert [(remark.rule, remark.line) for remark in file.warnings] == [("child_without_group", 2)]
    assert file.warnings[0].rule in WARNING_RULES and file.children[0].group is None


def test_guardians_need_a_name_and_each_only_once() -> None:
    columns = "guardian_1_name;guardian_1_phone;guardian_2_name;guardian_2_phone"
    file = rows(columns, "Marit;0201234567;MARIT;0201234568", ";0201234567;;")
    assert said(file) == [(2, "guardian_twice"), (3, "guardian_missing")]


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("Marit;contact;court order;2025-04-11;", "restriction_incomplete"),
        ("Marit;contact;;2025-04-11;H. Postma", "restriction_incomplete"),
        (";contact;court order;2025-04-11;H. Postma", "restriction_incomplete"),
        ("Sjoerd;contact;court order;2025-04-11;H. Postma", "restriction_guardian_unknown"),
        ("Marit;everything;court order;2025-04-11;H. Postma", "word_unknown"),
        ("Marit;contact;court order;11/4/2025;H. Postma", "date_form"),
    ],
)
def test_a_restriction_needs_all_its_parts(field: str, rule: str) -> None:
    columns = "guardian_1_name;" + ";".join(f"restriction_1_{part}" for part in own_csv.RESTRICTION)
    file = rows(columns, f"Marit;{field}")
    assert said(file) == [(2, rule)] and file.restrictions == ()
    assert len(rows(columns, "Marit;ALL;pick_up;why;2025-04-11;me").restrictions) == 1


def test_formulas_stay_text_and_a_careful_exports_mark_comes_off() -> None:
    columns = "guardian_1_name;guardian_1_phone;notes"
    file = rows(columns, '=1+1;\'+31 6 00000001;"=HYPERLINK(""http://x"")"', "'t Hart;+31 6 00000002;'-2+3")
    assert said(file) == []
    assert [(guardian.name, guardian.phone) for guardian in file.guardians] == [
        ("=1+1", "+31 6 00000001"), ("'t Hart", "+31 6 00000002"),
    ]  # fmt: skip
    assert [fact.text for fact in file.facts] == ['=HYPERLINK("http://x")', "-2+3"]


def test_control_and_bidi_characters_do_not_come_in() -> None:
    file = read(f"{HEAD}\nNo\x1b]52;c;eA==\x07or;Smit;2025-02-03;Egels\n".replace("52;c;", "52,c,"))
    assert file.children[0].given_name == "No]52,c,eA==or"
    assert read(f"{HEAD}\nAn\u202ena\u2066;Smit;2025-02-03;Egels\n").children[0].given_name == "Anna"


def test_what_may_not_be_kept_is_counted_and_its_value_is_nowhere() -> None:
    columns = "bsn;BSN ondwnr-4;land_moeder;gewicht;Etniciteit;onderwijsnummer"
    file = rows(columns, "123456782;2731;MA;0,3;1;987654321", "123456782;;NL;;;")
    assert said(file) == []
    assert file.dropped == {
        "bsn": 2, "bsn ondwnr-4": 1, "land_moeder": 2, "gewicht": 1, "etniciteit": 1, "onderwijsnummer": 1,
    }  # fmt: skip
    assert not any(value in repr(file) for value in ("123456782", "2731", "987654321", "'MA'", "0,3"))


def test_a_value_under_no_heading_is_not_lost_silently() -> None:
    assert said(read(f"{HEAD};\nNoor;Smit;2025-02-03;Egels;nuts!\n")) == [(2, "row_cells")]
    assert said(read(f"{HEAD};;\nNoor;Smit;2025-02-03;Egels;;\n")) == []


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: (f"{HEAD};notes\n" + text).encode(errors="replace"))
)
def test_no_content_whatever_gives_more_than_a_refusal(data: bytes) -> None:
    try:
        file = read_bytes(data, today=TODAY)
    except FileRefused as refused:
        assert refused.rule in FILE_RULES
    else:
        assert all(remark.rule in LINE_RULES and remark.line for remark in file.refused)
