"""What a tenant does all day, action by action: own things are used, seen, tagged and removed; others' are not."""

from __future__ import annotations

from tests.components.documents.calls import of, sagemaker, tag_on_create
from tests.components.documents.people import ANN
from tests.components.documents.world import (
    ALICE,
    ALICE_GRANTED_ALL,
    ALICE_JOB,
    GROUPS,
    IDS,
    NAMING,
    Ask,
    Lock,
    Via,
    allowed,
    refused,
)

BOTH = (Lock.GUARDRAILS, Lock.GRANTS)
PURPOSE = {"aws:TagKeys": ["purpose"]}
INTERFACE = NAMING.arn("ec2", "network-interface/eni-0123456789abcdef0")

USED = {
    "training-job": ("Describe{}", "Stop{}", "Update{}", "Delete{}"),
    "hyper-parameter-tuning-job": ("Describe{}", "Stop{}", "Delete{}", "ListTrainingJobsFor{}"),
    "processing-job": ("Describe{}", "Stop{}", "Delete{}"),
    "transform-job": ("Describe{}", "Stop{}"),
    "model": ("Describe{}", "Delete{}"),
    "endpoint-config": ("Describe{}", "Delete{}"),
    "endpoint": (
        *("Describe{}", "Update{}", "Delete{}", "Update{}WeightsAndCapacities"),
        *("Invoke{}", "Invoke{}Async", "Invoke{}WithResponseStream"),
    ),
    "notebook-instance": ("Describe{}", "Start{}", "Stop{}", "Update{}", "Delete{}", "CreatePresigned{}Url"),
}
LISTS = (
    "ListTrainingJobs",
    "ListHyperParameterTuningJobs",
    "ListProcessingJobs",
    "ListTransformJobs",
    "ListModels",
    "ListEndpointConfigs",
    "ListEndpoints",
    "ListNotebookInstances",
)
CREATED = {
    "training-job": "CreateTrainingJob",
    "hyper-parameter-tuning-job": "CreateHyperParameterTuningJob",
    "processing-job": "CreateProcessingJob",
    "transform-job": "CreateTransformJob",
    "model": "CreateModel",
    "endpoint-config": "CreateEndpointConfig",
    "endpoint": "CreateEndpoint",
    "notebook-instance": "CreateNotebookInstance",
}
FROM_OUTSIDE = ("DescribeVpcs", "DescribeSubnets", "DescribeSecurityGroups", "DescribeNetworkInterfaces")


def named(pattern: str, kind: str) -> str:
    """Return the action that a pattern makes of a kind of resource."""
    return pattern.format("".join(part.capitalize() for part in kind.split("-")))


def uses(owner: str) -> list[tuple[str, Ask]]:
    """Return every use of what belongs to somebody."""
    return [
        (named(pattern, kind), sagemaker(named(pattern, kind), f"{kind}/{owner}--x", of(owner)))
        for kind, patterns in USED.items()
        for pattern in patterns
    ]


def subnet(zone: str) -> str:
    """Return the ARN of the platform's subnet in a zone."""
    return NAMING.arn("ec2", f"subnet/{IDS[f'subnet/{zone}']}")


OWN = (
    *(
        allowed(f"daily work: {action} on an own thing", ANN if "Notebook" in action else ALICE, ask)
        for action, ask in uses("alice")
    ),
    *(
        refused(
            f"daily work: {action} on bob's thing", ALICE, ask, by=(Lock.GRANTS,) if action.startswith("List") else BOTH
        )
        for action, ask in uses("bob")
    ),
    *(allowed(f"daily work: {action}", ANN, sagemaker(action)) for action in LISTS),
    *(
        allowed(
            f"daily work: {action} on the own notebook", ALICE, sagemaker(action, "notebook-instance/x", of("alice"))
        )
        for action in ("DescribeNotebookInstance", "StopNotebookInstance")
    ),
    *(allowed(f"daily work: {action}", ALICE, sagemaker(action)) for action in LISTS if "Notebook" not in action),
    *(
        allowed(f"daily work: {action} with {key} on an own {kind}", ALICE, ask)
        for kind in USED
        for action, key, ask in (
            (
                "AddTags",
                "purpose",
                sagemaker("AddTags", f"{kind}/alice--x", of("alice", **{"aws:TagKeys": ["purpose"]})),
            ),
            ("ListTags", "nothing", sagemaker("ListTags", f"{kind}/alice--x", of("alice"))),
        )
    ),
    *(
        allowed(f"daily work: the tagging part of {action}", ALICE, tag_on_create(action, f"{kind}/alice--x"))
        for kind, action in CREATED.items()
    ),
    *(
        refused(
            f"{action} for nobody in particular",
            ALICE,
            sagemaker(action, f"{kind}/alice--x", {"aws:TagKeys": ["user"]}),
            by=BOTH,
        )
        for kind, action in CREATED.items()
    ),
    refused(
        "the tagging part of a creation that names no owner",
        ALICE,
        sagemaker("AddTags", "model/alice--x", {"aws:TagKeys": ["user"], "sagemaker:TaggingAction": "CreateModel"}),
        by=(Lock.GRANTS,),
    ),
    *(
        refused(f"{action} on what says no owner", ALICE, sagemaker(action, resource), by=BOTH)
        for action, resource in {
            "InvokeEndpoint": "endpoint/x",
            "UpdateEndpoint": "endpoint-config/x",
            "StopTrainingJob": "training-job/x",
        }.items()
    ),
)

# What every read shows is the business of tenancy: own things, and names.
READS = (
    *(
        allowed(f"{action} passes the guardrails", ALICE_GRANTED_ALL, sagemaker(action, resource, context))
        for action, resource, context in (
            ("DescribeImage", "image/x", of("alice")),
            ("GetModelPackageGroupPolicy", "model-package-group/alice--x", of("alice")),
            ("GetRecord", "feature-group/x", of("alice")),
            ("QueryLineage", "experiment/x", of("alice")),
            ("ListModelPackages", "model-package/alice--x/1", {}),
        )
    ),
    allowed(
        "the notebook's endpoint is one of ours for workloads, too",
        ALICE_GRANTED_ALL,
        sagemaker(
            "CreatePresignedNotebookInstanceUrl",
            "notebook-instance/alice--x",
            of("alice"),
            via=Via.NOTEBOOK_ENDPOINT,
        ),
    ),
    refused("an untagged image is described", ALICE_GRANTED_ALL, sagemaker("DescribeImage", "image/x")),
)

PLATFORM = (
    *(
        allowed(f"{action} for {who.principal.name}, made by SageMaker", who, Ask(f"ec2:{action}", via=Via.NO_ENDPOINT))
        for who in (ALICE, ALICE_JOB)
        for action in (*FROM_OUTSIDE, "DescribeDhcpOptions")
    ),
    *(
        allowed(
            f"{action} in {zone}, made by SageMaker",
            ALICE,
            Ask(f"ec2:{action}", INTERFACE, {"ec2:Subnet": subnet(zone), **more}, via=Via.NO_ENDPOINT),
        )
        for zone in ("apne1-az1", "apne1-az4")
        for action, more in {
            "CreateNetworkInterfacePermission": {"ec2:AuthorizedService": "sagemaker.amazonaws.com"},
            "DeleteNetworkInterface": {},
            "DeleteNetworkInterfacePermission": {},
        }.items()
    ),
    *(
        allowed(
            f"an interface in {zone}, made by SageMaker",
            ALICE,
            Ask("ec2:CreateNetworkInterface", subnet(zone), via=Via.NO_ENDPOINT),
        )
        for zone in ("apne1-az1", "apne1-az4")
    ),
    *(
        allowed(
            f"an interface with the {which} group, made by SageMaker",
            ALICE,
            Ask("ec2:CreateNetworkInterface", NAMING.arn("ec2", f"security-group/{group}"), via=Via.NO_ENDPOINT),
        )
        for which, group in {"shared": IDS["security-group/workload"], "own": GROUPS["alice"]}.items()
    ),
    refused(
        "an interface is removed that does not say its subnet",
        ALICE_JOB,
        Ask("ec2:DeleteNetworkInterface", INTERFACE, via=Via.NO_ENDPOINT),
        by=(Lock.GRANTS,),
    ),
    *(
        allowed(
            f"metrics under {namespace}",
            ALICE_JOB,
            Ask("cloudwatch:PutMetricData", "*", {"cloudwatch:namespace": namespace}, via=Via.NO_ENDPOINT),
        )
        for namespace in ("aws/sagemaker/Endpoints", "/aws/sagemaker/Endpoints")
    ),
    refused(
        "metrics under no name",
        ALICE_JOB,
        Ask("cloudwatch:PutMetricData", via=Via.NO_ENDPOINT),
        by=(Lock.GRANTS,),
    ),
)

ROWS = (*OWN, *READS, *PLATFORM)
