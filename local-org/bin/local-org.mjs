#!/usr/bin/env node
/** The `local-org` command: finds a suitable Node and hands over to `src/cli/main.ts`. */
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runTypeScript } from './run-typescript.mjs';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
runTypeScript(main, process.argv.slice(2));
