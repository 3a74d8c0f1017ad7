import { runOrg, step } from './run-org.ts';

/**
 * Works through the jobs of an org in a process of its own and says on stdout after each that it is done: what `runs.ts` kills half-way.
 * Argument: the org folder.
 */
const folder = process.argv[2];
if (folder === undefined) throw new Error('run-child.ts needs the org folder');
const org = runOrg(folder);
while (step(org)) process.stdout.write('.');
org.close();
