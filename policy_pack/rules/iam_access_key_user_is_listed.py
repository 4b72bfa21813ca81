"""What the program makes of a credential ends in the state file, and whoever reads the state becomes the user.

Keys, Git passwords, SSH keys and certificates are made by the person, in person; the seed of a second factor beside the
password makes one factor of two. Only what is encrypted to the person's own key may pass through the state.

Source: IAM User Guide, "Security best practices in IAM"; Pulumi registry, aws.iam.AccessKey, aws.iam.UserLoginProfile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks import must_be_given, must_be_on
from rule import Kind, Rule, Severity, Undecided, Violation, texts

if TYPE_CHECKING:
    from resources import Resource
    from rule import Findings, Options

KEY = "aws:iam/accessKey:AccessKey"
SIGN_IN = "aws:iam/userLoginProfile:UserLoginProfile"
DEVICE = "aws:iam/virtualMfaDevice:VirtualMfaDevice"
SERVER = "aws:iam/serverCertificate:ServerCertificate"
USERS = {
    KEY: "user",
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": "userName",
    "aws:iam/sshKey:SshKey": "username",
    "aws:iam/signingCertificate:SigningCertificate": "userName",
}
IN_STATE = {
    DEVICE: "the program makes a second factor, whose seed is in the state",
    SERVER: "the program uploads a private key, which is in the state",
}


def validate(made: Resource, options: Options) -> Findings:
    """Yield a finding for a credential of a user that is not listed, and for a secret that reaches the state."""
    if made.type in IN_STATE:
        yield Violation(IN_STATE[made.type])
    if made.type in USERS:
        user = made.read(USERS[made.type])
        if user.unknown:
            yield Undecided(user)
        elif user.value not in options.texts("allowedUsers"):
            yield Violation(f"{USERS[made.type]} names nobody who is listed, and the program makes the credential")
    if made.type in (KEY, SIGN_IN):
        yield from must_be_given(made, "pgpKey", absent="the secret is in the state in clear")
    if made.type == SIGN_IN:
        yield from must_be_on(made, "passwordResetRequired", absent="the first password stays valid")


RULE = Rule(
    id="iam-access-key-user-is-listed",
    title="Credentials are made by their owners, not by the program",
    kind=Kind.RESOURCE,
    types=(*USERS, SIGN_IN, DEVICE, SERVER),
    paths=(
        "AccessKey:user",
        "AccessKey:pgpKey",
        "ServiceSpecificCredential:userName",
        "SshKey:username",
        "SigningCertificate:userName",
        "UserLoginProfile:pgpKey",
        "UserLoginProfile:passwordResetRequired",
    ),
    severity=Severity.HIGH,
    remediation="Let the person make the credential, or list the user with a reason and encrypt to the person's key.",
    url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    options={"allowedUsers": texts()},
    aliases=(
        "iam-access-key-secret-is-encrypted",
        "iam-login-profile-password-is-encrypted",
        "iam-git-credential-user-is-listed",
        "iam-mfa-device-is-not-in-state",
    ),
    seed=("S0", "S4"),
    mirrored_by=("IAM deny", "SCP", "runtime audit"),
    validate=validate,
)
