import { reduceErrors } from 'c/reduceErrors';

describe('c-reduce-errors', () => {
  it.each<[string, unknown, string[]]>([
    ['an Apex exception', { status: 500, body: { message: 'No access' } }, ['No access']],
    [
      'a failed DML statement',
      {
        body: {
          pageErrors: [{ statusCode: 'UNKNOWN', message: 'Not ready' }],
          fieldErrors: { Name: [{ message: 'Name is missing' }] },
        },
      },
      ['Not ready', 'Name is missing'],
    ],
    [
      'a failed record update',
      {
        body: {
          message: 'An error occurred',
          output: {
            errors: [{ message: 'Locked' }],
            fieldErrors: { Phone: [{ message: 'Not a phone number' }] },
          },
        },
      },
      ['Locked', 'Not a phone number'],
    ],
    ['a failed read', { body: [{ message: 'Gone' }, { message: 'Gone' }] }, ['Gone']],
    ['a script error', new TypeError('x is undefined'), ['x is undefined']],
    ['a network error', { statusText: 'Bad Gateway', body: {} }, ['Bad Gateway']],
    ['plain text', 'Stop', ['Stop']],
    ['a list of errors', [{ body: { message: 'One' } }, 'Two'], ['One', 'Two']],
  ])('reads %s', (_name, error, expected) => {
    expect(reduceErrors(error)).toEqual(expected);
  });

  it.each([undefined, null, {}, [], '', { body: { message: ' ' } }])(
    'never answers nothing: %j',
    (error) => {
      expect(reduceErrors(error)).toEqual(['c.Error_Unknown']);
    },
  );
});
