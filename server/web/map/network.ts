/** Force-directed layout of a neighbourhood, loaded when it is needed. */

import cytoscape, { type Core, type EdgeSingular, type LayoutOptions } from "cytoscape";
import fcose from "cytoscape-fcose";
import type { Point } from "./state.js";

cytoscape.use(fcose);

/** Arrange all nodes; pinned ones stay where they are. Begins from where they stand, so that the same map comes out the same. */
export function arrangeNetwork(cy: Core, pinned: Readonly<Record<string, Point>>, still: boolean): Promise<void> {
  const fixed = Object.entries(pinned)
    .filter(([id]) => cy.getElementById(id).nonempty())
    .map(([nodeId, position]) => ({ nodeId, position: { ...position } }));
  const big = cy.nodes().length > 120;
  const options = {
    name: "fcose",
    quality: big ? "default" : "proof",
    randomize: false,
    animate: !still && !big,
    animationDuration: 500,
    fit: false,
    nodeDimensionsIncludeLabels: true,
    uniformNodeDimensions: false,
    packComponents: false,
    idealEdgeLength: (edge: EdgeSingular) => 140 + 9 * Math.min(edge.source().degree(false), edge.target().degree(false)),
    nodeRepulsion: 9000,
    nodeSeparation: 90,
    numIter: big ? 1200 : 2500,
    ...(fixed.length && { fixedNodeConstraint: fixed }),
  } as unknown as LayoutOptions;
  const layout = cy.layout(options);
  const stopped = new Promise<void>((resolve) => layout.one("layoutstop", () => resolve()));
  layout.run();
  return stopped;
}
