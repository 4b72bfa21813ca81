"""S2-A8 to A11 and the holes of notebooks: people make, use and open them, a notebook only stops itself."""

from __future__ import annotations

from tests.components.documents.calls import (
    FOREIGN_GROUP,
    FOREIGN_SUBNET,
    SUBNETS,
    WORKLOAD,
    create_notebook,
    network_interface,
    of,
    pass_role,
    sagemaker,
)
from tests.components.documents.people import ANN, ANN_WITHOUT_GROUP
from tests.components.documents.world import (
    ALICE,
    ALICE_JOB,
    FOREIGN_VPCE,
    GROUPS,
    NAMING,
    Lock,
    Row,
    Via,
    allowed,
    refused,
)

SM = "sagemaker:"
PLATFORM_SCRIPT = NAMING.lifecycle_configuration_arn()
OTHER_SCRIPT = NAMING.sagemaker_arn("notebook-instance-lifecycle-config/other")
OWN, BOBS, NOBODYS = (f"notebook-instance/{name}" for name in ("alice--lab", "bob--lab", "lab"))
USES = ("Describe{}", "Start{}", "Stop{}", "Update{}", "Delete{}", "CreatePresigned{}Url")
USE_ACTIONS = tuple(use.format("NotebookInstance") for use in USES)


def changed(name: str, key: str, value: object) -> Row:
    """Return the refused creation with one key changed."""
    return refused(f"S2-A9 {name}", ANN, *create_notebook(**{key: value}))


CREATION = (
    allowed("S2-A8 a compliant notebook", ANN, *create_notebook()),
    allowed(
        "S2-A8 with the platform's lifecycle configuration",
        ANN,
        *create_notebook(**{SM + "NotebookInstanceLifecycleConfigArns": [PLATFORM_SCRIPT]}),
    ),
    changed("internet Enabled (D1)", SM + "DirectInternetAccess", "Enabled"),
    changed("internet absent (D2)", SM + "DirectInternetAccess", None),
    changed("subnet absent (D4)", SM + "VpcSubnets", None),
    changed("foreign subnet (D3, D12)", SM + "VpcSubnets", [FOREIGN_SUBNET]),
    changed("one foreign subnet beside an own one", SM + "VpcSubnets", [SUBNETS[0], FOREIGN_SUBNET]),
    changed("group absent", SM + "VpcSecurityGroupIds", None),
    changed("foreign group (D14)", SM + "VpcSecurityGroupIds", [WORKLOAD, FOREIGN_GROUP]),
    changed("another tenant's group", SM + "VpcSecurityGroupIds", [WORKLOAD, GROUPS["bob"]]),
    changed("root Enabled (D13)", SM + "RootAccess", "Enabled"),
    changed("root absent (D13)", SM + "RootAccess", None),
    changed("IMDS 1 (D13)", SM + "MinimumInstanceMetadataServiceVersion", "1"),
    changed("IMDS absent (D13)", SM + "MinimumInstanceMetadataServiceVersion", None),
    changed("foreign lifecycle configuration", SM + "NotebookInstanceLifecycleConfigArns", [OTHER_SCRIPT]),
    refused(
        "S2-A9 tag absent",
        ANN,
        *create_notebook(**{"aws:RequestTag/user": None, "aws:TagKeys": None}),
        by=(Lock.GUARDRAILS, Lock.GRANTS),
    ),
    refused(
        "S2-A9 tag of another user",
        ANN,
        *create_notebook(**{"aws:RequestTag/user": "bob"}),
        by=(Lock.GUARDRAILS, Lock.GRANTS),
    ),
    refused("S2-A9 tag keys absent", ANN, *create_notebook(**{"aws:TagKeys": None})),
    refused("S2-A9 tag key in another spelling", ANN, *create_notebook(**{"aws:TagKeys": ["User"]})),
    refused("S2-A9 a second spelling beside the tag", ANN, *create_notebook(**{"aws:TagKeys": ["user", "USER"]})),
    refused("S2-A9 a principal without an own group", ANN_WITHOUT_GROUP, create_notebook()[0]),
    refused(
        "S2-A9 a principal without an own group, the shared one only",
        ANN_WITHOUT_GROUP,
        create_notebook(**{SM + "VpcSecurityGroupIds": [WORKLOAD]})[0],
    ),
    refused(
        "D11 the three mandatory arguments only",
        ANN,
        sagemaker("CreateNotebookInstance", OWN),
        by=(Lock.GUARDRAILS, Lock.GRANTS),
    ),
    refused("a notebook creates another one", ALICE, *create_notebook(), by=(Lock.GRANTS,)),
    refused("S2-A18 the job role creates a notebook", ALICE_JOB, *create_notebook(), by=(Lock.GRANTS,)),
)

USE = (
    *(allowed(f"S2-A10 {action} own, in", ANN, sagemaker(action, OWN, of("alice"))) for action in USE_ACTIONS),
    *(
        refused(f"S2-A10 {action} own, {way.value} ({hole})", ANN, sagemaker(action, OWN, of("alice"), via=way))
        for action in USE_ACTIONS
        for way, hole in ((Via.NO_ENDPOINT, "D5"), (Via.FOREIGN_ENDPOINT, "D5b"))
    ),
    *(
        refused(
            f"S2-A11 {action} another's ({'D9' if 'Url' in action else 'R22'})",
            ANN,
            sagemaker(action, BOBS, of("bob")),
            by=tuple(locks),
        )
        for action in USE_ACTIONS
        for locks in [(Lock.GUARDRAILS, Lock.GRANTS)]
    ),
    *(
        refused(f"S2-A11 {action} untagged", ANN, sagemaker(action, NOBODYS), by=(Lock.GUARDRAILS, Lock.GRANTS))
        for action in USE_ACTIONS
    ),
    allowed(
        "S2-J10 Jupyter through the notebook endpoint",
        ANN,
        sagemaker("CreatePresignedNotebookInstanceUrl", OWN, of("alice"), via=Via.NOTEBOOK_ENDPOINT),
    ),
    refused(
        "nothing but opening passes the notebook endpoint",
        ANN,
        sagemaker("DeleteNotebookInstance", OWN, of("alice"), via=Via.NOTEBOOK_ENDPOINT),
        by=(Lock.ENDPOINT,),
    ),
    refused(
        "S2-A18 the job role opens a notebook",
        ALICE_JOB,
        sagemaker("CreatePresignedNotebookInstanceUrl", OWN, of("alice")),
        by=(Lock.GRANTS,),
    ),
    allowed("the list of notebooks", ANN, sagemaker("ListNotebookInstances")),
    allowed(
        "S4-A6 update with the own role",
        ANN,
        sagemaker("UpdateNotebookInstance", OWN, of("alice")),
        pass_role(kind="notebook"),
    ),
    refused(
        "root on by update",
        ANN,
        sagemaker("UpdateNotebookInstance", OWN, of("alice", **{SM + "RootAccess": "Enabled"})),
    ),
    allowed(
        "root off by update",
        ANN,
        sagemaker("UpdateNotebookInstance", OWN, of("alice", **{SM + "RootAccess": "Disabled"})),
    ),
    refused(
        "IMDS 1 by update",
        ANN,
        sagemaker("UpdateNotebookInstance", OWN, of("alice", **{SM + "MinimumInstanceMetadataServiceVersion": "1"})),
    ),
    allowed(
        "IMDS 2 by update",
        ANN,
        sagemaker("UpdateNotebookInstance", OWN, of("alice", **{SM + "MinimumInstanceMetadataServiceVersion": "2"})),
    ),
)

IDLE = tuple(
    allowed(f"S2-A10 {action} by the notebook itself, in", ALICE, sagemaker(action, OWN, of("alice")))
    if action in {"DescribeNotebookInstance", "StopNotebookInstance"}
    else refused(
        f"S2-A10 {action} by the notebook itself", ALICE, sagemaker(action, OWN, of("alice")), by=(Lock.GRANTS,)
    )
    for action in USE_ACTIONS
)

INTERFACES = (
    refused(
        "D12 an interface in a foreign subnet",
        ANN,
        *network_interface(subnet=FOREIGN_SUBNET),
        by=(Lock.GUARDRAILS, Lock.GRANTS),
    ),
    refused(
        "D12 an interface with a foreign group",
        ANN,
        *network_interface(group=FOREIGN_GROUP),
        by=(Lock.GUARDRAILS, Lock.GRANTS),
    ),
    refused(
        "D12 an interface with another tenant's group",
        ALICE_JOB,
        *network_interface(group=GROUPS["bob"]),
        by=(Lock.GUARDRAILS, Lock.GRANTS),
    ),
    allowed(
        "the job role's interfaces, made by SageMaker",
        ALICE_JOB,
        *network_interface(group=GROUPS["alice"], via=Via.NO_ENDPOINT),
    ),
    refused(
        "a call that claims an endpoint of nobody's",
        ANN,
        sagemaker("DescribeNotebookInstance", OWN, of("alice", **{"aws:SourceVpce": FOREIGN_VPCE})),
    ),
)

ROWS = (*CREATION, *USE, *IDLE, *INTERFACES)
