export { readProject } from './read-project.ts';
export type { ProjectSource } from './read-project.ts';
export type * from './model.ts';
