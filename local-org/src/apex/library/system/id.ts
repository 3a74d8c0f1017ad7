import { currentTransaction } from '../../../execution/current.ts';
import { apexEquals, apexException, ApexId, objectToken, stringToId } from '../../values/index.ts';
import { define, required } from '../define.ts';

export const idType = define('Id', {
  'equals(String)': (id: string, other: string | null) => apexEquals(new ApexId(id), other),
  'getSobjectType()': (id: string) => {
    const object = currentTransaction().schema.objectByPrefix(id.slice(0, 3));
    if (object === undefined)
      throw apexException('System.SObjectException', `Cannot locate Apex Type for ID: ${id}`);
    return objectToken(object);
  },
  'to15()': (id: string) => id.slice(0, 15),
  'valueOf(String)': (text: string | null) => validId(required(text)),
  'valueOf(String,Boolean)': (text: string | null) => validId(required(text)),
});

function validId(text: string): string {
  const id = stringToId(text);
  if (id === null) throw apexException('System.StringException', `Invalid id: ${text}`);
  return id;
}
