"""Parses XML from outside. Refuses a document type, an entity and a wrong encoding, each with its line."""

import codecs
import re
from contextlib import suppress
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler  # the base class only; what parses is defusedxml

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from kindertui.domain.intake_roster import FileRefused
from kindertui.portal.readers import source

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_READ = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAX_DEPTH = 32


class Handler(ContentHandler):
    """Knows its line and the way down to the element it is in; counts on `parse` to run it."""

    def __init__(self) -> None:
        super().__init__()
        self.way: list[str] = []

    @property
    def line(self) -> int:
        return int(self._locator.getLineNumber())  # type: ignore[attr-defined]  # set by the parser at its start

    def startElement(self, name: str, attrs: object) -> None:
        self.way.append(name)
        if len(self.way) > _MAX_DEPTH:
            raise FileRefused("xml_malformed", line=self.line)

    def endElement(self, name: str) -> None:
        self.way.pop()


class _RootFound(Exception):
    pass


class _Root(Handler):
    name = namespace = ""

    def startElement(self, name: str, attrs: object) -> None:
        self.name = name.rpartition(":")[2]
        prefix = name.rpartition(":")[0]
        self.namespace = str(attrs.get(f"xmlns:{prefix}" if prefix else "xmlns", ""))  # type: ignore[attr-defined]
        raise _RootFound


def root(data: bytes) -> tuple[str, str]:
    """The name and the namespace of the root element; raises FileRefused as `parse`."""
    handler = _Root()
    with suppress(_RootFound):
        parse(data, handler)
    return handler.name, handler.namespace


def parse(data: bytes, handler: Handler) -> None:
    """Runs `handler` over the document; raises FileRefused for whatever is wrong with it as XML."""
    source.check_size(data)
    check_encoding(data)
    try:
        parseString(data, handler, forbid_dtd=True)
    except DefusedXmlException:
        raise FileRefused("xml_dtd", line=handler.line) from None
    except SAXParseException as error:
        rule = "xml_encoding" if "encoding" in error.getMessage() else "xml_malformed"
        raise FileRefused(rule, line=error.getLineNumber()) from None


def check_encoding(data: bytes) -> None:
    """Refuses a document that is not written in the encoding it declares, with the first line that shows it."""
    if data.startswith(_UTF16):
        _decode(data, "utf-16")
        return
    found = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    declared = found[1].decode() if found else "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = ""
    if name not in _READ or (name != "utf-8" and data.startswith(codecs.BOM_UTF8)):
        raise FileRefused("xml_encoding", {"encoding": declared}, 1)
    _decode(data, name)
    # Latin text that happens to be flawless UTF-8 is not found in practice: é written in UTF-8 would be read as Ã©
    if name not in ("utf-8", "ascii") and not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError:
            return
        first = next(at for at, byte in enumerate(data) if byte > 0x7F)
        raise FileRefused("xml_encoding", {"encoding": declared}, source.line_of(data, first))


def _decode(data: bytes, encoding: str) -> None:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused("xml_encoding", {"encoding": encoding}, source.line_of(data, error.start)) from None
