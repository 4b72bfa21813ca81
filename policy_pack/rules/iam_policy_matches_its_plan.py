"""What was proved is the plan; a document that says something else is deployed without proof.

The comparison is made before the resource is created, as IAM reads documents (see `plan_matching`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import documents
import places
import plan_matching
import plans
from reading import UNKNOWN, Reading, State
from rule import Kind, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from reading import Wire
    from resources import Resource
    from rule import Findings, Options


def validate(resource: Resource, _options: Options) -> Findings:
    """Yield a finding for each document and tag that differs from its plan, or whose references contradict."""
    targets = plans.references(resource)
    for path in places.PLACES.get(resource.type, {}):
        if plans.planned(resource, path) is not None and not resource.read(path).given:
            yield Violation(f"{path} is planned and left out, so that the default of AWS holds instead")
    for held in documents.held(resource):
        if held.planned is None:
            continue
        yield from _unexplained(held.where, held.planned.raw, targets)
        if held.rendered is None:
            yield Undecided(held.reading)
        else:
            yield from _judge(held.where, plan_matching.compare(held.planned.raw, held.rendered.raw), targets)
    yield from _tags(resource, targets)


def _tags(resource: Resource, targets: Mapping[str, str]) -> Findings:
    tags = resource.read("tags")
    for key, planned in plans.planned_tags(resource).items():
        where = f"tags.{key}"
        value = tags.value.get(key) if isinstance(tags.value, dict) else None
        yield from _unexplained(where, planned, targets)
        if tags.state is State.UNKNOWN or value is UNKNOWN:
            yield Undecided(Reading("tags", where, State.UNKNOWN))
        elif value is None:
            yield Violation(f"{where} is planned and left out")
        else:
            yield from _judge(where, plan_matching.compare_text(str(planned), str(value)), targets)


def _unexplained(where: str, planned: Wire, targets: Mapping[str, str]) -> Findings:
    for name in sorted(plans.names_in(dict(planned) if isinstance(planned, Mapping) else planned)):
        if name not in targets:
            yield Violation(f"{where} holds {{{{{name}}}}}, which no planned reference explains")


def _judge(where: str, match: plan_matching.Match | None, targets: Mapping[str, str]) -> Findings:
    if match is None:
        yield Violation(f"{where} says something else than its plan")
        return
    for name, ids in sorted(match.domains.items()):
        problem = plans.bind(targets[name], ids) if name in targets else None
        if problem:
            yield Violation(f"{where}: {{{{{name}}}}} {problem}")


RULE = Rule(
    id="iam-policy-matches-its-plan",
    title="A rendered policy document says what was planned",
    kind=Kind.RESOURCE,
    types=places.types_of(*places.ALL),
    paths=(*places.paths_of(*places.ALL), "Role:tags"),
    severity=Severity.CRITICAL,
    remediation="Render the document from the plan and from nothing else.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    deferred=(*sorted({path.rsplit(":", 1)[-1] for path in places.paths_of(*places.ALL)}), "tags"),
    validate=validate,
)
