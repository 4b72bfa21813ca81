"""Cases of the rules about roles that people take on, and about those that instances work as."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import role
from tests.policy_pack.document_baselines import ACCOUNT, PARTNER, ROOT, first_preview, trust, trusted
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, given, passes, taken, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

PLATFORM = {"name": "ml-dev-break-glass", "path": "/", "tags": {"user": "platform"}}
PATH = "assumeRolePolicy"
FACTOR = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
RECENT = {"NumericLessThanEquals": {"aws:MultiFactorAuthAge": "3600"}}
ARN = f"arn:aws:iam::{ACCOUNT}:role/ml-dev-break-glass"
BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/ml-dev-people-break-glass"
BY_PROVIDERS = {
    "saml-provider/corp": "AssumeRoleWithSAML",
    "oidc-provider/token.example.com": "AssumeRoleWithWebIdentity",
}
TAKEN = {"eventName": ["AssumeRole"], "requestParameters": {"roleArn": [ARN]}}
NAMED = {"exemptRoles": ["ml-dev-break-glass"]}


def emergency(condition: Any = ABSENT, **changes: Any) -> PackResource:
    """The emergency role with the conditions of its trust."""
    said = {**FACTOR, **RECENT} if condition is ABSENT else condition
    return trusted(people_trust(Condition=said), **{**PLATFORM, "permissionsBoundary": BOUNDARY, **changes})


def people_trust(**changes: Any) -> dict[str, Any]:
    """People of the account may take the role on."""
    return trust(**{"Sid": "People", "Principal": {"AWS": ROOT}, "Condition": {**FACTOR, **RECENT}, **changes})


def federated_trust(provider: str) -> dict[str, Any]:
    """People of a provider may take the role on."""
    named = {"Federated": f"arn:aws:iam::{ACCOUNT}:{provider}"}
    return trust(Sid="Federated", Principal=named, Action=["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"])


def by_provider(provider: str, **changes: Any) -> PackResource:
    """The emergency role of people who sign in at a provider."""
    return trusted(federated_trust(provider), **{**PLATFORM, "permissionsBoundary": BOUNDARY, **changes})


def watch(*, on: Any = ARN, call: str = "AssumeRole", **changes: Any) -> PackResource:
    """The rule that sees the role being taken on."""
    detail = {"detail": {"eventName": [call], "requestParameters": {"roleArn": [on]}}}
    pattern = json.dumps({"source": ["aws.sts"], "$or": [{"detail": {"eventName": ["X"]}}, detail]})
    baseline = {"name": "alarm", "eventPattern": pattern, "state": "ENABLED"}
    return given("aws:cloudwatch/eventRule:EventRule", "alarm", baseline, changes)


def target(**changes: Any) -> PackResource:
    """Whom the rule tells."""
    baseline = {"rule": "alarm", "arn": f"arn:aws:sns:ap-northeast-1:{ACCOUNT}:alarm"}
    return given("aws:cloudwatch/eventTarget:EventTarget", "target", baseline, changes)


def profile(**changes: Any) -> PackResource:
    """The profile of an instance."""
    baseline = {"name": "bastion", "role": "ml-dev-break-glass", "tags": {"user": "platform"}}
    return given("aws:iam/instanceProfile:InstanceProfile", "profile", baseline, changes)


SERVES = role(**PLATFORM)

CASES: dict[str, list[Case]] = {
    "iam-role-trust-requires-mfa": [
        passes("a recent factor", emergency()),
        passes("a service", trusted(trust(), permissionsBoundary=ABSENT)),
        passes(
            "a partner's role is another rule's", trusted(trust(Principal={"AWS": f"arn:aws:iam::{PARTNER}:role/r"}))
        ),
        passes("a role of the account is another rule's", trusted(trust(Principal={"AWS": f"{ARN}-x"}))),
        passes("people are denied", trusted(trust(), people_trust(Effect="Deny", Condition=ABSENT))),
        passes("a listed role", emergency({}), options=NAMED),
        passes(
            "an hour and a half, where that is allowed",
            emergency({**FACTOR, "NumericLessThan": {"aws:MultiFactorAuthAge": "5400"}}),
            options={"maxAgeSeconds": 5400},
        ),
        fails("no factor", "People does not demand aws:MultiFactorAuthPresent true", emergency(RECENT)),
        fails(
            "a factor if there is one", "MultiFactorAuthPresent", emergency({**RECENT, "BoolIfExists": FACTOR["Bool"]})
        ),
        fails(
            "no factor is as good",
            "MultiFactorAuthPresent",
            emergency({**RECENT, "Bool": {"aws:MultiFactorAuthPresent": ["true", "false"]}}),
        ),
        fails("a factor of any age", "does not demand aws:MultiFactorAuthAge below 3600", emergency(FACTOR)),
        fails(
            "an old factor",
            "MultiFactorAuthAge",
            emergency({**FACTOR, "NumericLessThan": {"aws:MultiFactorAuthAge": "7200"}}),
        ),
        fails(
            "one of two ages is old",
            "MultiFactorAuthAge",
            emergency({**FACTOR, "NumericLessThan": {"aws:MultiFactorAuthAge": ["60", "7200"]}}),
        ),
        fails(
            "an age if there is one",
            "MultiFactorAuthAge",
            emergency({**FACTOR, "NumericLessThanIfExists": {"aws:MultiFactorAuthAge": "60"}}),
        ),
        fails(
            "older than",
            "MultiFactorAuthAge",
            emergency({**FACTOR, "NumericGreaterThan": {"aws:MultiFactorAuthAge": "60"}}),
        ),
        fails(
            "the account by number",
            "MultiFactorAuthPresent",
            trusted(people_trust(Principal={"AWS": ACCOUNT}, Condition=ABSENT)),
        ),
        fails(
            "a user",
            "MultiFactorAuthPresent",
            trusted(people_trust(Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/ann"}, Condition=ABSENT)),
        ),
        absent("no conditions", "MultiFactorAuthPresent", emergency({})),
        absent("no boundary", "permissionsBoundary is absent", emergency(permissionsBoundary=ABSENT)),
        unknown(
            "the plan is judged",
            "MultiFactorAuthPresent",
            *first_preview(emergency(), people_trust(Condition=ABSENT), path=PATH),
        ),
        unknown("its name must be known", "name is not known", emergency(name=UNKNOWN)),
    ],
    "iam-emergency-role-raises-alarm": [
        passes("a rule that tells", watch(), target(), emergency()),
        passes("a service's role", trusted(trust())),
        passes("a listed role", emergency(), options=NAMED),
        passes("by the rule's output", watch(), taken(target(rule=UNKNOWN), rule=watch()), emergency()),
        fails("another role", "tells of the role being taken on", watch(on=f"{ARN}-x"), target(), emergency()),
        fails("another call", "tells of", watch(call="AssumeRoleWithSAML"), target(), emergency()),
        *(
            passes(f"a provider's people, {call}", watch(call=call), target(), by_provider(kind))
            for kind, call in BY_PROVIDERS.items()
        ),
        *(
            fails(
                f"users alone are seen, and {call} is not", f"taken on by {call}", watch(), target(), by_provider(kind)
            )
            for kind, call in BY_PROVIDERS.items()
        ),
        fails(
            "the other kind of provider",
            "taken on by AssumeRoleWithWebIdentity",
            watch(call="AssumeRoleWithSAML"),
            target(),
            by_provider("oidc-provider/token.example.com"),
        ),
        fails(
            "users and a provider's people, of whom users are seen",
            "taken on by AssumeRoleWithSAML",
            watch(),
            target(),
            trusted(people_trust(), federated_trust("saml-provider/corp"), **PLATFORM),
        ),
        passes("a federated person's own role", by_provider("saml-provider/corp", path="/people/")),
        fails(
            "another source",
            "tells of",
            watch(eventPattern=json.dumps({"source": ["aws.iam"], "detail": TAKEN})),
            target(),
            emergency(),
        ),
        fails(
            "events that are no calls",
            "tells of",
            watch(eventPattern=json.dumps({"detail-type": ["Scheduled Event"], "detail": TAKEN})),
            target(),
            emergency(),
        ),
        fails(
            "one person's calls",
            "tells of",
            watch(eventPattern=json.dumps({"detail": {**TAKEN, "userIdentity": {"userName": ["ann"]}}})),
            target(),
            emergency(),
        ),
        fails("a rule that is off", "tells of", watch(state="DISABLED"), target(), emergency()),
        fails("off in the older way", "tells of", watch(state=ABSENT, isEnabled=False), target(), emergency()),
        fails("a rule that tells nobody", "tells of", watch(), emergency()),
        fails("another rule's target", "tells of", watch(), target(rule="other"), emergency()),
        fails("a role below a path", "tells of", watch(), target(), emergency(path="/x/")),
        fails(
            "a rule by the clock",
            "tells of",
            watch(eventPattern=ABSENT, scheduleExpression="rate(1 day)"),
            target(),
            emergency(),
        ),
        absent("no rule", "tells of the role being taken on", emergency()),
        passes("AWS' default is on", watch(state=ABSENT), target(), emergency()),
        unknown(
            "what it sees must be known",
            "eventPattern is not known",
            emergency(),
            target(),
            watch(eventPattern=UNKNOWN),
        ),
        unknown("its name must be known", "name is not known", emergency(name=UNKNOWN)),
    ],
    "iam-instance-profile-role-is-own": [
        passes("a role of the platform", SERVES, profile()),
        passes("by its output", SERVES, taken(profile(role=UNKNOWN), role=SERVES)),
        passes("a listed role", profile(role="by-hand"), options={"adoptedRoles": ["by-hand"]}),
        fails("a tenant's", "role is a tenant's", role(), profile(role="ml-dev-alice-notebook")),
        fails("a tenant's by its output", "role is a tenant's", role(), taken(profile(role=UNKNOWN), role=role())),
        fails("made by hand", "role is not of this stack", SERVES, profile(role="by-hand")),
        absent("no role", None, profile(role=ABSENT)),
        unknown("it must be known", "role is not known", profile(role=UNKNOWN)),
    ],
}
