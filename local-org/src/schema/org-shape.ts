import type { OrgFeature, OrgShape } from './contract.ts';

const PARTNER_ORG: readonly OrgFeature[] = [
  'partnerPortal',
  'digitalExperiences',
  'chatter',
  'individuals',
  'orders',
  'quotes',
];

/** The three shapes that tests select: partner features with three roles, with one role and role optimization, or off. */
export const ORG_SHAPES = {
  'prm-three-roles': {
    features: new Set(PARTNER_ORG),
    partnerRoles: 3,
    accountRoleOptimization: false,
  },
  'prm-one-role': {
    features: new Set(PARTNER_ORG),
    partnerRoles: 1,
    accountRoleOptimization: true,
  },
  'prm-off': {
    features: new Set<OrgFeature>(['chatter', 'orders', 'quotes']),
    partnerRoles: 1,
    accountRoleOptimization: false,
  },
} as const satisfies Record<string, OrgShape>;

/** Name of a shape that tests can select. */
export type OrgShapeName = keyof typeof ORG_SHAPES;
