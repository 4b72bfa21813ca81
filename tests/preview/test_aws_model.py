"""What AWS and its provider would fill in is filled in, said with its source, and never invented in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from preview import aws_defaults, aws_types, stand_ins
from preview.aws_model import AwsModel
from preview.aws_place import Place
from preview.state import Goal, StackContext, State
from preview.values import UNKNOWN, Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance"
VPC = "aws:ec2/vpc:Vpc"
ROLE = "aws:iam/role:Role"
CONTEXT = StackContext(
    project="demo", stack="dev", organization="organization", config={"demo:account-id": "111122223333"}
)


def provider(**inputs: Any) -> State:
    goal = Goal(type="pulumi:providers:aws", name="main", custom=True, properties={})
    return State(urn="urn:provider", goal=goal, inputs={"region": "ap-northeast-1", **inputs})


def built(
    token: str, properties: Mapping[str, Any], *, dry_run: bool = True, through: State | None = None
) -> tuple[dict[str, Any], dict[str, Any], AwsModel]:
    """Return checked inputs, outputs and the model."""
    model = AwsModel(CONTEXT, dry_run=dry_run)
    goal = Goal(type=token, name="one", custom=True, properties=dict(properties))
    through = through or provider()
    inputs = model.check("urn:one", goal, through)
    identity, outputs = model.create("urn:one", goal, inputs, through)
    assert outputs.get("id", identity) == identity
    return inputs, outputs, model


def test_a_notebook_without_a_word_about_it_reaches_the_internet() -> None:
    inputs, _, model = built(NOTEBOOK, {"instanceType": "ml.t3.medium", "roleArn": "arn"})
    assert inputs["directInternetAccess"] == "Enabled"
    assert inputs["rootAccess"] == "Enabled"
    rows = {row.property: row for row in model.modelled}
    assert rows["directInternetAccess"].certain
    assert "SDK docstring" in rows["directInternetAccess"].source


def test_what_the_program_says_is_not_overwritten() -> None:
    inputs, _, model = built(NOTEBOOK, {"directInternetAccess": "Disabled", "name": "mine"})
    assert (inputs["directInternetAccess"], inputs["name"]) == ("Disabled", "mine")
    assert "directInternetAccess" not in {row.property for row in model.modelled}


def test_an_unknown_value_stays_unknown() -> None:
    assert built(NOTEBOOK, {"directInternetAccess": UNKNOWN})[0]["directInternetAccess"] == UNKNOWN


def test_names_are_made_up_from_the_logical_name() -> None:
    inputs, _, model = built("aws:s3/bucket:Bucket", {})
    assert inputs["bucket"].startswith("one-")
    assert not next(row for row in model.modelled if row.property == "bucket").certain
    assert "name" not in built("aws:ec2/subnet:Subnet", {})[0]
    assert "name" not in built(ROLE, {"namePrefix": "x"})[0]


def test_the_region_is_the_providers_where_the_type_has_one() -> None:
    assert built(VPC, {})[0]["region"] == "ap-northeast-1"
    assert built(VPC, {"region": "eu-west-1"})[0]["region"] == "eu-west-1"
    assert "region" not in built(ROLE, {})[0]


@pytest.mark.parametrize(
    ("defaults", "own", "expected"),
    [
        ({"a": "1", "b": "2"}, {"b": "3"}, {"a": "1", "b": "3"}),
        ({"a": "1"}, None, {"a": "1"}),
        (None, {"b": "3"}, {"b": "3"}),
        ({"a": "1"}, {"b": UNKNOWN}, UNKNOWN),
        ({"a": "1"}, UNKNOWN, UNKNOWN),
        ({"a": "1"}, Secret({"b": "3"}), Secret({"a": "1", "b": "3"})),
    ],
)
def test_own_tags_lie_over_default_tags(defaults: Any, own: Any, expected: Any) -> None:
    through = provider(**({"defaultTags": json.dumps({"tags": defaults})} if defaults else {}))
    inputs, _, _ = built(VPC, {} if own is None else {"tags": own}, through=through)
    assert inputs["tagsAll"] == expected
    assert inputs.get("tags") == own


def test_types_of_the_newer_framework_get_no_tags_before_creation() -> None:
    inputs, outputs, _ = built("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {"tags": {"a": "1"}})
    assert "tagsAll" not in inputs
    assert outputs["tagsAll"] == UNKNOWN


def test_unknown_default_tags_make_all_tags_unknown() -> None:
    inputs, _, _ = built(VPC, {"tags": {"a": "1"}}, through=provider(defaultTags=UNKNOWN))
    assert inputs["tagsAll"] == UNKNOWN


def test_in_a_first_preview_left_out_and_computed_looks_unknown() -> None:
    _, outputs, _ = built("aws:ec2/vpcEndpoint:VpcEndpoint", {"vpcId": UNKNOWN, "serviceName": "s"})
    assert outputs["policy"] == UNKNOWN
    assert outputs["id"] == outputs["arn"] == UNKNOWN
    assert "tags" not in outputs, "optional and not computed: absent stays absent"


def test_a_deployed_run_has_ids_and_arns_of_their_form() -> None:
    _, vpc, _ = built(VPC, {"cidrBlock": "10.0.0.0/16"}, dry_run=False)
    assert vpc["id"].startswith("vpc-")
    assert vpc["arn"] == f"arn:aws:ec2:ap-northeast-1:111122223333:vpc/{vpc['id']}"
    _, role, _ = built(ROLE, {"name": "r", "path": "/tenants/alice/"}, dry_run=False)
    assert (role["id"], role["arn"]) == ("r", "arn:aws:iam::111122223333:role/tenants/alice/r")
    _, policy, _ = built("aws:iam/policy:Policy", {"name": "p"}, dry_run=False)
    assert policy["id"] == policy["arn"] == "arn:aws:iam::111122223333:policy/p"
    _, bucket, _ = built("aws:s3/bucket:Bucket", {"bucket": "b"}, dry_run=False)
    assert (bucket["id"], bucket["arn"]) == ("b", "arn:aws:s3:::b")


def test_a_deployed_endpoint_without_a_policy_allows_everything() -> None:
    _, outputs, model = built("aws:ec2/vpcEndpoint:VpcEndpoint", {"vpcId": "v", "serviceName": "s"}, dry_run=False)
    statement = json.loads(outputs["policy"])["Statement"][0]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Allow", "*", "*")
    assert not next(row for row in model.modelled if row.property == "policy").certain


def test_the_default_group_is_the_one_its_vpc_names() -> None:
    _, vpc, _ = built(VPC, {}, dry_run=False)
    _, group, _ = built("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {"vpcId": vpc["id"]}, dry_run=False)
    assert group["id"] == vpc["defaultSecurityGroupId"]


def test_a_type_that_the_table_does_not_hold_is_said() -> None:
    inputs, _, model = built("aws:kinesis/stream:Stream", {"name": "s"})
    assert inputs["encryptionType"] == "NONE", "its docstrings are read all the same"
    assert "kinesis" in model.not_modelled["urn:one"]
    _, outputs, other = built("random:index/randomId:RandomId", {"byteLength": 4})
    assert outputs == {"byteLength": 4}
    assert "random" in other.not_modelled["urn:one"]
    assert "does not know the type" in built("aws:ec2/made:Up", {})[2].not_modelled["urn:one"]


def test_every_entry_of_the_table_names_what_the_sdk_has() -> None:
    wrong = []
    for token, entry in aws_defaults.table().items():
        known = aws_types.resource_type(token)
        if known is None:
            wrong.append(token)
            continue
        wrong += [f"{token}.{name} is no input" for name in entry.fills if name not in known.inputs]
        wrong += [f"{token}.{name} is no output" for name in entry.answers if name not in known.outputs]
        wrong += [f"{token} has no arn"] if entry.arn and "arn" not in known.outputs else []
    assert not wrong


def test_every_entry_of_the_table_says_where_it_comes_from() -> None:
    facts = [
        fact for entry in aws_defaults.table().values() for fact in (*entry.fills.values(), *entry.answers.values())
    ]
    assert len(facts) > 50
    assert all(fact.source and isinstance(fact.certain, bool) for fact in facts)


def test_the_table_agrees_with_the_docstrings_it_cites() -> None:
    """Where a docstring states a default that the table holds too, both say the same."""
    compared = 0
    for token, entry in aws_defaults.table().items():
        known = aws_types.resource_type(token)
        assert known is not None
        for name, fact in {**entry.fills, **entry.answers}.items():
            stated = known.inputs[name].default if name in known.inputs else None
            value = aws_types.read_as(known.outputs[name].kind, stated) if stated else None
            if value is not None:
                assert value == fact.value, f"{token}.{name}"
                compared += 1
    assert compared >= 8


@pytest.mark.parametrize(
    ("token", "name", "default"),
    [
        (NOTEBOOK, "directInternetAccess", "Enabled"),
        (NOTEBOOK, "rootAccess", "Enabled"),
        (NOTEBOOK, "volumeSize", "5"),
        (NOTEBOOK, "subnetId", None),
        ("aws:sagemaker/domain:Domain", "appNetworkAccessType", "PublicInternetOnly"),
        (VPC, "enableDnsSupport", "true"),
        ("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "blockPublicAcls", "false"),
        ("aws:ec2/vpcEndpoint:VpcEndpoint", "vpcEndpointType", "Gateway"),
    ],
)
def test_defaults_are_read_from_docstrings(token: str, name: str, default: str | None) -> None:
    known = aws_types.resource_type(token)
    assert known is not None
    assert known.inputs[name].default == default


def test_types_are_found_however_their_files_are_called() -> None:
    for token in (
        "aws:lambda/function:Function",
        "aws:sagemaker/humanTaskUI:HumanTaskUI",
        "aws:s3/bucketVersioning:BucketVersioning",
        "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
    ):
        known = aws_types.resource_type(token)
        assert known is not None, token
        assert known.inputs, token
        assert known.outputs, token
    assert aws_types.resource_type("aws:ec2/vpc:VPC") is None
    assert aws_types.resource_type("random:index/randomId:RandomId") is None


@pytest.mark.parametrize(
    ("region", "partition"), [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws")]
)
def test_the_partition_follows_from_the_region(region: str, partition: str) -> None:
    place = Place.of(CONTEXT, provider(region=region, allowedAccountIds='["999988887777"]'))
    assert (place.partition, place.account) == (partition, "999988887777")


def test_a_template_that_lacks_a_value_is_not_filled() -> None:
    assert stand_ins.filled("{role}:{name}", {"role": "r"}, "urn") is None
    assert stand_ins.filled("{role}:{name}", {"role": "r", "name": "n"}, "urn") == "r:n"
    assert stand_ins.filled("new:vpc-", {}, "urn") == stand_ins.filled("new:vpc-", {}, "urn")
    assert stand_ins.filled("new:vpc-", {}, "urn") != stand_ins.filled("new:vpc-", {}, "other")


def test_a_default_that_the_docstring_only_describes_is_said_to_be_unknown() -> None:
    inputs, _, model = built("aws:s3/bucket:Bucket", {"bucket": "b"})
    row = next(row for row in model.modelled if row.property == "requestPayer")
    assert "requestPayer" not in inputs
    assert (row.value, row.certain, row.before_creation) == (None, False, True)
    assert row.source.startswith("not modelled")
    given = built("aws:s3/bucket:Bucket", {"bucket": "b", "requestPayer": "BucketOwner"})[2]
    assert "requestPayer" not in {row.property for row in given.modelled}


def test_the_region_is_never_certain() -> None:
    row = next(row for row in built(VPC, {})[2].modelled if row.property == "region")
    assert not row.certain
    assert "SDK docstring" in row.source
