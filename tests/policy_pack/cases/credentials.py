"""Cases of the rules about credentials: who makes them, for whom, and which providers may sign people in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.policy_pack.baselines import policy
from tests.policy_pack.document_baselines import ACCOUNT, STRANGER, allow, as_text, document, first_preview, identity
from tests.policy_pack.harness import ABSENT, UNKNOWN, Case, absent, component, fails, given, passes, unknown

if TYPE_CHECKING:
    from preview.pack_messages import PackResource

LISTED = {"allowedUsers": ["ann"]}
PGP = "keybase:ann"
OWN_USER = f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}"
PROVIDERS = {"allowedProviders": ["corporate", "token.example.com/main", "OutboundWebIdentityFederation"]}


def key(**changes: Any) -> PackResource:
    """A key of ann, encrypted to her."""
    return given("aws:iam/accessKey:AccessKey", "key", {"user": "ann", "pgpKey": PGP}, changes)


def password(**changes: Any) -> PackResource:
    """A first password of ann, encrypted to her."""
    baseline = {"user": "ann", "pgpKey": PGP, "passwordResetRequired": True}
    return given("aws:iam/userLoginProfile:UserLoginProfile", "password", baseline, changes)


def git_password(**changes: Any) -> PackResource:
    """A password for Git."""
    kind = "aws:iam/serviceSpecificCredential:ServiceSpecificCredential"
    return given(kind, "git", {"userName": "ann", "serviceName": "codecommit.amazonaws.com"}, changes)


def saml(**changes: Any) -> PackResource:
    """The company's provider."""
    return given("aws:iam/samlProvider:SamlProvider", "saml", {"name": "corporate"}, changes)


def openid(**changes: Any) -> PackResource:
    """A provider of tokens."""
    kind = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
    return given(kind, "openid", {"url": "https://token.example.com/main"}, changes)


def linked(**changes: Any) -> PackResource:
    """A role of a service."""
    kind = "aws:iam/serviceLinkedRole:ServiceLinkedRole"
    return given(kind, "linked", {"awsServiceName": "spot.amazonaws.com"}, changes)


def grants(**changes: Any) -> PackResource:
    """A policy by which people make their own keys, changed in one thing."""
    own = {"Sid": "ManageOwnKeys", "Action": ["iam:CreateAccessKey"], "Resource": [OWN_USER]}
    return identity(allow(**{**own, **changes}))


def ceiling(statement: dict[str, Any]) -> PackResource:
    """A boundary."""
    return policy(name="ml-dev-people-boundary", policy=as_text(document(statement)))


CASES: dict[str, list[Case]] = {
    "iam-access-key-user-is-listed": [
        passes("a listed user's, encrypted", key(), options=LISTED),
        fails("another user's", "user names nobody", key(user="ben"), options=LISTED),
        fails("nobody is listed", "user names nobody who is listed", key()),
        fails("in clear", "the secret is in the state in clear", key(pgpKey=""), options=LISTED),
        passes("a first password, encrypted, to be changed", password()),
        fails("a password that stays", "the first password stays valid", password(passwordResetRequired=ABSENT)),
        fails("a password that may stay", "passwordResetRequired has", password(passwordResetRequired=False)),
        fails("a password for Git", "userName names nobody", git_password()),
        passes("a listed user's for Git", git_password(), options=LISTED),
        fails("an SSH key", "username names nobody", component("aws:iam/sshKey:SshKey", "ssh", username="ann")),
        fails(
            "a certificate",
            "userName names nobody",
            component("aws:iam/signingCertificate:SigningCertificate", "signing", userName="ann"),
        ),
        fails(
            "a second factor, even a listed user's",
            "a second factor, whose seed is in the state",
            component("aws:iam/virtualMfaDevice:VirtualMfaDevice", "device", virtualMfaDeviceName="ann"),
            options=LISTED,
        ),
        fails(
            "a private key",
            "a private key, which is in the state",
            component("aws:iam/serverCertificate:ServerCertificate", "server", privateKey="x"),
        ),
        absent("a key in clear", "the secret is in the state in clear", key(pgpKey=ABSENT), options=LISTED),
        absent("a password in clear", "the secret is in the state in clear", password(pgpKey=ABSENT)),
        unknown("whose it is must be known", "user is not known", key(user=UNKNOWN), options=LISTED),
        unknown(
            "a reset that is not known", "passwordResetRequired is not known", password(passwordResetRequired=UNKNOWN)
        ),
        unknown("to whom it is encrypted may come later", None, key(pgpKey=UNKNOWN), options=LISTED),
    ],
    "iam-federation-provider-is-listed": [
        passes("a listed SAML provider", saml(), options=PROVIDERS),
        passes("a listed OpenID provider", openid(), options=PROVIDERS),
        fails("none is listed", "name is no listed provider", saml()),
        fails("another host", "url is no listed provider", openid(url="https://token.example.org"), options=PROVIDERS),
        fails("a host alone", "url is no listed", openid(url="https://token.example.com"), options=PROVIDERS),
        fails(
            "signing in elsewhere",
            "may sign in elsewhere",
            component("aws:iam/outboundWebIdentityFederation:OutboundWebIdentityFederation", "out"),
        ),
        passes(
            "signing in elsewhere, listed",
            component("aws:iam/outboundWebIdentityFederation:OutboundWebIdentityFederation", "out"),
            options=PROVIDERS,
        ),
        absent("no name", "name is no listed provider", saml(name=ABSENT), options=PROVIDERS),
        unknown("it must be known", "url is not known", openid(url=UNKNOWN), options=PROVIDERS),
    ],
    "iam-self-service-names-own-user": [
        passes("the own user", grants()),
        passes("the own user below a path", grants(Resource=[OWN_USER.replace("user/", "user/*/")])),
        passes("looking at and removing others' keys", grants(Action=["iam:DeleteAccessKey"], Resource="*")),
        passes("a first password", grants(Sid="FirstPassword", Action=["iam:CreateLoginProfile"], Resource="*")),
        fails("a key beside it", "allows iam:CreateAccessKey", grants(Sid="FirstPassword", Resource="*")),
        passes("a ceiling grants nothing", ceiling(allow(Action="iam:*", Resource="*"))),
        passes("a Deny", grants(Effect="Deny", Resource="*")),
        fails("any user", "allows iam:CreateAccessKey on others", grants(Resource="*")),
        fails("any user of the account", "on others", grants(Resource=[f"arn:aws:iam::{ACCOUNT}:user/*"])),
        fails("whose name begins like the own", "on others", grants(Resource=[f"{OWN_USER}*"])),
        fails("the own user and another", "on others", grants(Resource=[OWN_USER, OWN_USER.replace("$", "")])),
        fails("of another account", "on others", grants(Resource=[OWN_USER.replace(ACCOUNT, STRANGER)])),
        fails("first passwords", "allows iam:CreateLoginProfile", grants(Action="iam:*LoginProfile", Resource="*")),
        fails("all but one", "allows iam:", grants(Action=ABSENT, NotAction="iam:CreateUser", Resource="*")),
        fails("devices", "allows iam:DeactivateMFADevice", grants(Action="iam:DeactivateMFADevice", Resource="*")),
        absent("no resource", "on others", grants(Resource=ABSENT)),
        unknown("the plan is judged", "on others", *first_preview(grants(), allow(Action="iam:*", Resource="*"))),
    ],
    "iam-service-linked-role-is-listed": [
        passes("a listed service", linked(), options={"allowedServices": ["spot.amazonaws.com"]}),
        fails("none is listed", "awsServiceName is no listed service", linked()),
        absent("no service", "no listed service", linked(awsServiceName=ABSENT)),
        unknown("it must be known", "awsServiceName is not known", linked(awsServiceName=UNKNOWN)),
    ],
}
