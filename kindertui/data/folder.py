"""Looks at the data folder before anything in it is believed: whose it is, who else can write there, and links."""

import os
import stat
import sys

from kindertui.domain.faults import DatabaseFault
from kindertui.locations import Locations

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def check_folder(locations: Locations) -> None:
    """Raises DatabaseFault `folder_not_yours`, `folder_open` or `file_link`. What is not there is no matter here."""
    if sys.platform == "win32":  # rights are another matter there
        return
    try:
        found = locations.data.stat()
    except OSError:
        return  # who opens the database says so
    if found.st_uid != os.geteuid():
        raise DatabaseFault("folder_not_yours", str(locations.data))
    if stat.S_IMODE(found.st_mode) & _OTHERS_WRITE:
        raise DatabaseFault("folder_open", str(locations.data))
    database = locations.database
    for name in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm")), locations.key):
        if name.is_symlink():
            raise DatabaseFault("file_link", str(name))
