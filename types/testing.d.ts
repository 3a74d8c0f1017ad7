/** Test tools that bring no types of their own. */

declare namespace jest {
  interface Matchers<R> {
    /** Passes when axe finds nothing in the element's markup. */
    toBeAccessible(): Promise<R>;
  }
}

declare module '@salesforce/sfdx-lwc-jest' {
  /** The wire adapter of a test: hands its component what the test says. */
  export interface TestWireAdapter {
    emit(value?: unknown, filter?: (config: Record<string, unknown>) => boolean): void;
    emitError(error?: unknown, filter?: (config: Record<string, unknown>) => boolean): void;
    getLastConfig(): Record<string, unknown> | undefined;
  }
  /** As TestWireAdapter; also called imperatively, as a mock. */
  export type ApexTestWireAdapter = TestWireAdapter &
    jest.Mock<Promise<unknown>, [parameters?: Record<string, unknown>]> & {
      error(
        body?: unknown,
        status?: number,
        statusText?: string,
        filter?: (config: Record<string, unknown>) => boolean,
      ): void;
    };
  export function createApexTestWireAdapter(fn?: jest.Mock): ApexTestWireAdapter;
  export function createLdsTestWireAdapter(fn?: jest.Mock): TestWireAdapter;
  export function createTestWireAdapter(fn?: jest.Mock): TestWireAdapter;
}
