/** What the platform provides to components and @salesforce/lightning-types does not type. */

declare module '@salesforce/label/*' {
  const label: string;
  export default label;
}

declare module '@salesforce/schema/*' {
  const reference: { readonly fieldApiName: string; readonly objectApiName: string };
  export default reference;
}

declare module '@salesforce/resourceUrl/*' {
  const url: string;
  export default url;
}

declare module '@salesforce/contentAssetUrl/*' {
  const url: string;
  export default url;
}

/** True when granted, undefined when not: the platform never answers false. */
declare module '@salesforce/customPermission/*' {
  const granted: true | undefined;
  export default granted;
}

declare module '@salesforce/userPermission/*' {
  const granted: true | undefined;
  export default granted;
}

declare module '@salesforce/messageChannel/*' {
  const channel: string;
  export default channel;
}

declare module '@salesforce/i18n/*' {
  const setting: string;
  export default setting;
}

declare module 'lightning/uiRecordApi' {
  import type { WireAdapterConstructor } from 'lwc';

  /** A field by name (`Account.Name`) or by an import from @salesforce/schema. */
  export type FieldReference =
    string | { readonly fieldApiName: string; readonly objectApiName: string };

  /** A record as the User Interface API answers it. */
  export interface RecordRepresentation {
    readonly apiName: string;
    readonly id: string;
    readonly fields: Readonly<
      Record<string, { readonly value: unknown; readonly displayValue: string | null }>
    >;
    readonly lastModifiedDate?: string;
    readonly recordTypeId?: string | null;
  }

  // The decorator takes the type of the property it stands on.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const getRecord: WireAdapterConstructor<Record<string, any>, any>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const getRecords: WireAdapterConstructor<Record<string, any>, any>;
  export function getFieldValue(
    record: RecordRepresentation | undefined,
    field: FieldReference,
  ): unknown;
  export function getFieldDisplayValue(
    record: RecordRepresentation | undefined,
    field: FieldReference,
  ): string | null | undefined;
  export function createRecord(input: {
    apiName: string;
    fields: Record<string, unknown>;
  }): Promise<RecordRepresentation>;
  export function updateRecord(input: {
    fields: Record<string, unknown>;
  }): Promise<RecordRepresentation>;
  export function deleteRecord(recordId: string): Promise<void>;
  export function notifyRecordUpdateAvailable(
    records: readonly { recordId: string }[],
  ): Promise<void>;
}

declare module 'lightning/uiObjectInfoApi' {
  import type { WireAdapterConstructor } from 'lwc';
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const getObjectInfo: WireAdapterConstructor<Record<string, any>, any>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const getPicklistValues: WireAdapterConstructor<Record<string, any>, any>;
}

declare module 'lightning/actions' {
  /** Closes the quick action that the component runs in. */
  export class CloseActionScreenEvent extends CustomEvent<undefined> {
    constructor(init?: CustomEventInit<undefined>);
  }
}

declare module 'lightning/refresh' {
  /** Asks the page to load what it shows again. */
  export class RefreshEvent extends Event {
    constructor();
  }
  export function registerRefreshHandler(
    component: object,
    handler: () => Promise<unknown>,
  ): string;
  export function unregisterRefreshHandler(handlerId: string): void;
}

declare module 'lightning/platformShowToastEvent' {
  /** What a toast shows. `{0}` in the message stands for the first of `messageData`. */
  export interface ToastOptions {
    title: string;
    message?: string;
    messageData?: readonly (string | { url: string; label: string })[];
    variant?: 'info' | 'success' | 'warning' | 'error';
    mode?: 'dismissible' | 'pester' | 'sticky';
  }
  export class ShowToastEvent extends CustomEvent<ToastOptions> {
    constructor(options: ToastOptions);
  }
}

declare module 'lightning/navigation' {
  import type { WireAdapterConstructor } from 'lwc';

  /** Where to go: https://developer.salesforce.com/docs/platform/lwc/guide/reference-page-reference-type.html */
  export interface PageReference {
    type: string;
    attributes: Readonly<Record<string, unknown>>;
    state?: Readonly<Record<string, unknown>>;
  }
  const Navigate: unique symbol;
  const GenerateUrl: unique symbol;
  interface Navigation {
    [Navigate](page: PageReference, replace?: boolean): void;
    [GenerateUrl](page: PageReference): Promise<string>;
  }
  // A mixin constructor has to take any arguments (TS2545).
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  type Constructor<Instance> = new (...args: any[]) => Instance;
  export const NavigationMixin: {
    <Base extends Constructor<object>>(base: Base): Base & Constructor<Navigation>;
    readonly Navigate: typeof Navigate;
    readonly GenerateUrl: typeof GenerateUrl;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const CurrentPageReference: WireAdapterConstructor<Record<string, any>, any>;
}

declare module 'lightning/messageService' {
  import type { WireAdapterConstructor } from 'lwc';
  export interface MessageSubscription {
    readonly id?: number;
  }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const MessageContext: WireAdapterConstructor<Record<string, any>, any>;
  export const APPLICATION_SCOPE: symbol;
  export function publish(context: unknown, channel: string, message?: object): void;
  export function subscribe(
    context: unknown,
    channel: string,
    listener: (message: unknown) => void,
    options?: { scope?: symbol },
  ): MessageSubscription;
  export function unsubscribe(subscription: MessageSubscription | null): void;
}
