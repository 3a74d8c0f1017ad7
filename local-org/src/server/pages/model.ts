/** What the pages of the shell are made of. The shell imports these types, so that both sides say the same. */

/** The header: which app, which tabs. */
export interface AppModel {
  readonly label: string;
  readonly description: string | null;
  readonly tabs: readonly TabModel[];
  readonly apps: readonly {
    readonly name: string;
    readonly label: string;
    readonly description: string | null;
  }[];
  /** Experience Cloud sites of the org. */
  readonly sites: readonly { readonly name: string; readonly url: string }[];
}

export interface TabModel {
  readonly label: string;
  readonly url: string;
  /** Object whose pages this tab stands for, so that it is marked on record pages too. */
  readonly objectApiName: string | null;
  /** Why the tab cannot be opened here; null when it can. */
  readonly unsupported: string | null;
}

/** A record page: regions of components from the FlexiPage, or the fallback. */
export interface RecordPageModel {
  readonly objectApiName: string;
  readonly objectLabel: string;
  readonly recordId: string;
  readonly recordName: string;
  readonly icon: string;
  /** Name of the FlexiPage; null for the fallback. */
  readonly page: string | null;
  readonly header: readonly PageItem[];
  readonly main: readonly PageItem[];
  readonly sidebar: readonly PageItem[];
}

export type PageItem =
  | {
      readonly kind: 'component';
      readonly key: string;
      readonly specifier: string;
      readonly properties: Readonly<Record<string, string | number | boolean>>;
    }
  | {
      readonly kind: 'highlights';
      readonly key: string;
      readonly actions: readonly ActionModel[];
      readonly fields: readonly string[];
    }
  | { readonly kind: 'details'; readonly key: string }
  | {
      readonly kind: 'fields';
      readonly key: string;
      readonly label: string | null;
      readonly columns: readonly (readonly string[])[];
    }
  | {
      readonly kind: 'relatedLists';
      readonly key: string;
      readonly lists: readonly RelatedListModel[];
    }
  | { readonly kind: 'tabs'; readonly key: string; readonly tabs: readonly PageTab[] }
  | { readonly kind: 'richText'; readonly key: string; readonly html: string }
  | {
      readonly kind: 'unsupported';
      readonly key: string;
      readonly name: string;
      readonly reason: string;
    };

export interface PageTab {
  readonly key: string;
  readonly label: string;
  readonly active: boolean;
  readonly items: readonly PageItem[];
}

export interface RelatedListModel {
  readonly relationship: string;
  readonly label: string;
  readonly icon: string;
  readonly columns: readonly string[];
}

/** A custom tab: a component, or an app page. */
export interface TabPageModel {
  readonly label: string;
  /** Why it cannot be shown here; null when it can. */
  readonly unsupported: string | null;
  readonly header: readonly PageItem[];
  readonly main: readonly PageItem[];
  readonly sidebar: readonly PageItem[];
}

/** A button of the record's header. */
export interface ActionModel {
  readonly name: string;
  readonly label: string;
  /** Component of a Lightning web component action. */
  readonly specifier: string | null;
  /** Runs `invoke()` without a screen. */
  readonly headless: boolean;
  /** Why it cannot be used here; null when it can. */
  readonly unsupported: string | null;
}

/** A field's value as a page shows it. */
export interface FieldCell {
  readonly field: string;
  readonly label: string;
  /** The UI API's type: `String`, `Currency`, `Reference` … */
  readonly dataType: string;
  readonly value: string | number | boolean | null;
  readonly display: string | null;
  /** Where a reference leads. */
  readonly url: string | null;
  readonly help: string | null;
}

/** The detail panel. */
export interface RecordDetailModel {
  readonly sections: readonly {
    readonly key: string;
    readonly label: string | null;
    readonly columns: readonly (readonly FieldCell[])[];
  }[];
  /** Fields of the layout that this org does not have, by name. */
  readonly unknownFields: readonly string[];
}

/** The form of a record. */
export interface EditModel {
  readonly recordId: string;
  readonly objectApiName: string;
  readonly objectLabel: string;
  readonly recordName: string;
  readonly sections: readonly {
    readonly key: string;
    readonly label: string | null;
    readonly fields: readonly EditField[];
  }[];
}

/** A field that the user may change. */
export interface EditField {
  readonly field: string;
  readonly label: string;
  readonly dataType: string;
  readonly required: boolean;
  readonly length: number;
  readonly scale: number;
  readonly value: string | number | boolean | null;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  readonly help: string | null;
}

/** A list of records: an object's page, or a related list. */
export interface RecordListModel {
  readonly objectApiName: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly icon: string;
  readonly views: readonly { readonly name: string; readonly label: string }[];
  readonly columns: readonly ListColumn[];
  readonly rows: readonly ListRow[];
  readonly total: number;
  /** Columns that this org does not have, by name. */
  readonly unknownColumns: readonly string[];
}

export interface ListColumn {
  readonly field: string;
  readonly label: string;
  readonly dataType: string;
  readonly sortable: boolean;
  readonly nameField: boolean;
}

export interface ListRow {
  readonly id: string;
  readonly url: string;
  readonly cells: Readonly<
    Record<
      string,
      {
        readonly value: string | number | boolean | null;
        readonly display: string | null;
        readonly url: string | null;
      }
    >
  >;
}
