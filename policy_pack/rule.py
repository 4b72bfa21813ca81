'''What a rule is, and how to write one.

**Where.** One file a rule in `rules/`, named after its id in snake case; the catalogue finds it there. The file holds
a docstring (what goes wrong without the rule, where AWS documents it), one function `validate` and one value `RULE`:

    """A notebook instance with direct internet access leads around the network.

    Source: Amazon SageMaker AI Developer Guide, "Connect a Notebook Instance in a VPC to External Resources".
    """

    from __future__ import annotations

    from typing import TYPE_CHECKING

    from checks import must_equal
    from rule import Kind, Rule, Severity

    if TYPE_CHECKING:
        from resources import Resource
        from rule import Findings, Options


    def validate(notebook: Resource, _options: Options) -> Findings:
        yield from must_equal(notebook, "directInternetAccess", "Disabled", absent="AWS gives it internet access")


    RULE = Rule(id="sagemaker-notebook-denies-direct-internet", kind=Kind.RESOURCE, …, validate=validate)

**Resource rules** get one `Resource` with its *checked inputs* (defaults that the provider declares are filled in) of
one of the rule's `types` (``"*"``: every resource; a trailing ``*`` is a prefix). They run before the resource is made
and can stop it. **Stack rules** get a `Stack` of all resources with their *outputs* and run after everything is made:
they can only report. Judge presence in a resource rule, relations in a stack rule, and in a stack rule ask
`Resource.left_out` before calling an unknown output "given".

**Reading (promise P3).** `resource.read("vpcConfig.subnets")` returns a `Reading`: present, absent (null too) or
unknown; an unknown never raises (a shape that the type never has does: `MalformedError`).
`resource.each("ingress[].cidrBlocks[]")` returns one reading for each value, none where a list is absent. Ask `given`
where the presence of a key decides although its value may be an output; ask `unknown` where the value decides; say
what an absent value means at AWS. Numbers are floats (``443.0 == 443``), booleans may be text (`reading.flag()`),
settings of `pulumi:providers:aws` are JSON text (`reading.decoded()`), lists and maps in `reading.value` are plain
Python. Read no property that the verdict does not need.

**Findings.** `validate` is a generator: it yields `Violation("what is wrong")` and `Undecided(reading)` for a value
that it needs and that is unknown. A stack rule says whose: `Violation(text, urn=…)`, `Undecided(reading, urn=…)`. It
never reads around an unknown and never stops at one: yield it and go on. What becomes of an `Undecided` is decided
once, in `runner`: a wire path in the rule's `deferred` is reported by the policy `deferred` while the run is a preview;
any other path, and any unknown in an update, is a violation. A rule that raises is a violation too, so that a property
of an unexpected shape never passes.

**Messages.** `Violation.text` says what is wrong, with the wire path; the runner puts the resource's name before it and
the remediation after it. Never put a value into a message that could be a secret: names of properties, types, counts,
account ids, CIDRs and the allowed values are fine.

**Options** are JSON schema properties with a default each; `options["allowedPlatforms"]` returns what the policy
config says, else the default. A list that permits permits nothing while empty; a list that selects selects everything.
Facts about the stack come from `stack_config` and nowhere else.

**Shared tools.** `checks` (one property must be so), `siblings` (whose sibling is it), `tags`, `networks` (CIDRs),
`documents` (policy documents, parsed: iterate `documents.held(resource)`; judge `held.document`, which is the rendered
document or else the plan, and skip what is `held.unread`: `iam-policy-is-known-or-planned` refuses it), `places` (which
types hold documents, and of what kind), `accounts` (own and foreign principals), `reach` (how far a statement reaches),
`attachments` (every way of attaching a policy), `plans` (what components planned).

**Metadata.** `aliases` lists catalogue rows that were merged into the rule; `frameworks` the ids of others' checks for
the same question, of the merged rows too; `url` the AWS page. Type tokens and wire paths are written literally: a test
compares them with the SDK's classes (`paths` lists what `validate` reads; write ``Class:path`` to limit one to a type).

**Tests.** `tests/policy_pack/cases/<group>.py` holds tables of cases, rule id -> cases; a rule needs at least one of
each sort: `passes`, `fails`, `absent` (what happens without the property), `unknown`. A case takes resources from
`tests/policy_pack/baselines.py` (one compliant resource a type) and changes exactly one thing in one of them; `harness`
places children (`below`), records where properties were taken from (`taken`) and runs every case through the function
and through the real pack server, in a preview or (`update=True`) in an update. `says` is a part of the message,
`deferred` the properties that the rule leaves to the update.
'''

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from reading import Reading, Wire


class Kind(Enum):
    """Whether a rule judges one resource's inputs or the relations of the whole stack."""

    RESOURCE = "resource"
    STACK = "stack"


class Severity(Enum):
    """What an attacker or an accident gains; critical is another tenant's data or the internet."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Level(Enum):
    """What the engine does about a violation when the policy config says nothing."""

    ADVISORY = "advisory"
    MANDATORY = "mandatory"


@dataclass(frozen=True)
class Violation:
    """Something is wrong; `text` says what, `urn` whose (stack rules)."""

    text: str
    urn: str | None = None


@dataclass(frozen=True)
class Undecided:
    """The rule needs a value that is not known yet."""

    reading: Reading
    urn: str | None = None


@dataclass(frozen=True)
class Note:
    """A text that is reported as it stands, without name and remediation."""

    text: str
    urn: str | None = None


Finding: TypeAlias = Violation | Undecided | Note
Findings: TypeAlias = Iterable[Finding]


@dataclass(frozen=True)
class Options:
    """A rule's configuration: what the policy config says, else the schema's default."""

    given: Mapping[str, Any]
    schema: Mapping[str, Mapping[str, Any]]

    def __getitem__(self, name: str) -> Wire:
        value = self.given.get(name) if name in list(self.given) else None
        value = self.schema[name]["default"] if value is None else value
        return int(value) if self.schema[name].get("type") == "integer" else value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return an option that is a list of text."""
        return tuple(str(one) for one in self[name])


ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the pack: its metadata and its function."""

    id: str
    title: str
    kind: Kind
    types: tuple[str, ...]
    paths: tuple[str, ...]
    severity: Severity
    remediation: str
    url: str
    validate: Callable[[Any, Options], Findings]
    level: Level = Level.MANDATORY
    deferred: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    seed: tuple[str, ...] = ()
    mirrored_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r}: a rule id is kebab-case, such as s3-bucket-is-versioned")
        without = sorted(name for name, schema in self.options.items() if "default" not in schema)
        if without:
            raise ValueError(f"{self.id}: options without default: {', '.join(without)}")
        strange = sorted(set(self.deferred) - {path.split(":")[-1] for path in self.paths})
        if strange:
            raise ValueError(f"{self.id}: deferred names paths that the rule does not read: {', '.join(strange)}")

    def judges(self, resource_type: str) -> bool:
        """Return whether a type token is among the rule's types."""
        return _covers(self.types, resource_type)


@cache
def _covers(types: tuple[str, ...], resource_type: str) -> bool:
    return any(
        token == resource_type or (token.endswith("*") and resource_type.startswith(token[:-1])) for token in types
    )


def texts(*default: str, description: str = "") -> dict[str, Any]:
    """Return the schema of an option that is a list of text."""
    schema: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "default": list(default)}
    return {**schema, "description": description} if description else schema


def text(default: str = "", description: str = "") -> dict[str, Any]:
    """Return the schema of an option that is a text."""
    schema: dict[str, Any] = {"type": "string", "default": default}
    return {**schema, "description": description} if description else schema


def flag(*, default: bool, description: str = "") -> dict[str, Any]:
    """Return the schema of an option that is true or false."""
    schema: dict[str, Any] = {"type": "boolean", "default": default}
    return {**schema, "description": description} if description else schema


def integer(default: int, *, minimum: int = 0, description: str = "") -> dict[str, Any]:
    """Return the schema of an option that is a whole number."""
    schema: dict[str, Any] = {"type": "integer", "default": default, "minimum": minimum}
    return {**schema, "description": description} if description else schema
