// Two builds from one set-up: the browser's code (one entry for each page of the flow and each form, and the style sheet), and the
// program that prerenders every page. Nothing is inlined, because the CSP allows neither inline code nor inline style.
import { defineConfig } from "vite";

const ENTRIES = {
  send: "src/send/client.tsx",
  preview: "src/preview/client.tsx",
  order: "src/order/client.tsx",
  status: "src/status/client.tsx",
  contact: "src/contact/client.tsx",
  withdrawal: "src/withdrawal/client.tsx",
  data: "src/data/client.tsx",
  verify: "src/verify/client.tsx",
  style: "src/styles/main.css",
};

// What two pages share comes as one file: fewer requests for the first page, and none for the next one.
const ONE_SHARED_CHUNK = { codeSplitting: { groups: [{ name: "shared", minShareCount: 2 }] } };

export default defineConfig(({ isSsrBuild }) => ({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  ssr: { noExternal: true },
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    // Built beside the old site, which is replaced at the end in one step: a running stack never serves half a site.
    ...(isSsrBuild ? {} : { outDir: "dist.next" }),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    manifest: !isSsrBuild,
    copyPublicDir: !isSsrBuild,
    ...(isSsrBuild ? {} : { rollupOptions: { input: ENTRIES, output: ONE_SHARED_CHUNK } }),
  },
}));
