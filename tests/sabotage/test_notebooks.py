"""What makes a notebook closed, taken away one by one: wrong value and absent property alike."""

from __future__ import annotations

from typing import Any

import pytest

NOTEBOOK = "components/notebook.py"
INTERNET = '            direct_internet_access="Disabled",\n'
SUBNET = "            subnet_id=self._args.subnet_id,\n"
GROUPS = "            security_groups=list(self._args.security_group_ids),\n"
TAGS = "tags=tenant_tags(self._args.tenant, notebook_name)"
ROOT_ACCESS = '            root_access="Disabled",\n'
KEY = "            kms_key_id=self._args.key_arn,\n"
PLATFORM = "            platform_identifier=PLATFORM,\n"
LIFECYCLE = "            lifecycle_config_name=self._args.lifecycle_configuration_name,\n"
IMDS_VERSION = 'minimum_instance_metadata_service_version="2"'
IMDS = (
    "            instance_metadata_service_configuration=aws.sagemaker."
    "NotebookInstanceInstanceMetadataServiceConfigurationArgs(\n"
    f"                {IMDS_VERSION}\n            ),\n"
)

MISSION = {
    "direct internet access is enabled": (INTERNET, INTERNET.replace("Dis", "En"), "denies-direct-internet"),
    "direct internet access is absent": (INTERNET, "", "denies-direct-internet"),
    "the subnet is absent": (SUBNET, "", "lies-in-vpc"),
    "the security groups are absent": (GROUPS, "", "lies-in-vpc"),
}
OWNER = {
    "the owner's tag is absent": ('tags={"Name": notebook_name}', "tenant-resource-has-user-tag"),
    "the owner's tag is empty": ('tags=tenant_tags("", notebook_name)', "tenant-resource-has-user-tag"),
    "the owner is no declared tenant": (
        'tags=tenant_tags("mallory", notebook_name)',
        "tenant-user-tag-names-a-declared-tenant",
    ),
    "the owner is the platform": (
        'tags=tenant_tags("platform", notebook_name)',
        "tenant-user-tag-names-a-declared-tenant",
    ),
    "the owner's tag has a look-alike beside it": (
        'tags={**tenant_tags(self._args.tenant, notebook_name), "User": "bob"}',
        "tenant-tag-key-has-no-lookalike",
    ),
}
FURTHER = {
    "root access is enabled": (ROOT_ACCESS, ROOT_ACCESS.replace("Dis", "En"), "root-is-disabled"),
    "root access is absent": (ROOT_ACCESS, "", "root-is-disabled"),
    "the first metadata service is allowed": (IMDS_VERSION, IMDS_VERSION.replace("2", "1"), "requires-imdsv2"),
    "the metadata service is absent": (IMDS, "", "requires-imdsv2"),
    "the key of the volume is absent": (KEY, "", "uses-customer-key"),
    "the platform is absent": (PLATFORM, "", "platform-is-supported"),
    "the lifecycle configuration is absent": (LIFECYCLE, "", "has-lifecycle-config"),
}
# Enough for all day: the pack looks at what the program really hands over. The rest of the rows differ in rule alone.
ALL_DAY = {"direct internet access is absent", "the subnet is absent", "the owner's tag is absent"}


def listed(table: dict[str, Any]) -> list[Any]:
    """Return the rows of a table, most of them for `make verify`."""
    return [
        pytest.param(*row, id=name, marks=() if name in ALL_DAY else pytest.mark.verify) for name, row in table.items()
    ]


@pytest.mark.parametrize(("old", "new", "rule"), listed(MISSION))
def test_the_pack_refuses_a_notebook_with_a_way_out(old: str, new: str, rule: str, sabotage: Any) -> None:
    verdict = sabotage((NOTEBOOK, old, new))
    assert f"sagemaker-notebook-{rule}" in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.parametrize(("new", "rule"), listed(OWNER))
def test_the_pack_refuses_a_notebook_without_its_owner(new: str, rule: str, sabotage: Any) -> None:
    verdict = sabotage((NOTEBOOK, TAGS, new))
    assert rule in verdict.refusals()
    assert verdict.exit_code == 1


@pytest.mark.verify
@pytest.mark.parametrize(("old", "new", "rule"), FURTHER.values(), ids=FURTHER)
def test_the_pack_refuses_a_notebook_that_is_less_than_closed(old: str, new: str, rule: str, sabotage: Any) -> None:
    verdict = sabotage((NOTEBOOK, old, new))
    assert f"sagemaker-notebook-{rule}" in verdict.refusals()
    assert verdict.exit_code == 1
