"""The two Social Schools layouts, and workbooks that are none."""

import io
import os
import time
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kindertui.domain.intake_roster import FILE_RULES, LINE_RULES, FileRefused, RosterFile
from kindertui.portal.readers import read_bytes, recognise_bytes

TODAY = date(2025, 9, 1)
PUPILS = ("Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "Klasnaam", "Leerjaar")
INVITATIONS = (
    "Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "E-mailadres ouder/verzorger 1",
    "E-mailadres ouder/verzorger 2",
)  # fmt: skip


def book(*rows: Sequence[object], before: Sequence[Sequence[object]] | None = None) -> bytes:
    """An xlsx of one sheet; `before` makes a sheet that stands before it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    if before is not None:
        for row in before:
            sheet.append(list(row))
        sheet = workbook.create_sheet("roster")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def read(*rows: Sequence[object]) -> RosterFile:
    return read_bytes(book(*rows), today=TODAY)


def said(file: RosterFile) -> list[tuple[int | None, str]]:
    return [(remark.line, remark.rule) for remark in file.refused]


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The same zip with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read_bytes(data, today=TODAY)
    assert refused.value.rule in FILE_RULES
    return refused.value


def test_pupils() -> None:
    file = read(
        PUPILS,
        ("Noor", "van der", "Laan", "03-02-2020", "3A", 3),
        (),
        ("Zoë", None, "Smit", datetime(2019, 12, 31), 4, 4),
        ("Daan", "", "Bos", "2019-11-30", None, None),
    )
    assert (file.format, file.version, file.source, said(file)) == (
        "social-schools-xlsx", "pupils", "social-schools", [],
    )  # fmt: skip
    assert [
        (child.line, child.given_name, child.prefix, child.surname, child.birth_date) for child in file.children
    ] == [
        (2, "Noor", "van der", "Laan", date(2020, 2, 3)),
        (4, "Zoë", "", "Smit", date(2019, 12, 31)),
        (5, "Daan", "", "Bos", date(2019, 11, 30)),
    ]
    assert [(group.name, group.kind) for group in file.groups] == [("3A", "school"), ("4", "school")]
    assert file.children[0].group == file.groups[0].key and file.adds_children and not file.children[0].keyed
    assert [(remark.rule, remark.line) for remark in file.warnings] == [("child_without_group", 5)]


def test_invitations_bring_addresses_for_children_known_by_name_and_birth_date() -> None:
    pupils = read(PUPILS, ("Noor", "van der", "Laan", "03-02-2020", "3A", 3))
    file = read(
        INVITATIONS,
        ("Noor", "Van der", "LAAN", "3-2-2020", "m@example.org", "v@example.org"),
        ("Daan", None, "Bos", "30-11-2019", None, "w@example.org"),
        ("Evi", None, "Bos", "30-11-2020", "w@example.org", "W@example.org"),
    )
    assert (file.version, file.adds_children, file.groups, said(file), file.warnings) == (
        "invitations", False, (), [], (),
    )  # fmt: skip
    assert file.children[0].key == pupils.children[0].key
    assert [(guardian.child, guardian.email, guardian.rank, guardian.named) for guardian in file.guardians] == [
        (file.children[0].key, "m@example.org", 1, False),
        (file.children[0].key, "v@example.org", 2, False),
        (file.children[1].key, "w@example.org", 2, False),
        (file.children[2].key, "w@example.org", 1, False),
    ]
    # the name is what the other guardian may come to see: never the address
    assert not any("@" in guardian.name for guardian in file.guardians)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("", "", "Smit", "03-02-2020", "3A"), "name_missing"),
        (("Noor", "", "Smit", None, "3A"), "birth_date_missing"),
        (("Noor", "", "Smit", "31-02-2020", "3A"), "date_impossible"),
        (("Noor", "", "Smit", "02/03/2020", "3A"), "date_form"),
        (("Noor", "", "Smit", datetime(2020, 2, 3, 7, 30), "3A"), "date_form"),
        (("Noor", "", "Smit", 43864, "3A"), "date_form"),
        (("Noor", "", '=CONCATENATE("Sm","it")', "03-02-2020", "3A"), "cell_formula"),
        (("Noor", "", "#N/A", "03-02-2020", "3A"), "cell_error"),
        (("Noor", "", "S" * 301, "03-02-2020", "3A"), "text_too_long"),
        (("Fenna", "", "dijkema", "3-2-2020", "3A"), "child_twice"),
    ],
)
def test_a_bad_row_is_refused_with_its_number(row: Sequence[object], rule: str) -> None:
    file = read(PUPILS, ("Fenna", "", "Dijkema", "03-02-2020", "3A", 3), row)
    assert said(file) == [(3, rule)]
    assert rule in LINE_RULES


def test_a_wrong_address_is_refused() -> None:
    file = read(INVITATIONS, ("Noor", "", "Smit", "03-02-2020", "m@example.org; v@example.org", ""))
    assert said(file) == [(2, "email_form")]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    content = book(PUPILS, ("Noor", "", "Smit", "03-02-2020", "xx"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert sheet.count(b">xx<") == 1
    file = read_bytes(repacked(content, "xl/worksheets/sheet1.xml", sheet.replace(b">xx<", b">=1+1<")), today=TODAY)
    assert said(file) == [] and file.groups[0].name == "=1+1"


def test_the_sheet_with_the_heading_is_the_one_that_is_read() -> None:
    data = book(PUPILS, ("Noor", "", "Smit", "03-02-2020", "3A"), before=[("read me",), ("first",)])
    assert [child.given_name for child in read_bytes(data, today=TODAY).children] == ["Noor"]


def test_what_may_not_be_kept_is_counted_and_other_columns_are_named() -> None:
    file = read((*PUPILS, "BSN", "Gymdag"), ("Noor", "", "Smit", "03-02-2020", "3A", 3, 123456782, "monday"))
    assert file.dropped == {"bsn": 1} and "123456782" not in repr(file)
    assert [(remark.rule, remark.args) for remark in file.warnings] == [("column_not_read", {"column": "gymdag"})]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([("Roepnaam", "Achternaam", "Geboortedatum")], "columns_missing"),
        ([("Roepnaam", "Klasnaam"), ("Noor", "3A")], "columns_missing"),
        ([(*PUPILS, "Klasnaam"), ("Noor",)], "columns_twice"),
        ([PUPILS], "no_children"),
        ([("Naam", "Klas"), ("Noor", "3A")], "format_unknown"),
        ([], "format_unknown"),
    ],
)
def test_a_workbook_of_another_layout(rows: Sequence[Sequence[object]], rule: str) -> None:
    assert refusal(book(*rows)).rule == rule


GOOD = book(PUPILS, ("Noor", "", "Smit", "03-02-2020", "3A", 3))


def locked(data: bytes) -> bytes:
    """The same zip, saying of every part that it needs a password."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            out[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(out)


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (GOOD[:-40], "xlsx_malformed"),
        (GOOD[: len(GOOD) // 2], "xlsx_malformed"),
        (repacked(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), "xlsx_malformed"),
        (repacked(GOOD, "xl/workbook.xml", b"<workbook/>"), "format_unknown"),
        (repacked(GOOD, "xl/big.bin", b"\0" * 20_000_000), "xlsx_too_large"),
        (repacked(GOOD, "xl/bomb.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "xml_dtd"),
        (repacked(GOOD, "xl/sneaky.xml", "<!DOCTYPE a><a/>".encode("utf-16")), "xlsx_malformed"),
        (zipped({f"part{number}": b"" for number in range(201)}), "xlsx_too_large"),
        (zipped({"big": b"".join(os.urandom(40) + bytes(984) for _ in range(52_000))}), "xlsx_too_large"),
        (zipped({"holiday.jpg": b"no workbook"}), "format_unknown"),
        (locked(GOOD), "xlsx_malformed"),
        (b"PK\x03\x04 and then nothing of the kind", "xlsx_malformed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "format_unknown"),
        (zipped({"sis/users.csv": b"sourcedId", "manifest.csv": b""}), "format_later"),
    ],
)
def test_a_workbook_that_is_refused_whole(data: bytes, rule: str) -> None:
    assert refusal(data).rule == rule


def resized(data: bytes, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert old in sheet
    return repacked(data, "xl/worksheets/sheet1.xml", sheet.replace(old, new))


@pytest.mark.parametrize("size", [b"A1", b"A1:F2", b"A1:Z99"])
def test_no_row_is_lost_whatever_the_sheet_says_of_its_size(size: bytes) -> None:
    rows = [("Aya", "", "Bakker", "03-02-2020", "3A", 3), ("Bram", "de", "Wit", "04-07-2019", "3A", 3)]
    data = resized(book(PUPILS, *rows), b'<dimension ref="A1:F3"', b'<dimension ref="%b"' % size)
    assert [one.given_name for one in read_bytes(data, today=TODAY).children] == ["Aya", "Bram"]


def test_a_stray_cell_far_below_is_told_by_its_row_and_costs_no_time() -> None:
    data = book(PUPILS, ("Aya", "", "Bakker", "03-02-2020", "3A", 3))
    far = b'<row r="%d"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    began = time.perf_counter()
    file = read_bytes(resized(data, b"</sheetData>", far % 1_048_576), today=TODAY)
    assert {line for line, _rule in said(file)} == {1_048_576}
    assert refusal(resized(data, b"</sheetData>", far % 2_000_000_000)).rule == "xlsx_malformed"
    assert time.perf_counter() - began < 20  # a hundred cells of each missing row made minutes of it


def test_ten_thousand_rows_and_one_more() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in (PUPILS, *(("N", "", f"S{number}", "03-02-2020", "3A", 3) for number in range(10_001))):
        sheet.append(row)
    out = io.BytesIO()
    workbook.save(out)
    problem = refusal(out.getvalue())
    assert (problem.rule, problem.line) == ("too_many_rows", 10_002)


def test_recognised_by_content_and_not_by_name(tmp_path: Path) -> None:
    assert recognise_bytes(GOOD) == "social-schools-xlsx"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_a_refusal_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        file = read_bytes(bytes(content), today=TODAY)
    except FileRefused as refused:
        assert refused.rule in FILE_RULES
    else:
        assert all(remark.rule in LINE_RULES for remark in file.refused)
