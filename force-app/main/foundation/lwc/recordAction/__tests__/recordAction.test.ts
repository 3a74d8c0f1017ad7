import { attempt } from 'c/recordAction';
import type { Attempting } from 'c/recordAction';

describe('c/recordAction attempt', () => {
  it('is busy while the action runs, and forgets an earlier error', async () => {
    const component: Attempting = { isBusy: false, error: 'earlier' };
    let during: Attempting | undefined;
    await attempt(component, () => {
      during = { ...component };
      return Promise.resolve();
    });
    expect(during).toEqual({ isBusy: true, error: undefined });
    expect(component).toEqual({ isBusy: false, error: undefined });
  });

  it('keeps what the action failed with', async () => {
    const component: Attempting = { isBusy: false };
    const problem = new Error('no');
    await attempt(component, () => Promise.reject(problem));
    expect(component).toEqual({ isBusy: false, error: problem });
  });

  it('starts no second action beside the first', async () => {
    const component: Attempting = { isBusy: false };
    const second = jest.fn();
    await attempt(component, () => attempt(component, second));
    expect(second).not.toHaveBeenCalled();
  });
});
