"""What a bundle is made of: names, limits, schemas, digests. The format itself is described in docs/bundle.md."""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct, field

SPEC = "1"
MANIFEST = "manifest.json"
RECORDS = "records.jsonl"
SCHEMAS = ("record.schema.json", "manifest.schema.json")
# SHA-256 of schemas that earlier versions published under the same SPEC: what they let pass passes today's too.
PUBLISHED_BEFORE = frozenset({"5fe2d687c73df5e47d033fd78f4a635e0d9c0eac19fd2e57b0195c2fd6bbe015"})

# Limits of what is read from outside (zip bombs, endless lines); a year's log of 200 children is a tenth of them.
FILES = 20_000
BYTES = 2 * 1024**3
MANIFEST_BYTES = 16 * 1024**2
RATIO = 200
RATIO_FROM = 1024**2  # below this a high ratio harms nobody
LINE_BYTES = 262_144
PROBLEMS = 1000  # listed; further ones are only counted

# Rules of a BundleProblem; each has a sentence in phrases/portal.py, as have those of domain.incoming.QUARANTINE_RULES.
PROBLEM_RULES: frozenset[str] = frozenset(
    {
        "file_half_written", "file_not_there", "file_no_access", "file_changing", "zip_damaged", "zip_too_many_files",
        "zip_too_big", "zip_bomb", "zip_bad_name", "zip_link", "zip_locked", "zip_name_twice", "manifest_missing",
        "manifest_invalid", "spec_unknown", "file_missing", "file_not_listed", "file_changed", "file_count",
        "key_twice", "day_not_of_start", "may_not_leave", "nobody_in_audience", "schema_changed",
    }
)  # fmt: skip


class BundleProblem(Struct, frozen=True):
    """What is wrong with a bundle: in which of its files, on which line (None: the file as a whole), by which rule."""

    file: str
    line: int | None
    rule: str
    args: Mapping[str, str] = field(default_factory=dict)


class BundleRefused(Exception):
    """A file that is refused whole: nothing was taken from it. `problems` holds at least one."""

    def __init__(self, *problems: BundleProblem) -> None:
        super().__init__(problems[0].rule)
        self.problems = problems


def refusal(file: str, rule: str, line: int | None = None, **args: str) -> BundleRefused:
    """The exception for one problem."""
    return BundleRefused(BundleProblem(file, line, rule, args))


def digest(line: bytes) -> str:
    """SHA-256 of a record's line without its newline, in hex: what makes two of one key the same."""
    return hashlib.sha256(line).hexdigest()


@cache
def schema_bytes(name: str) -> bytes:
    """A schema as it stands in every bundle."""
    return files(__package__).joinpath("schema", name).read_bytes()


@cache
def validator(name: str) -> Any:
    """A JSON Schema validator that also checks formats (dates and date-times)."""
    # imported here: only what comes in is checked, and it costs an export a tenth of a second
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker()
    for needed in ("date", "date-time"):  # without rfc3339-validator, date-time would be unchecked, silently
        if needed not in checker.checkers:
            raise RuntimeError(f"no checker for {needed}")
    return Draft202012Validator(json.loads(schema_bytes(name)), format_checker=checker)


def error_place(error: Any) -> str:
    """The place a schema error is about: `data.kind`. Only names of the format's own fields, never a value."""
    parts = [str(part) for part in error.absolute_path]
    if error.validator == "additionalProperties":
        parts.append("?")
    if error.validator == "required":
        missing = [
            name for name in error.validator_value if isinstance(error.instance, dict) and name not in error.instance
        ]
        parts += missing[:1]
    text = ".".join(parts)[:80]
    return text if re.fullmatch(r"[A-Za-z0-9_.?/-]+", text) else "-"
