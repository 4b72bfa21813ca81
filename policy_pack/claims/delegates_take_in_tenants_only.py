"""Who may take people in must not take in a second administrator, or somebody whom no boundary and no group binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import stack_config
from asking import owner_of, users_of
from claim import Claim, Kind, Question

from iamproof import AnyString, Equals, Like, Missing, OtherThan, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import StackPolicies

    from iamproof import Values


PROVIDERS = ("iam:*SAMLProvider", "iam:*OpenIDConnectProvider*")
READING = ("iam:Get*", "iam:List*")
CEILINGS = ("-tenant-boundary", "-tenant-deployment")
OF_GROUP = "aws:RequestTag/security-group"
OF_PEOPLE = ("iam:CreateUser", "iam:TagUser")


def ask(stack: StackPolicies) -> Iterator[Question]:
    """Ask, of each person of the platform, for new people without what binds them, and for changes of whose one is."""
    prefix = f"arn:{stack.partition}:iam::{stack.account}:policy/{stack_config.name_prefix()}"
    tag = "aws:RequestTag/user"
    rows: tuple[tuple[str | tuple[str, ...], Mapping[str, Values | str], str], ...] = (
        (OF_PEOPLE, {tag: Equals("platform")}, "makes somebody one of the platform's"),
        ("iam:CreateRole", {tag: Equals("platform")}, "makes a role one of the platform's"),
        ("iam:DetachRolePolicy", _without(f"{prefix}-tenant-boundary"), "detaches from a role that nothing bounds"),
        (OF_PEOPLE, {tag: Missing}, "takes somebody in for no tenant"),
        ("iam:CreateUser", {OF_GROUP: OtherThan("sg-*").or_missing()}, "takes in without a group"),
        ("iam:CreateUser", _without(f"{prefix}-people-boundary"), "takes somebody in without the boundary of people"),
        ("iam:CreateRole", _without(f"{prefix}-tenant-boundary"), "makes a role without the boundary of tenants"),
        ("iam:AttachRolePolicy", _without(f"{prefix}-tenant-boundary"), "attaches to a role that nothing bounds"),
        (
            "iam:AttachRolePolicy",
            {"iam:PolicyARN": Like("arn:*:*:*:*:*").but(f"{prefix}-tenant-*").or_missing()},
            "attaches another",
        ),
        ("iam:AttachRolePolicy", {"iam:PolicyARN": Equals(*map(prefix.__add__, CEILINGS))}, "hands out a ceiling"),
        (PROVIDERS, {}, "changes who provides sign-ins"),
        ("iam:Tag*", {"aws:ResourceTag/user": AnyString}, "changes whose somebody is"),
        (
            ("iam:CreateLoginProfile", "iam:DeleteUser"),
            {"aws:ResourceTag/user": "platform"},
            "takes over an administrator",
        ),
        (
            ("iam:CreateLoginProfile", "iam:DeleteUser"),
            {"aws:ResourceTag/user": Missing},
            "takes over somebody unowned",
        ),
    )
    for identity in users_of(stack):
        if owner_of(identity) is None:
            for actions, context, sentence in rows:
                yield Question(identity=identity, query=Query(actions, context=context, sentence=sentence, but=READING))


def _without(boundary: str) -> dict[str, Values]:
    return {"iam:PermissionsBoundary": OtherThan(boundary).or_missing()}


CLAIM = Claim(
    id="delegates-take-in-tenants-only",
    sentence="Nobody who takes people in makes an administrator, or anybody without tenant, group and boundary.",
    kind=Kind.SAFETY,
    ask=ask,
    partner="the-platform-is-run",
)
