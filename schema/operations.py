"""Which operation of a document is asked for."""

from __future__ import annotations

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType


def pick_operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation of that name, or the only one. Raises ``GraphQLError`` if it is none or not a query."""
    operations = {each.name.value if each.name else "": each for each in document.definitions if isinstance(each, OperationDefinitionNode)}
    picked = operations.get(name) if name else next(iter(operations.values())) if len(operations) == 1 else None
    if picked is None:
        there = f"It has {_listed(operations)}."
        asked = f"The document has no operation called {name[:80]!r}" if name else "The document doesn't say which operation is meant"
        raise GraphQLError(f"{asked}. {there}", extensions={"code": "OPERATION_RESOLUTION_FAILURE"})
    if picked.operation is not OperationType.QUERY:
        message = f"There are only queries here, and the operation is a {picked.operation.value}."
        raise GraphQLError(message, picked, extensions={"code": "GRAPHQL_VALIDATION_FAILED"})
    return picked


def _listed(names: dict[str, OperationDefinitionNode]) -> str:
    listed = [repr(name[:80]) if name else "one without a name" for name in names][:20]
    return f"{', '.join(listed)}; give one as operationName" if any(names) else "fragments only" if not names else listed[0]
