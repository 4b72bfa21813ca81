"""Denies on how a workload is set up: notebooks without root, endpoints on own models, jobs without a side door.

They are part of the network document: each closes a way around the platform's network that a placed workload keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, Statement, when
from components.documents.operations import Control, under

if TYPE_CHECKING:
    from components.documents.scope import Scope


def notebook_direct_internet() -> Statement:
    """Deny notebooks with SageMaker's own internet interface, which is the default when nothing is said."""
    return Statement(
        sid="NotebookDirectInternet",
        effect=Effect.DENY,
        actions=under(Control.NO_DIRECT_INTERNET),
        resources=ANYTHING,
        conditions=when("StringNotEqualsIfExists", "sagemaker:DirectInternetAccess", "Disabled"),
    )


def notebook_root_access() -> Statement:
    """Deny notebooks whose user is root: root may undo what the platform set up. The default is Enabled."""
    return Statement(
        sid="NotebookRootAccess",
        effect=Effect.DENY,
        actions=under(Control.NO_ROOT),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "sagemaker:RootAccess", "Disabled"),
    )


def notebook_metadata_version() -> Statement:
    """Deny notebooks that answer IMDSv1, from which a forged request reads the role's keys. The default is 1."""
    return Statement(
        sid="NotebookMetadataVersion",
        effect=Effect.DENY,
        actions=under(Control.METADATA_V2),
        resources=ANYTHING,
        conditions=when("StringNotEquals", "sagemaker:MinimumInstanceMetadataServiceVersion", "2"),
    )


def notebook_root_update() -> Statement:
    """Deny switching root on later. An update has no default: where the key is missing, nothing changes."""
    return Statement(
        sid="NotebookRootUpdate",
        effect=Effect.DENY,
        actions=under(Control.NO_ROOT_LATER),
        resources=ANYTHING,
        conditions=when("StringEquals", "sagemaker:RootAccess", "Enabled"),
    )


def notebook_metadata_update() -> Statement:
    """Deny going back to IMDSv1. An update has no default: where the key is missing, nothing changes."""
    return Statement(
        sid="NotebookMetadataUpdate",
        effect=Effect.DENY,
        actions=under(Control.METADATA_V2_LATER),
        resources=ANYTHING,
        conditions=when("StringEquals", "sagemaker:MinimumInstanceMetadataServiceVersion", "1"),
    )


def notebook_lifecycle_config(scope: Scope) -> Statement:
    """Deny lifecycle configurations that are not the platform's: their scripts run as root.

    Where the key is missing no script is named. The key is newer than the installed authorization data, and whether
    every Region fills it in is open [LIVE]; tenants cannot make such configurations either way (`UnknownTypes`).
    """
    return Statement(
        sid="NotebookLifecycleConfig",
        effect=Effect.DENY,
        actions=under(Control.PLATFORM_SCRIPT),
        resources=ANYTHING,
        conditions=when(
            "ForAnyValue:ArnNotEquals",
            "sagemaker:NotebookInstanceLifecycleConfigArns",
            scope.naming.lifecycle_configuration_arn(),
        ),
    )


def endpoint_config_serverless() -> Statement:
    """Deny serverless variants: they know neither VPC nor isolation. The key is present only for them."""
    return Statement(
        sid="EndpointConfigServerless",
        effect=Effect.DENY,
        actions=under(Control.NO_SERVERLESS),
        resources=ANYTHING,
        conditions=when("Null", "sagemaker:ServerlessMemorySize", "false"),
    )


def endpoint_config_serverless_concurrency() -> Statement:
    """Deny serverless variants told by their other parameter: one of the two keys alone must be enough."""
    return Statement(
        sid="EndpointConfigServerlessConcurrency",
        effect=Effect.DENY,
        actions=under(Control.NO_SERVERLESS),
        resources=ANYTHING,
        conditions=when("Null", "sagemaker:ServerlessMaxConcurrency", "false"),
    )


def only_own_model(scope: Scope) -> Statement:
    """Deny deploying or transforming with a model that is another's, or with none: the network comes from the model.

    Holds where the key is missing. Whether the key is filled in for a configuration with a model is open [LIVE].
    """
    return Statement(
        sid="OnlyOwnModel",
        effect=Effect.DENY,
        actions=under(Control.OWN_MODEL),
        resources=ANYTHING,
        conditions=when("ArnNotLike", "sagemaker:ModelArn", scope.own_models_arn()),
    )


def only_own_model_in_every_variant(scope: Scope) -> Statement:
    """Deny a foreign model beside an own one: a configuration has variants, so the key may hold several [LIVE]."""
    return Statement(
        sid="OnlyOwnModelInEveryVariant",
        effect=Effect.DENY,
        actions=under(Control.OWN_MODEL),
        resources=ANYTHING,
        conditions=when("ForAnyValue:ArnNotLike", "sagemaker:ModelArn", scope.own_models_arn()),
    )


def remote_debug() -> Statement:
    """Deny shells into training containers; the structure is optional and off where the key is missing."""
    return Statement(
        sid="RemoteDebug",
        effect=Effect.DENY,
        actions=under(Control.NO_REMOTE_DEBUG),
        resources=ANYTHING,
        conditions=when("Bool", "sagemaker:EnableRemoteDebug", "true"),
    )
