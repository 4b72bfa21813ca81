"""What people's grants do not reach: another account, another kind of name, a missing tag, a missing condition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.components.documents.calls import (
    key_use,
    listing,
    of,
    s3,
    tagged,
)
from tests.components.documents.people import (
    ANN,
    ANN_STRICTLY,
    APRIL,
    DIANA,
    DIANA_IN_TEST,
    MARC_IN_TEST,
)
from tests.components.documents.world import STRANGERS_ACCOUNT, Ask, Lock, Row, Via, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.components.documents.world import Caller

OUT = Via.NO_ENDPOINT
GRANTS = (Lock.GRANTS,)
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
GRANTS_AND_CEILING = (Lock.GRANTS, Lock.BOUNDARY)
# Whoever only serves in test: MLOps engineers train there as well.
SERVER = replace(MARC_IN_TEST, carries=tuple(each for each in MARC_IN_TEST.carries or () if "training" not in each))
NO_FACTOR = {"aws:MultiFactorAuthPresent": False, "aws:MultiFactorAuthAge": 600}
TAG_KEYS = {"aws:TagKeys": ["stage"]}


def theirs(service: str, resource: str) -> str:
    """Return the ARN of a thing of another account."""
    region = "" if service == "iam" else "ap-northeast-1"
    return f"arn:aws:{service}:{region}:{STRANGERS_ACCOUNT}:{resource}"


def elsewhere(
    sentence: str, who: Caller, action: str, resource: str, context: Mapping[str, Any], *locks: Lock, via: Via = OUT
) -> Row:
    """Return the refused request on a thing of another account."""
    return refused(
        f"{sentence} of another account", who, Ask(action, resource, context, via, STRANGERS_ACCOUNT), by=locks
    )


def sm(name: str) -> str:
    """Return the ARN of another account's SageMaker thing."""
    return theirs("sagemaker", name)


TENANT_ROWS = (
    elsewhere(
        "an approver sees a package",
        APRIL,
        "sagemaker:DescribeModelPackage",
        sm("model-package/alice--x/1"),
        {},
        Lock.GRANTS,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "an author sees a package",
        DIANA,
        "sagemaker:DescribeModelPackage",
        sm("model-package/alice--x/1"),
        {},
        Lock.GRANTS,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "an author registers a package",
        DIANA,
        "sagemaker:CreateModelPackage",
        sm("model-package-group/alice--x"),
        {},
        Lock.GRANTS,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "an author makes a group",
        DIANA,
        "sagemaker:CreateModelPackageGroup",
        sm("model-package-group/alice--x"),
        tagged(),
        Lock.GRANTS,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "an author tags a group",
        DIANA,
        "sagemaker:AddTags",
        sm("model-package-group/alice--x"),
        {**tagged(), "sagemaker:TaggingAction": "CreateModelPackageGroup"},
        Lock.GRANTS,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "a person makes a notebook",
        ANN,
        "sagemaker:CreateNotebookInstance",
        sm("notebook-instance/alice--x"),
        tagged(),
        Lock.GRANTS,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "a person opens a notebook",
        ANN,
        "sagemaker:CreatePresignedNotebookInstanceUrl",
        sm("notebook-instance/alice--x"),
        of("alice"),
        Lock.GRANTS,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "a person opens a kept notebook",
        ANN_STRICTLY,
        "sagemaker:CreatePresignedNotebookInstanceUrl",
        sm("notebook-instance/alice--x"),
        of("alice"),
        Lock.GRANTS,
    ),
    elsewhere("a person makes a device", ANN, "iam:CreateVirtualMFADevice", theirs("iam", "mfa/x"), {}, *GRANTS),
    elsewhere("a person removes a device", ANN, "iam:DeleteVirtualMFADevice", theirs("iam", "mfa/x"), {}, *GRANTS),
    elsewhere(
        "a person makes a network interface",
        ANN,
        "ec2:CreateNetworkInterface",
        theirs("ec2", "network-interface/x"),
        {},
        *BOTH,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "a person writes logs",
        ANN,
        "logs:CreateLogStream",
        theirs("logs", "log-group:/aws/sagemaker/x:log-stream:alice--x"),
        {},
        *BOTH,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "a person reads a stream",
        ANN,
        "logs:GetLogEvents",
        theirs("logs", "log-group:/aws/sagemaker/x:log-stream:alice--x"),
        {},
        *BOTH,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "a person passes a role",
        ANN,
        "iam:PassRole",
        theirs("iam", "role/tenants/alice/x"),
        {"iam:PassedToService": "sagemaker.amazonaws.com"},
        *BOTH,
        Lock.BOUNDARY,
    ),
    elsewhere(
        "whoever trains makes a job",
        DIANA_IN_TEST,
        "sagemaker:CreateTrainingJob",
        sm("training-job/x"),
        tagged(),
        Lock.GRANTS,
    ),
    elsewhere(
        "whoever trains stops a job",
        DIANA_IN_TEST,
        "sagemaker:StopTrainingJob",
        sm("training-job/x"),
        of("alice"),
        Lock.GRANTS,
    ),
    elsewhere(
        "whoever serves makes a configuration",
        SERVER,
        "sagemaker:CreateEndpointConfig",
        sm("endpoint-config/x"),
        tagged(),
        Lock.GRANTS,
    ),
    elsewhere(
        "whoever serves makes a model", SERVER, "sagemaker:CreateModel", sm("model/alice--x"), tagged(), Lock.GRANTS
    ),
    elsewhere(
        "whoever serves makes an endpoint", SERVER, "sagemaker:CreateEndpoint", sm("endpoint/x"), tagged(), Lock.GRANTS
    ),
    elsewhere(
        "whoever serves deploys a configuration",
        SERVER,
        "sagemaker:UpdateEndpoint",
        sm("endpoint-config/x"),
        of("alice"),
        Lock.GRANTS,
    ),
    elsewhere(
        "whoever serves calls an endpoint",
        SERVER,
        "sagemaker:InvokeEndpoint",
        sm("endpoint/x"),
        of("alice"),
        Lock.GRANTS,
    ),
    elsewhere(
        "whoever looks at results decrypts",
        DIANA_IN_TEST,
        "kms:Decrypt",
        theirs("kms", "key/x"),
        {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"},
        Lock.GRANTS,
    ),
    elsewhere(
        "a person decrypts",
        ANN,
        "kms:Decrypt",
        theirs("kms", "key/x"),
        {"kms:ViaService": "s3.ap-northeast-1.amazonaws.com"},
        *BOTH,
        Lock.BOUNDARY,
    ),
    refused(
        "whoever looks at results lists a stranger's bucket",
        DIANA_IN_TEST,
        Ask("s3:ListBucket", "arn:aws:s3:::stranger", {"s3:prefix": "users/alice/x"}, owner=STRANGERS_ACCOUNT),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    refused(
        "whoever looks at results asks where a stranger's bucket is",
        DIANA_IN_TEST,
        Ask("s3:GetBucketLocation", "arn:aws:s3:::stranger", owner=STRANGERS_ACCOUNT),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    refused(
        "whoever looks at results reads bob's",
        DIANA_IN_TEST,
        s3("GetObject", "results", "users/bob/x"),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    refused("whoever looks at results lists all", DIANA_IN_TEST, listing(None), by=GRANTS),
    refused("whoever looks at results decrypts directly", DIANA_IN_TEST, key_use("Decrypt", None), by=GRANTS),
)

ROWS = TENANT_ROWS
