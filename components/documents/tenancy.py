"""Denies that keep tenants apart: what belongs to whom, and that nobody changes it.

Ownership is the tag ``user``, given at creation and frozen. Tag conditions ignore the letter case of the key, so
other spellings are refused. A negated comparison holds where the resource or the caller has no tag (promise P5).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from components.documents.model import ANYTHING, Effect, PolicyDocument, Statement, all_of, document, when
from components.documents.operations import Control, judged_by_name_alone, under
from components.documents.scope import OWN_USER

if TYPE_CHECKING:
    from components.documents.model import Conditions
    from components.documents.scope import Scope

OWNER_KEY = "user"

# Operations that judge no single resource, or a new one: their own statements bound them.
WITHOUT_AN_OWNER_YET = (*under(Control.OWNER_ON_CREATE), "sagemaker:AddTags", "sagemaker:List*", "sagemaker:Search")


def tenancy(scope: Scope) -> PolicyDocument:
    """Return the document: everything a tenant makes is its own, and nothing else is touched."""
    return document(
        principal_must_be_tagged(),
        create_must_carry_own_tag(),
        no_lookalike_tag_key(),
        owner_key_exact(),
        only_own_resources(scope),
        only_own_endpoint_config(scope),
        inference_component_on_own_endpoint(scope),
        user_tag_is_frozen(),
        tag_keys_are_named(),
        no_tagging_of_foreign(),
        no_tag_editor_or_identity_tagging(),
        search_own_only(),
        own_model_name(scope),
        only_own_packages(scope),
        package_in_own_group(scope),
    )


def lookalikes(key: str) -> tuple[str, ...]:
    """Return every other spelling of `key` in small and capital letters, sorted."""
    spellings = {"".join(letters) for letters in product(*((letter.lower(), letter.upper()) for letter in key))}
    return tuple(sorted(spellings - {key}))


def not_own(key: str) -> Conditions:
    """Return the condition that the owner under `key` is missing or another, or that the caller has no owner tag."""
    return when("StringNotEquals", key, OWN_USER)


def after_creation() -> Conditions:
    """Return the condition that tags are changed by themselves: only the tagging part of a creation has the key."""
    return when("Null", "sagemaker:TaggingAction", "true")


def principal_must_be_tagged() -> Statement:
    """Deny all work to a principal without an owner: its variables would resolve to nothing."""
    return Statement(
        sid="PrincipalMustBeTagged",
        effect=Effect.DENY,
        actions=("sagemaker:*", "s3:*", "kms:*", "logs:*", "iam:PassRole"),
        resources=ANYTHING,
        conditions=when("Null", "aws:PrincipalTag/user", "true"),
    )


def create_must_carry_own_tag() -> Statement:
    """Deny creating something without an owner or for another: it could not be told apart afterwards."""
    return Statement(
        sid="CreateMustCarryOwnTag",
        effect=Effect.DENY,
        actions=under(Control.OWNER_ON_CREATE),
        resources=ANYTHING,
        conditions=not_own("aws:RequestTag/user"),
    )


def no_lookalike_tag_key() -> Statement:
    """Deny the other spellings of the owner key: a second one would answer for the first in a condition."""
    return Statement(
        sid="NoLookalikeTagKey",
        effect=Effect.DENY,
        actions=("sagemaker:*",),
        resources=ANYTHING,
        conditions=when("ForAnyValue:StringEquals", "aws:TagKeys", *lookalikes(OWNER_KEY)),
    )


def owner_key_exact() -> Statement:
    """Deny creation unless one tag key is exactly the owner's; an empty or missing list of keys is refused, too."""
    return Statement(
        sid="OwnerKeyExact",
        effect=Effect.DENY,
        actions=under(Control.OWNER_ON_CREATE),
        resources=ANYTHING,
        conditions=when("ForAllValues:StringNotEquals", "aws:TagKeys", OWNER_KEY),
    )


def only_own_resources(scope: Scope) -> Statement:
    """Deny every other action on what is untagged or another's; lists and searches know no single resource."""
    return Statement(
        sid="OnlyOwnResources",
        effect=Effect.DENY,
        not_actions=(*WITHOUT_AN_OWNER_YET, *judged_by_name_alone()),
        resources=(scope.naming.sagemaker_arn("*/*"),),
        conditions=not_own("aws:ResourceTag/user"),
    )


def only_own_endpoint_config(scope: Scope) -> Statement:
    """Deny deploying another's configuration: the creation itself is free of `OnlyOwnResources`."""
    return Statement(
        sid="OnlyOwnEndpointConfig",
        effect=Effect.DENY,
        actions=under(Control.OWN_CONFIG),
        resources=scope.sagemaker_arns("endpoint-config"),
        conditions=not_own("aws:ResourceTag/user"),
    )


def inference_component_on_own_endpoint(scope: Scope) -> Statement:
    """Deny placing a model on another's endpoint: the creation itself is free of `OnlyOwnResources`."""
    return Statement(
        sid="InferenceComponentOnOwnEndpoint",
        effect=Effect.DENY,
        actions=under(Control.OWN_ENDPOINT),
        resources=scope.sagemaker_arns("endpoint"),
        conditions=not_own("aws:ResourceTag/user"),
    )


def user_tag_is_frozen() -> Statement:
    """Deny changing the owner after creation, in any spelling. A creation needs its own AddTags, so that stays."""
    return Statement(
        sid="UserTagIsFrozen",
        effect=Effect.DENY,
        actions=under(Control.FROZEN_OWNER),
        resources=ANYTHING,
        conditions=all_of(when("ForAnyValue:StringEqualsIgnoreCase", "aws:TagKeys", OWNER_KEY), after_creation()),
    )


def tag_keys_are_named() -> Statement:
    """Deny tagging that does not say its keys: `UserTagIsFrozen` compares keys and would see none."""
    return Statement(
        sid="TagKeysAreNamed",
        effect=Effect.DENY,
        actions=under(Control.FROZEN_OWNER),
        resources=ANYTHING,
        conditions=all_of(when("Null", "aws:TagKeys", "true"), after_creation()),
    )


def no_tagging_of_foreign() -> Statement:
    """Deny tagging what is untagged or another's: claiming it would be one AddTags away."""
    return Statement(
        sid="NoTaggingOfForeign",
        effect=Effect.DENY,
        actions=under(Control.FROZEN_OWNER),
        resources=ANYTHING,
        conditions=all_of(not_own("aws:ResourceTag/user"), after_creation()),
    )


def no_tag_editor_or_identity_tagging() -> Statement:
    """Deny the other ways to a tag: the tag editor, tags of roles and users, tags of a session."""
    return Statement(
        sid="NoTagEditorOrIdentityTagging",
        effect=Effect.DENY,
        actions=("tag:TagResources", "tag:UntagResources", "iam:Tag*", "iam:Untag*", "sts:TagSession"),
        resources=ANYTHING,
    )


def search_own_only() -> Statement:
    """Deny searches that do not filter for the own things; the key is missing where no filter is set."""
    return Statement(
        sid="SearchOwnOnly",
        effect=Effect.DENY,
        actions=under(Control.OWN_SEARCH),
        resources=ANYTHING,
        conditions=not_own("sagemaker:SearchVisibilityCondition/Tags.user/EqualsIfExists"),
    )


def own_model_name(scope: Scope) -> Statement:
    """Deny models that do not carry the owner in their name: `OnlyOwnModel` can judge only the name."""
    return Statement(
        sid="OwnModelName",
        effect=Effect.DENY,
        actions=under(Control.OWN_MODEL_NAME),
        not_resources=(scope.own_models_arn(),),
    )


def only_own_packages(scope: Scope) -> Statement:
    """Deny packages and groups under another's name, and packages outside a group: packages in one carry no tags."""
    return Statement(
        sid="OnlyOwnPackages",
        effect=Effect.DENY,
        actions=under(Control.OWN_PACKAGE_NAME),
        not_resources=scope.own_packages_arns(),
    )


def package_in_own_group(scope: Scope) -> Statement:
    """Deny registering in a group that is untagged or another's, whatever its name says."""
    return Statement(
        sid="PackageInOwnGroup",
        effect=Effect.DENY,
        actions=under(Control.OWN_GROUP),
        resources=scope.sagemaker_arns("model-package-group"),
        conditions=not_own("aws:ResourceTag/user"),
    )
