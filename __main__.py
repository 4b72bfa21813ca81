"""The platform of one stack, wired: network, endpoints, data, policies, tenants, notebooks."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

import settings as configuration
from components.addressing import subnet_plan
from components.closed_network import ClosedNetwork, ClosedNetworkArgs
from components.data_bucket import DataBucket, DataBucketArgs
from components.data_key import DataKey, DataKeyArgs
from components.documents.scope import RAW, RESULTS, Scope
from components.endpoint_services import services_for
from components.naming import Naming
from components.notebook import Notebook, NotebookArgs
from components.notebook_lifecycle import NotebookLifecycle, NotebookLifecycleArgs
from components.service_endpoints import ServiceEndpoints, ServiceEndpointsArgs
from components.tenant_access import TenantAccess, TenantAccessArgs
from components.tenant_policies import TenantPolicies, TenantPoliciesArgs

settings = configuration.load()
plan = settings.network
naming = Naming(
    partition=settings.partition,
    region=settings.region,
    account_id=settings.account_id,
    prefix=settings.name_prefix,
    suffix=settings.data.suffix,
)
services = services_for(settings.features)
keys = tuple(service.key for service in services)
scope = Scope(naming=naming, zone_ids=plan.zones, endpoints=keys, deployer=settings.deployer)
protect = settings.environment is not configuration.Environment.DEV
tags = {"environment": settings.environment.value, "project": pulumi.get_project(), "managed-by": "pulumi"}
account = [settings.account_id]
provider = aws.Provider("aws", region=settings.region, allowed_account_ids=account, default_tags={"tags": tags})
options = pulumi.ResourceOptions(providers=[provider])

subnets = subnet_plan(plan.cidr, plan.zones, subnet_prefix=plan.subnet_prefix, given=plan.subnets)
network = ClosedNetwork("network", ClosedNetworkArgs(naming=naming, cidr=plan.cidr, subnets=subnets), options)
endpoints = ServiceEndpoints(
    "endpoints",
    ServiceEndpointsArgs(
        scope=scope,
        services=services,
        vpc_id=network.vpc_id,
        route_table_id=network.route_table_id,
        subnet_ids=network.subnet_ids,
        workload_security_group_id=network.workload_security_group_id,
    ),
    options,
)

key = DataKey("data", DataKeyArgs(scope=scope, protect=protect), options)
bound = {**network.references, **endpoints.references, **key.references}
buckets = {
    purpose: DataBucket(
        purpose,
        DataBucketArgs(scope=scope, purpose=purpose, key_arn=key.key_arn, references=bound, protect=protect),
        options,
    )
    for purpose in (RAW, RESULTS)
}

lifecycle: NotebookLifecycle | None = None
named: list[pulumi.Resource] = [*buckets.values()]
if configuration.Feature.NOTEBOOKS in settings.features:
    home = buckets[RESULTS].bucket_name
    lifecycle_args = NotebookLifecycleArgs(naming=naming, results_bucket=home, subnet_ids=network.subnet_ids)
    lifecycle = NotebookLifecycle("notebook-lifecycle", lifecycle_args, options)
    named.append(lifecycle)

policies = TenantPolicies("tenants", TenantPoliciesArgs(scope=scope, references=bound, named=named), options)
for tenant, choice in settings.tenants.items():
    access_args = TenantAccessArgs(scope=scope, tenant=tenant, vpc_id=network.vpc_id, policies=policies)
    access = TenantAccess(f"tenant-{tenant}", access_args, options)
    outputs = {"notebook-role": access.notebook_role_arn, "job-role": access.job_role_arn}
    if lifecycle:
        notebook_args = NotebookArgs(
            naming=naming,
            tenant=tenant,
            instance_type=choice.instance_type,
            volume_size_gb=choice.volume_size_gb,
            # Always the first zone: a notebook cannot move, and a zone added later must not replace it.
            subnet_id=network.subnet_ids[plan.zones[0]],
            security_group_ids=[network.workload_security_group_id, access.security_group_id],
            role_arn=access.notebook_role_arn,
            key_arn=key.key_arn,
            lifecycle_configuration_name=lifecycle.lifecycle_configuration_name,
            ready=[access, endpoints],
        )
        outputs["notebook"] = Notebook(f"notebook-{tenant}", notebook_args, options).notebook_name
    pulumi.export(f"tenant-{tenant}", outputs)

pulumi.export("vpc-id", network.vpc_id)
pulumi.export("endpoint-ids", endpoints.endpoint_ids)
pulumi.export("buckets", {purpose: bucket.bucket_name for purpose, bucket in buckets.items()})
pulumi.export("key-arn", key.key_arn)
