import { currentTransaction } from '../../../execution/current.ts';
import { apexException } from '../../values/index.ts';
import { define, required } from '../define.ts';

/** Labels by name. No exception type is documented for an unknown name; ours is inferred, so callers should catch any. */
function labelText(
  namespace: string | null,
  name: string | null,
  language = currentTransaction().user.language,
): string {
  const text = isOwn(namespace)
    ? currentTransaction().schema.label(required(name), language)
    : undefined;
  if (text === undefined) {
    throw apexException(
      'System.InvalidParameterValueException',
      `There is no custom label named ${required(name)}.`,
    );
  }
  return text;
}

function isOwn(namespace: string | null): boolean {
  return namespace === null || namespace === '' || namespace.toLowerCase() === 'c';
}

/**
 * `Label`: in the user's language, or in a given one; what is not translated answers in the label's own language.
 * https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_Label.htm
 */
export const labelType = define('Label', {
  'get(String,String)': (namespace: string | null, name: string | null) =>
    labelText(namespace, name),
  'get(String,String,String)': (
    namespace: string | null,
    name: string | null,
    language: string | null,
  ) => labelText(namespace, name, required(language)),
  'translationExists(String,String,String)': (
    namespace: string | null,
    name: string | null,
    language: string | null,
  ) =>
    isOwn(namespace) &&
    currentTransaction().schema.hasTranslation(required(name), required(language)),
});
