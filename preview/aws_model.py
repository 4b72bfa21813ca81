"""What the AWS provider does with a registration, as far as it is known without it.

Check fills in defaults, names, Region and `tagsAll`; Create decides ids and outputs, which are unknown in a first
preview and stand-ins in a deployed run. Providers of other packages are taken to change nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from preview import aws_defaults, aws_types, stand_ins
from preview import urn as urns
from preview.aws_place import Place
from preview.state import ModelledValue
from preview.values import UNKNOWN, Secret, Unknown, flat, has_unknown, revealed

if TYPE_CHECKING:
    from preview.aws_defaults import Entry
    from preview.aws_types import ResourceType
    from preview.state import Goal, StackContext, State

AUTONAME = "name that the provider makes up: the logical name and seven random digits"
DOCSTRING = "default that the SDK docstring states"
REGION = "the provider's Region (SDK docstring), taken to be filled in before the packs look"
CONDITIONAL = "not modelled: the SDK docstring speaks of a default that is no plain value"
TAGS = "default tags of the provider with the resource's own tags over them"
STAND_IN = "stand-in for what AWS decides"
LEFT_OUT = "empty stand-in for an input that was left out and that AWS may decide"
STAND_IN_ID = "stand-in id or ARN"


class AwsModel:
    """The model of one run; `modelled` lists what it filled in, `not_modelled` what it does not know."""

    def __init__(self, context: StackContext, *, dry_run: bool) -> None:
        self.modelled: list[ModelledValue] = []
        self.not_modelled: dict[str, str] = {}
        self._context = context
        self._dry_run = dry_run

    # Check

    def check(self, urn: str, goal: Goal, provider: State | None) -> dict[str, Any]:
        """Return the inputs as the provider would hand them to the packs."""
        inputs = dict(goal.properties)
        if urns.is_provider(goal.type):
            return inputs
        known = aws_types.resource_type(goal.type)
        entry = aws_defaults.table().get(goal.type)
        if known is None or entry is None:
            self.not_modelled[urn] = _why_not(goal.type, known)
        if known is None:
            return inputs
        self._fill_defaults(urn, inputs, known, entry or aws_defaults.NOTHING)
        self._fill_name(urn, goal, inputs, known, entry or aws_defaults.NOTHING)
        if "region" in known.inputs and inputs.get("region") is None:
            self._fill(urn, inputs, "region", Place.of(self._context, provider).region, REGION, certain=False)
        if "tagsAll" in known.outputs and "tags" in known.inputs and not (entry and entry.framework):
            self._fill_tags(urn, inputs, provider)
        return inputs

    def _fill(self, urn: str, inputs: dict[str, Any], name: str, value: Any, source: str, *, certain: bool) -> None:  # noqa: ANN401  the value of a property
        inputs[name] = value
        self.modelled.append(
            ModelledValue(urn=urn, property=name, value=value, source=source, certain=certain, before_creation=True)
        )

    def _fill_defaults(self, urn: str, inputs: dict[str, Any], known: ResourceType, entry: Entry) -> None:
        for name, fact in entry.fills.items():
            if inputs.get(name) is None:
                self._fill(urn, inputs, name, fact.value, fact.source, certain=fact.certain)
        decided = {*entry.fills, *entry.answers, *entry.leave, entry.autoname, "region"}
        for name, argument in known.inputs.items():
            output = known.outputs.get(name)
            if argument.conditional and inputs.get(name) is None and name not in decided:
                self._note(urn, name, None, CONDITIONAL, judged=True)
            if inputs.get(name) is not None or argument.default is None or name in entry.leave or output is None:
                continue
            value = aws_types.read_as(output.kind, argument.default) if output.optional else None
            if value is not None:
                self._fill(urn, inputs, name, value, DOCSTRING, certain=False)

    def _fill_name(self, urn: str, goal: Goal, inputs: dict[str, Any], known: ResourceType, entry: Entry) -> None:
        argument, output = known.inputs.get(entry.autoname), known.outputs.get(entry.autoname)
        if argument is None or output is None or argument.required or output.optional:
            return
        prefix = f"{entry.autoname}Prefix"
        if inputs.get(entry.autoname) is not None or inputs.get(prefix) is not None:
            return
        stated = aws_types.read_as(output.kind, argument.default) if argument.default else None
        name = stated or f"{entry.autoname_prefix}{goal.name}-{stand_ins.digits(urn, 7)}"
        self._fill(urn, inputs, entry.autoname, name, DOCSTRING if stated else AUTONAME, certain=False)

    def _fill_tags(self, urn: str, inputs: dict[str, Any], provider: State | None) -> None:
        tags = self._tags(inputs, provider)
        if tags != {}:
            self._fill(urn, inputs, "tagsAll", tags, TAGS, certain=True)

    @staticmethod
    def _tags(inputs: dict[str, Any], provider: State | None) -> Any:  # noqa: ANN401  a mapping, unknown or secret
        own = inputs.get("tags")
        defaults = _default_tags(provider)
        if isinstance(own, Unknown) or isinstance(defaults, Unknown) or has_unknown(own) or has_unknown(defaults):
            return UNKNOWN
        secret = isinstance(own, Secret) or isinstance(defaults, Secret)
        merged = {**(revealed(defaults) if secret else defaults), **((revealed(own) if secret else own) or {})}
        return Secret(merged) if secret else merged

    # Create

    def create(
        self, urn: str, goal: Goal, inputs: dict[str, Any], provider: State | None = None
    ) -> tuple[str | Unknown, dict[str, Any]]:
        """Return id and outputs: what was given, and what AWS decides."""
        outputs = {name: value for name, value in flat(inputs).items() if not name.startswith("__")}
        known = aws_types.resource_type(goal.type)
        if known is None:
            return (UNKNOWN if self._dry_run else stand_ins.new_uuid(urn)), outputs
        tags = self._tags(outputs, provider) if "tagsAll" in known.outputs and "tags" in known.inputs else None
        decided = [name for name, output in known.outputs.items() if not output.optional and outputs.get(name) is None]
        framework = aws_defaults.table().get(goal.type, aws_defaults.NOTHING).framework
        if "tagsAll" in decided and tags is not None and not (framework and self._dry_run):
            outputs["tagsAll"] = tags
            decided.remove("tagsAll")
        if self._dry_run:
            outputs.update(dict.fromkeys(decided, UNKNOWN))
            outputs["id"] = UNKNOWN
            return UNKNOWN, outputs
        identity = self._decide(urn, goal, outputs, decided, Place.of(self._context, provider))
        outputs["id"] = identity
        return identity, outputs

    def _decide(self, urn: str, goal: Goal, outputs: dict[str, Any], decided: list[str], place: Place) -> str:
        entry = aws_defaults.table().get(goal.type, aws_defaults.NOTHING)
        values = {"path": "/", **revealed(outputs), **place.values()}
        arn_first = entry.id == "arn"
        arn = stand_ins.filled(entry.arn, values, urn) if arn_first else None
        identity = goal.import_id or arn or stand_ins.filled(entry.id or "uuid", values, urn) or stand_ins.new_uuid(urn)
        values["id"] = identity
        self._note(urn, "id", identity, f"{STAND_IN_ID} ({entry.id_source or 'of no known form'})")
        if "arn" in decided:
            arn = arn or (stand_ins.filled(entry.arn, values, urn) if entry.arn else None)
            outputs["arn"] = arn or stand_ins.of_kind("str", "arn", urn, place.arn_start(goal.type))
            self._note(urn, "arn", outputs["arn"], f"{STAND_IN_ID} ({entry.arn_source or 'of no known form'})")
        for name in decided:
            if name not in ("arn", "id"):
                answer = self._answer(urn, goal, name, values, place)
                outputs.update({} if answer is None else {name: answer})
        return identity

    def _answer(self, urn: str, goal: Goal, name: str, values: dict[str, Any], place: Place) -> Any:  # noqa: ANN401  the value of a property
        fact = aws_defaults.table().get(goal.type, aws_defaults.NOTHING).answers.get(name)
        start = place.arn_start(goal.type)
        if fact is None:
            known = aws_types.resource_type(goal.type)
            kind = known.outputs[name].kind if known else "str"
            left_out = known is not None and name in known.inputs
            value = stand_ins.left_out(kind) if left_out else stand_ins.of_kind(kind, name, urn, start)
            self._note(urn, name, value, LEFT_OUT if left_out else STAND_IN)
            return value
        value = fact.value
        if isinstance(value, str) and not value.startswith('{"'):
            value = stand_ins.filled(value, values, urn) or stand_ins.of_kind("str", name, urn, start)
        elif isinstance(value, str):
            value = place.in_document(value)
        self.modelled.append(
            ModelledValue(urn=urn, property=name, value=value, source=fact.source, certain=fact.certain)
        )
        return value

    def _note(self, urn: str, name: str, value: Any, source: str, *, judged: bool = False) -> None:  # noqa: ANN401  the value of a property
        self.modelled.append(
            ModelledValue(urn=urn, property=name, value=value, source=source, certain=False, before_creation=judged)
        )


def _default_tags(provider: State | None) -> Any:  # noqa: ANN401  a mapping, unknown or secret
    """Return the default tags of a provider, which holds them as JSON text."""
    given = provider.inputs.get("defaultTags") if provider else None
    if isinstance(given, Unknown):
        return UNKNOWN
    secret = isinstance(given, Secret)
    given = revealed(given)
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except json.JSONDecodeError:
            return {}
    tags = given.get("tags") if isinstance(given, dict) else None
    tags = tags if isinstance(tags, dict) else {}
    if any(value in (UNKNOWN, UNKNOWN.sentinel) for value in tags.values()):
        return UNKNOWN
    return Secret(tags) if secret else tags


def _why_not(token: str, known: ResourceType | None) -> str:
    package = urns.package_of(token)
    if package != "aws":
        return f"{token}: the provider '{package}' is taken to change nothing"
    if known is None:
        return f"{token}: the installed SDK does not know the type"
    return f"{token}: the table of AWS defaults does not hold the type; only its docstrings were read"
