import { LightningElement } from 'lwc';
import template from './componentFailure.html';

interface Problem {
  readonly where: string;
  readonly message: string;
}

/** The component that stands in for one that does not compile, and says why. */
export function componentFailure(
  specifier: string,
  problems: readonly Problem[],
): typeof LightningElement {
  return class extends LightningElement {
    readonly title = `${specifier} does not compile`;
    readonly problems = problems.map((problem, key) => ({ ...problem, key }));

    render(): typeof template {
      return template;
    }
  };
}
