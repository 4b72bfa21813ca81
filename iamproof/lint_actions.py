"""Actions that do not exist, and resources that the actions of a statement do not accept."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from iamproof import facts
from iamproof.facts import ArnFormat
from iamproof.facts.query import hint, nearest_actions, operation_only, resource_types
from iamproof.lint_arns import may_cover
from iamproof.lint_scope import Finding, is_everything, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamproof.facts import ActionFacts
    from iamproof.lint_scope import Entry, Scope
    from iamproof.model import Pattern

_FEW = 4
_WORD = 5


def action_findings(scope: Scope) -> Iterator[Finding]:
    """Yield the entries of Action and NotAction that name nothing."""
    for entry in scope.entries:
        if not (entry.known or is_everything(entry.text) or _for_newer_actions(scope, entry)):
            yield _unknown(scope, entry)


def _for_newer_actions(scope: Scope, entry: Entry) -> bool:
    """Whether a short pattern of a Deny, such as ``sagemaker:Su*``, covers actions that do not exist yet."""
    service, _, name = entry.text.partition(":")
    letters = name.rstrip("*?")
    return scope.denies and letters != name and len(letters) < _WORD and service.lower() in facts.services()


def _unknown(scope: Scope, entry: Entry) -> Finding:
    service = entry.text.partition(":")[0]
    near = hint(nearest_actions(entry.text))
    nothing = _nothing(scope)
    if service.lower() not in facts.services():
        return Finding("no-such-service", entry.path, f"{service!r} is no service prefix, so {nothing}{near}")
    if operation_only(entry.text):
        text = (
            f"{entry.text!r} is an operation of the API and no action in the authorization data: its permission may "
            f"have another name, as s3:ListObjectsV2 needs s3:ListBucket, and then {nothing}{near}"
        )
        return Finding("operation-not-action", entry.path, text)
    what = "no action of this name is known" if entry.literal else "no known action matches"
    return Finding("no-such-action", entry.path, f"{entry.text!r}: {what}, so {nothing}{near}")


def _nothing(scope: Scope) -> str:
    if scope.statement.not_actions:
        return "it spares nothing"
    return "it denies nothing" if scope.denies else "it grants nothing"


def resource_findings(scope: Scope) -> Iterator[Finding]:
    """Yield resources and actions that do not meet."""
    statement = scope.statement
    if statement.not_actions and any(is_everything(entry.text) for entry in scope.entries):
        path = f"{scope.path}.NotAction"
        yield Finding("never-matches", path, "NotAction * leaves no action: name what is to be spared")
    if statement.resources is None:
        return
    everything = any(pattern.text == "*" for pattern in statement.resources)
    if statement.not_resources:
        if everything:
            path = f"{scope.path}.NotResource"
            yield Finding("never-matches", path, "NotResource * leaves no resource: name what is to be spared")
    elif not everything:
        yield from _unmet(scope, statement.resources)


def _unmet(scope: Scope, patterns: tuple[Pattern, ...]) -> Iterator[Finding]:
    if scope.unbounded:
        yield from _unknown_forms(scope, patterns)
        return
    judged = [entry for entry in scope.entries if entry.known]
    met = {entry.text: [action for action in entry.known if _accepts(action, patterns)] for entry in judged}
    if judged and not any(met.values()):
        reason = _reason(judged[0].known, patterns)
        yield Finding("never-matches", scope.path, f"no action of this statement accepts its resources: {reason}")
        return
    for entry in judged:
        if not met[entry.text]:
            text = f"{entry.text!r} {_does_nothing(scope)} here: {_reason(entry.known, patterns)}"
            yield Finding("resource-form", entry.path, text)
        elif not scope.denies and len(met[entry.text]) == 1 < _FEW <= len(entry.known):
            yield _nearly_dead(entry, met[entry.text][0])
    yield from _unaccepted(scope, patterns)


def _does_nothing(scope: Scope) -> str:
    return "denies nothing" if scope.denies else "grants nothing"


def _nearly_dead(entry: Entry, only: ActionFacts) -> Finding:
    others = [action.name for action in entry.known if action is not only]
    text = (
        f"{entry.text!r} stands for {len(entry.known)} actions, of which only {only.name} accepts these resources; "
        f"{listed(others)} do not: name {only.name}, or give the others the resources that they accept"
    )
    return Finding("pattern-reaches-one-action", entry.path, text)


def _accepts(action: ActionFacts, patterns: tuple[Pattern, ...]) -> bool:
    return any(may_cover(pattern.template, arn) for arn in _formats(action) for pattern in patterns)


def _formats(action: ActionFacts) -> tuple[ArnFormat, ...]:
    """Return the forms of the resources that an action accepts; any of its service where only its name is known."""
    if action.complete:
        return tuple(kind.arn for kind in action.resource_types)
    service = action.name.partition(":")[0]
    return (ArnFormat(f"arn:${{Partition}}:{service}:${{Region}}:${{Account}}:${{Resource}}"),)


def _reason(known: tuple[ActionFacts, ...], patterns: tuple[Pattern, ...]) -> str:
    forms = list(dict.fromkeys(arn.text for action in known for arn in _formats(action)))
    what = known[0].name if len(known) == 1 else f"all {len(known)} actions"
    if not forms:
        return f"{what} {'takes' if len(known) == 1 else 'take'} no resource: write Resource *"
    given = listed([pattern.text for pattern in patterns], most=2)
    return f"given {given}, where {what} may take {_nearest(patterns[0].text, forms)}: write an ARN of that form"


def _nearest(text: str, forms: list[str]) -> str:
    """Return the forms that are most like a resource."""
    return " or ".join(difflib.get_close_matches(text, forms, n=2, cutoff=0))


def _unaccepted(scope: Scope, patterns: tuple[Pattern, ...]) -> Iterator[Finding]:
    """Yield the resources that no action of the statement accepts."""
    kinds = {arn for entry in scope.entries for action in entry.known for arn in _formats(action)}
    forms = sorted(arn.text for arn in kinds)
    for index, pattern in enumerate(patterns):
        if kinds and not any(may_cover(pattern.template, arn) for arn in kinds):
            why = f"no action of this statement accepts it; they take {_nearest(pattern.text, forms)}"
            yield _wrong_form(scope, pattern, _resource_path(scope, index, len(patterns)), why)


def _unknown_forms(scope: Scope, patterns: tuple[Pattern, ...]) -> Iterator[Finding]:
    """Yield resources of a form that no resource type of their service has, whatever the action."""
    found = []
    for index, pattern in enumerate(patterns):
        service = pattern.text.split(":")[2] if pattern.text.count(":") > 1 else "*"
        kinds = list(resource_types(service))
        if kinds and not any(may_cover(pattern.template, kind.arn) for kind in kinds):
            why = (
                f"no resource of {service} has this form; near is {_nearest(pattern.text, [k.arn.text for k in kinds])}"
            )
            found.append(_wrong_form(scope, pattern, _resource_path(scope, index, len(patterns)), why))
    if len(found) < len(patterns):
        yield from found
    else:
        yield Finding("never-matches", scope.path, f"no resource is of the statement's forms: {found[0].message}")


def _wrong_form(scope: Scope, pattern: Pattern, path: str, why: str) -> Finding:
    effect = "denies" if scope.denies else "grants"
    return Finding("resource-form", path, f"{pattern.text!r} {effect} nothing: {why}: mend it or drop it")


def _resource_path(scope: Scope, index: int, count: int) -> str:
    return f"{scope.path}.Resource" + (f"[{index}]" if count > 1 else "")
