"""What leads out of the closed platform without being called a gateway, opened one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sabotage import program
from tests.sabotage.program import GROUP, NETWORK_PART, OPTIONS, SHARED, SITE, TENANTS_PART, Edit

pytestmark = pytest.mark.verify

NETWORK, ENDPOINTS = "components/closed_network.py", "components/service_endpoints.py"
SERVICES, NOTEBOOK, SCRIPT = (
    "components/endpoint_services.py",
    "components/notebook.py",
    "components/scripts/notebook_on_start.sh",
)
BUCKET, KEY, KEYS, STACK = (
    "components/data_bucket.py",
    "components/data_key.py",
    "components/documents/keys.py",
    "Pulumi.dev.yaml",
)
ALICES = f'tags={{"user": "alice"}}, {OPTIONS}'
SUBNET = "subnet_id=network.closed.subnet_ids[site.settings.network.zones[0]],"
GROUPS = "[network.closed.workload_security_group_id, access.security_group_id]"
VOLUME_KEY = "kms_key_id=self._args.key_arn,"
NAMED = "            bucket=bucket_name,\n"
ROUTES = "that somebody added by hand.\n            routes=[],\n"
BASH = "set -euo pipefail\n"
FOREIGN_KEY = "arn:aws:kms:ap-northeast-1:999988887777:key/11111111-2222-3333-4444-555555555555"
REPLICATED = (
    "replication_configuration=aws.s3.BucketReplicationConfigurationArgs(role=bucket_name, rules=["
    'aws.s3.BucketReplicationConfigurationRuleArgs(status="Enabled", destination='
    'aws.s3.BucketReplicationConfigurationRuleDestinationArgs(bucket="arn:aws:s3:::elsewhere"))]),\n'
)
PROVIDER = 'default_tags={"tags": tags}'
LOGGED = '"training": (SAGEMAKER_API, LOGS),\n    "inference": (SAGEMAKER_API, SAGEMAKER_RUNTIME, LOGS),'
DEPLOYER_ONLY = '        conditions=when("ArnEquals", "aws:PrincipalArn", *scope.managers()),\n'
FOR_AWS = '            when("Bool", "kms:GrantIsForAWSResource", "true"),\n'


def added(code: str) -> tuple[Edit, ...]:
    """Return the edits that add a resource to the program."""
    return (program.added(code),)


def rule(way: str, what: str, group: str = GROUP) -> tuple[Edit, ...]:
    """Return the edit that adds a rule to a group, the shared one unless said."""
    return added(
        f'aws.vpc.SecurityGroup{way}Rule("open", security_group_id={group}, {what}, ip_protocol="tcp",'
        f" from_port=443, to_port=443, {SHARED})"
    )


def endpoint(service: str) -> tuple[Edit, ...]:
    """Return the edit that adds an endpoint to a service."""
    return added(
        f'aws.ec2.VpcEndpoint("open", vpc_id=network.vpc_id, service_name="{service}", vpc_endpoint_type="Interface",'
        f" security_group_ids=[endpoints.endpoints_security_group_id], {SHARED})"
    )


EDITS: dict[str, tuple[tuple[Edit, ...], str]] = {
    "the shared group admits itself": (
        rule("Ingress", f"referenced_security_group_id={GROUP}"),
        "tenant-security-group-admits-only-itself",
    ),
    "the shared group admits the network": (
        rule("Ingress", 'cidr_ipv4="10.0.0.0/16"'),
        "tenant-security-group-admits-only-itself",
    ),
    "the shared group reaches a foreign range": (
        rule("Egress", 'cidr_ipv4="203.0.113.0/24"'),
        "vpc-security-group-cidr-is-inside",
    ),
    "the shared group reaches another private network": (
        rule("Egress", 'cidr_ipv4="172.16.0.0/16"'),
        "vpc-security-group-cidr-is-inside",
    ),
    "the shared group reaches a foreign prefix list": (
        rule("Egress", 'prefix_list_id="pl-0123456789abcdef0"'),
        "vpc-security-group-prefix-list-is-listed",
    ),
    "the endpoints admit addresses": (
        rule("Ingress", 'cidr_ipv4="10.0.0.0/16"', "endpoints.endpoints_security_group_id"),
        "vpc-endpoint-security-group-allows-only-https",
    ),
    "an endpoint leads to somebody's service": (
        endpoint("com.amazonaws.vpce.ap-northeast-1.vpce-svc-0123456789abcdef0"),
        "vpc-endpoint-service-is-listed",
    ),
    "an endpoint leads to another Region": (
        ((SERVICES, 'STS = _service("sts")', 'STS = _service("sts", "com.amazonaws.us-east-1.")'),),
        "vpc-endpoint-service-is-listed",
    ),
    "an endpoint is missing": (
        ((SERVICES, LOGGED, LOGGED.replace(", LOGS", ",").replace("RUNTIME,", "RUNTIME")),),
        "vpc-endpoint-set-is-complete",
    ),
    "the S3 endpoint hangs on no route table": (
        ((ENDPOINTS, "                route_table_ids=list(self._args.route_table_ids),\n", ""),),
        "vpc-gateway-endpoint-covers-route-tables",
    ),
    "subnets have another route table": (
        ((NETWORK, "            self._create_association(zone)\n", "            pass\n"),),
        "vpc-gateway-endpoint-covers-route-tables",
    ),
    "a narrow route leads to a gateway": (
        ((NETWORK, ROUTES, ROUTES.replace("[]", '[{"cidr_block": "203.0.113.0/24", "gateway_id": "igw-1"}]')),),
        "vpc-route-target-stays-inside",
    ),
    "the network has addresses of IPv6": (
        ((NETWORK, "enable_dns_support=True,", "enable_dns_support=True, assign_generated_ipv6_cidr_block=True,"),),
        "vpc-has-no-ipv6",
    ),
    "endpoints stand in another network": (
        (
            (
                NETWORK_PART,
                "        vpc_id=closed.vpc_id,\n        route",
                '        vpc_id="vpc-0123456789abcdef0",\n        route',
            ),
        ),
        "vpc-part-lies-in-own-network",
    ),
    "notebooks stand in a foreign subnet": (
        ((TENANTS_PART, SUBNET, 'subnet_id="subnet-0123456789abcdef0",'),),
        "sagemaker-compute-uses-platform-subnets",
    ),
    "notebooks carry a foreign group": (
        ((TENANTS_PART, GROUPS, '["sg-0123456789abcdef0", access.security_group_id]'),),
        "sagemaker-compute-uses-platform-subnets",
    ),
    "notebooks run a script of somebody else": (
        (
            (
                NOTEBOOK,
                "lifecycle_config_name=self._args.lifecycle_configuration_name,",
                'lifecycle_config_name="other",',
            ),
        ),
        "sagemaker-notebook-script-is-the-platforms",
    ),
    "notebooks begin with code from outside": (
        ((NOTEBOOK, VOLUME_KEY, f'{VOLUME_KEY} default_code_repository="https://github.com/somebody/code",'),),
        "sagemaker-code-repository-is-internal",
    ),
    "volumes have a foreign key": (
        ((NOTEBOOK, VOLUME_KEY, f'kms_key_id="{FOREIGN_KEY}",'),),
        "kms-reference-is-a-platform-key",
    ),
    "the provider asks other hosts": (
        ((SITE, PROVIDER, f'{PROVIDER}, endpoints=[{{"s3": "https://elsewhere"}}]'),),
        "pulumi-provider-account-is-pinned",
    ),
    "buckets have a foreign key": (
        ((BUCKET, "kms_master_key_id=self._args.key_arn", f'kms_master_key_id="{FOREIGN_KEY}"'),),
        "kms-reference-is-a-platform-key",
    ),
    "the deployer decrypts": (
        ((KEYS, '    "DescribeKey",\n    "GetKeyPolicy",', '    "Decrypt",\n    "GetKeyPolicy",'),),
        "kms-key-policy-limits-use",
    ),
    "the whole account administers the key": (((KEYS, DEPLOYER_ONLY, ""),), "kms-key-policy-limits-use"),
    "the key is used directly": (
        ((KEYS, "            via_s3_or_sagemaker(scope),\n", ""),),
        "kms-key-policy-limits-use",
    ),
    "grants go to anybody": (((KEYS, FOR_AWS, ""),), "kms-key-policy-limits-use"),
    "buckets are copied elsewhere": (
        ((BUCKET, NAMED, f"{NAMED}            {REPLICATED}"),),
        "s3-replication-stays-inside",
    ),
    "buckets are web sites": (
        ((BUCKET, NAMED, f'{NAMED}            website=aws.s3.BucketWebsiteArgs(index_document="i"),\n'),),
        "s3-bucket-has-no-website",
    ),
    "an access point answers from the internet": (
        added(f'aws.s3.AccessPoint("open", bucket=buckets[RESULTS].bucket_name, {SHARED})'),
        "s3-access-point-is-vpc-only",
    ),
    "data is not protected outside dev": (
        (
            (STACK, "environment: dev\n", "environment: test\n"),
            (STACK, "features: [notebooks, ", "features: ["),
            (SITE, "protect=settings.environment is not Environment.DEV", "protect=False"),
        ),
        "pulumi-data-store-is-protected",
    ),
    "a template makes resources out of sight": (
        added(f'aws.cloudformation.Stack("open", template_body="{{}}", {SHARED})'),
        "pulumi-type-is-reviewed",
    ),
    "a service is offered to other accounts": (
        added(f'aws.ec2.VpcEndpointService("open", acceptance_required=False, {SHARED})'),
        "vpc-endpoint-service-is-not-published",
    ),
    "a type is judged by nothing but its owner's tag": (
        added(f'aws.sagemaker.Workteam("open", workteam_name="w", description="d", member_definitions=[], {ALICES})'),
        "pulumi-type-is-reviewed",
    ),
    "a code repository lies outside": (
        added(
            'aws.sagemaker.CodeRepository("open", code_repository_name="c", git_config={"repository_url":'
            f' "https://github.com/somebody/code"}}, {ALICES})'
        ),
        "sagemaker-code-repository-is-internal",
    ),
    "a variant is serverless": (
        added(
            'aws.sagemaker.EndpointConfiguration("open", production_variants=[{"model_name": "m", "serverless_config":'
            f' {{"max_concurrency": 1, "memory_size_in_mb": 1024}}}}], {ALICES})'
        ),
        "sagemaker-endpoint-config-refuses-serverless",
    ),
    "a variant's host takes sessions": (
        added(
            'aws.sagemaker.EndpointConfiguration("open", production_variants=[{"model_name": "m", "instance_type":'
            f' "ml.m5.large", "enable_ssm_access": True}}], {ALICES})'
        ),
        "sagemaker-endpoint-variant-refuses-ssm",
    ),
    "a model is not isolated": (
        added(
            'aws.sagemaker.Model("open", name="alice--m", execution_role_arn='
            f'"arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-job", {ALICES})'
        ),
        "sagemaker-model-is-network-isolated",
    ),
}


@pytest.mark.parametrize(("edits", "rule"), EDITS.values(), ids=EDITS)
def test_the_pack_refuses_an_opening(edits: tuple[Edit, ...], rule: str, sabotage: Any) -> None:
    verdict = sabotage(*edits)
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


def test_the_pack_refuses_a_script_with_a_secret_once_it_is_known(sabotage: Any) -> None:
    verdict = sabotage((SCRIPT, BASH, f"{BASH}export AWS_SECRET_ACCESS_KEY={'abcdefgh' * 5}\n"), mode="deployed")
    assert "sagemaker-lifecycle-script-has-no-secret" in verdict.refusals()
    assert verdict.exit_code == 1
