"""Cases of the rules about what runs: scripts, repositories, containers, and what keeps it from deletion."""

from __future__ import annotations

import base64
from dataclasses import replace

from tests.policy_pack.baselines import bucket, key, lifecycle, model, notebook
from tests.policy_pack.harness import (
    ABSENT,
    UNKNOWN,
    Case,
    PackOptions,
    PackResource,
    absent,
    component,
    fails,
    passes,
    unknown,
)

OUTSIDE = "https://github.com/somebody/code.git"
INSIDE = "https://git-codecommit.ap-northeast-1.amazonaws.com/v1/repos/code"
# Put together here, so that no scanner takes the text for a secret.
KEY_ID = "AKIA" + "Q" * 16
PRIVATE_KEY = "-----BEGIN RSA " + "PRIVATE KEY-----"
NOT_DEVELOPMENT: dict[str, list[str]] = {"developmentEnvironments": []}


def script(*lines: str) -> str:
    """Return a script as the service takes it."""
    return base64.b64encode("\n".join(("#!/bin/bash", *lines)).encode()).decode()


def repository(address: object) -> PackResource:
    """Return a code repository."""
    return component("aws:sagemaker/codeRepository:CodeRepository", "code", gitConfig={"repositoryUrl": address})


def variants(**groups: object) -> PackResource:
    """Return an endpoint configuration."""
    return component("aws:sagemaker/endpointConfiguration:EndpointConfiguration", "config", **groups)


def protected(resource: PackResource) -> PackResource:
    """Return the resource under the option protect."""
    return replace(resource, options=PackOptions(protect=True))


CASES: dict[str, list[Case]] = {
    "sagemaker-code-repository-is-internal": [
        passes("inside", repository(INSIDE)),
        passes("a repository by its name", notebook(defaultCodeRepository="code")),
        passes("a listed host", repository("https://git.inside/x"), options={"allowedHosts": ["git.inside"]}),
        fails("outside", "gitConfig.repositoryUrl lies on a host", repository(OUTSIDE)),
        fails("a notebook's", "defaultCodeRepository lies on a host", notebook(defaultCodeRepository=OUTSIDE)),
        fails(
            "one of several", "additionalCodeRepositories[1]", notebook(additionalCodeRepositories=[INSIDE, OUTSIDE])
        ),
        fails("without TLS", "lies on a host", repository(INSIDE.replace("https", "http"))),
        fails("by SSH", "lies on a host", notebook(defaultCodeRepository="git@github.com:somebody/code.git")),
        fails("the host in front", "lies on a host", repository(f"https://{INSIDE.split('/')[2]}@github.com/x")),
        fails("an empty list permits nothing", "lies on a host", repository(INSIDE), options={"allowedHosts": []}),
        absent("no repository", None, notebook()),
        unknown("an output", None, repository(UNKNOWN), deferred=("gitConfig.repositoryUrl",)),
        unknown("at the update it must be known", "is still not known", repository(UNKNOWN), update=True),
    ],
    "sagemaker-lifecycle-script-has-no-secret": [
        passes("the platform's script", lifecycle()),
        passes("what is read when it runs", lifecycle(onStart=script('TOKEN="$(read-it)"', "PASSWORD=$GIVEN"))),
        fails("an access key", "onStart holds what looks like a secret", lifecycle(onStart=script(f"id={KEY_ID}"))),
        fails("a private key", "looks like a secret", lifecycle(onStart=script(PRIVATE_KEY))),
        fails("a password", "looks like a secret", lifecycle(onCreate=script("PASSWORD='correct-horse'"))),
        fails("in an address", "looks like a secret", lifecycle(onStart=script("curl https://a:b-c-d@host/"))),
        fails("by a pattern of the options", "a secret", lifecycle(), options={"extraPatterns": ["bash"]}),
        fails("no base64", "is no base64 of a text", lifecycle(onStart="#!/bin/bash")),
        absent("no script", None, lifecycle(onStart=ABSENT)),
        unknown("an output", None, lifecycle(onStart=UNKNOWN), deferred=("onStart",)),
        unknown("at the update it must be known", "is still not known", lifecycle(onStart=UNKNOWN), update=True),
    ],
    "sagemaker-model-is-network-isolated": [
        passes("isolated", model()),
        passes("an exempt one", model(enableNetworkIsolation=False), options={"exemptNames": ["alice--model"]}),
        fails("not isolated", "has another value", model(enableNetworkIsolation=False)),
        absent("the default is off", "enableNetworkIsolation is absent", model(enableNetworkIsolation=ABSENT)),
        unknown("it must be known", "enableNetworkIsolation is not known", model(enableNetworkIsolation=UNKNOWN)),
    ],
    "sagemaker-endpoint-config-refuses-serverless": [
        passes("on instances", variants(productionVariants=[{"instanceType": "ml.m5.large"}])),
        fails("serverless", "productionVariants[0]", variants(productionVariants=[{"serverlessConfig": {"a": 1}}])),
        fails("a shadow", "shadowProd", variants(shadowProductionVariants=[{}, {"serverlessConfig": {"a": 1}}])),
        absent("no variants", None, variants()),
        unknown("it may turn out to be", "is given", variants(productionVariants=[{"serverlessConfig": UNKNOWN}])),
    ],
    "sagemaker-endpoint-variant-refuses-ssm": [
        passes("off", variants(productionVariants=[{"enableSsmAccess": False}])),
        fails(
            "on",
            "productionVariants[0].enableSsmAccess is on",
            variants(productionVariants=[{"enableSsmAccess": True}]),
        ),
        fails("a shadow", "shadowProd", variants(shadowProductionVariants=[{}, {"enableSsmAccess": True}])),
        absent("off by default", None, variants(productionVariants=[{"instanceType": "ml.m5.large"}])),
        unknown("it must be known", "is not known", variants(productionVariants=[{"enableSsmAccess": UNKNOWN}])),
    ],
    "pulumi-data-store-is-protected": [
        passes("in development", bucket()),
        passes("protected", protected(bucket()), options=NOT_DEVELOPMENT),
        fails("not protected", "the option protect is off", bucket(), options=NOT_DEVELOPMENT),
        fails("a key", "the option protect is off", key(), options=NOT_DEVELOPMENT),
        absent("off unless said", "the option protect is off", bucket(), options=NOT_DEVELOPMENT),
        unknown("no property decides", None, protected(bucket(bucket=UNKNOWN)), options=NOT_DEVELOPMENT),
    ],
}
