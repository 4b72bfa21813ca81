"""What a key means, as metadata of its type, in words and as a JSON schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

from .problems import RefusedError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


@dataclass(frozen=True, kw_only=True)
class Guide:
    """What a key means, as metadata of its type; `pattern` must match the whole of a string."""

    allowed: str
    why: str
    example: Any
    pattern: str | None = None
    choices: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        schema = handler(source)
        if not self.pattern or source is not str:
            return schema
        return core_schema.no_info_after_validator_function(self._match, schema)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        found = dict(handler(schema))  # a reference keeps what stands beside it: schema.py puts both together
        found.update({"description": self.sentences(), "examples": [self.example]})
        if self.pattern:
            found["pattern"] = f"^(?:{self.pattern})$"
        return found

    def sentences(self) -> str:
        """Return what is allowed and why, as an editor shows it."""
        return ". ".join(part[:1].upper() + part[1:] for part in (self.allowed, self.why)) + "."

    def _match(self, value: str) -> str:
        if not re.fullmatch(self.pattern or "", value):
            raise RefusedError
        return value
