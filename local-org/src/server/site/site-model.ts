import type { SiteComponent, SitePlace } from '../../project/model.ts';
import type { PlainJson } from '../../project/json-tree.ts';

/** What the page of a path shows. */
export type SitePageModel =
  | {
      readonly kind: 'page';
      /** 404 shows the error page. */
      readonly status: number;
      readonly pageReference: SitePageReference;
      readonly title: string;
      readonly themeLayout: SiteTree | null;
      readonly view: SiteTree;
      /** Values of `{!…}` in attributes. */
      readonly expressions: Readonly<Record<string, string>>;
    }
  | {
      /** Only members see the page. */
      readonly kind: 'login';
      readonly url: string;
    };

/** A page reference as components get it. */
export interface SitePageReference {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
}

/** The component tree of a view or a theme layout. */
export interface SiteTree {
  /** API name: the same layout stays in place when the view changes. */
  readonly name: string;
  readonly root: SiteNode;
}

/** A component or region of the tree. */
export interface SiteNode {
  readonly kind: 'component' | 'region';
  readonly name: string;
  readonly attributes: Readonly<Record<string, PlainJson>>;
  readonly children: readonly SiteNode[];
  /** `force-app/…/content.json:12`, for whoever has to mend it. */
  readonly where: string;
}

/** The tree as the browser gets it. */
export function siteNode(
  component: SiteComponent,
  place: SitePlace,
  shorten: (file: string) => string,
): SiteNode {
  return {
    kind: component.kind,
    name: component.name,
    attributes: Object.fromEntries(
      [...component.attributes].map(([name, { value }]) => [name, value]),
    ),
    children: component.children.map((child) => siteNode(child, place, shorten)),
    where: `${shorten(place.file)}:${String(component.line)}`,
  };
}
