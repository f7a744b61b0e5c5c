/** Small answers from small literals. */

import type { Entity, Expansion, Path, Tie, Answer } from "../model.js";
import type { Status } from "../generated.js";

export function entity(id: string, kind: Entity["kind"] = "COMPANY"): Entity {
  return { id, slug: id, kind, name: id.toUpperCase(), description: null, degree: 1, interval: null };
}

export function tie(source: string, target: string, text = "", status: Status = "CONFIRMED", id = `${source}-${target}`): Tie {
  return {
    id,
    kind: "ASSOCIATION",
    label: "was tied to",
    inverseLabel: "was tied to",
    role: null,
    status,
    independentSources: 1,
    sentence: `${source} was tied to ${target}.`,
    interval: { text, observed: [] },
    source: entity(source),
    target: entity(target),
  };
}

export function path(...nodes: string[]): Path {
  const hops = nodes.slice(1).map((to, index) => {
    const from = nodes[index] ?? "";
    const between = tie(from, to);
    return { heldThen: null, from: entity(from), to: entity(to), relationship: { id: between.id }, parallel: [between] };
  });
  return {
    id: nodes.join("-"),
    length: hops.length,
    status: "CONFIRMED",
    sentence: "",
    independentSources: 1,
    heldTogether: { certainty: "POSSIBLE", interval: null },
    hops,
  };
}

export function answer(...paths: Path[]): Answer {
  const first = paths[0]?.hops[0]?.from ?? null;
  const last = paths[0]?.hops.at(-1)?.to ?? null;
  const found = { nodes: paths, complete: true, stoppedBy: "COMPLETE" as const, excludedByDefault: [], noPath: null, datasetVersion: "v" };
  return { from: first, to: last, understood: true, interpretation: "", sentence: "", found };
}

export function expansion(of: string, others: string[], total = others.length): Expansion {
  return { ...entity(of), relationships: { totalCount: total, nodes: others.map((other) => tie(of, other)) } };
}
