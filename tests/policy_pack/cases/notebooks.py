"""Cases of the rules about notebook instances."""

from __future__ import annotations

from tests.policy_pack.baselines import notebook
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, fails, passes, unknown

IMDS = "instanceMetadataServiceConfiguration"

CASES: dict[str, list[Case]] = {
    "sagemaker-notebook-denies-direct-internet": [
        passes("it is disabled", notebook()),
        fails("it is enabled", "another value", notebook(directInternetAccess="Enabled")),
        absent("AWS enables it", "is absent: AWS enables it", notebook(directInternetAccess=ABSENT)),
        absent("null counts as absent", "is absent: AWS enables it", notebook(directInternetAccess=None)),
        unknown("it must be known", "directInternetAccess is not known", notebook(directInternetAccess=UNKNOWN)),
    ],
    "sagemaker-notebook-lies-in-vpc": [
        fails("the list holds nothing", "securityGroups is absent or empty", notebook(securityGroups=[None, ""])),
        passes("subnet and groups are given", notebook(subnetId="subnet-1", securityGroups=["sg-1"])),
        fails("the list of groups is empty", "securityGroups is absent or empty", notebook(securityGroups=[])),
        fails("the subnet is an empty text", "subnetId is absent or empty", notebook(subnetId="")),
        absent("no subnet", "subnetId is absent or empty", notebook(subnetId=ABSENT)),
        absent("no group", "securityGroups is absent or empty", notebook(securityGroups=ABSENT)),
        unknown("the ids are outputs", None, notebook(subnetId=UNKNOWN, securityGroups=UNKNOWN)),
    ],
    "sagemaker-notebook-root-is-disabled": [
        passes("it is disabled", notebook()),
        fails("it is enabled", "another value", notebook(rootAccess="Enabled")),
        absent("AWS enables it", "rootAccess is absent", notebook(rootAccess=ABSENT)),
        unknown("it must be known", "rootAccess is not known", notebook(rootAccess=UNKNOWN)),
    ],
    "sagemaker-notebook-requires-imdsv2": [
        passes("version 2", notebook()),
        fails("version 1", "another value", notebook(**{IMDS: {"minimumInstanceMetadataServiceVersion": "1"}})),
        absent("the block is left out", "is absent", notebook(**{IMDS: ABSENT})),
        absent("the version is left out", "is absent", notebook(**{IMDS: {}})),
        unknown("it must be known", "is not known", notebook(**{IMDS: UNKNOWN})),
    ],
    "sagemaker-notebook-uses-customer-key": [
        passes("a key is named", notebook(kmsKeyId="1234abcd-12ab-34cd-56ef-1234567890ab")),
        fails("the key is an empty text", "kmsKeyId is absent or empty", notebook(kmsKeyId="")),
        absent("AWS takes its own key", "kmsKeyId is absent or empty", notebook(kmsKeyId=ABSENT)),
        unknown("the id is an output", None, notebook(kmsKeyId=UNKNOWN)),
    ],
    "sagemaker-notebook-platform-is-supported": [
        passes("the platform of the list", notebook()),
        passes(
            "a platform that the options list",
            notebook(platformIdentifier="notebook-al2-v3"),
            options={"allowedPlatforms": ["notebook-al2-v3"]},
        ),
        fails("an old platform", "another value", notebook(platformIdentifier="notebook-al1-v1")),
        fails("an empty list permits nothing", "another value", notebook(), options={"allowedPlatforms": []}),
        absent("the service chooses", "is absent", notebook(platformIdentifier=ABSENT)),
        unknown("it must be known", "is not known", notebook(platformIdentifier=UNKNOWN)),
    ],
    "sagemaker-notebook-has-lifecycle-config": [
        passes("the platform's script is named", notebook()),
        fails("the name is an empty text", "lifecycleConfigName is absent or empty", notebook(lifecycleConfigName="")),
        absent("it starts without the script", "lifecycleConfigName is absent", notebook(lifecycleConfigName=ABSENT)),
        unknown("the name is an output", None, notebook(lifecycleConfigName=UNKNOWN)),
    ],
}
