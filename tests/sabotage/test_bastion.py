"""The bastion, opened one guarantee at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage.program import MAIN, Edit, added

pytestmark = pytest.mark.verify

HOST, ROLE, DOCUMENT = "components/bastion.py", "components/bastion_role.py", "components/documents/bastion.py"
UPDATE = '"ssm:UpdateInstanceInformation"'
RULE = 'security_group_id=bastion_host.security_group_id, ip_protocol="tcp", from_port=22, to_port=22'
SHARED = 'tags={"user": "platform"}, opts=pulumi.ResourceOptions(provider=site.provider)'
RAISED = "raise_bastion(site, network)\n"
KEPT: Edit = (MAIN, RAISED, f"bastion_host = {RAISED}")

EDITS: dict[str, tuple[tuple[Edit, ...], str]] = {
    "it asks for a public address": (
        ((HOST, "associate_public_ip_address=False", "associate_public_ip_address=True"),),
        "ec2-instance-has-no-public-ip",
    ),
    "the metadata service takes requests without a token": (
        ((HOST, 'http_tokens="required"', 'http_tokens="optional"'),),
        "ec2-instance-requires-imdsv2",
    ),
    "it starts from somebody's image": (
        (
            (
                HOST,
                '"resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{architecture}"',
                '"resolve:ssm:/golden/{architecture}"',
            ),
        ),
        "ec2-machine-starts-from-an-image-of-aws",
    ),
    "the metadata options are left out": (
        ((HOST, "            metadata_options=_metadata_options(),\n", ""),),
        "ec2-instance-requires-imdsv2",
    ),
    "the answers of the metadata service travel two hops": (
        ((HOST, "http_put_response_hop_limit=1", "http_put_response_hop_limit=2"),),
        "ec2-instance-requires-imdsv2",
    ),
    "the root volume is not encrypted": (
        ((HOST, 'encrypted="true", ', 'encrypted="false", '),),
        "ec2-instance-volumes-are-encrypted",
    ),
    "the image decides about the root volume": (
        ((HOST, "            block_device_mappings=[_encrypted_root()],\n", ""),),
        "ec2-instance-volumes-are-encrypted",
    ),
    "its group admits SSH": (
        (KEPT, added(f'aws.vpc.SecurityGroupIngressRule("way-in", {RULE}, cidr_ipv4="10.0.0.0/16", {SHARED})')),
        "ec2-bastion-has-no-inbound-rule",
    ),
    "it reaches the world": (
        (KEPT, added(f'aws.vpc.SecurityGroupEgressRule("way-out", {RULE}, cidr_ipv4="0.0.0.0/0", {SHARED})')),
        "vpc-security-group-has-no-world-rule",
    ),
    "it reaches an address outside": (
        (KEPT, added(f'aws.vpc.SecurityGroupEgressRule("way-out", {RULE}, cidr_ipv4="192.0.2.0/24", {SHARED})')),
        "vpc-security-group-cidr-is-inside",
    ),
    "the endpoints admit it on another port": (
        (
            (
                HOST,
                'from_port=HTTPS,\n            to_port=HTTPS,\n            description="The bastion calls AWS',
                'from_port=22,\n            to_port=HTTPS,\n            description="The bastion calls AWS',
            ),
        ),
        "vpc-endpoint-security-group-allows-only-https",
    ),
    "it has a fixed public address": (
        (KEPT, added(f'aws.ec2.Eip("way-in", instance=bastion_host.instance_id, {SHARED})')),
        "ec2-has-no-elastic-ip",
    ),
    "its role reads parameters": (
        (
            (
                DOCUMENT,
                f"actions=({UPDATE},),",
                f'actions=({UPDATE}, "ssm:GetParameter"),',
            ),
        ),
        "ec2-bastion-role-only-serves-session-manager",
    ),
    "its role carries the managed policy of Session Manager": (
        ((ROLE, "self._role, [])", 'self._role, ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"])'),),
        "ec2-bastion-role-only-serves-session-manager",
    ),
    "it works as no role at all": (
        ((HOST, "            iam_instance_profile=self._args.profile_name,\n", ""),),
        "ec2-bastion-role-only-serves-session-manager",
    ),
    "its profile hands out another role": (
        (
            (
                ROLE,
                "            role=self._role.name,\n            tags",
                '            role="administrator",\n            tags',
            ),
        ),
        "ec2-bastion-role-only-serves-session-manager",
    ),
    "its start script holds a key": (
        (("components/bastion_host.py", '"users": [],', '"users": [], "x": "AKIAIOSFODNN7EXAMPLE",'),),
        "ec2-instance-user-data-has-no-secret",
    ),
    "it belongs to nobody": (
        ((HOST, "tags={**self._tags(logical_name), **bastion_host", "tags={**bastion_host"),),
        "tenant-resource-has-user-tag",
    ),
}


@pytest.mark.parametrize(("edits", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_an_open_bastion(edits: tuple[Edit, ...], rule: str, sabotage: Any) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize("mode", ["first", "deployed"])
def test_an_old_agent_is_accepted_where_the_stack_file_says_so(mode: str, sabotage: Any) -> None:
    said = "  closed-sagemaker:data:\n"
    legacy = ("Pulumi.dev.yaml", said, f"  closed-sagemaker:bastion: {{legacy-agent: true}}\n{said}")
    verdict = sabotage(legacy, mode=mode)
    assert verdict.refusals() == set()
    assert verdict.exit_code == 0


def test_the_rights_of_an_old_agent_are_refused_where_the_stack_file_is_silent(sabotage: Any) -> None:
    given = "legacy_agent=chosen.legacy_agent"
    verdict = sabotage(("wiring/bastion.py", given, "legacy_agent=True"))
    assert "ec2-bastion-role-only-serves-session-manager" in verdict.refusals()


def test_a_key_pair_is_remarked_upon(sabotage: Any) -> None:
    """The rule's default level is advisory: a key pair alone opens nothing."""
    verdict = sabotage(
        (HOST, "associate_public_ip_address=False,", 'associate_public_ip_address=False, key_name="mine",')
    )
    assert "ec2-bastion-has-no-key-pair" in {row["policy"] for row in verdict.run["diagnostics"]}
