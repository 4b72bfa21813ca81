"""S1-A8, S1-A9, S4-A10, S4-A11, S0-A5, S0-A8: the second factor, own credentials, and the way in."""

from __future__ import annotations

from typing import Any

from tests.components.documents.calls import create_job, of, s3, sagemaker
from tests.components.documents.people import (
    ADAM,
    ADAM_AT_A_HOST,
    ANN,
    ANN_AT_A_HOST,
    ANN_STRICTLY,
    AUDREY,
    BEN,
    FRESH,
    NEW,
    OLDER,
    SAID_NO,
    TOO_OLD,
    having,
    iam,
    own_user,
)
from tests.components.documents.world import IDS, Ask, Lock, Via, allowed, refused

OWN_NOTEBOOK = "notebook-instance/alice--lab"
OUT = Via.NO_ENDPOINT
BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
ALL = (*BOTH, Lock.BOUNDARY)
FACTORS: dict[str, dict[str, Any]] = {
    "with the long-term key alone (M1)": {},
    "without the factor, said so": SAID_NO,
    "with a factor of 12 hours and a second (M4)": TOO_OLD,
    "with a factor of no age": {"aws:MultiFactorAuthPresent": True},
    "with an age but no factor": {"aws:MultiFactorAuthPresent": False, "aws:MultiFactorAuthAge": 600},
}

WORK = {
    "opens the own notebook": sagemaker("CreatePresignedNotebookInstanceUrl", OWN_NOTEBOOK, of("alice")),
    "reads an own object": s3("GetObject", "results", "users/alice/x"),
    "lists the own keys": iam("ListAccessKeys", own_user(ANN)),
    "asks who it is": Ask("sts:GetCallerIdentity"),
}

WITHOUT_FACTOR = tuple(
    refused(f"S1-A8 S4-A11 {what}, {how}", having(ANN, factor), ask)
    for what, ask in WORK.items()
    for how, factor in FACTORS.items()
)

WITH_FACTOR = (
    *(allowed(f"S1-A7 {what}, with a factor of ten minutes", ANN, ask) for what, ask in WORK.items()),
    allowed("a factor of two hours is good for work", having(ANN, OLDER), WORK["opens the own notebook"]),
    refused("S1-A8 a training job without the factor", having(ANN, {}), *create_job()),
    refused("S1-A8 an administrator looks around without the factor", having(ADAM, {}), Ask("ec2:DescribeVpcs")),
    refused("S1-A8 an administrator with an old factor", having(ADAM, TOO_OLD), Ask("ec2:DescribeVpcs")),
    allowed("an administrator looks around, with the factor", ADAM, Ask("ec2:DescribeVpcs", via=OUT)),
    refused("S1-A8 an auditor without the factor", having(AUDREY, SAID_NO), Ask("cloudtrail:LookupEvents", via=OUT)),
)

AT_OTHER_HOSTS: dict[str, dict[str, Any]] = {
    "at a host of another network": {**FRESH, "aws:VpcSourceIp": "10.0.1.7"},
    "at a host that nobody names": FRESH,
}
BY_HOST = (
    allowed("at a listed host", ANN_AT_A_HOST, WORK["opens the own notebook"]),
    allowed("an administrator at a listed host", ADAM_AT_A_HOST, sagemaker("ListModels")),
    allowed(
        "own devices from outside, where hosts are listed",
        having(ANN_AT_A_HOST, FRESH),
        iam("DeactivateMFADevice", own_user(ANN)),
    ),
    allowed(
        "a service goes on from a call of its own, where hosts are listed",
        having(ANN_AT_A_HOST, FRESH),
        s3("GetObject", "results", "users/alice/x", {"aws:SourceVpce": IDS["endpoint/s3"]}, via=Via.FORWARDED),
    ),
    *(
        refused(f"S3 opens the own notebook {where}", having(ANN_AT_A_HOST, context), WORK["opens the own notebook"])
        for where, context in AT_OTHER_HOSTS.items()
    ),
    *(
        refused(f"S3 an administrator lists models {where}", having(ADAM_AT_A_HOST, context), sagemaker("ListModels"))
        for where, context in AT_OTHER_HOSTS.items()
    ),
)

ENROLLING = {
    "CreateVirtualMFADevice": "mfa/nell",
    "EnableMFADevice": own_user(NEW),
    "ResyncMFADevice": own_user(NEW),
    "ListMFADevices": own_user(NEW),
    "GetUser": own_user(NEW),
    "ChangePassword": own_user(NEW),
    "ListVirtualMFADevices": "*",
    "GetAccountPasswordPolicy": "*",
}

ENROLMENT = (
    *(
        allowed(f"S1-A9 {action}, new and from outside (M3)", NEW, iam(action, resource))
        for action, resource in ENROLLING.items()
    ),
    allowed("S1-A9 the session that carries the factor", NEW, Ask("sts:GetSessionToken", via=OUT)),
    *(
        refused(f"S1-A9 {action} of another's", NEW, iam(action, own_user(BEN)), by=(Lock.GRANTS,))
        for action in ("EnableMFADevice", "ResyncMFADevice", "ChangePassword", "GetUser")
    ),
    refused("S1-A9 a new person takes a device off", NEW, iam("DeactivateMFADevice", own_user(NEW)), by=BOTH),
    refused("S1-A9 a new person removes a device", NEW, iam("DeleteVirtualMFADevice", "mfa/ben"), by=BOTH),
    allowed("the own device is taken off, with a fresh factor", ANN, iam("DeactivateMFADevice", own_user(ANN))),
    allowed("an unused device is removed, with a fresh factor", ANN, iam("DeleteVirtualMFADevice", "mfa/old")),
    refused(
        "the own device is taken off with a factor of two hours",
        having(ANN, OLDER),
        iam("DeactivateMFADevice", own_user(ANN)),
        by=(Lock.GRANTS,),
    ),
    refused("another's device is taken off", ANN, iam("DeactivateMFADevice", own_user(BEN)), by=(Lock.GRANTS,)),
    refused("S0-A8 a new person works at once", NEW, WORK["opens the own notebook"]),
    allowed("the credentials page is seen", ANN, iam("GetAccountSummary")),
    refused("the credentials page is seen without the factor", NEW, iam("GetAccountSummary")),
)

KEY_ACTIONS = ("CreateAccessKey", "DeleteAccessKey", "UpdateAccessKey", "ListAccessKeys", "GetAccessKeyLastUsed")

KEYS = (
    *(
        allowed(f"S4-A10 {action} on the own user, fresh (F18, F20)", ANN, iam(action, own_user(ANN)))
        for action in KEY_ACTIONS
    ),
    *(
        refused(f"S4-A10 {action}, {how} (F9, F19)", having(ANN, factor), iam(action, own_user(ANN)), by=locks)
        for action in KEY_ACTIONS
        for how, factor, locks in (
            ("a factor of two hours", OLDER, (Lock.GRANTS,)),
            ("no factor", {}, BOTH),
        )
    ),
    *(
        refused(f"S4-A10 {action} on another user (F8)", ANN, iam(action, own_user(BEN)), by=(Lock.GRANTS,))
        for action in KEY_ACTIONS
    ),
    refused("no key where the stack offers none", ANN_STRICTLY, iam("CreateAccessKey", own_user(ANN)), by=BOTH),
    refused("a key for a user with a path (F18)", ANN, iam("CreateAccessKey", "user/x/ml-dev-ann"), by=(Lock.GRANTS,)),
)

GIT_SERVICES = ("codecommit.amazonaws.com", "bedrock.amazonaws.com")
OTHER_CREDENTIALS = (
    *(
        refused(
            f"S0-A5 a password for {service}, which carries no factor (P3)",
            ANN,
            iam(
                "CreateServiceSpecificCredential",
                own_user(ANN),
                {"iam:ServiceSpecificCredentialServiceName": service},
            ),
            by=(Lock.GRANTS, Lock.BOUNDARY),
        )
        for service in GIT_SERVICES
    ),
    refused(
        "S0-A5 a password for another user",
        ANN,
        iam("CreateServiceSpecificCredential", own_user(BEN)),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    refused("an SSH key for Git", ANN, iam("UploadSSHPublicKey", own_user(ANN)), by=(Lock.GRANTS, Lock.BOUNDARY)),
    refused(
        "GitPull with such a password, which carries no factor",
        having(ANN, {}),
        Ask("codecommit:GitPull", "arn:aws:codecommit:ap-northeast-1:111122223333:x", via=OUT),
        by=ALL,
    ),
    refused(
        "a certificate to sign with",
        ANN,
        iam("UploadSigningCertificate", own_user(ANN)),
        by=(Lock.GRANTS, Lock.BOUNDARY),
    ),
    refused("a federation token", ANN, Ask("sts:GetFederationToken", "*", via=OUT), by=ALL),
    refused("an own password is given to another", ANN, iam("UpdateLoginProfile", own_user(BEN)), by=ALL),
)

PERIMETER = (
    *(
        refused(f"S4-A11 {what}, {way.value}", ANN, ask.but(via=way))
        for what, ask in WORK.items()
        if what != "lists the own keys"
        for way in (OUT, Via.FOREIGN_ENDPOINT)
    ),
    refused("D17 the network is looked at from outside", ANN, Ask("ec2:DescribeSubnets", via=OUT)),
    allowed("the network is looked at for a call inside", ANN, Ask("ec2:DescribeSubnets", via=Via.FORWARDED)),
    refused(
        "an administrator stops work from outside",
        ADAM,
        sagemaker("StopTrainingJob", "training-job/bob--x", of("bob"), via=OUT),
    ),
    refused(
        "an administrator removes logs through a foreign endpoint",
        ADAM,
        Ask(
            "logs:DeleteLogGroup",
            "arn:aws:logs:ap-northeast-1:111122223333:log-group:/aws/sagemaker/TrainingJobs",
            via=Via.FOREIGN_ENDPOINT,
        ),
    ),
)

AT_HOME = sagemaker("DescribeNotebookInstance", OWN_NOTEBOOK, of("alice"))
OPTIONS = (
    allowed("before the end date, inside", ANN_STRICTLY, AT_HOME),
    allowed("own devices from a listed network", ANN_STRICTLY, iam("DeactivateMFADevice", own_user(ANN))),
    refused(
        "own devices from another network",
        having(ANN_STRICTLY, {**ANN_STRICTLY.context, "aws:SourceIp": "198.51.100.7"}),
        iam("DeactivateMFADevice", own_user(ANN)),
    ),
    refused(
        "a new person enrols from another network",
        having(ANN_STRICTLY, {"aws:SourceIp": "198.51.100.7", "aws:CurrentTime": "2027-03-30T00:00:00Z"}),
        iam("EnableMFADevice", own_user(ANN)),
    ),
    refused(
        "a call of no address",
        having(ANN_STRICTLY, {**FRESH, "aws:CurrentTime": "2027-03-30T00:00:00Z"}),
        iam("DeactivateMFADevice", own_user(ANN)),
    ),
    allowed(
        "inside the network an address says nothing",
        having(ANN_STRICTLY, {**FRESH, "aws:CurrentTime": "2027-03-30T00:00:00Z"}),
        AT_HOME,
    ),
    allowed(
        "a service calls for a person, from its own address",
        having(ANN_STRICTLY, {**FRESH, "aws:CurrentTime": "2027-03-30T00:00:00Z"}),
        s3("GetObject", "results", "users/alice/x", via=Via.FORWARDED),
    ),
    refused(
        "after the end date",
        having(ANN_STRICTLY, {**FRESH, "aws:CurrentTime": "2027-04-01T00:00:00Z"}),
        AT_HOME,
    ),
)

ROWS = (*WITHOUT_FACTOR, *WITH_FACTOR, *BY_HOST, *ENROLMENT, *KEYS, *OTHER_CREDENTIALS, *PERIMETER, *OPTIONS)
