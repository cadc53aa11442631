"""The AWS emulator as a process of its own, taking loopback for TLS.

Our bucket and queue policies refuse every request that does not come over TLS, as they must on AWS. The emulator speaks
plain HTTP on 127.0.0.1 and evaluates those policies truly, so it would refuse everything. Instead of taking the
statements out of the deployed stack, the one fact they ask for is answered: here, and nowhere else, a request over
loopback counts as secure. All other conditions of the policies are evaluated as they stand.
"""

import contextvars

from ministack.core import iam_evaluator

iam_evaluator._request_origin = contextvars.ContextVar("request_origin", default=("127.0.0.1", True))
iam_evaluator.pin_request_origin = lambda address, _secure: iam_evaluator._request_origin.set((address, True))

from ministack.app import main  # noqa: E402  (the application binds the names above when it is imported)

if __name__ == "__main__":
    main()
