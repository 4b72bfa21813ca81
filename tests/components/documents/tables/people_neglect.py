"""What people's grants do not reach for want of a tag, a factor or a condition, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.components.documents.calls import (
    create_endpoint,
    create_endpoint_config,
    create_job,
    create_model,
    network_interface,
    of,
    pass_role,
    s3,
    sagemaker,
    tag_on_create,
    tagged,
)
from tests.components.documents.people import (
    ADAM,
    ANN,
    APRIL,
    BREAK_GLASS,
    DELIA,
    DIANA,
    DIANA_IN_TEST,
    OLDER,
    having,
    iam,
    own_user,
)
from tests.components.documents.tables.people_delegated import create_user
from tests.components.documents.tables.people_elsewhere import (
    BOTH,
    GRANTS,
    GRANTS_AND_CEILING,
    NO_FACTOR,
    OUT,
    SERVER,
    TAG_KEYS,
)
from tests.components.documents.tables.people_sign_in import FACTORS
from tests.components.documents.world import NAMING, SCOPE, Ask, Lock, Row, Via, allowed, refused

if TYPE_CHECKING:
    from tests.components.documents.world import Caller


def untagged_creation(who: Caller, asks: tuple[Ask, ...], what: str) -> Row:
    """Return a creation that names no owner."""
    context = {"aws:RequestTag/user": None, "aws:TagKeys": None}
    return refused(f"{what} without an owner", who, asks[0].but(context=context), by=BOTH)


NEGLECT = (
    untagged_creation(DIANA_IN_TEST, create_job(), "whoever trains makes a job"),
    untagged_creation(SERVER, create_model(), "whoever serves makes a model"),
    untagged_creation(SERVER, create_endpoint_config(), "whoever serves makes a configuration"),
    untagged_creation(SERVER, create_endpoint(), "whoever serves makes an endpoint"),
    refused("whoever serves deploys bob's configuration", SERVER, *create_endpoint("bob"), by=BOTH),
    refused(
        "whoever serves calls bob's endpoint", SERVER, sagemaker("InvokeEndpoint", "endpoint/x", of("bob")), by=BOTH
    ),
    refused(
        "whoever trains stops bob's job",
        DIANA_IN_TEST,
        sagemaker("StopTrainingJob", "training-job/x", of("bob")),
        by=BOTH,
    ),
    refused(
        "an author makes a group without an owner",
        DIANA,
        sagemaker("CreateModelPackageGroup", "model-package-group/alice--x"),
        by=BOTH,
    ),
    refused(
        "an author tags a group as bob's while making it",
        DIANA,
        tag_on_create("CreateModelPackageGroup", "model-package-group/alice--x", "bob"),
        by=GRANTS,
    ),
    refused(
        "an author tags an untagged group as its own",
        DIANA,
        sagemaker("AddTags", "model-package-group/alice--x", tagged()),
        by=BOTH,
    ),
    *(
        refused(f"{name} searches everything", who, sagemaker("Search"), by=BOTH)
        for name, who in (("whoever serves", SERVER), ("whoever trains", DIANA_IN_TEST))
    ),
    *(
        refused(f"{name} passes the own role to Glue", who, pass_role(service="glue.amazonaws.com"), by=BOTH)
        for name, who in (("whoever serves", SERVER), ("whoever trains", DIANA_IN_TEST))
    ),
    *(
        refused(f"{name} passes bob's role", who, pass_role("bob"), by=BOTH)
        for name, who in (("whoever serves", SERVER), ("whoever trains", DIANA_IN_TEST))
    ),
    *(
        refused(f"{name} tags bob's", who, sagemaker("AddTags", "training-job/x", of("bob", **TAG_KEYS)), by=BOTH)
        for name, who in (("whoever serves", SERVER), ("whoever trains", DIANA_IN_TEST))
    ),
)

AROUND = (
    *(
        row
        for name, who in (("whoever serves", SERVER), ("whoever trains", DIANA_IN_TEST))
        for row in (
            allowed(f"{name} lists endpoints", who, sagemaker("ListEndpoints")),
            allowed(
                f"{name} searches the own things",
                who,
                sagemaker("Search", "*", {"sagemaker:SearchVisibilityCondition/Tags.user/EqualsIfExists": "alice"}),
            ),
            allowed(f"{name} passes the own role", who, pass_role()),
            allowed(
                f"{name} tags an own thing", who, sagemaker("AddTags", "endpoint/alice--x", of("alice", **TAG_KEYS))
            ),
        )
    ),
    allowed("whoever serves makes a model", SERVER, *create_model()),
    allowed("an author looks at an own package", DIANA, sagemaker("DescribeModelPackage", "model-package/alice--x/1")),
    allowed("an author finds the groups", DIANA, sagemaker("ListModelPackageGroups")),
    allowed("whoever looks at results asks where they are", DIANA_IN_TEST, s3("GetBucketLocation", "results")),
    allowed("a service calls for an approver", APRIL, sagemaker("ListModelPackageGroups", via=Via.FORWARDED)),
    allowed("a service calls for an administrator", ADAM, sagemaker("ListEndpoints", via=Via.FORWARDED)),
    allowed("an administrator lists the buckets", ADAM, Ask("s3:ListAllMyBuckets", via=Via.OWN_ENDPOINT)),
    allowed("an administrator makes an own key", ADAM, iam("CreateAccessKey", own_user(ADAM))),
    allowed("an administrator empties the approvers", ADAM, iam("RemoveUserFromGroup", "group/ml-dev-approvers")),
    allowed(
        "in an emergency another alarm is switched off",
        BREAK_GLASS,
        Ask("events:DisableRule", NAMING.arn("events", "rule/x"), via=OUT),
    ),
    allowed(
        "a person finds the own streams",
        ANN,
        Ask("logs:DescribeLogStreams", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs")),
    ),
    allowed(
        "S4-A13 a person reads an own stream",
        ANN,
        Ask("logs:GetLogEvents", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--x")),
    ),
    refused(
        "S4-A13 a person reads bob's stream (F24)",
        ANN,
        Ask("logs:GetLogEvents", NAMING.arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:bob--x")),
        by=GRANTS_AND_CEILING,
    ),
    allowed("a person makes a network interface through SageMaker", ANN, *network_interface()),
)

FACTOR = (
    *(
        refused(f"{name}, {how}", having(who, factor), ask)
        for how, factor in FACTORS.items()
        for name, who, ask in (
            ("an approver looks", APRIL, sagemaker("ListModelPackageGroups")),
            ("an administrator lists", ADAM, sagemaker("ListEndpoints")),
        )
    ),
    *(
        refused(f"an age but no factor: {action}", having(ANN, NO_FACTOR), iam(action, resource), by=BOTH)
        for action, resource in (
            ("CreateAccessKey", own_user(ANN)),
            ("DeactivateMFADevice", own_user(ANN)),
            ("DeleteVirtualMFADevice", "mfa/x"),
        )
    ),
    refused(
        "an unused device is removed with a factor of two hours",
        having(ANN, OLDER),
        iam("DeleteVirtualMFADevice", "mfa/x"),
        by=GRANTS,
    ),
    refused(
        "the emergency role with an age but no factor",
        having(ADAM, NO_FACTOR),
        Ask("sts:AssumeRole", SCOPE.break_glass_arn(), via=OUT),
        by=(*BOTH, Lock.BOUNDARY, Lock.RESOURCE),
    ),
    refused(
        "any other role by name",
        ADAM,
        Ask("sts:AssumeRole", NAMING.iam_arn("role/x"), via=OUT),
        by=(*BOTH, Lock.BOUNDARY),
    ),
)

TAGS = (
    refused("a delegate tags a new person as the platform's", DELIA, create_user(user="platform")[1], by=BOTH),
    refused("a delegate tags a new person as nobody's", DELIA, create_user(user=None)[1], by=GRANTS),
    refused("a delegate makes a person with an empty owner", DELIA, create_user(user="")[0], by=GRANTS),
    refused("a delegate tags a person with an empty owner", DELIA, create_user(user="")[1], by=GRANTS),
    refused(
        "a delegate removes a user with an empty owner",
        DELIA,
        iam("DeleteUser", "user/ml-dev-x", {"aws:ResourceTag/user": ""}),
        by=GRANTS,
    ),
    refused("a delegate removes a user of nobody", DELIA, iam("DeleteUser", "user/ml-dev-x"), by=GRANTS),
    refused("a delegate makes a person of the platform", DELIA, create_user(user="platform")[0], by=BOTH),
)


ROWS = (*NEGLECT, *AROUND, *FACTOR, *TAGS)
