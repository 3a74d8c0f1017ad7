/** The steps that set the world of the isolation matrix up, and take it back. Each can be run again. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { castInApex, wholeCast } from './cast.ts';
import type { Cast } from './cast.ts';
import { readMatrix } from './matrix.ts';

/** Anonymous Apex, in a transaction of its own: Salesforce does not let users and records be written in one. */
export interface WorldStep {
  readonly name: string;
  readonly apex: string;
}

/** Sets up what is missing, for those who play; everybody does without a cast. */
export function worldSteps(
  projectDir: string,
  cast: Cast = wholeCast(readMatrix(projectDir)),
): WorldStep[] {
  return stepsOf(projectDir, 'world', castInApex(cast));
}

/** Takes back what can be. */
export function removalSteps(projectDir: string): WorldStep[] {
  return stepsOf(projectDir, 'removal', '');
}

function stepsOf(projectDir: string, folder: string, before: string): WorldStep[] {
  const path = join(projectDir, 'config', 'isolation', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.apex'))
    .sort()
    .map((name) => ({ name, apex: before + readFileSync(join(path, name), 'utf8') }));
}
