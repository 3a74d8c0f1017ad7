import { readFileSync } from 'node:fs';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { Project } from './model.ts';

/** Bytes of a static resource; undefined when the project has none of that name. A folder is a zip file on Salesforce and cannot be read here. */
export function readStaticResource(project: Project, name: string): Uint8Array | undefined {
  const resource = project.staticResources.get(name.toLowerCase());
  if (resource === undefined) return undefined;
  if (resource.isFolder) throw raise(Diagnostics.STATIC_RESOURCE_FOLDER, [resource.name]);
  return readFileSync(resource.path);
}
