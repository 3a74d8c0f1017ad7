import { libraryType } from '../../../schema/library-signatures.ts';
import { ApexList, Types } from '../../values/index.ts';
import { Bean, defineBean } from '../bean.ts';
import { define, required } from '../define.ts';
import { notImplemented } from '../environment.ts';
import { parseType } from '../type-text.ts';

const METADATA = Types.library('Metadata.Metadata');

function contents(container: Bean): ApexList<Bean> {
  return container.get('metadata') as ApexList<Bean>;
}

function remove(container: Bean, matches: (each: Bean) => boolean): boolean {
  const list = contents(container);
  const kept = list.items.filter((each) => !matches(each));
  const removed = kept.length < list.items.length;
  list.items = kept;
  return removed;
}

/** Lists of these classes are there from the start: code adds to them. */
function withLists(name: string): () => Record<string, unknown> {
  return () => {
    const lists: Record<string, unknown> = {};
    for (const field of libraryType(name)?.fields ?? []) {
      const type = parseType(field.type, null);
      if (type?.kind === 'list') lists[field.name] = new ApexList(type.element);
    }
    return lists;
  };
}

/** `Metadata`: containers can be filled; deploying from Apex is refused by name. */
export const metadataTypes = [
  defineBean('Metadata.CustomMetadata', withLists('Metadata.CustomMetadata')),
  defineBean('Metadata.Layout', withLists('Metadata.Layout')),
  define('Metadata.DeployContainer', {
    '<init>()': () => new Bean('Metadata.DeployContainer', { metadata: new ApexList(METADATA) }),
    'addMetadata(Metadata.Metadata)': (container: Bean, added: Bean | null) =>
      contents(container).add(required(added)),
    'getMetadata()': contents,
    'removeMetadata(Metadata.Metadata)': (container: Bean, removed: Bean | null) =>
      remove(container, (each) => each === required(removed)),
    'removeMetadataByFullName(String)': (container: Bean, name: string | null) =>
      remove(container, (each) => each.get('fullName') === name),
  }),
  define('Metadata.Operations', {
    'enqueueDeployment(Metadata.DeployContainer,Metadata.DeployCallback)': () => {
      throw notImplemented('Metadata.Operations.enqueueDeployment');
    },
  }),
];
