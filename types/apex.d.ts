/** Apex from components: https://developer.salesforce.com/docs/platform/lwc/guide/apex.html */

declare module '@salesforce/apex' {
  import type { WireAdapterConstructor } from 'lwc';

  /** What a component gets when Apex, or Lightning Data Service, refuses. */
  export interface PlatformError {
    status?: number;
    statusText?: string;
    ok?: boolean;
    body?: {
      message?: string;
      exceptionType?: string;
      isUserDefinedException?: boolean;
      stackTrace?: string;
    };
    message?: string;
  }

  /** What a wired property holds: neither while loading, then one of the two. */
  export interface WireResult<Data> {
    readonly data?: Data;
    readonly error?: PlatformError;
  }

  /**
   * An imported Apex method: called, it answers a promise; given to `@wire`, it provisions a property.
   * The answer's type is named at the call, `await enable<EnableResult[]>({ accountIds })`, because a method
   * imported by name cannot carry it.
   */
  export interface ApexMethod {
    <Result = unknown>(parameters?: Readonly<Record<string, unknown>>): Promise<Result>;
    // The decorator takes the type of the property it stands on, whatever that is.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    adapter: WireAdapterConstructor<Record<string, any>, any>;
  }

  /** Asks Apex again and provisions the property that this value came from. */
  export function refreshApex(wiredValue: unknown): Promise<void>;

  /** The value of a field of an sObject that Apex returned. */
  export function getSObjectValue(sobject: object, field: unknown): unknown;
}

declare module '@salesforce/apex/*' {
  import type { ApexMethod } from '@salesforce/apex';
  const method: ApexMethod;
  export default method;
}
