"""The refusals of the Bot API: a status, a description, and sometimes parameters that tell what to do about it."""

from typing import Any


class ApiError(Exception):
    """A call is refused; ``as_json`` is the body of the answer."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The answer's body, in the Bot API's form."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str) -> ApiError:
    """400: the call itself is wrong."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """403: the bot may not do this, whatever the call says."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """409: two ways of receiving updates at once."""
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> ApiError:
    """429: wait ``seconds`` before the next call."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


class NotPossible(Exception):
    """Something that no person could do in Telegram was asked of the people's side (a button that is not there)."""
