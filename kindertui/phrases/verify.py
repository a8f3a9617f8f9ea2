"""What a check of the database found, in whole sentences."""

from kindertui.domain.verified import HeadCheck, Verified
from kindertui.i18n import _, ngettext
from kindertui.phrases import moment


def words(found: Verified, head: HeadCheck) -> list[str]:
    """A line each for the pages, the journal, the records and the end of the journal."""
    return [_pages(found), _journal(found), _records(found), _end(head)]


def _pages(found: Verified) -> str:
    if found.pages:
        return _("Pages: all can be read.")
    return _("Pages: some are damaged. Put a backup in the database's place.")


def _journal(found: Verified) -> str:
    rows = sum(one.rows for one in found.chains)
    if not found.chains:
        return _("Journal: it cannot be read.")
    if all(one.ok for one in found.chains):
        return ngettext(
            "Journal: {count} row, and it follows from the one before.",
            "Journal: {count} rows, and each follows from the one before.",
            rows,
        ).format(count=rows)
    return _("Journal: a row does not follow from the one before. Somebody or something changed it from outside.")


def _records(found: Verified) -> str:
    if found.differing is None:
        return _("Records: they cannot be compared with the journal.")
    if found.state:
        return _("Records: all are what the journal says.")
    count = len(found.differing)
    return ngettext(
        "Records: {count} is not what the journal says.", "Records: {count} are not what the journal says.", count
    ).format(count=count)


def _end(head: HeadCheck) -> str:
    if not head.known:
        return _("End: nothing was kept to compare it with.")
    if head.missing_since is None:
        return _("End: nothing is missing.")
    return _("End: entries since {when} are missing. Look for the newer file, or put a backup in its place.").format(
        when=moment(head.missing_since)
    )
