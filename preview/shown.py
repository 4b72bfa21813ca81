"""Values as reports show them: plain JSON, secrets hidden, unknowns marked."""

from __future__ import annotations

import re
from typing import Any

from preview.values import ARCHIVE, Asset, Output, Reference, Secret, Unknown, Value, plain

HIDDEN = "[secret]"


def shown(value: Value) -> Any:  # noqa: ANN401  JSON has no narrower type
    """Return a value as JSON: an unknown is ``{"unknown": true}``, a secret ``"[secret]"``, a resource its id."""
    result: Any = value
    match value:
        case Secret():
            result = HIDDEN
        case Unknown():
            result = {"unknown": True}
        case Output():
            result = shown(plain(value))
        case Reference():
            result = value.urn if value.id is None else shown(value.id)
        case Asset():
            result = {"archive" if value.signature == ARCHIVE else "asset": shown(dict(value.fields))}
        case dict():
            result = {key: shown(element) for key, element in value.items()}
        case list() | tuple():
            result = [shown(element) for element in value]
        case float() if value.is_integer():
            result = int(value)
    return result


class Secrets:
    """The secrets of a run, to be taken out of any text before it is shown."""

    def __init__(self) -> None:
        self._texts: set[str] = set()

    def collect(self, value: Value) -> None:
        """Remember every secret text inside a value."""
        match value:
            case Secret():
                self._remember(value.value)
            case dict():
                for element in value.values():
                    self.collect(element)
            case list():
                for element in value:
                    self.collect(element)
            case _:
                pass

    def collect_text(self, text: str) -> None:
        """Remember one secret text."""
        self._remember(text)

    def _remember(self, value: Value) -> None:
        match value:
            case str() if len(value) >= 4:
                self._texts.add(value)
            case dict():
                for element in value.values():
                    self._remember(element)
            case list():
                for element in value:
                    self._remember(element)
            case Secret():
                self._remember(value.value)
            case _:
                pass

    def hide(self, text: str) -> str:
        """Return the text with every secret replaced, the longest first."""
        if not self._texts:
            return text
        pattern = "|".join(re.escape(secret) for secret in sorted(self._texts, key=len, reverse=True))
        return re.sub(pattern, HIDDEN, text)

    def shown(self, value: Value) -> Any:  # noqa: ANN401  JSON has no narrower type
        """Return a value as JSON, also without what was made from a secret, such as an ARN with a secret name."""
        return self._hidden(shown(value)) if self._texts else shown(value)

    def _hidden(self, value: Any) -> Any:  # noqa: ANN401  JSON has no narrower type
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, dict):
            return {key: self._hidden(element) for key, element in value.items()}
        if isinstance(value, list):
            return [self._hidden(element) for element in value]
        return value
