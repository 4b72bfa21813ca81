"""Other accounts and Regions: grants, boundary and endpoint policies name the own ones."""

from __future__ import annotations

from typing import Any

from tests.components.documents.calls import KEY_ARN, OWNER, s3, tagged
from tests.components.documents.world import (
    ACCOUNT,
    ALICE,
    ALICE_JOB,
    ANONYMOUS,
    NAMING,
    STRANGER,
    STRANGERS_ACCOUNT,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

LOCKS = (Lock.GUARDRAILS, Lock.GRANTS, Lock.BOUNDARY, Lock.ENDPOINT)
OWN: dict[str, Any] = {**OWNER["alice"]}
CALLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("CreateTrainingJob", "training-job/alice--j", tagged()),
    ("CreateEndpoint", "endpoint-config/alice--c", {**tagged(), **OWN}),
    ("AddTags", "model/alice--m", {**tagged(), "sagemaker:TaggingAction": "CreateModel"}),
    ("DeleteTags", "model/alice--m", {"aws:TagKeys": ["purpose"], **OWN}),
    ("DescribeTrainingJob", "training-job/alice--j", OWN),
    ("InvokeEndpoint", "endpoint/alice--e", OWN),
    ("CreateNotebookInstance", "notebook-instance/alice--n", tagged()),
    ("DescribeNotebookInstance", "notebook-instance/alice--n", OWN),
)
STREAM = "log-group:/aws/sagemaker/TrainingJobs:log-stream:alice--j"


def there(service: str, resource: str, region: str = NAMING.region, account: str = ACCOUNT) -> str:
    """Return an ARN in another account or Region."""
    return f"arn:aws:{service}:{region}:{account}:{resource}"


STRANGERS_THINGS = (
    *(
        refused(
            f"{action} on a stranger's {resource}, tagged alike",
            ALICE,
            Ask(
                f"sagemaker:{action}",
                there("sagemaker", resource, account=STRANGERS_ACCOUNT),
                context,
                owner=STRANGERS_ACCOUNT,
            ),
            by=LOCKS,
        )
        for action, resource, context in CALLS
    ),
    refused(
        "a stranger's notebook by the browser",
        ALICE,
        Ask(
            "sagemaker:CreatePresignedNotebookInstanceUrl",
            there("sagemaker", "notebook-instance/alice--n", account=STRANGERS_ACCOUNT),
            OWN,
            via=Via.NOTEBOOK_ENDPOINT,
            owner=STRANGERS_ACCOUNT,
        ),
        by=LOCKS,
    ),
    refused(
        "an identity of another account",
        ALICE,
        Ask("sts:GetCallerIdentity", owner=STRANGERS_ACCOUNT),
        by=(Lock.ENDPOINT,),
    ),
)

OTHER_REGIONS = tuple(
    refused(
        f"{action} on {resource} in another Region",
        ALICE,
        Ask(f"sagemaker:{action}", there("sagemaker", resource, "us-east-1"), context),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    )
    for action, resource, context in CALLS
)

IN_PLATFORM = {"ec2:Subnet": NAMING.arn("ec2", "subnet/subnet-0aaaaaaaaaaaaaaa1")}
INTERFACES = tuple(
    refused(
        f"{action} in another Region",
        ALICE_JOB,
        Ask(f"ec2:{action}", there("ec2", "network-interface/eni-1", "us-east-1"), context, via=Via.NO_ENDPOINT),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    )
    for action, context in {
        "CreateNetworkInterfacePermission": {"ec2:AuthorizedService": "sagemaker.amazonaws.com", **IN_PLATFORM},
        "DeleteNetworkInterface": IN_PLATFORM,
    }.items()
)

# Somebody who brings a stranger's keys into the network, and whom our resources would even admit.
STRANGERS = (
    refused(
        "a stranger's keys on our bucket", STRANGER, s3("GetObject", "raw", "x"), by=(Lock.ENDPOINT, Lock.RESOURCE)
    ),
    refused(
        "a stranger's keys on the stranger's bucket",
        STRANGER,
        Ask("s3:PutObject", "arn:aws:s3:::strangers/x", owner=STRANGERS_ACCOUNT),
        by=(Lock.ENDPOINT,),
    ),
    refused(
        "a stranger's keys on our key",
        STRANGER,
        Ask("kms:Decrypt", KEY_ARN, {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"}, via=Via.FORWARDED),
        by=(Lock.RESOURCE,),
    ),
    *(
        refused(
            f"a stranger's keys with {action}, {way.value}",
            STRANGER,
            Ask(action, resource, via=way),
            by=(Lock.ENDPOINT,),
        )
        for action, resource, way in (
            ("sagemaker:DescribeTrainingJob", NAMING.sagemaker_arn("training-job/alice--j"), Via.OWN_ENDPOINT),
            ("sagemaker:InvokeEndpoint", NAMING.sagemaker_arn("endpoint/alice--e"), Via.OWN_ENDPOINT),
            (
                "sagemaker:CreatePresignedNotebookInstanceUrl",
                NAMING.sagemaker_arn("notebook-instance/alice--n"),
                Via.NOTEBOOK_ENDPOINT,
            ),
            ("logs:PutLogEvents", NAMING.arn("logs", STREAM), Via.OWN_ENDPOINT),
            ("sts:GetCallerIdentity", "*", Via.OWN_ENDPOINT),
        )
    ),
    refused(
        "another service's call by our endpoint", ALICE, Ask("sts:GetSessionToken"), by=(Lock.ENDPOINT, Lock.GRANTS)
    ),
)


def public(action: str, bucket: str) -> Ask:
    """Return a request on somebody's bucket that is open to everybody."""
    return Ask(f"s3:{action}", f"arn:aws:s3:::{bucket}/x.rpm", owner=STRANGERS_ACCOUNT, public=True)


PACKAGES = "al2023-repos-ap-northeast-1-de612dc2"
UNSIGNED = (
    allowed("Amazon Linux packages are downloaded unsigned", ANONYMOUS, public("GetObject", PACKAGES)),
    refused("an unsigned upload beside the packages", ANONYMOUS, public("PutObject", PACKAGES), by=(Lock.ENDPOINT,)),
    refused("an unsigned download from elsewhere", ANONYMOUS, public("GetObject", "open"), by=(Lock.ENDPOINT,)),
)

ROWS = (*UNSIGNED, *STRANGERS_THINGS, *OTHER_REGIONS, *INTERFACES, *STRANGERS)
