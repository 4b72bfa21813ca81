"""The account as the claims see it, as a file that `python -m iamproof` reads: for questions that no claim asks.

Where the environment variable ACCOUNT_REPORT names an absolute path, each run writes there, ``preview`` or ``update``
put before the suffix. Beside the identities of the stack stand the deployers and one more user, each as if it held
every right, and strangers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import report_file
from asking import administrators_of, anyone_of_the_account

import iamproof

if TYPE_CHECKING:
    from environment import StackPolicies

VARIABLE = "ACCOUNT_REPORT"


def write(stack: StackPolicies) -> None:
    """Write the account where the environment says so; whole or not at all.

    Raises OSError where the file cannot be written.
    """
    place = report_file.place(VARIABLE)
    if place is not None:
        account = stack.whole_account((*administrators_of(stack), anyone_of_the_account(stack)))
        report_file.write(place, iamproof.account_to_dict(account))
