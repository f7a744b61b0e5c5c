import { defineConfig } from "vite";

// What Python looks up in the manifest (server/assets.py): a page's name, and the script that it begins with.
const entries = {
  console: "console/main.tsx",
  map: "map/main.ts",
};

export default defineConfig({
  base: "./", // beside the script that asks, wherever that is embedded
  build: {
    outDir: "../static/built",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    target: "es2023",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 6000, // Monaco, for the console only
    rolldownOptions: { input: entries },
  },
  worker: { format: "es" },
});
