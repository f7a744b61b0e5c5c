"""Executes GraphQL documents by plans: what graphql-core works out anew for every value is worked out once for every document.

A plan is made of closures that read a value, complete it, and put it where the document wants it. Parsing, validation, the coercion of
variables and arguments, the collection of fields and the words of errors are graphql-core's and Strawberry's own, so that the answers are
those of the stock executor.
"""

from interlock.schema.execution.cancelled import Cancelled
from interlock.schema.execution.documents import MOST_TOKENS, Document, Documents
from interlock.schema.execution.executor import PlannedExecutor

__all__ = ["MOST_TOKENS", "Cancelled", "Document", "Documents", "PlannedExecutor"]
