"""The JSON schema of a whole stack file, for editors: ``python -m settings.schema`` writes ``stack.schema.json``.

Made of the model, so that an editor and the program know the same keys; the program also compares one setting with
another, which no schema can say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .guides import DEFAULT_PROVIDERS
from .model import Settings
from .problems import NAMESPACE

SCHEMA_FILE = Path(__file__).resolve().parent.parent / "stack.schema.json"


def stack_schema() -> dict[str, Any]:
    """Return the schema of a ``Pulumi.<stack>.yaml`` (JSON Schema draft 7, which editors know best)."""
    model = Settings.model_json_schema(by_alias=True)
    model = _inlined(model, model.pop("$defs", {}))
    keys = {_named(key): schema for key, schema in model["properties"].items()}
    people = keys[f"{NAMESPACE}people"]
    notes = {key: people.pop(key) for key in ("description", "examples")}
    keys[f"{NAMESPACE}people"] = {**notes, "anyOf": [people, {"const": False}]}
    tenants = keys[f"{NAMESPACE}tenants"]
    keys[f"{NAMESPACE}tenants"] = _mapping_or_names(tenants)
    keys["pulumi:disable-default-providers"] = {
        "type": "array",
        "items": {"type": "string"},
        "contains": {"const": "aws"},
        "description": DEFAULT_PROVIDERS.sentences(),
        "examples": [DEFAULT_PROVIDERS.example],
    }
    required = ["pulumi:disable-default-providers", *(_named(key) for key in model["required"] if key != "name-prefix")]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A stack file of closed-sagemaker",
        "type": "object",
        "additionalProperties": False,
        "required": ["config"],
        "properties": {
            "config": {
                "type": "object",
                "description": "The settings of the stack; nothing but these keys is read.",
                "additionalProperties": False,
                "required": sorted(required),
                "properties": dict(sorted(keys.items())),
            },
            **{
                key: {"type": "string", "description": "Written by the Pulumi CLI."}
                for key in ("secretsprovider", "encryptedkey", "encryptionsalt")
            },
        },
    }


def rendered() -> str:
    """Return the schema file's text."""
    return json.dumps(stack_schema(), indent=2, ensure_ascii=False) + "\n"


def _named(key: str) -> str:
    return key if ":" in key else f"{NAMESPACE}{key}"


def _mapping_or_names(tenants: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of tenants: the mapping of the model, or a list of the names."""
    notes: dict[str, Any] = {key: tenants.pop(key) for key in ("description", "examples")}
    name = {"type": "string", "pattern": next(iter(tenants["patternProperties"])), **tenants["propertyNames"]}
    names = {"type": "array", "items": name, "uniqueItems": True}
    return {**notes, "anyOf": [tenants, names]}


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:  # noqa: ANN401  any part of a schema
    """Return a schema without references: draft 7 ignores what stands beside one."""
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {"additionalProperties": False, **schema} if "patternProperties" in schema else schema
    own = {key: _inlined(each, definitions) for key, each in schema.items() if key not in ("$ref", "title")}
    if "$ref" not in schema:
        return own
    target = _inlined(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    return {**target, **own}


if __name__ == "__main__":
    SCHEMA_FILE.write_text(rendered(), encoding="utf-8")
