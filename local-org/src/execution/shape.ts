import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostics, raise } from '../diagnostics/index.ts';
import { ORG_SHAPES } from '../schema/org-shape.ts';
import type { OrgFeature, OrgShape } from '../schema/contract.ts';

/** Scratch definition features that make platform features exist. Documented: Salesforce DX Developer Guide, "Scratch Org Features". */
const SCRATCH_FEATURES: Readonly<Record<string, readonly OrgFeature[]>> = {
  communities: ['digitalExperiences'],
  personaccounts: ['personAccounts'],
  multicurrency: ['multiCurrency'],
  territorymanagement: ['territories'],
  stateandcountrypicklist: ['stateCountryPicklists'],
};

interface ScratchDefinition {
  readonly features?: readonly string[];
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The org's shape as the project's `config/project-scratch-def.json` asks for it; every partner feature where there is no definition, so that other
 * projects find what they need. The number of partner roles is in no metadata: three, the most that an account can have.
 */
export function shapeOf(projectDir: string | null): OrgShape {
  if (projectDir === null) return ORG_SHAPES['prm-three-roles'];
  const file = join(projectDir, 'config', 'project-scratch-def.json');
  if (!existsSync(file)) return ORG_SHAPES['prm-three-roles'];
  let definition: ScratchDefinition;
  try {
    definition = JSON.parse(readFileSync(file, 'utf8')) as ScratchDefinition;
  } catch (error) {
    throw raise(Diagnostics.SCRATCH_DEFINITION, [error instanceof Error ? error.message : error], {
      file,
    });
  }
  const features = new Set<OrgFeature>(['chatter', 'orders', 'quotes', 'individuals']);
  for (const name of definition.features ?? []) {
    for (const feature of SCRATCH_FEATURES[name.toLowerCase().split(':')[0] ?? ''] ?? [])
      features.add(feature);
  }
  const communities = definition.settings?.['communitiesSettings'] ?? {};
  if (communities['enableNetworksEnabled'] === true) features.add('digitalExperiences');
  if (communities['enableEnablePRM'] === true) {
    features.add('partnerPortal');
    features.add('digitalExperiences');
  }
  const sharing = definition.settings?.['sharingSettings'] ?? {};
  return {
    features,
    partnerRoles: 3,
    accountRoleOptimization: sharing['enableAccountRoleOptimization'] === true,
  };
}
