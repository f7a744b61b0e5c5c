"""The Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), for OpenRefine and whoever else speaks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from interlock.graph import BadInput, Engine, EntityKind, QuestionError
from interlock.graph.narrate import sentence
from interlock.graph.properties import PROPERTIES
from interlock.graph.reconcile import reconcile
from interlock.seeds import vocab
from interlock.server import reconcile_json as wire
from interlock.server.graphql_request import RequestError
from interlock.server.templating import page

BATCH: Final = 50
"""Queries in a batch at most."""
MOST_IDS: Final = 1000
"""Entities whose properties are fetched at once, at most."""
MOST_BYTES: Final = 1 << 19
MOST_FIELDS: Final = 20
"""Bytes and fields that a form has at most; one of them is read."""
SUGGESTIONS: Final = 10
SHOWN: Final = 6
"""Relationships that a preview shows."""
PREVIEW: Final = {"width": 430, "height": 300}
"""Size of a preview in pixels."""
CONTENT_SECURITY_POLICY: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""A preview is shown within other pages, and does nothing there."""
_METHODS: Final = ("GET", "POST")
_FORM: Final = "application/x-www-form-urlencoded"
Endpoint = Callable[[Request], Any]


class Reconciliation:
    """The service about one graph; ``routes`` are its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def routes(self) -> list[Route]:
        """The service and what its manifest announces; whatever page calls, from wherever."""
        endpoints: dict[str, tuple[str, Endpoint]] = {
            "reconcile": ("", self.service),
            "reconcile_entity": ("/suggest/entity", self.suggest_entity),
            "reconcile_property": ("/suggest/property", self.suggest_property),
            "reconcile_type": ("/suggest/type", self.suggest_type),
            "reconcile_flyout": ("/flyout/{what}", self.flyout),
            "reconcile_proposal": ("/properties", self.propose),
            "reconcile_preview": ("/preview", self.preview),
        }
        return [Route(f"/reconcile{path}", _telling(endpoint), name=name, methods=_METHODS) for name, (path, endpoint) in endpoints.items()]

    async def service(self, request: Request) -> Response:
        """The manifest, or the answer to ``queries`` or ``extend``, in the query string or in a form."""
        given = await _given(request)
        if "queries" in given:
            return await run_in_threadpool(self._queries, given["queries"])
        if "extend" in given:
            return await run_in_threadpool(self._extend, given["extend"])
        if given or request.method == "POST":
            raise BadInput("Give queries or extend, each a JSON object; or nothing at all, for the manifest. There is CORS, but no JSONP.")
        return JSONResponse(self.manifest(request))

    def manifest(self, request: Request) -> wire.Json:
        """What the service can do, and where."""

        def url(name: str, **parts: str) -> str:
            return str(request.url_for(name, **parts))

        root = str(request.base_url).rstrip("/")

        def path(name: str) -> wire.Json:
            return {"service_url": root, "service_path": url(name).removeprefix(root)}

        def suggested(what: str) -> wire.Json:
            flyout = f"{url('reconcile_flyout', what=what).removeprefix(root)}?id=${{id}}"
            return {**path(f"reconcile_{what}"), "flyout_service_url": root, "flyout_service_path": flyout}

        return {
            "versions": ["0.2"],
            "name": "Interlock",
            "identifierSpace": self.engine.graph.columns.base,
            "schemaSpace": str(vocab.IL),
            "documentation": f"{root}/",
            "serviceVersion": version("interlock-graph"),
            "defaultTypes": [wire.type_json(kind) for kind in (EntityKind.COMPANY, EntityKind.PERSON, EntityKind.ORGANIZATION)],
            "view": {"url": f"{url('reconcile_preview')}?id={{{{id}}}}"},
            "preview": {"url": f"{url('reconcile_preview')}?id={{{{id}}}}", **PREVIEW},
            "suggest": {what: suggested(what) for what in ("entity", "property", "type")},
            "extend": {"propose_properties": path("reconcile_proposal"), "property_settings": list(wire.SETTINGS)},
            "batchSize": BATCH,
        }

    async def suggest_entity(self, request: Request) -> Response:
        """Entities whose names begin so, or are spelt like that; or the one of that id or identifier."""
        prefix, skipped = _prefix(request)
        return await run_in_threadpool(self._suggested, prefix, skipped)

    async def suggest_property(self, request: Request) -> Response:
        """Properties of which a word begins so."""
        prefix, skipped = _prefix(request)
        found = [each for each in PROPERTIES.values() if _begins(prefix, each.id, each.name)]
        return _page([wire.suggested_property(each) for each in found], skipped)

    async def suggest_type(self, request: Request) -> Response:
        """Kinds of entity of which a word begins so."""
        prefix, skipped = _prefix(request)
        return _page([wire.type_json(kind) for kind in EntityKind if _begins(prefix, wire.kind_name(kind), kind.value)], skipped)

    async def flyout(self, request: Request) -> Response:
        """What is shown beside a suggestion: a few words about an entity, a property or a type."""
        id = request.query_params.get("id", "")
        match request.path_params["what"]:
            case "entity" if id in self.engine.graph.entities:
                entity = self.engine.graph.entities[id]
                told = wire.flyout(id, entity.name, wire.kind_name(entity.kind), entity.description or "")
            case "property" if id in PROPERTIES:
                told = wire.flyout(id, PROPERTIES[id].name, "property", PROPERTIES[id].description)
            case "type" if id in EntityKind.__members__:
                told = wire.flyout(id, wire.kind_name(EntityKind(id)), "type")
            case what:
                raise RequestError(404, f"There is no {what[:40]} {id[:80]!r}.")
        return JSONResponse(told)

    async def propose(self, request: Request) -> Response:
        """The properties that entities of a type have."""
        type = request.query_params.get("type", "")
        limit = _count(request, "limit", len(PROPERTIES))
        kinds = {wire.kind_of(type)} if type else set(EntityKind)
        found = [{"id": each.id, "name": each.name} for each in PROPERTIES.values() if each.kinds & kinds]
        return JSONResponse({"type": type, "limit": limit, "properties": found[:limit]})

    async def preview(self, request: Request) -> Response:
        """A small page about an entity."""
        entity = self.engine.graph.entities.get(request.query_params.get("id", ""))
        ties = list(self.engine.graph.ties(entity.id)) if entity else []
        ties.sort(key=lambda tie: (tie.status.rank, -tie.independent_sources, tie.id))
        shown = {
            "entity": entity,
            "kind": wire.kind_name(entity.kind) if entity else "",
            "told": [(tie.status.value.lower(), sentence(self.engine.graph, tie)) for tie in ties[:SHOWN]],
            "more": max(0, len(ties) - SHOWN),
        }
        return page(request, "preview.html", shown, 200 if entity else 404, CONTENT_SECURITY_POLICY)

    def _queries(self, text: str) -> Response:
        batch = wire.parse(text, "queries")
        if len(batch) > BATCH:
            raise RequestError(413, f"There are {len(batch)} queries; at most {BATCH} are answered at once.")
        queries = {key: wire.read_query(key, read) for key, read in batch.items()}
        graph, names = self.engine.graph, self.engine.names
        return JSONResponse({
            key: {"result": [wire.candidate_json(each) for each in reconcile(graph, names, query)]} for key, query in queries.items()
        })  # fmt: skip

    def _extend(self, text: str) -> Response:
        return JSONResponse(wire.extension(self.engine.graph, wire.parse(text, "extend"), MOST_IDS))

    def _suggested(self, prefix: str, skipped: int) -> Response:
        names = self.engine.names
        named = names.identified(prefix)
        hits = [hit.entity for hit in self.engine.search(prefix, limit=skipped + SUGGESTIONS)]
        found = {each.id: each for each in ([named, *hits] if named else hits)}
        return _page([wire.suggested_entity(each) for each in found.values()], skipped)


def _telling(endpoint: Endpoint) -> Endpoint:
    """An endpoint that answers what is wrong with a request in JSON."""

    async def answer(request: Request) -> Response:
        try:
            answered: Response = await endpoint(request)
        except (QuestionError, RequestError) as error:
            body = {"status": "error", "code": error.code, "message": str(error)}
            return JSONResponse(body, error.status if isinstance(error, RequestError) else 400)
        return answered

    return answer


async def _given(request: Request) -> dict[str, str]:
    """The parameters of a link, or the fields of a form."""
    given = dict(request.query_params)
    if request.method != "POST":
        return given
    if request.headers.get("content-type", _FORM).partition(";")[0].strip().lower() != _FORM:
        raise BadInput(f"The form must be {_FORM}, with the field queries or extend.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise RequestError(413, f"The form has more than {MOST_BYTES} bytes. Send fewer queries at once.")
    return given | await run_in_threadpool(_fields, bytes(body))


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form."""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise BadInput(f"The form has more than {MOST_FIELDS} fields; one is read, queries or extend.") from None
    return {name: values[-1] for name, values in fields.items()}


def _prefix(request: Request) -> tuple[str, int]:
    """What was typed so far, and how many suggestions to skip."""
    return request.query_params.get("prefix", "").strip(), _count(request, "cursor", 0)


def _count(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name) or str(default)
    if not text.isdecimal() or len(text) > 5 or int(text) > 10_000:
        raise BadInput(f"{name} is {text[:40]!r}; it must be a whole number, at most 10000.")
    return int(text)


def _begins(prefix: str, *names: str) -> bool:
    wanted = prefix.casefold()
    return any(word.startswith(wanted) for name in names for word in (name.casefold(), *name.casefold().replace("_", " ").split()))


def _page(found: Sequence[wire.Json], skipped: int) -> Response:
    return JSONResponse({"result": list(found[skipped : skipped + SUGGESTIONS])})
