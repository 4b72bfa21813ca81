"""Cases of the rules about providers, options, types and the order of creation."""

from __future__ import annotations

import json

from tests.policy_pack.baselines import (
    bucket,
    bucket_policy,
    lifecycle,
    notebook,
    policy,
    provider,
    role,
    vpc,
)
from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    absent,
    below,
    component,
    fails,
    ignoring,
    passes,
    taken,
    unknown,
    waiting,
)

RESOURCE = "aws:cloudcontrol/resource:Resource"
LISTED = {"allowedTypes": ["AWS::X::Y"], "requiredProperties": {"AWS::X::Y": {"Network.Isolated": True}}}
GOOD_STATE = json.dumps({"Network": {"Isolated": True}})
RAW, LIFECYCLE, BOUNDARY = bucket(), lifecycle(), policy()
NAMING = json.dumps(
    {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::ml-dev-raw-7f3a/*"}]}
)
ROLE_ARN = "arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-notebook"
ATTACHMENTS = component(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    "attachments",
    policyArns=[ROLE_ARN, "ml-dev-raw-7f3a"],
)
STORE = component("closed-sagemaker:data:DataBucket", "store")
INSIDE = below(STORE, RAW)
WAITING_COMPONENT = waiting(component("closed-sagemaker:workbench:Notebook", "alice"), LIFECYCLE)
PLAN = component(
    "closed-sagemaker:tenant:TenantPolicies",
    "tenants",
    plannedDocuments={"aws:iam/policy:Policy|boundary|policy": json.loads(NAMING)},
)

CASES: dict[str, list[Case]] = {
    "cloudcontrol-type-is-listed": [
        passes(
            "listed with what it must carry",
            component(RESOURCE, "r", typeName="AWS::X::Y", desiredState=GOOD_STATE),
            options=LISTED,
        ),
        fails(
            "not listed", "typeName is not listed", component(RESOURCE, "r", typeName="AWS::X::Y", desiredState="{}")
        ),
        fails(
            "listed without what it must carry",
            "typeName is not listed together",
            component(RESOURCE, "r", typeName="AWS::X::Y"),
            options={"allowedTypes": ["AWS::X::Y"]},
        ),
        fails(
            "another value",
            "does not carry Network.Isolated",
            component(RESOURCE, "r", typeName="AWS::X::Y", desiredState='{"Network": {"Isolated": false}}'),
            options=LISTED,
        ),
        fails(
            "no JSON",
            "does not carry Network.Isolated",
            component(RESOURCE, "r", typeName="AWS::X::Y", desiredState="{"),
            options=LISTED,
        ),
        absent("no state", "does not carry", component(RESOURCE, "r", typeName="AWS::X::Y"), options=LISTED),
        absent("no type", "typeName is not listed", component(RESOURCE, "r")),
        unknown(
            "the type must be known",
            "typeName is not known",
            component(RESOURCE, "r", typeName=UNKNOWN),
            options=LISTED,
        ),
        unknown(
            "the state must be known",
            "desiredState is not known",
            component(RESOURCE, "r", typeName="AWS::X::Y", desiredState=UNKNOWN),
            options=LISTED,
        ),
    ],
    "pulumi-type-is-reviewed": [
        fails(
            "a provider whose name begins alike",
            "no rule of the pack knows",
            component("pulumi:providers:aws-native", "native"),
        ),
        passes("the provider of AWS", provider()),
        passes("a type that rules know", vpc()),
        passes("a component of the platform", STORE),
        passes(
            "a type of the options",
            component("aws:lightsail/instance:Instance", "listed"),
            options={"reviewedTypes": ["aws:lightsail/instance:Instance"]},
        ),
        fails(
            "a type of which rules judge nothing but the owner's tag",
            "no rule of the pack knows",
            component("aws:sagemaker/labelingJob:LabelingJob", "labels", tags={"user": "alice"}),
        ),
        fails(
            "a type that no rule knows",
            "no rule of the pack knows",
            component("aws:lightsail/instance:Instance", "outside"),
        ),
        fails(
            "a dynamic resource", "no rule of the pack knows", component("pulumi-python:dynamic:Resource", "dynamic")
        ),
        fails("another provider", "no rule of the pack knows", component("pulumi:providers:gcp", "gcp")),
        absent(
            "an empty list permits nothing",
            "no rule",
            component("aws:lightsail/instance:Instance", "outside"),
            options={"reviewedTypes": []},
        ),
        unknown(
            "whatever its properties", "no rule", component("aws:lightsail/instance:Instance", "outside", name=UNKNOWN)
        ),
    ],
    "pulumi-provider-is-explicit": [
        passes("the explicit one", provider()),
        passes("a name that begins alike", provider("default-region")),
        fails("the engine's own", "the engine's default provider", provider("default_7_51_1")),
        fails("the engine's own, without version", "the engine's default provider", provider("default")),
        absent("whatever it lacks", "the engine's default provider", provider("default", region=ABSENT)),
        unknown("whatever it holds", "the engine's default provider", provider("default", region=UNKNOWN)),
    ],
    "pulumi-provider-account-is-pinned": [
        passes("the stack's account", provider()),
        passes("no endpoints", provider(endpoints="[]", insecure="false")),
        fails("other hosts", "endpoints is given", provider(endpoints='[{"sts": "https://elsewhere"}]')),
        fails("it does not ask", "skipRequestingAccountId is on", provider(skipRequestingAccountId="true")),
        fails("without TLS", "insecure is on", provider(insecure="true")),
        passes("as a list", provider(allowedAccountIds=["111122223333"])),
        passes(
            "an account of the options",
            provider(allowedAccountIds='["444455556666"]'),
            options={"accountIds": ["444455556666"]},
        ),
        fails(
            "another account", "names another account than 111122223333", provider(allowedAccountIds='["444455556666"]')
        ),
        fails(
            "another one beside",
            "names another account",
            provider(allowedAccountIds='["111122223333", "444455556666"]'),
        ),
        fails("an empty list", "allowedAccountIds is absent or empty", provider(allowedAccountIds="[]")),
        fails(
            "forbidding is not pinning",
            "is absent or empty",
            provider(allowedAccountIds=ABSENT, forbiddenAccountIds='["444455556666"]'),
        ),
        absent("any account", "allowedAccountIds is absent or empty", provider(allowedAccountIds=ABSENT)),
        unknown("it must be known", "allowedAccountIds is not known", provider(allowedAccountIds=UNKNOWN)),
    ],
    "pulumi-provider-has-no-static-credentials": [
        passes("none", provider()),
        fails("an access key", "accessKey is given", provider(accessKey="AKIAIOSFODNN7EXAMPLE")),
        fails("a token, known or not", "token is given", provider(token=UNKNOWN)),
        absent("from the environment", None, provider(secretKey=ABSENT)),
        unknown("whatever it says", "secretKey is given", provider(secretKey=UNKNOWN)),
    ],
    "pulumi-default-tags-name-no-tenant": [
        passes("no owner among them", provider()),
        fails(
            "an owner", "defaultTags holds the owner's tag 'user'", provider(defaultTags='{"tags": {"user": "alice"}}')
        ),
        fails("in another letter case", "the owner's tag 'User'", provider(defaultTags={"tags": {"User": "alice"}})),
        absent("no default tags", None, provider(defaultTags=ABSENT)),
        unknown("they must be known", "defaultTags is not known", provider(defaultTags=UNKNOWN)),
        unknown("so must their keys", "defaultTags is not known", provider(defaultTags={"tags": UNKNOWN})),
    ],
    "pulumi-provider-ignores-no-tag": [
        passes("none", provider()),
        passes("nothing to ignore", provider(ignoreTags='{"keys": [], "keyPrefixes": []}')),
        passes(
            "a tag of the cost tool, which is listed",
            provider(ignoreTags='{"keys": ["cost-centre"]}'),
            options={"allowedKeys": ["cost-centre"]},
        ),
        fails("the owner", "ignoreTags covers the tag 'user'", provider(ignoreTags='{"keys": ["user"]}')),
        fails("in another letter case", "the tag 'User'", provider(ignoreTags={"keys": ["User"]})),
        fails(
            "a prefix, whatever is listed",
            "every tag that begins with 'us'",
            provider(ignoreTags={"keyPrefixes": ["us"]}),
            options={"allowedKeys": ["us"]},
        ),
        absent("nothing is ignored", None, provider(ignoreTags=ABSENT)),
        unknown("it must be known", "ignoreTags is not known", provider(ignoreTags=UNKNOWN)),
        unknown("so must its keys", "ignoreTags is not known", provider(ignoreTags={"keys": UNKNOWN})),
    ],
    "pulumi-guarded-property-is-not-ignored": [
        fails(
            "a property that a rule judges on this type",
            "ignoreChanges names rootAccess",
            ignoring(notebook(), "rootAccess"),
        ),
        passes("a property that rules judge on another type", ignoring(vpc(), "rootAccess")),
        passes("something else", ignoring(notebook(), "volumeSize")),
        fails("a guarded property", "ignoreChanges names policy", ignoring(policy(), "policy")),
        fails("a part of it", "ignoreChanges names vpcConfig.subnets", ignoring(notebook(), "vpcConfig.subnets")),
        fails("one tag", "ignoreChanges names tags", ignoring(notebook(), 'tags["user"]')),
        fails("everything", "ignoreChanges names *", ignoring(notebook(), "*")),
        absent("nothing is ignored", None, notebook()),
        unknown("whatever its value", "ignoreChanges names tags", ignoring(notebook(tags=UNKNOWN), "tags")),
    ],
    "pulumi-named-resource-is-a-dependency": [
        fails(
            "two in one property",
            "policyArns names alice-notebook-role, raw, which",
            RAW,
            role(),
            ATTACHMENTS,
        ),
        passes("a component only plans", RAW, PLAN),
        passes("taken from the resource", LIFECYCLE, taken(notebook(), lifecycleConfigName=LIFECYCLE)),
        passes("named and waited for", LIFECYCLE, waiting(notebook(), LIFECYCLE)),
        passes("by way of another", LIFECYCLE, waiting(RAW, LIFECYCLE), waiting(notebook(), RAW)),
        passes("by way of the component it waits for", STORE, INSIDE, waiting(policy(policy=NAMING), STORE)),
        passes("by way of its own component", LIFECYCLE, WAITING_COMPONENT, below(WAITING_COMPONENT, notebook())),
        passes("itself", role(assumeRolePolicy=ROLE_ARN)),
        passes("nobody of the stack", notebook()),
        passes("a tag is no reference", RAW, vpc(tags={"Name": "ml-dev-raw-7f3a", "user": "platform"})),
        fails("a name", "lifecycleConfigName names lifecycle, which it does not depend on", LIFECYCLE, notebook()),
        fails("a bucket's ARN in a document", "policy names raw", RAW, policy(policy=NAMING)),
        fails(
            "a role's ARN with its path",
            "policy names alice-notebook-role",
            role(permissionsBoundary=ABSENT),
            bucket_policy(policy=ROLE_ARN),
        ),
        fails("the boundary", "permissionsBoundary names boundary", BOUNDARY, role()),
        fails(
            "an S3 address",
            "primaryContainer names raw",
            RAW,
            component(
                "aws:sagemaker/model:Model", "m", primaryContainer={"modelDataUrl": "s3://ml-dev-raw-7f3a/m.tar"}
            ),
        ),
        fails(
            "a neighbour in the same component is not waited for",
            "policy names raw",
            STORE,
            INSIDE,
            below(STORE, policy(policy=NAMING)),
        ),
        fails(
            "a child of its parent's neighbour",
            "policy names raw",
            STORE,
            INSIDE,
            WAITING_COMPONENT,
            below(WAITING_COMPONENT, policy(policy=NAMING)),
        ),
        absent("the name is left out", None, LIFECYCLE, notebook(lifecycleConfigName=ABSENT)),
        unknown("an output carries its dependency", None, LIFECYCLE, notebook(lifecycleConfigName=UNKNOWN)),
        unknown("a document is read as planned", "policy names raw", PLAN, RAW, below(PLAN, policy(policy=UNKNOWN))),
    ],
    "pulumi-region-is-listed": [
        passes("the stack's Region", provider()),
        passes("as the provider fills it in", vpc(region="ap-northeast-1")),
        passes("a Region of the options", vpc(region="us-east-1"), options={"allowedRegions": ["us-east-1"]}),
        passes("a component may call anything a region", component("closed-sagemaker:a:B", "b", region="north")),
        fails("a resource elsewhere", "region names a Region that neither", vpc(region="us-east-1")),
        fails("a provider elsewhere", "region names a Region that neither", provider(region="us-east-1")),
        fails(
            "the options say which",
            "region names a Region that neither",
            provider(),
            options={"allowedRegions": ["us-east-1"]},
        ),
        absent("the provider takes its environment's", "region is absent", provider(region=ABSENT)),
        absent("a resource takes the provider's", None, vpc()),
        unknown("it must be known", "region is not known", provider(region=UNKNOWN)),
    ],
}
