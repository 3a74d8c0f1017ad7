import { buildComponents } from '../lwc-build.mjs';
import type { Org } from './org.ts';
import { StepProblem } from './steps.ts';
import type { Step } from './steps.ts';

/** What is deployed together. */
export interface Stage {
  readonly name: string;
  readonly what: string;
  readonly folders: readonly string[];
}

/**
 * Everything at once would do in most orgs; in stages, what is missing in an org stops only what needs it. Sharing defaults come with the product, because its
 * layouts and rules name the product's own parts.
 */
export const STAGES = {
  ours: {
    name: 'product',
    what: 'deploy sharing defaults, roles and the product',
    folders: ['force-app/org-defaults', 'force-app/main'],
  },
  product: { name: 'product', what: 'deploy the product', folders: ['force-app/main'] },
  licensed: {
    name: 'licensed',
    what: 'deploy what needs Digital Experiences and partner licences: profile, groups, sharing, the partner site',
    folders: ['force-app/licensed'],
  },
  translations: {
    name: 'translations',
    what: 'deploy the translations',
    folders: ['force-app/translations'],
  },
} as const satisfies Record<string, Stage>;

/** How a stage is deployed. */
export interface DeployFlags {
  /** Only checks. */
  readonly validate: boolean;
  readonly testLevel: string | null;
}

/** The step that deploys a stage. The Salesforce CLI prints what became of it. */
export function deployStep(org: Org, stage: Stage, flags: DeployFlags): Step {
  const args = org.args(
    ...['project', 'deploy', 'start'],
    ...stage.folders.flatMap((folder) => ['--source-dir', folder]),
    ...['--wait', '60'],
    ...(flags.validate ? ['--dry-run'] : []),
    ...(flags.testLevel === null ? [] : ['--test-level', flags.testLevel]),
  );
  return {
    name: stage.name,
    what: flags.validate ? `${stage.what} (check only)` : stage.what,
    commands: [`npx sf ${args.join(' ')}`],
    run: async () => {
      if (await org.cli.show(args)) return flags.validate ? 'Would deploy' : 'Deployed';
      throw new StepProblem('the deployment failed, and nothing of it is in the org', [
        'The table above names component, line and problem',
      ]);
    },
  };
}

/** The step before: orgs take the JavaScript of the components. */
export function buildStep(): Step {
  return {
    name: 'components',
    what: 'build the JavaScript of the components, which are written in TypeScript',
    commands: ['npm run build:lwc'],
    run: () => {
      const before = process.exitCode;
      buildComponents();
      if (process.exitCode !== before)
        return Promise.reject(new StepProblem('a component does not compile'));
      return Promise.resolve('Built');
    },
  };
}
