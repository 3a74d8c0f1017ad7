import { LightningElement, registerComponent } from 'lwc';
import template from './componentFailure.html';

type Registration = Parameters<typeof registerComponent>[1];

/** That of the platform's other modules. */
const API_VERSION = 66;

interface Problem {
  readonly where: string;
  readonly message: string;
}

/** The component that stands in for one that does not compile, and says why. */
export function componentFailure(
  specifier: string,
  problems: readonly Problem[],
): typeof LightningElement {
  class ComponentFailure extends LightningElement {
    readonly title = `${specifier} does not compile`;
    readonly problems = problems.map((problem, key) => ({ ...problem, key }));

    render(): typeof template {
      return template;
    }
  }
  // The compiler registers what a module exports by default; this class it does not see.
  const [namespace = 'c', name = 'failure'] = specifier.split('/');
  const selector = `${namespace}-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const registration: unknown = { tmpl: template, sel: selector, apiVersion: API_VERSION };
  registerComponent(ComponentFailure, registration as Registration);
  return ComponentFailure;
}
