import graphql from "@graphql-eslint/eslint-plugin";

/** What has no identity: it is a part of what it is asked with, and can't be asked for again. */
const values = [
  "Amount", "Answer", "Broker", "Coincidence", "Dataset", "DatedPaths", "Fragility", "HeldTogether", "Hop", "Hub", "Interlock", "InterlockCount", "InterlockNetwork", "InterlockTie", "Interval", "LinkChange", "NoPath", "Origin", "PageInfo", "Relaxation",
  "SearchHit", "SharedDirector", "Subgraph", "Surprise", "TimelineEntry",
];

// The schema as graphql-eslint would have it, for any schema and for Relay. From the repository's top: --config server/web/eslint.config.js schema/schema.graphql
export default [
  {
    files: ["**/*.graphql"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: "schema/schema.graphql" } } },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,

      "@graphql-eslint/strict-id-in-types": ["error", { exceptions: { types: values, suffixes: ["Connection", "Edge"] } }],

      // A Party is the part that a party has in a matter: its fields are party and matter, as a BoardSeat has person and company.
      "@graphql-eslint/no-typename-prefix": "off",

      // Connections have nodes beside their edges, and short lists (claims, hops, aliases) are whole. Paths and the moments of a timeline are
      // computed for the question that is asked: an id that fetches them again without it can't be promised.
      "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
    },
  },
];
