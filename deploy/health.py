"""Whether the bot in this container can take updates: exit status 0 or 1.

Behind a webhook its readiness is asked for. By polling there is nothing to ask: a bot that fails ends, and is restarted.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException


def main() -> int:
    """Ask the bot at the address that it listens on."""
    if not os.environ.get("IEC_TOGETHER_WEBHOOK_URL"):
        return 0
    _, _, port = os.environ.get("IEC_TOGETHER_WEBHOOK_LISTEN", "127.0.0.1:8080").rpartition(":")
    try:
        connection = HTTPConnection("127.0.0.1", int(port), timeout=4)
        connection.request("GET", "/readyz")
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main())
