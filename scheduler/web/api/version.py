"""Which version of the API this is, and where it lies."""

VERSION = "1.0.0"
PREFIX = "/api/v1"
VERSION_HEADER = "API-Version"
