// Make src/ecograph/views/page/page.js from src/: one script, the same bytes from the same lock file.
// `node build.mjs --check` only tells whether the committed one is that.

import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const target = new URL("../src/ecograph/views/page/page.js", import.meta.url);
const { outputFiles } = await build({
  absWorkingDir: new URL(".", import.meta.url).pathname,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "inline",
  write: false,
});
// A closing tag in a string would end the page's script element; the address of a source map would be asked for.
const script = outputFiles[0].text.replace(/<\/(script)/gi, "<\\/$1").replace(/<!--/g, "<\\!--").replace(/^\/\/# sourceMappingURL.*$/gm, "");
if (!process.argv.includes("--check")) writeFileSync(target, script);
else if (readFileSync(target, "utf-8") !== script) {
  console.error("page.js is not what web/src makes: run npm run build in web/ and commit it");
  process.exit(1);
}
