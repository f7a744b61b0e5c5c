"""The public GraphQL schema over ``interlock.graph``."""

from interlock.schema.build import Schema, build_schema, print_schema
from interlock.schema.context import Context

__all__ = ["Context", "Schema", "build_schema", "print_schema"]
