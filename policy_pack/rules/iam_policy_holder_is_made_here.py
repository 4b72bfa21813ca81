"""Rights that the stack gives to somebody else's role, user or group are rights that nobody here looks at.

Nor does anybody see what else such a principal holds: a user who joins a group of elsewhere holds its policies too.
Names are compared as they are written. IAM takes them in any letters, and a name in other letters reaches a principal
of the stack past every rule that looks for it.

Source: IAM User Guide, "IAM identifiers"; Pulumi registry, aws.iam.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attachments import PATHS, PRINCIPALS
from exclusive_lists import ROLE
from held_lists import GROUP, KINDS, USER
from identities import HOLDER_OF_PATH, INLINE, MEMBERSHIPS
from origins import as_registered
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Stack
    from rule import Findings, Options

HOLDERS = {ROLE: "role", USER: "user", GROUP: "group"}
NAMED: dict[str, tuple[str, ...]] = {
    **{token: (path,) for token, (path, _) in INLINE.items()},
    **{token: PRINCIPALS[token] for token in PATHS if token != ROLE},
    **{token: (whose,) for kind in KINDS for token, whose, _ in kind.lists if token != ROLE},
    **MEMBERSHIPS,
}
"""Types that give or take rights, and the wire paths at which they name to whom."""


def validate(stack: Stack, options: Options) -> Findings:
    """Yield a finding for each principal that some resource gives rights to and that the stack does not make."""
    made = {kind: {one.read("name").value for one in stack.of_type(kind)} for kind in HOLDERS}
    elsewhere = set(options.texts("holdersElsewhere"))
    for resource in stack.of_type(*NAMED):
        for path in NAMED[resource.type]:
            kind = HOLDER_OF_PATH[path]
            # What was taken from a principal of the stack names it, whatever its name will be.
            waiting = len(resource.came_from(path, kind))
            for found in as_registered(resource).each(path):
                if found.unknown:
                    waiting -= 1
                    if waiting < 0:
                        yield Undecided(found, resource.urn)
                elif found.given and found.value not in made[kind] and found.value not in elsewhere:
                    yield Violation(f"{found.where} names no {HOLDERS[kind]} of this stack", resource.urn)


RULE = Rule(
    id="iam-policy-holder-is-made-here",
    title="The stack gives rights, and groups, to principals that it makes itself",
    kind=Kind.STACK,
    types=(*NAMED, *HOLDERS),
    paths=(
        *(f"{token.rsplit(':', 1)[-1]}:{path}" for token, paths in NAMED.items() for path in paths),
        "Role:name",
        "User:name",
        "Group:name",
    ),
    severity=Severity.HIGH,
    remediation="Take the name from the role, user or group that the stack makes, or list who is made elsewhere.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    options={"holdersElsewhere": texts(description="names of roles, users and groups that another stack makes")},
    mirrored_by=("runtime audit",),
    validate=validate,
)
