"""What can be wrong with the database, as one exception with a rule id; phrases/ has the sentences."""

import errno
from typing import Literal, get_args

FaultRule = Literal[
    "db_missing", "db_empty", "db_foreign", "db_newer", "db_older", "db_truncated", "db_damaged", "db_locked",
    "db_full", "db_disk", "db_memory", "db_read_only", "db_no_access", "db_exists", "db_old_driver",
    "db_key_missing", "db_key_unsafe", "db_keyring_missing", "db_keyring_locked", "db_keyring_asks",
    "db_keyring_empty", "db_keys_damaged", "folder_open", "folder_not_yours", "file_link",
]  # fmt: skip
FAULT_RULES: tuple[FaultRule, ...] = get_args(FaultRule)


class DatabaseFault(Exception):
    """The database cannot be used for what was asked; nothing was lost. `path` is the file it is about."""

    def __init__(self, rule: FaultRule, path: str = "") -> None:
        super().__init__(rule)
        self.rule: FaultRule = rule
        self.path = path


class Refused(Exception):
    """The data was understood and is not acceptable; nothing was changed.

    `rule` is a rule id, `args_` what its sentence needs, `child_id` whom it is about.
    """

    def __init__(self, rule: str, child_id: str = "", **args: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.child_id = child_id
        self.args_ = args


# SQLite's own names of primary result codes; extended codes begin with them.
_BY_CODE: tuple[tuple[str, FaultRule], ...] = (
    ("SQLITE_FULL", "db_full"),
    ("SQLITE_IOERR_SHORT_READ", "db_damaged"),
    ("SQLITE_IOERR_NOMEM", "db_memory"),
    ("SQLITE_IOERR", "db_disk"),
    ("SQLITE_NOMEM", "db_memory"),
    ("SQLITE_BUSY", "db_locked"),
    ("SQLITE_LOCKED", "db_locked"),
    ("SQLITE_READONLY", "db_read_only"),
    ("SQLITE_CANTOPEN", "db_no_access"),
    ("SQLITE_PERM", "db_no_access"),
    ("SQLITE_CORRUPT", "db_damaged"),
    ("SQLITE_NOTADB", "db_damaged"),
)


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHT = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def fault_of(error: BaseException, path: str = "") -> DatabaseFault | None:
    """The fault behind a driver's or SQLAlchemy's exception; None when it is about something else."""
    original = getattr(error, "orig", None) or error
    if isinstance(original, MemoryError):
        return DatabaseFault("db_memory", path)
    name = getattr(original, "sqlite_errorname", "") or ""
    for code, rule in _BY_CODE:
        if name.startswith(code):
            return DatabaseFault(rule, path)
    return None


def fault_of_file(error: OSError, path: str) -> DatabaseFault:
    """The fault behind a file or a folder beside the database that could not be written."""
    if error.errno in _NO_ROOM:
        return DatabaseFault("db_full", path)
    return DatabaseFault("db_read_only" if error.errno in _NO_RIGHT else "db_disk", path)
