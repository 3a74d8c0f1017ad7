import { currentTransaction } from '../../../execution/current.ts';
import { apexException } from '../../values/index.ts';
import { define, required } from '../define.ts';

/** Labels by name. No exception type is documented for an unknown name; ours is inferred, so callers should catch any. */
function labelText(namespace: string | null, name: string | null): string {
  const key = required(name).toLowerCase();
  const own = namespace === null || namespace === '' || namespace.toLowerCase() === 'c';
  const text = own ? currentTransaction().schema.labels.get(key) : undefined;
  if (text === undefined) {
    throw apexException(
      'System.InvalidParameterValueException',
      `There is no custom label named ${required(name)}.`,
    );
  }
  return text;
}

export const labelType = define('Label', {
  'get(String,String)': labelText,
});
