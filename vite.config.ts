import react from "@vitejs/plugin-react";
import {defineConfig} from "vite";

/** WebAssembly threads need a cross-origin isolated page; scripts/server.js sends the same two. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp"
};

export default defineConfig({
  base: "./", // works in any folder of any web server
  plugins: [react()],
  worker: {format: "es"},
  server: {headers: isolation},
  preview: {headers: isolation},
  optimizeDeps: {exclude: ["onnxruntime-web"]}, // it finds its .wasm beside its own file
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: {polyfill: false},
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000
  }
});
