import type { FilterMetadata } from './model.ts';

/** A Lightning web component: its files and what its js-meta says. */
export interface LwcBundle {
  readonly name: string;
  readonly folder: string;
  /** Absolute paths, tests excluded. */
  readonly files: readonly string[];
  readonly apiVersion: number;
  readonly isExposed: boolean;
  readonly masterLabel: string | undefined;
  readonly description: string | undefined;
  readonly targets: readonly string[];
  readonly targetConfigs: readonly TargetConfig[];
  readonly metaFile: string | undefined;
}

/** A `targetConfig`: for which targets, which objects, which properties, which form factors. */
export interface TargetConfig {
  readonly targets: readonly string[];
  readonly objects: readonly string[];
  readonly formFactors: readonly string[];
  /** `ScreenAction` or `Action` for record actions. */
  readonly actionType: string | undefined;
  readonly properties: readonly TargetProperty[];
}

/** A design-time property of a component. */
export interface TargetProperty {
  readonly name: string;
  readonly type: string;
  readonly label: string | undefined;
  readonly default: string | undefined;
  readonly required: boolean;
  readonly datasource: string | undefined;
}

/** A static resource: one file, or a folder that Salesforce holds as a zip. */
export interface StaticResource {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** A Lightning page. */
export interface FlexiPageMetadata {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly sobjectType: string | undefined;
  readonly template: string;
  readonly regions: readonly FlexiRegion[];
  readonly file: string;
  readonly line: number;
}

/** A region or facet. */
export interface FlexiRegion {
  readonly name: string;
  readonly type: string;
  readonly items: readonly FlexiItem[];
}

/** A component or a field on a Lightning page. */
export interface FlexiItem {
  readonly kind: 'component' | 'field';
  /** `force:detailPanel`, `c:partnerCard`; for fields `Record.Name`. */
  readonly name: string;
  readonly identifier: string | undefined;
  /** Text values; lists joined by the element order in `lists`. */
  readonly properties: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly visibility:
    | { readonly criteria: readonly FilterMetadata[]; readonly booleanFilter: string | undefined }
    | undefined;
  readonly line: number;
}

/** A quick action; `name` is `Account.Enable_as_Partner`, or without object for global ones. */
export interface QuickActionMetadata {
  readonly name: string;
  readonly object: string | undefined;
  readonly label: string;
  readonly type: string;
  readonly lightningWebComponent: string | undefined;
  readonly lightningComponent: string | undefined;
  readonly flowDefinition: string | undefined;
  readonly targetObject: string | undefined;
  readonly actionSubtype: string | undefined;
  readonly icon: string | undefined;
  readonly file: string;
  readonly line: number;
}

/** A page layout; `object` is the part of the name before the dash. */
export interface LayoutMetadata {
  readonly name: string;
  readonly object: string;
  readonly sections: readonly {
    readonly label: string | undefined;
    readonly style: string;
    readonly detailHeading: boolean;
    readonly columns: readonly (readonly {
      readonly field: string | undefined;
      readonly behavior: string | undefined;
    }[])[];
  }[];
  readonly relatedLists: readonly {
    readonly relatedList: string;
    readonly fields: readonly string[];
  }[];
  readonly platformActions: readonly string[];
}

/** A Lightning app. */
export interface ApplicationMetadata {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly navType: string | undefined;
  readonly uiType: string | undefined;
  readonly headerColor: string | undefined;
  readonly tabs: readonly string[];
  readonly actionOverrides: readonly {
    readonly object: string;
    readonly action: string;
    readonly content: string;
    readonly formFactor: string | undefined;
    readonly recordType: string | undefined;
    readonly profile: string | undefined;
  }[];
}

/** A custom tab. */
export interface TabMetadata {
  readonly name: string;
  readonly label: string | undefined;
  readonly customObject: boolean;
  readonly lwcComponent: string | undefined;
  readonly flexiPage: string | undefined;
  readonly page: string | undefined;
  readonly url: string | undefined;
  readonly motif: string | undefined;
}

/** An e-mail template with its body. */
export interface EmailTemplateMetadata {
  /** `Folder/Name` */
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly available: boolean;
  readonly subject: string;
  readonly body: string;
  readonly textOnly: string | undefined;
}
