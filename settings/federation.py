"""The provider that signs people in instead of IAM, and whether people and sign-in fit it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, Strict

from . import people_guides
from .arns import ArnKind, Home, check_arn
from .deployment import MOST_LINES, suggested_people
from .findings import finding_at
from .network_model import Part
from .problems import NAMESPACE, NOTHING, REMOVE, Finding, RefusedError, line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROVIDER_KIND = ArnKind(
    noun="a SAML or OpenID Connect provider",
    service="iam",
    resource=r"(saml-provider/[A-Za-z0-9._-]{1,128}|oidc-provider/[A-Za-z0-9./_-]{1,255})",
    example="saml-provider/corp",
    regional=False,
)

# What is said of users' own credentials, and means nothing where there are no users.
OF_USERS = ("mfa-hours", "access-keys", "password-policy")


class FederationSettings(Part):
    """The provider, which stands in the account already, its audience, and how long a session of a person lasts."""

    provider: Annotated[str, people_guides.PROVIDER]
    audience: Annotated[str, people_guides.AUDIENCE]
    session_hours: Annotated[int, Strict(), Field(ge=1, le=8), people_guides.SESSION_HOURS] = 8


def federation_findings(tree: Mapping[str, Any], home: Home) -> Iterator[Finding]:
    """Find keys beside federation, people whom the provider cannot name, and subjects that no provider names."""
    people = {name: each for name, each in _mapping(tree, "people").items() if isinstance(each, dict)}
    federation = tree.get("federation")
    if federation is None:
        yield from _without_provider(people)
        return
    provider = federation.get("provider") if isinstance(federation, dict) else None
    if isinstance(provider, str):
        try:
            check_arn(provider, PROVIDER_KIND, home)
        except RefusedError as refusal:
            place = ("federation", "provider")
            yield finding_at(
                place, shown(provider), tree, why=refusal.why, allowed=refusal.allowed, instead=refusal.instead
            )
    if tree.get("people") is False:
        yield finding_at(("people",), "false", tree, why="a provider is named, and nobody whom it could sign in")
    yield from _users_credentials(_mapping(tree, "sign-in"))
    yield from _subjects(people)
    yield from _administrators(people)


def federated_people(tree: Mapping[str, Any]) -> int:
    """Return how many people have a role of their own."""
    return len(_mapping(tree, "people")) if "federation" in tree else 0


def _mapping(tree: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = tree.get(key)
    return found if isinstance(found, dict) else {}


def _without_provider(people: Mapping[str, dict[str, Any]]) -> Iterator[Finding]:
    for name, person in people.items():
        if "subject" in person:
            yield Finding(
                place=("people", name, "subject"),
                given=shown(person["subject"]),
                allowed="nothing, or a provider under federation",
                why="this stack's people are IAM users: no provider's token is looked at, and a subject says nothing",
                write=REMOVE,
            )


def _users_credentials(sign_in: Mapping[str, Any]) -> Iterator[Finding]:
    for key in OF_USERS:
        if key in sign_in and not (key == "access-keys" and sign_in[key] is False):
            what = "keys and federation at once" if key == "access-keys" else "federation and what is said of users"
            yield Finding(
                place=("sign-in", key),
                given=shown(sign_in[key]),
                allowed="nothing, with federation",
                why=f"{what}: federated people are no users, they hold neither password, device nor key here",
                write=REMOVE,
            )


def _subjects(people: Mapping[str, dict[str, Any]]) -> Iterator[Finding]:
    holders: dict[str, str] = {}
    for name, person in people.items():
        subject, place = person.get("subject"), ("people", name, "subject")
        if subject is None:
            yield Finding(
                place=place,
                given=NOTHING,
                allowed=people_guides.SUBJECT.allowed,
                why="the person's role trusts one subject of the provider; without it nobody could take it on",
                write=line("subject", f"{name}@example.com"),
            )
        elif isinstance(subject, str) and subject in holders:
            own = f"{name}@example.com"
            yield Finding(
                place=place,
                given=shown(subject),
                allowed="each subject once",
                why=f"it is that of {holders[subject]}: one human being would be two people, author and approver even",
                write=line("subject", f"{name}-2@example.com" if subject == own else own),
            )
        elif isinstance(subject, str):
            holders[subject] = name


def _administrators(people: Mapping[str, dict[str, Any]]) -> Iterator[Finding]:
    groups = [each.get("groups") for each in people.values()]
    if people and not any(isinstance(each, list) and "administrators" in each for each in groups):
        yield Finding(
            place=("people",),
            given="nobody in the group administrators",
            allowed="at least one administrator, with federation",
            why="the emergency role trusts the administrators' subjects by name: nobody could take it on",
            write=line("adam", {"groups": ["administrators"], "subject": "adam@example.com"}),
        )


def people_findings_of_choice(tree: Mapping[str, Any], tenants: list[str]) -> Iterator[Finding]:
    """Find a stack with tenants that does not say who signs in: forgetting people is no choice."""
    if "people" in tree or ("tenants" in tree and not tenants):
        return
    tenants = tenants or ["alice", "bob", "carol"]
    people = ", ".join(suggested_people(tree, tenants[:MOST_LINES]))
    yield Finding(
        place=("people",),
        given=NOTHING,
        allowed=people_guides.PEOPLE.allowed,
        why=f"nobody could open the notebook of {', '.join(tenants[:5])}, and a forgotten key is no choice",
        write=f"{NAMESPACE}people: {{{people}}}",
    )
