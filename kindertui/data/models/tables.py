"""All tables, so that the package can load them at once."""

from kindertui.data.models.days import *  # noqa: F403 - whatever stands in these modules
from kindertui.data.models.exchange import *  # noqa: F403
from kindertui.data.models.fields import *  # noqa: F403
from kindertui.data.models.fields import Record
from kindertui.data.models.people import *  # noqa: F403

RECORDS: dict[str, type[Record]] = {str(model.__tablename__): model for model in Record.__subclasses__()}
