"""Cases of the rules by which each tenant's resources stand on their own."""

from __future__ import annotations

from tests.policy_pack.baselines import group, lifecycle, model, notebook, profile, role, subnet
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, PackResource, absent, fails, passes, taken, unknown

BOB = {"Name": "bob", "user": "bob"}
ALICES_ROLE = role()
BOBS_ROLE = role("bob-role", name="ml-dev-bob-notebook", path="/tenants/bob/", tags=BOB)
ALICES_GROUP = group("alice-group", tags={"user": "alice"})
BOBS_GROUP = group("bob-group", tags=BOB)
WORKLOAD = group()
ALICES_ARN = "arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-notebook"
BOBS_ARN = "arn:aws:iam::111122223333:role/tenants/bob/ml-dev-bob-notebook"
ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment"
SUBNET = subnet()
SCRIPT = lifecycle()


def under(*groups: PackResource, **changes: object) -> tuple[PackResource, ...]:
    """Return groups, and a notebook of Alice's that carries them."""
    ids = {"securityGroups": [UNKNOWN] * len(groups), **changes}
    return (*groups, taken(notebook(**ids), securityGroups=groups))


def working_as(*roles: PackResource, **changes: object) -> tuple[PackResource, ...]:
    """Return roles, and a notebook of Alice's that took its role from them."""
    return (*roles, taken(notebook(**changes), roleArn=roles))


def standing_in(host: PackResource) -> tuple[PackResource, ...]:
    """Return a host whose subnet and groups were taken from the stack."""
    return SUBNET, WORKLOAD, taken(host, subnetId=SUBNET, securityGroups=WORKLOAD, vpcConfig=(SUBNET, WORKLOAD))


ONE_GROUP = {"securityGroups": [UNKNOWN]}
CLOSED = {"subnets": [UNKNOWN], "securityGroupIds": [UNKNOWN]}

CASES: dict[str, list[Case]] = {
    "tenant-resource-references-only-own": [
        passes("the own role", *working_as(ALICES_ROLE)),
        passes("a shared group", *under(WORKLOAD, ALICES_GROUP)),
        passes("a shared resource names one tenant's", ALICES_ROLE, taken(group("shared"), description=ALICES_ROLE)),
        fails("another's role", "roleArn refers to bob-role, which belongs to the tenant bob", *working_as(BOBS_ROLE)),
        fails("another's role beside the own", "refers to bob-role", *working_as(ALICES_ROLE, BOBS_ROLE)),
        fails("another's role by its ARN", "roleArn refers to bob-role", BOBS_ROLE, notebook(roleArn=BOBS_ARN)),
        fails("another's group", "securityGroups refers to bob-group", *under(ALICES_GROUP, BOBS_GROUP)),
        fails(
            "a shared resource joins two",
            "joins resources of the tenants alice, bob",
            ALICES_GROUP,
            BOBS_GROUP,
            taken(group("shared"), description=(ALICES_GROUP, BOBS_GROUP)),
        ),
        fails(
            "a resource that carries no tags joins two",
            "joins resources of the tenants alice, bob",
            ALICES_ROLE,
            BOBS_ROLE,
            PackResource(
                type=ATTACHMENT,
                name="all",
                properties={"roles": ["ml-dev-alice-notebook", "ml-dev-bob-notebook"], "policyArn": "p"},
            ),
        ),
        absent("without an owner it is shared", None, BOBS_ROLE, taken(notebook(tags=ABSENT), roleArn=BOBS_ROLE)),
        unknown(
            "the owner must be known", "tags is not known", BOBS_ROLE, taken(notebook(tags=UNKNOWN), roleArn=BOBS_ROLE)
        ),
    ],
    "sagemaker-execution-role-is-not-shared": [
        passes("the own role", *working_as(ALICES_ROLE)),
        passes("the own role by its ARN", ALICES_ROLE, notebook(roleArn=ALICES_ARN)),
        passes("an own role that is not of this stack", notebook(roleArn=ALICES_ARN + "-2")),
        fails("another's role", "is the role bob-role, which is not the tenant's", *working_as(BOBS_ROLE)),
        fails(
            "another's role by its ARN", "names no role of this account below", BOBS_ROLE, notebook(roleArn=BOBS_ARN)
        ),
        fails("a shared role", "which is not the tenant's", *working_as(role("shared", tags={"user": "platform"}))),
        fails("a role elsewhere", "role/tenants/alice/", notebook(roleArn="arn:aws:iam::111122223333:role/admin")),
        fails("a role of another account", "role/tenants/alice/", notebook(roleArn=ALICES_ARN.replace("1111", "9999"))),
        fails(
            "a name that begins alike", "role/tenants/alice/", notebook(roleArn=ALICES_ARN.replace("alice/", "alice2/"))
        ),
        fails("a model's role too", "executionRoleArn names no role", model(executionRoleArn=BOBS_ARN)),
        absent("no role is another rule's question", None, notebook(roleArn=ABSENT)),
        absent("nor is a resource without a tenant", None, notebook(tags=ABSENT, roleArn=BOBS_ARN)),
        unknown("a role that nobody can tell", "roleArn is not known", notebook()),
    ],
    "sagemaker-notebook-has-own-security-group": [
        passes("the own group and a shared one", *under(WORKLOAD, ALICES_GROUP)),
        passes(
            "known by their ids",
            group("alice-group", id="sg-1", tags={"user": "alice"}),
            notebook(securityGroups=["sg-1"]),
        ),
        fails("another's group", "a group of the tenant bob", *under(WORKLOAD, ALICES_GROUP, BOBS_GROUP)),
        fails("none of its own", "no group of the tenant alice", *under(WORKLOAD)),
        fails("another's alone", "no group of the tenant alice", *under(BOBS_GROUP)),
        absent("no group is another rule's question", None, notebook(securityGroups=ABSENT)),
        unknown("a group that nobody can tell", "securityGroups[0] is not known", notebook(**ONE_GROUP)),
    ],
    "sagemaker-compute-uses-platform-subnets": [
        passes("taken from the stack", *standing_in(notebook(**ONE_GROUP))),
        passes("a model too", *standing_in(model(vpcConfig=CLOSED))),
        passes("known by its id", subnet(id="subnet-1"), notebook(subnetId="subnet-1", securityGroups=ABSENT)),
        passes(
            "adopted ones",
            notebook(subnetId="subnet-9", securityGroups=["sg-9"]),
            options={"adoptedSubnetIds": ["subnet-9"], "adoptedSecurityGroupIds": ["sg-9"]},
        ),
        fails(
            "a foreign subnet",
            "subnetId is neither of this stack",
            *standing_in(notebook(subnetId="subnet-9", **ONE_GROUP)),
        ),
        fails("a foreign group", "securityGroups[0] is neither", *standing_in(notebook(securityGroups=["sg-9"]))),
        fails(
            "a model's foreign subnet",
            "vpcConfig.subnets[0] is neither",
            *standing_in(model(vpcConfig={**CLOSED, "subnets": ["subnet-9"]})),
        ),
        absent("no network is another rule's question", None, notebook(subnetId=ABSENT, securityGroups=ABSENT)),
        unknown("a subnet that nobody can tell", "subnetId is not known", notebook(securityGroups=ABSENT)),
        unknown(
            "more groups than they were taken from",
            "securityGroups[0] is not known",
            *standing_in(notebook(securityGroups=[UNKNOWN, UNKNOWN])),
        ),
    ],
    "tenant-model-name-carries-owner": [
        passes("the owner in front", notebook()),
        passes("a model's", model()),
        passes("without an owner", model(name="shared", tags=ABSENT)),
        fails("another tenant in front", "name does not begin with the owner", notebook(tags=BOB)),
        fails("without the separator", "name does not begin", model(name="alice-model")),
        fails("a tenant whose name begins alike", "name does not begin", model(name="alice2--model")),
        absent("named by the engine", "name does not begin with the owner and --", model(name=ABSENT)),
        unknown("the name must be known", "name is not known", model(name=UNKNOWN)),
        unknown("so must the owner", "tags is not known", model(tags=UNKNOWN)),
    ],
    "sagemaker-notebook-script-is-the-platforms": [
        passes("the platform's script", SCRIPT, notebook()),
        passes("taken from it", SCRIPT, taken(notebook(lifecycleConfigName=UNKNOWN), lifecycleConfigName=SCRIPT)),
        passes("an adopted one", notebook(), options={"adoptedConfigurations": ["ml-dev-notebook"]}),
        fails("somebody else's", "is neither of this stack nor adopted", SCRIPT, notebook(lifecycleConfigName="other")),
        fails("a tenant's", "which a tenant owns", lifecycle(tags=BOB), notebook()),
        absent("no script is another rule's question", None, notebook(lifecycleConfigName=ABSENT)),
        unknown("a script that nobody can tell", "is not known", notebook(lifecycleConfigName=UNKNOWN)),
    ],
    "tenant-names-are-prefix-free": [
        passes("names with single hyphens", role(tags={"user": "alice-smith"}), options={"tenants": ["alice", "a-b"]}),
        passes("the platform's", role(tags={"user": "platform"})),
        fails("a declared name", "a declared tenant has a name", role(), options={"tenants": ["alice", "a--b"]}),
        fails("the separator in a name", "tags.user is a name that does not fit", role(tags={"user": "alice--b"})),
        fails("one letter", "does not fit", profile(tags={"user": "a"})),
        fails("a hyphen at the end", "does not fit", role(tags={"user": "alice-"})),
        fails("capitals", "does not fit", role(tags={"user": "Alice"})),
        fails("another separator", "does not fit", role(tags={"user": "al-ice"}), options={"separator": "-"}),
        absent("whose it is, is another rule's question", None, role(tags=ABSENT)),
        unknown("whose it is must be known", "tags.user is not known", role(tags={"user": UNKNOWN})),
    ],
}
