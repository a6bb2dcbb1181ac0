"""The OpenAPI document: every answer in its envelope, every error in its shape.

An operation with the extension `x-file` gives a file, which is in no envelope.
"""

from typing import Any

ERROR = {
    "type": "object",
    "required": ["success", "error"],
    "properties": {
        "success": {"type": "boolean", "enum": [False]},
        "error": {
            "type": "object",
            "required": ["code", "message", "details"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "details": {"type": "object"},
            },
        },
    },
}


def put_into_envelopes(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """A postprocessing hook of drf-spectacular."""
    result.setdefault("components", {}).setdefault("schemas", {})["Error"] = ERROR
    refused = {
        "description": "Refused or failed.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status.startswith("2") and "content" in response and "x-file" not in operation:
                    _wrap(response)
            operation["responses"]["default"] = refused
    return result


def _wrap(response: dict[str, Any]) -> None:
    for content in response["content"].values():
        content["schema"] = {
            "type": "object",
            "required": ["success", "data"],
            "properties": {
                "success": {"type": "boolean", "enum": [True]},
                "message": {"type": "string"},
                "data": content["schema"],
            },
        }
