"""Ids of what is one thing by nature: wherever it is made, and however often, it is the same record."""

import json

# The project's own, made once. Never another: the ids of all that stands hang on it.
NAMESPACE = "638fbf5d-b84f-4e95-88ea-59c11833f914"


def by_nature(location_id: str, kind: str, *nature: str | None) -> str:
    """The UUIDv5 of a `kind` of record at a location and what makes it that one: of a menu its day, group and meal."""
    from uuid import UUID, uuid5  # here: brings OpenSSL along, which the first frame does without

    # as a list, so that no two natures are spelled alike
    return str(uuid5(UUID(NAMESPACE), json.dumps([location_id, kind, *nature], ensure_ascii=False)))
