"""Cases of the rules about logs and whom they are sent to."""

from __future__ import annotations

from tests.policy_pack.baselines import bucket, subnet, vpc
from tests.policy_pack.dns_baselines import query_log
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, passes, taken, unknown
from tests.policy_pack.machine_baselines import flow_log, log_group

OWN = "arn:aws:logs:ap-northeast-1:111122223333:log-group:/ml-dev/flow-logs"
FOREIGN = "arn:aws:logs:ap-northeast-1:444455556666:log-group:/ml-dev/flow-logs"
FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
DESTINATION = "aws:cloudwatch/logDestination:LogDestination"
DELIVERY = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"
NOT_INSIDE = "is a target that is neither inside nor listed"

CASES: dict[str, list[Case]] = {
    "vpc-flow-log-captures-all-traffic": [
        passes("all of it", flow_log()),
        fails("only what was accepted", "trafficType has another value", flow_log(trafficType="ACCEPT")),
        absent("AWS refuses it", "trafficType is absent", flow_log(trafficType=ABSENT)),
        unknown("it must be known", "trafficType is not known", flow_log(trafficType=UNKNOWN)),
    ],
    "vpc-flow-logs-are-on": [
        passes("a flow log", vpc(), taken(flow_log(), vpcId=vpc())),
        passes("by a known id", vpc(id="vpc-1"), flow_log(vpcId="vpc-1"), update=True),
        fails("of another network", "no flow log of this stack", flow_log(vpcId="vpc-9"), vpc()),
        fails(
            "of a subnet only",
            "no flow log",
            taken(flow_log(vpcId=ABSENT, subnetId=UNKNOWN), subnetId=subnet()),
            subnet(),
            vpc(),
        ),
        absent("no record", "no flow log of this stack", vpc()),
        unknown("whose it is cannot be said", "no flow log", flow_log(), vpc()),
    ],
    "logs-group-has-retention": [
        passes("a year", log_group()),
        passes("as long as the options say", log_group(retentionInDays=30), options={"minDays": 30}),
        fails("too short", "retentionInDays is 364, and must be 365 or more", log_group(retentionInDays=364)),
        fails("for ever, by name", "entries never expire", log_group(retentionInDays=0)),
        absent("for ever", "entries never expire", log_group(retentionInDays=ABSENT)),
        unknown("it must be known", "retentionInDays is not known", log_group(retentionInDays=UNKNOWN)),
    ],
    "logs-group-uses-customer-key": [
        passes("a key", log_group(kmsKeyId="arn:aws:kms:ap-northeast-1:111122223333:key/k")),
        fails("an empty one", "kmsKeyId is absent or empty", log_group(kmsKeyId="")),
        absent("a key of the service", "kmsKeyId is absent or empty", log_group(kmsKeyId=ABSENT)),
        unknown("which one is judged by others", None, log_group()),
    ],
    "kms-reference-is-a-platform-key": [
        fails(
            "a log group with a foreign key",
            "kmsKeyId names a key",
            log_group(kmsKeyId="arn:aws:kms:ap-northeast-1:444455556666:key/k"),
        ),
    ],
    "logs-subscription-stays-inside": [
        passes("a log group of the account", flow_log(logDestination=OWN)),
        passes("a log group of the stack", log_group(), taken(flow_log(), logDestination=log_group())),
        passes("a bucket of the stack", bucket(), flow_log(logDestination="arn:aws:s3:::ml-dev-raw-7f3a/flow-logs")),
        passes("a listed account", flow_log(logDestination=FOREIGN), options={"allowedAccounts": ["444455556666"]}),
        passes(
            "a listed bucket",
            flow_log(logDestination="arn:aws:s3:::central-logs"),
            options={"allowedTargets": ["arn:aws:s3:::central-logs"]},
        ),
        fails("a log group of another account", f"logDestination {NOT_INSIDE}", flow_log(logDestination=FOREIGN)),
        fails("a foreign bucket", NOT_INSIDE, bucket(), flow_log(logDestination="arn:aws:s3:::central-logs")),
        fails(
            "another service without an account",
            NOT_INSIDE,
            bucket(),
            flow_log(logDestination="arn:aws:x:::ml-dev-raw-7f3a"),
        ),
        fails("no ARN", NOT_INSIDE, flow_log(logDestination="central-logs")),
        fails(
            "a role of another account",
            "deliverCrossAccountRole hands the log to another account",
            flow_log(logDestination=OWN, deliverCrossAccountRole="arn:aws:iam::444455556666:role/r"),
        ),
        fails("what was asked", f"destinationArn {NOT_INSIDE}", query_log(destinationArn=FOREIGN)),
        fails("a subscription", f"destinationArn {NOT_INSIDE}", component(FILTER, "all", destinationArn=FOREIGN)),
        fails("a destination", f"targetArn {NOT_INSIDE}", component(DESTINATION, "all", targetArn=FOREIGN)),
        fails(
            "a delivery",
            f"destinationResourceArn {NOT_INSIDE}",
            component(DELIVERY, "all", deliveryDestinationConfiguration={"destinationResourceArn": FOREIGN}),
        ),
        absent("nothing is sent anywhere", None, flow_log(logDestination=ABSENT)),
        unknown("whose it is cannot be said", "logDestination is not known", flow_log()),
        unknown(
            "a target of the stack, known by URN", None, log_group(), taken(query_log(), destinationArn=log_group())
        ),
    ],
}
