import { currentTransaction } from '../../../execution/current.ts';
import { ApexMap, Types } from '../../values/index.ts';
import type { Bean } from '../bean.ts';
import { defineBean } from '../bean.ts';
import { define, required } from '../define.ts';

interface RestState {
  request: Bean | null;
  response: Bean | null;
}
const states = new WeakMap<object, RestState>();

/** Request and response of the transaction: set by a REST entry or by a test. */
export function restState(): RestState {
  const transaction = currentTransaction();
  let state = states.get(transaction);
  if (state === undefined) states.set(transaction, (state = { request: null, response: null }));
  return state;
}

const textMap = (): ApexMap<string, string> => new ApexMap(Types.String, Types.String);

function putIn(property: string): (bean: Bean, name: string | null, value: string | null) => void {
  return (bean, name, value) => {
    (bean.get(property) as ApexMap<string, string | null>).put(required(name), value);
  };
}

export const restTypes = [
  define(
    'RestContext',
    { request: () => restState().request, response: () => restState().response },
    {
      setters: {
        request: (request: Bean | null) => {
          restState().request = request;
        },
        response: (response: Bean | null) => {
          restState().response = response;
        },
      },
    },
  ),
  defineBean('RestRequest', () => ({ headers: textMap(), params: textMap() }), {
    'addHeader(String,String)': putIn('headers'),
    'addParameter(String,String)': putIn('params'),
  }),
  defineBean('RestResponse', () => ({ headers: textMap() }), {
    'addHeader(String,String)': putIn('headers'),
  }),
];
