import { LightningElement, api } from 'lwc';
import none from '@salesforce/label/c.Site_No_Value';
import type { LinkTarget } from 'c/portalPages';

/** A field of a record as it is shown: text, a link of the site, an address outside, or a mail address. */
export interface DetailField {
  readonly label: string;
  readonly text?: string;
  readonly target?: LinkTarget;
  readonly url?: string;
  readonly wide?: boolean;
}

type ShownField = DetailField & {
  readonly key: string;
  readonly classes: string;
  readonly isLink: boolean;
  readonly isUrl: boolean;
  readonly isText: boolean;
  readonly isMissing: boolean;
};

/** The fields of a record, as a list of terms. */
export default class PortalDetail extends LightningElement {
  readonly labels = Object.freeze({ none });

  @api fields: readonly DetailField[] = [];

  get shown(): ShownField[] {
    return this.fields.map((field, position) => {
      const isMissing = !field.text;
      return {
        ...field,
        key: `${position}`,
        classes: field.wide ? 'entry entry_wide' : 'entry',
        isMissing,
        isLink: !isMissing && field.target !== undefined,
        isUrl: !isMissing && field.url !== undefined,
        isText: !isMissing && field.target === undefined && field.url === undefined,
      };
    });
  }
}
