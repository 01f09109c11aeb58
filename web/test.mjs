// Run test/*.test.ts with Node's own runner: bundled first, since Node 20 reads no TypeScript.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "ecograph-page-"));
const names = readdirSync(new URL("test", import.meta.url)).filter((name) => name.endsWith(".test.ts"));
await build({ entryPoints: names.map((name) => `test/${name}`), bundle: true, platform: "node", format: "esm", outdir: folder, outExtension: { ".js": ".mjs" }, logLevel: "warning" });
const { status } = spawnSync(process.execPath, ["--test", ...names.map((name) => join(folder, name.replace(/\.ts$/, ".mjs")))], { stdio: "inherit" });
rmSync(folder, { recursive: true });
process.exit(status ?? 1);
