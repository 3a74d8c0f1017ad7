import { LightningElement, api } from 'lwc';
import { messageOf } from 'shell/api';

type ComponentConstructor = new () => LightningElement;

/** The shell's own components for standard actions; the project's come by their address. */
function loadModule(specifier: string): Promise<unknown> {
  switch (specifier) {
    case 'shell/editRecord':
      return import('shell/editRecord');
    case 'shell/changeOwner':
      return import('shell/changeOwner');
    default:
      return import(`/modules/${specifier}.js`);
  }
}

/** A component of the project, loaded by name. One that fails says so in its place; the page goes on. */
export default class DynamicComponent extends LightningElement {
  @api properties: Record<string, unknown> = {};
  constructor_: ComponentConstructor | null = null;
  problem = '';
  private loaded = '';

  @api
  get specifier(): string {
    return this.loaded;
  }
  set specifier(specifier: string) {
    if (specifier === this.loaded) return;
    this.loaded = specifier;
    void this.load(specifier);
  }

  /** The component itself; undefined until it is there. */
  @api
  get component(): HTMLElement | undefined {
    return this.refs?.['component'] as HTMLElement | undefined;
  }

  get heading(): string {
    return `${this.loaded} cannot be shown`;
  }

  errorCallback(error: unknown): void {
    this.problem = messageOf(error);
    this.constructor_ = null;
    console.error(error);
  }

  private async load(specifier: string): Promise<void> {
    this.problem = '';
    this.constructor_ = null;
    try {
      const module = (await loadModule(specifier)) as { default?: unknown };
      if (specifier !== this.loaded) return;
      if (typeof module.default !== 'function')
        throw new Error('The module has no component as its default export');
      this.constructor_ = module.default as ComponentConstructor;
    } catch (error) {
      this.problem = messageOf(error);
    }
    this.dispatchEvent(new CustomEvent('load'));
  }
}
