import react from "@vitejs/plugin-react";
import {resolve} from "node:path";
import {defineConfig} from "vite";

/** `npm run gallery`: every example of test/gallery on one page, the ones that the snapshot tests draw. */
export default defineConfig({
  root: resolve(import.meta.dirname, "test/gallery"),
  base: "./",
  publicDir: false,
  plugins: [react()],
  resolve: {alias: {gallery: resolve(import.meta.dirname, "test/gallery/registry.ts")}},
  build: {
    outDir: resolve(import.meta.dirname, "dist-gallery"),
    emptyOutDir: true,
    reportCompressedSize: false
  }
});
