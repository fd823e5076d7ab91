"""The API `/api/v1`, for a host's own systems: JSON over HTTP, described by its own OpenAPI document."""
