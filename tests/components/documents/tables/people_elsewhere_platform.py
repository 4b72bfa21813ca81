"""What the grants of platform people do not reach: another account."""

from __future__ import annotations

from tests.components.documents.people import (
    ADAM,
    AUDREY,
    DELIA,
)
from tests.components.documents.tables.people_delegated import on
from tests.components.documents.tables.people_elsewhere import GRANTS, GRANTS_AND_CEILING, elsewhere, sm, theirs

ACCOUNT_ROWS = (
    elsewhere("an administrator reads a role", ADAM, "iam:GetRole", theirs("iam", "role/x"), {}, *GRANTS),
    elsewhere("an auditor reads a role", AUDREY, "iam:GetRole", theirs("iam", "role/x"), {}, *GRANTS),
    elsewhere("a delegate reads a role", DELIA, "iam:GetRole", theirs("iam", "role/x"), {}, *GRANTS),
    elsewhere("an auditor reads a trail", AUDREY, "cloudtrail:GetTrail", theirs("cloudtrail", "trail/x"), {}, *GRANTS),
    elsewhere("an administrator sees an endpoint", ADAM, "sagemaker:DescribeEndpoint", sm("endpoint/x"), {}, *GRANTS),
    elsewhere(
        "an administrator stops a job", ADAM, "sagemaker:StopTrainingJob", sm("training-job/x"), {}, *GRANTS_AND_CEILING
    ),
    elsewhere(
        "an administrator removes a log group",
        ADAM,
        "logs:DeleteLogGroup",
        theirs("logs", "log-group:/aws/sagemaker/x"),
        {},
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "an administrator takes a password",
        ADAM,
        "iam:DeleteLoginProfile",
        theirs("iam", "user/ml-dev-x"),
        {},
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "an administrator empties a group",
        ADAM,
        "iam:RemoveUserFromGroup",
        theirs("iam", "group/ml-dev-x"),
        {},
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "an administrator stops a machine",
        ADAM,
        "ec2:StopInstances",
        theirs("ec2", "instance/i-0a1"),
        {"aws:ResourceTag/user": "platform"},
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "a delegate fills a group",
        DELIA,
        "iam:AddUserToGroup",
        theirs("iam", "group/ml-dev-engineers"),
        {},
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "a delegate makes a password",
        DELIA,
        "iam:CreateLoginProfile",
        theirs("iam", "user/ml-dev-x"),
        on("alice"),
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "a delegate removes a person",
        DELIA,
        "iam:DeleteUser",
        theirs("iam", "user/ml-dev-x"),
        on("alice"),
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "a delegate tags a person",
        DELIA,
        "iam:TagUser",
        theirs("iam", "user/ml-dev-x"),
        {"aws:RequestTag/user": "alice"},
        *GRANTS_AND_CEILING,
    ),
    elsewhere(
        "a delegate removes a role", DELIA, "iam:DeleteRole", theirs("iam", "role/delegated/x"), {}, *GRANTS_AND_CEILING
    ),
)


ROWS = ACCOUNT_ROWS
