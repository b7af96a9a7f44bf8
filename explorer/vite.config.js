import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

/** Leaves each file compressed alone: so it is embedded, and so most clients take it. */
const compressed = {
  name: 'compressed',
  closeBundle() {
    for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      rmSync(file);
    }
  },
};

export default defineConfig({
  base: '/graphiql/',
  plugins: [compressed],
  worker: { format: 'es' },
  // Everything is a file of its own, from the hub's own address: the page's policy lets nothing else in.
  build: { outDir: 'dist', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 10000, reportCompressedSize: false },
});
