"""Entry by entry, what the deployment role, its trust and a tenant's own key hold."""

from __future__ import annotations

from tests.components.documents.calls import of, sagemaker
from tests.components.documents.people import MARC_IN_PROD, having, tagged_as
from tests.components.documents.tables.deployment import BOTH, NOTEBOOK, ROLE, become, model
from tests.components.documents.tables.own_keys import FOR_AWS, OWNER, own
from tests.components.documents.world import DEPLOYER, NAMING, Ask, Lock, allowed, refused

TRUST = (Lock.RESOURCE,)
CONFIG, UNTAGGED = "endpoint-config/alice--digits", {"aws:RequestTag/user": None}
AT_THE_LIMIT = {"aws:MultiFactorAuthPresent": True, "aws:MultiFactorAuthAge": 3600}

TAKING_ON = (
    allowed("S3-A3 with a factor of an hour to the second", having(MARC_IN_PROD, AT_THE_LIMIT), become()),
    refused(
        "S3-A3 with an age and nothing else",
        having(MARC_IN_PROD, {"aws:MultiFactorAuthAge": 600}),
        become(),
        by=(*BOTH, *TRUST),
    ),
    refused("S3-A3 a named engineer of no tenant", tagged_as(MARC_IN_PROD, {}), become(), by=TRUST),
    refused("S3-A3 under no name", MARC_IN_PROD, Ask("sts:AssumeRole", NAMING.deployment_role_arn("alice")), by=TRUST),
)

DEPLOYED = (
    *(
        allowed(f"S3-A3 the deployment role, {action}", ROLE, sagemaker(action, thing, of("alice")))
        for action, thing in (
            ("DescribeModel", "model/alice--digits"),
            ("DescribeEndpointConfig", CONFIG),
            ("DeleteEndpointConfig", CONFIG),
            ("DescribeEndpoint", "endpoint/alice--digits"),
        )
    ),
    allowed("S3-A3 the deployment role lists configurations", ROLE, sagemaker("ListEndpointConfigs")),
    refused("S3-A3 the deployment role makes a model of nobody's", ROLE, model(**UNTAGGED)[0], by=BOTH),
    refused("S3-A3 the deployment role tags a model as nobody's", ROLE, model(**UNTAGGED)[1], by=(Lock.GRANTS,)),
    refused("S3-A3 the deployment role sees a model of nobody's", ROLE, sagemaker("DescribeModel", "model/x"), by=BOTH),
    allowed("in prod a notebook sees a model's tags", NOTEBOOK, sagemaker("ListTags", "model/x", of("alice"))),
    *(
        refused(f"S3-A3 in prod {who.principal.name} removes a configuration", who, ask)
        for who in (NOTEBOOK, MARC_IN_PROD)
        for ask in [sagemaker("DeleteEndpointConfig", CONFIG, of("alice"))]
    ),
)

KEYS = tuple(
    refused(f"S3-A9 {name}, a grant on a tenant's key {how}", who, ask, by=TRUST)
    for name, who in (("a tenant", OWNER), ("the deployer", DEPLOYER))
    for how, ask in {
        "through no service": own("CreateGrant", None, **FOR_AWS),
        "for nobody says whom": own("CreateGrant", "sagemaker"),
    }.items()
)

ROWS = (*TAKING_ON, *DEPLOYED, *KEYS)
