import type { CodegenConfig } from "@graphql-codegen/cli";

// The types of the map's questions, from the printed schema: map/generated.ts is committed, so that building needs no generator; a test compares.
export default {
  schema: "../../schema/schema.graphql",
  documents: "map/api.graphql",
  generates: {
    "map/generated.ts": {
      plugins: [{ add: { content: "// Made by `npm run types` of api.graphql and the schema." } }, "typescript-operations", "typed-document-node"],
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        onlyOperationTypes: true,
        skipTypename: true,
        disableDescriptions: true,
        useTypeImports: true,
        dedupeFragments: true,
        inlineFragmentTypes: "inline",
        mergeFragmentTypes: true,
        defaultScalarType: "string",
      },
    },
  },
} satisfies CodegenConfig;
