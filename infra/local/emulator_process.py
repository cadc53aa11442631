"""The AWS emulator as a process of its own, with two of its answers put right.

Loopback counts as TLS. Our bucket and queue policies refuse every request that does not come over TLS, as they must on
AWS. The emulator speaks plain HTTP on 127.0.0.1 and evaluates those policies truly, so it would refuse everything.
Instead of taking the statements out of the deployed stack, the one fact they ask for is answered: here, and nowhere
else, a request over loopback is secure. All other conditions are evaluated as they stand.

GetParameters is about its parameters. The emulator knows no resource for that call and asks the role about `*`, which
no role of ours allows. Here it asks about the first parameter that is named, so that a function which reads another
function's secret is refused, as on AWS.
"""

import contextvars
import json

from ministack.core import iam_actions, iam_evaluator

iam_evaluator._request_origin = contextvars.ContextVar("request_origin", default=("127.0.0.1", True))
iam_evaluator.pin_request_origin = lambda address, _secure: iam_evaluator._request_origin.set((address, True))

_extract_resource_arn = iam_actions.extract_resource_arn


def _resource_arn(service, method, path, headers, body, query_params, region, account_id):
    if service == "ssm" and headers.get("x-amz-target", "").endswith(".GetParameters"):
        name = json.loads(body)["Names"][0]
        return f"arn:aws:ssm:{region}:{account_id}:parameter/{name.lstrip('/')}"
    return _extract_resource_arn(service, method, path, headers, body, query_params, region, account_id)


iam_actions.extract_resource_arn = _resource_arn

from ministack.app import main  # noqa: E402  (the application binds the names above when it is imported)

if __name__ == "__main__":
    main()
