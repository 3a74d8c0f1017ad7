import { currentPage, navigate as go, onNavigate, toUrl } from 'platform/router';
import type { PageReference, PageReferenceInput } from 'platform/router';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

type Constructor = new (...parameters: never[]) => object;

/** https://developer.salesforce.com/docs/platform/lwc/guide/use-navigate.html */
export const NavigationMixin = Object.assign(
  <Base extends Constructor>(base: Base) => {
    // TypeScript wants exactly this signature of a mixin's class, LWC wants a plain subclass.
    const plain = base as unknown as new () => object;
    return class extends plain {
      [Navigate](page: PageReferenceInput, replace?: boolean): void {
        go(page, replace);
      }

      [GenerateUrl](page: PageReferenceInput): Promise<string> {
        return Promise.resolve(toUrl(page));
      }
    };
  },
  { Navigate, GenerateUrl },
);

/** Functional form of the mixin. */
export function navigate(
  _context: unknown,
  page: PageReferenceInput,
  options?: { replace?: boolean },
): void {
  go(page, options?.replace);
}

export function generateUrl(_context: unknown, page: PageReferenceInput): Promise<string> {
  return Promise.resolve(toUrl(page));
}

/** The wire adapter of the page that is shown. */
export class CurrentPageReference {
  readonly #give: (page: PageReference) => void;
  #stop: (() => void) | undefined;

  constructor(give: (page: PageReference) => void) {
    this.#give = give;
  }

  connect(): void {
    this.#give(currentPage());
    this.#stop = onNavigate((page) => this.#give(page));
  }

  disconnect(): void {
    this.#stop?.();
  }

  update(): void {
    // No configuration.
  }
}
