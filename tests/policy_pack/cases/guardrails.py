"""Cases of the rules about what tenants' roles carry."""

from __future__ import annotations

from tests.policy_pack.baselines import notebook, policy, role
from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    PackResource,
    absent,
    component,
    fails,
    given,
    passes,
    taken,
    unknown,
    waiting,
)

OWN = "arn:aws:iam::111122223333:policy/ml-dev-tenant-"
GUARDRAILS = [f"{OWN}{purpose}" for purpose in ("network", "surface", "tenancy", "egress")]
PERIMETER = f"{OWN}perimeter"
AUTHOR_BOUNDS = "arn:aws:iam::111122223333:policy/ml-dev-people-author-bounds"
ROLE = role()
PLATFORMS = role("shared", name="shared", path="/", tags={"user": "platform"})
NAME = "ml-dev-alice-notebook"
LIST = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
BOUNDARY = policy()


def managed(arns: object = UNKNOWN, logical: str = "attachments", role_name: object = NAME) -> PackResource:
    """Return the exclusive list of the managed policies of a role."""
    return component(LIST, logical, roleName=role_name, policyArns=arns)


def inline(names: object = ABSENT, logical: str = "inline", role_name: object = NAME) -> PackResource:
    """Return the exclusive list of the inline policies of a role."""
    given = {} if names is ABSENT else {"policyNames": names}
    return component("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", logical, roleName=role_name, **given)


def attached(arn: object, role_name: object = NAME) -> PackResource:
    """Return a single attachment to a role, Alice's as a rule."""
    return component("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "single", role=role_name, policyArn=arn)


def lists(names: object, more: str = "") -> tuple[PackResource, PackResource]:
    """Return the two exclusive lists of the shared role: no managed policy, and these inline ones."""
    return managed([], f"attachments{more}", "shared"), inline(names, f"inline{more}", "shared")


def grants(**changes: object) -> PackResource:
    """Return the inline policy of the shared role."""
    return given(
        "aws:iam/rolePolicy:RolePolicy", "grants", {"name": "shared", "role": "shared", "policy": "{}"}, changes
    )


def of_notebook(*arns: str) -> tuple[PackResource, ...]:
    """Return a notebook that works as Alice's role, the list of what that carries, and the role."""
    return taken(notebook(), roleArn=ROLE), managed([*arns]), ROLE


FLOWS = component("aws:ec2/flowLog:FlowLog", "flows", iamRoleArn=UNKNOWN)
CALLS = component("aws:cloudtrail/trail:Trail", "calls", cloudWatchLogsRoleArn=UNKNOWN)
STOP = component("aws:budgets/budgetAction:BudgetAction", "stop", executionRoleArn=UNKNOWN)
SHARED, GRANTS, STRAY = PLATFORMS, grants(), inline([], "stray", UNKNOWN)
LATE = taken(managed(role_name=UNKNOWN), roleName=ROLE)

CASES: dict[str, list[Case]] = {
    "iam-tenant-role-carries-guardrails": [
        passes("all of them", managed(GUARDRAILS), ROLE),
        passes("a notebook's role with the perimeter", *of_notebook(*GUARDRAILS, PERIMETER)),
        passes("a shared role needs none", PLATFORMS),
        passes("other guardrails, by the options", ROLE, options={"guardrails": []}),
        *(
            fails(f"without {one.rsplit('-', 1)[-1]}", f"the policy *-{one.split('-', 2)[-1]}", managed(rest), ROLE)
            for one in GUARDRAILS
            for rest in ([other for other in GUARDRAILS if other != one],)
        ),
        fails("a notebook's role without the perimeter", "the policy *-tenant-perimeter", *of_notebook(*GUARDRAILS)),
        passes("who starts work inside the perimeter", managed([*GUARDRAILS, PERIMETER, OWN + "work"]), ROLE),
        passes(
            "a person inside its bounds", managed([*GUARDRAILS, AUTHOR_BOUNDS, OWN + "work"]), role(path="/people/")
        ),
        fails("a person without them", "gives the person", managed([*GUARDRAILS, OWN + "work"]), role(path="/people/")),
        fails(
            "a workload with a person's bounds",
            "grants a person's work",
            managed([*GUARDRAILS, AUTHOR_BOUNDS, OWN + "work"]),
            ROLE,
        ),
        fails("who starts work outside it", "grants a person's work", managed([*GUARDRAILS, OWN + "work"]), ROLE),
        fails(
            "the boundary as a grant", "policyArns[4] grants a boundary", managed([*GUARDRAILS, OWN + "boundary"]), ROLE
        ),
        fails("nothing is attached", "*-tenant-network", ROLE),
        fails("attached to another role", "*-tenant-network", managed(GUARDRAILS, role_name="other"), ROLE),
        fails(
            "of another account", "*-tenant-network", managed([one.replace("1111", "9") for one in GUARDRAILS]), ROLE
        ),
        fails("a tenant's by its path alone", "*-tenant-network", role(tags={"user": "platform"})),
        absent("an empty list", "*-tenant-network", managed([]), ROLE),
        unknown("the list must be known", "policyArns is not known", managed(), ROLE),
    ],
    "iam-tenant-role-is-exclusive": [
        passes("one list each", managed(), inline([]), ROLE),
        passes("a shared role needs none", PLATFORMS),
        fails("no list of managed policies", "0 resources of the kind RolePolicyAttachmentsExclusive", inline(), ROLE),
        fails("no list of inline policies", "0 resources of the kind RolePoliciesExclusive", managed(), ROLE),
        fails("two lists", "2 resources of the kind RolePolicyAtt", managed(), managed(logical="b"), inline(), ROLE),
        fails("an inline policy is listed", "leaves inline policies", ROLE, managed(), inline(["by-hand"])),
        fails(
            "a single attachment beside", "stands beside the lists", ROLE, managed(), inline(), attached(OWN + "work")
        ),
        absent("no names", None, managed(), inline(), ROLE),
        unknown("the names must be known", "policyNames is not known", ROLE, managed(), inline(UNKNOWN)),
        unknown("whose list it is cannot be said", "roleName is not known", ROLE, inline(), managed(role_name=UNKNOWN)),
    ],
    "iam-platform-role-is-exclusive": [
        passes("one list each, without names", managed([], role_name="shared"), inline([], role_name="shared"), SHARED),
        passes("one list each, with its own policy", *lists(["shared"]), GRANTS, SHARED),
        passes("another rule judges tenants' roles", ROLE),
        passes("a role of others", PLATFORMS, options={"exemptRoles": ["shared"]}),
        fails("no list of managed policies", "0 resources of the kind RolePolicyAttach", lists([])[1], SHARED),
        fails("no list of inline policies", "0 resources of the kind RolePoliciesExclusive", lists([])[0], SHARED),
        fails("two lists of inline policies", "2 resources of the kind", *lists([]), lists([], "b")[1], SHARED),
        fails("a policy that is nobody's stays", "none of this stack", SHARED, GRANTS, *lists(["shared", "by-hand"])),
        fails("its own policy is removed", "each update removes it", SHARED, *lists([]), GRANTS),
        fails("its own policy has no name", "without a name", SHARED, *lists(["shared"]), grants(name=ABSENT)),
        fails("a single attachment beside", "stands beside the lists", SHARED, *lists([]), attached(OWN, "shared")),
        absent("no names, and nothing to name", None, lists([])[0], inline(role_name="shared"), SHARED),
        absent("no names, and a policy", "each update removes it", SHARED, *lists(ABSENT), GRANTS),
        unknown("the names must be known", "policyNames is not known", SHARED, *lists(UNKNOWN)),
        unknown("whose list it is cannot be said", "roleName is not known", SHARED, *lists([]), STRAY),
    ],
    "iam-role-session-is-short": [
        passes("an hour", role(maxSessionDuration=3600)),
        passes("a working day, for others", role("shared", path="/", tags={}, maxSessionDuration=28800)),
        fails("a tenant's longer than an hour", "longer than 3600 seconds", role(maxSessionDuration=3601)),
        fails("a tenant's by its path", "longer than 3600", role(tags={}, maxSessionDuration=7200)),
        fails("others' longer than a day", "28800", role("shared", path="/", tags={}, maxSessionDuration=43200)),
        absent("AWS takes an hour", None, role(maxSessionDuration=ABSENT)),
        unknown("it must be known", "maxSessionDuration is not known", role(maxSessionDuration=UNKNOWN)),
    ],
    "iam-role-user-waits-for-its-policies": [
        passes("it waits", ROLE, managed(), waiting(taken(notebook(), roleArn=ROLE), managed())),
        passes("the list of another role", ROLE, managed(role_name="other"), taken(notebook(), roleArn=ROLE)),
        fails("it does not wait", "does not wait for attachments", ROLE, managed(), taken(notebook(), roleArn=ROLE)),
        fails("nor for a single one", "wait for single", ROLE, attached(OWN), taken(notebook(), roleArn=ROLE)),
        passes("a flow log that waits", SHARED, GRANTS, waiting(taken(FLOWS, iamRoleArn=SHARED), GRANTS)),
        fails("a flow log that does not", "wait for grants", SHARED, GRANTS, taken(FLOWS, iamRoleArn=SHARED)),
        fails("a trail that does not", "wait for grants", SHARED, GRANTS, taken(CALLS, cloudWatchLogsRoleArn=SHARED)),
        fails("a budget's action does not", "wait for grants", SHARED, GRANTS, taken(STOP, executionRoleArn=SHARED)),
        absent("nothing is attached", None, ROLE, taken(notebook(), roleArn=ROLE)),
        absent("no role", None, ROLE, managed(), notebook(roleArn=ABSENT)),
        unknown("whose list is known by URN", "wait for attachments", ROLE, LATE, taken(notebook(), roleArn=ROLE)),
    ],
    "iam-attachment-uses-listed-aws-policies": [
        passes("a policy of this stack", BOUNDARY, attached(OWN + "boundary")),
        passes("taken from one", BOUNDARY, taken(attached(UNKNOWN), policyArn=BOUNDARY)),
        passes("a listed one of AWS", attached("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")),
        passes("an adopted one", attached(OWN + "work"), options={"adoptedPolicies": ["ml-dev-tenant-work"]}),
        fails("another of AWS", "not of this stack", BOUNDARY, attached("arn:aws:iam::aws:policy/AmazonS3FullAccess")),
        fails("one made by hand", "not of this stack", BOUNDARY, attached(OWN + "by-hand")),
        fails("in an exclusive list", "policyArns[1] attaches", BOUNDARY, managed([OWN + "boundary", OWN + "x"])),
        fails("of another account", "not of this", BOUNDARY, attached((OWN + "boundary").replace("1111", "9999"))),
        fails(
            "below another path", "not of this", BOUNDARY, attached(OWN.replace("policy/", "policy/x/") + "boundary")
        ),
        absent("nothing is attached", None, role(managedPolicyArns=ABSENT)),
        unknown("a policy that nobody can tell", "policyArn is not known", BOUNDARY, attached(UNKNOWN)),
    ],
}
