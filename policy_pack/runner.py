"""From a rule to a policy that the SDK serves: findings become messages, unknowns violations or deferrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import deferrals
import memory
import pulumi_policy
import stack_config
from pulumi_policy import PolicyConfigSchema, ResourceValidationPolicy, StackValidationPolicy
from reading import MalformedError
from resources import Resource, Stack
from rule import Finding, Kind, Note, Options, Rule, Undecided, Violation

if TYPE_CHECKING:
    from pulumi_policy import Policy, ReportViolation, ResourceValidationArgs, StackValidationArgs


def policy(rule: Rule) -> Policy:
    """Return the SDK's policy for a rule."""
    metadata: dict[str, Any] = {
        "name": rule.id,
        "description": rule.title,
        "display_name": rule.title,
        "enforcement_level": pulumi_policy.EnforcementLevel(rule.level.value),
        "config_schema": PolicyConfigSchema({name: dict(schema) for name, schema in rule.options.items()})
        if rule.options
        else None,
        "severity": pulumi_policy.Severity(rule.severity.value),
        "tags": list(rule.frameworks),
        "remediation_steps": rule.remediation,
        "url": rule.url,
    }
    if rule.kind is Kind.RESOURCE:
        return ResourceValidationPolicy(validate=lambda args, report: judge_resource(rule, args, report), **metadata)
    return StackValidationPolicy(validate=lambda args, report: judge_stack(rule, args, report), **metadata)


def judge_resource(rule: Rule, args: ResourceValidationArgs, report: ReportViolation) -> None:
    """Judge one resource by a resource rule."""
    judged = rule.judges(args.resource_type)
    # Most rules are about other types: what the pack has noted before need not be read for them again.
    if not judged and memory.is_noted(args.urn):
        return
    resource = observe(args)
    if judged:
        _judge(rule, resource, Options(args.get_config(), rule.options), report)


def observe(args: ResourceValidationArgs) -> Resource:
    """Return the resource of a case, remembered for the rules that judge others by it."""
    resource = Resource.of_case(args)
    memory.observe(resource)
    return resource


def judge_stack(rule: Rule, args: StackValidationArgs, report: ReportViolation) -> None:
    """Judge the whole stack by a stack rule."""
    _judge(rule, Stack.of_case(args), Options(args.get_config(), rule.options), report)


def _judge(rule: Rule, subject: Resource | Stack, options: Options, report: ReportViolation) -> None:
    own = subject.urn if isinstance(subject, Resource) else ""
    try:
        for finding in rule.validate(subject, options):
            urn = finding.urn or own
            message = _message(rule, finding, urn, _name_of(subject, urn))
            if message:
                report(message, urn)
    except Exception as error:  # noqa: BLE001  a rule that breaks must not let its resource pass
        detail = f": {error}" if isinstance(error, MalformedError) else f" ({type(error).__name__})"
        what = f"the rule cannot read what is given{detail}"
        report(_sentence(_name_of(subject, own), what, rule.remediation), own)


def _name_of(subject: Resource | Stack, urn: str) -> str:
    """Return the name of a resource among those that are judged; empty where it is not among them."""
    names = {subject.urn: subject.name} if isinstance(subject, Resource) else subject.names
    return names.get(urn, "")


def _message(rule: Rule, finding: Finding, urn: str, name: str) -> str | None:
    if isinstance(finding, Note):
        return finding.text
    if isinstance(finding, Violation):
        return _sentence(name, finding.text, rule.remediation)
    return _undecided(rule, finding, urn, name)


def _undecided(rule: Rule, finding: Undecided, urn: str, name: str) -> str | None:
    reading, preview = finding.reading, stack_config.is_preview()
    if preview and reading.path in rule.deferred:
        deferrals.record(rule.id, urn, reading.where)
        return None
    why = "must be known at preview" if preview else "is still not known at the update"
    return _sentence(name, f"{reading.where} is not known, and {why} for this rule to decide", rule.remediation)


def _sentence(name: str, what: str, remediation: str) -> str:
    where = f"{name}: " if name else ""
    return f"{where}{what.rstrip('.')}. {remediation}"
