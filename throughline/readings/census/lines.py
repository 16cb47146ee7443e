"""On which line of the file a child, or a value of a child, stands: so that a person finds it in an editor."""

import re
from bisect import bisect_right
from functools import cached_property
from xml.sax.saxutils import escape

_CHILD = re.compile(rb"<(?:[\w.-]+:)?Child[\s>/]")


class Lines:
    """The lines of one return, looked up only for what there is a remark about."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def _starts(self) -> list[int]:
        return [found.start() for found in _CHILD.finditer(self._content)]

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.start() for found in re.finditer(rb"\n", self._content)]

    def of(self, child: int | None, element: str = "", value: str = "") -> int | None:
        """Return the line (1-based) of the child's first ``element`` with ``value``, else of the child, else None.

        ``child`` counts from 1. A file in another encoding than UTF-8 has no lines here.
        """
        if child is None or not 0 < child <= len(self._starts):
            return None
        start = self._starts[child - 1]
        end = self._starts[child] if child < len(self._starts) else len(self._content)
        if element:
            name = re.escape(element.encode())
            text = re.escape(escape(value).encode())
            found = re.compile(rb"<(?:[\w.-]+:)?" + name + rb"[^>]*>\s*" + text).search(self._content, start, end)
            start = found.start() if found else start
        return bisect_right(self._breaks, start) + 1
