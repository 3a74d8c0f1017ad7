import notFound from '@salesforce/label/c.Record_Not_Found';
import { looksLikeId, readRecord } from 'c/portalRecord';

const ID = '006000000000001AAA';

describe('c-portal-record', () => {
  it('tells an id from what somebody typed', () => {
    expect(looksLikeId(ID)).toBe(true);
    expect(looksLikeId(ID.slice(0, 15))).toBe(true);
    expect(looksLikeId('006')).toBe(false);
    expect(looksLikeId(`${ID}'`)).toBe(false);
    expect(looksLikeId(undefined)).toBe(false);
  });

  it('reads a record', async () => {
    const read = jest.fn().mockResolvedValue({ name: 'Acme' });
    expect(await readRecord(ID, read)).toEqual({ record: { name: 'Acme' } });
    expect(read).toHaveBeenCalledWith(ID);
  });

  it('does not ask for what cannot be an id', async () => {
    const read = jest.fn();
    expect(await readRecord('nonsense', read)).toEqual({ isMissing: true });
    expect(read).not.toHaveBeenCalled();
  });

  it('tells missing from failed', async () => {
    const missing = { body: { message: notFound } };
    const failed = { body: { message: 'Down' } };
    expect(await readRecord(ID, () => Promise.reject(asError(missing)))).toEqual({
      isMissing: true,
    });
    expect(await readRecord(ID, () => Promise.reject(asError(failed)))).toEqual({
      error: expect.objectContaining(failed) as object,
    });
  });
});

function asError(shape: object): Error {
  return Object.assign(new Error(''), shape);
}
