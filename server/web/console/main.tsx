/** The console at /graphql: GraphiQL with a tab for each of the examples. */

import "./nonce";

import { GraphiQL } from "graphiql";
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";

import "./console.css";

const examples = import.meta.glob<string>("./examples/*.graphql", { query: "?raw", import: "default", eager: true });
const endpoint = window.location.pathname;

/** The answer to one operation; errors in it are shown as the server tells them. */
async function ask(request: object, options?: { headers?: Record<string, unknown> }): Promise<never> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json",
      "content-type": "application/json",
      ...(options?.headers as Record<string, string> | undefined),
    },
    body: JSON.stringify(request),
  });
  return (await answer.json()) as never;
}

const tabs = Object.keys(examples)
  .sort()
  .map((path) => ({ query: examples[path] ?? "" }));

createRoot(document.getElementById("console")!).render(<GraphiQL fetcher={ask} defaultTabs={tabs} />);
