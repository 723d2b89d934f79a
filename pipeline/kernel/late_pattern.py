"""Regular expressions that are compiled when they are first asked: most texts give no cause to ask most of them."""

from __future__ import annotations

import re
from typing import Any, cast

from pipeline.kernel.patterns import compiled


class LatePattern:
    """Becomes the compiled pattern in all but name with the first question; each method is looked up once."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        """A larger pattern may be made of it, which is no question."""
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = compiled(self.pattern, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for a module's head that costs nothing until it is searched for; a wrong one fails only then."""
    return cast("re.Pattern[str]", LatePattern(text, flags))
