"""Cases of the rules about models, jobs, domains and profiles."""

from __future__ import annotations

from tests.policy_pack.baselines import (
    CLOSED,
    domain,
    model,
    monitoring_schedule,
    notebook,
    profile,
    role,
    training_job,
    tuning_job,
)
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, taken, unknown

HALF = {"subnets": ["subnet-1"]}
ROLE, OTHER = role(), role("bob-notebook-role", name="ml-dev-bob-notebook", path="/tenants/bob/")
ARN = "arn:aws:iam::111122223333:role/tenants/alice/ml-dev-alice-notebook"
FOREIGN = "arn:aws:iam::111122223333:role/elsewhere"
NAMED_BY_AWS = role("minted", name=UNKNOWN, arn=FOREIGN)
ALICE = taken(profile(), userSettings=ROLE)
BOB = profile("bob-profile")
STUDIO = taken(domain(), defaultUserSettings=ROLE)


def schedule_with(**config: object) -> Case:
    """A schedule whose configuration is replaced."""
    return passes("it names a definition that is judged itself", monitoring_schedule(monitoringScheduleConfig=config))


CASES: dict[str, list[Case]] = {
    "sagemaker-model-lies-in-vpc": [
        passes("a model in the network", model()),
        passes("a training job in the network", training_job()),
        passes("a tuning job, all definitions in the network", tuning_job()),
        passes(
            "a tuning job with one definition",
            tuning_job(trainingJobDefinitions=ABSENT, trainingJobDefinition={"vpcConfig": CLOSED}),
        ),
        passes("a monitoring schedule in the network", monitoring_schedule()),
        schedule_with(monitoringJobDefinitionName="alice--quality"),
        passes("a notebook is another rule's", notebook(subnetId=ABSENT)),
        fails("a model without groups", "vpcConfig.securityGroupIds is absent", model(vpcConfig=HALF)),
        fails(
            "a model with no subnet in the list",
            "vpcConfig.subnets is absent",
            model(vpcConfig={**CLOSED, "subnets": []}),
        ),
        fails(
            "one definition of several outside",
            "vpcConfig.subnets is absent",
            tuning_job(trainingJobDefinitions=[{"vpcConfig": CLOSED}, {}]),
        ),
        fails(
            "a schedule whose job lies outside",
            "networkConfig.vpcConfig.subnets is absent",
            monitoring_schedule(monitoringScheduleConfig={"monitoringJobDefinition": {}}),
        ),
        absent("a model without the block", "vpcConfig.subnets is absent", model(vpcConfig=ABSENT)),
        absent("a training job without the block", "vpcConfig.subnets is absent", training_job(vpcConfig=ABSENT)),
        absent(
            "a tuning job without definitions",
            "trainingJobDefinition.vpcConfig",
            tuning_job(trainingJobDefinitions=ABSENT),
        ),
        unknown("the ids are outputs", None, model(vpcConfig={"subnets": UNKNOWN, "securityGroupIds": UNKNOWN})),
    ],
    "sagemaker-domain-is-vpc-only": [
        passes("all traffic inside", domain()),
        fails("public", "another value", domain(appNetworkAccessType="PublicInternetOnly")),
        absent(
            "AWS takes the public one", "is absent: AWS takes PublicInternetOnly", domain(appNetworkAccessType=ABSENT)
        ),
        unknown("it must be known", "is not known", domain(appNetworkAccessType=UNKNOWN)),
    ],
    "sagemaker-profile-has-own-role": [
        passes(
            "roles of another stack, written as text",
            profile(userSettings={"executionRole": FOREIGN}),
            profile("bob-profile", userSettings={"executionRole": f"{FOREIGN}-2"}),
        ),
        fails(
            "two share a role of another stack",
            "also the role of",
            profile(userSettings={"executionRole": FOREIGN}),
            profile("bob-profile", userSettings={"executionRole": FOREIGN}),
        ),
        fails(
            "the default role of the spaces",
            "the default role of the domain studio",
            ROLE,
            taken(
                domain(defaultUserSettings=ABSENT, defaultSpaceSettings={"executionRole": UNKNOWN}),
                defaultSpaceSettings=ROLE,
            ),
            ALICE,
        ),
        fails(
            "the ARN that AWS gave",
            "also the role of",
            NAMED_BY_AWS,
            taken(profile(), userSettings=NAMED_BY_AWS),
            profile("bob-profile", userSettings={"executionRole": FOREIGN}),
        ),
        passes("each its own", ROLE, OTHER, ALICE, taken(BOB, userSettings=OTHER)),
        passes("its own, written as text", ROLE, OTHER, STUDIO, taken(BOB, userSettings=OTHER)),
        fails(
            "two profiles share one",
            "also the role of the profile alice-profile",
            ROLE,
            ALICE,
            taken(BOB, userSettings=ROLE),
        ),
        fails(
            "one of them names it as text",
            "also the role of",
            ROLE,
            ALICE,
            profile("bob-profile", userSettings={"executionRole": ARN}),
        ),
        fails(
            "the domain's default role",
            "the default role of the domain studio",
            ROLE,
            STUDIO,
            taken(BOB, userSettings=ROLE),
        ),
        absent(
            "the domain's role is inherited", "userSettings.executionRole is absent", ROLE, profile(userSettings={})
        ),
        absent("no settings at all", "userSettings.executionRole is absent", ROLE, profile(userSettings=ABSENT)),
        unknown("of this stack, recognised by URN", None, ROLE, ALICE),
        unknown("whose role it is cannot be said", "userSettings.executionRole is not known", ROLE, profile()),
        unknown("one of two roles", "is not known", ROLE, OTHER, taken(profile(), userSettings=(ROLE, OTHER))),
    ],
}
