import { createElement } from 'lwc';
import PartnerOwnerPicker from 'c/partnerOwnerPicker';
import type { OwnerCandidate } from 'c/partnerOwnerPicker';
import searchOwners from '@salesforce/apex/PartnerCardController.searchOwners';
import { find, settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PartnerCardController.searchOwners',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const searchMock = searchOwners as unknown as jest.Mock<Promise<OwnerCandidate[]>>;
const MAYA: OwnerCandidate = { id: '005A', name: 'Maya Okafor', roleName: 'EMEA' };

interface Opened {
  readonly element: HTMLElement;
  readonly chosen: (OwnerCandidate | null)[];
}

function open(): Opened {
  const element = createElement('c-partner-owner-picker', { is: PartnerOwnerPicker });
  const chosen: (OwnerCandidate | null)[] = [];
  element.addEventListener('choose', (event) => {
    chosen.push((event as CustomEvent<OwnerCandidate | undefined>).detail ?? null);
  });
  document.body.appendChild(element);
  return { element, chosen };
}

async function search(opened: Opened, value: string): Promise<void> {
  jest.useFakeTimers();
  find(opened, '.search')!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  jest.runAllTimers();
  jest.useRealTimers();
  await settled();
}

async function choose(opened: Opened, value: string): Promise<void> {
  find(opened, '.candidates')!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
}

describe('c-partner-owner-picker', () => {
  beforeEach(() => {
    searchMock.mockResolvedValue([MAYA]);
  });

  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('asks nobody before something is typed', async () => {
    const opened = open();
    await search(opened, '  ');

    expect(searchMock).not.toHaveBeenCalled();
    expect(find(opened, '.candidates')).toBeNull();
    await expect(opened.element).toBeAccessible();
  });

  it('shows who is found, and tells who is chosen', async () => {
    const opened = open();
    await search(opened, 'may');

    expect(searchMock).toHaveBeenCalledWith({ search: 'may' });
    expect(find(opened, '.candidates')?.options).toEqual([
      { label: 'c.Owner_Picker_Candidate', value: '005A' },
    ]);
    await choose(opened, '005A');
    expect(opened.chosen).toEqual([MAYA]);
    await expect(opened.element).toBeAccessible();
  });

  it('takes the choice back once another search begins', async () => {
    const opened = open();
    await search(opened, 'may');
    await choose(opened, '005A');
    await search(opened, 'mayo');

    expect(opened.chosen).toEqual([MAYA, null]);
    expect(find(opened, '.candidates')?.value).toBe('');
  });

  it('says that nobody has that name', async () => {
    searchMock.mockResolvedValue([]);
    const opened = open();
    await search(opened, 'zzz');

    expect(find(opened, '.nobody')?.textContent).toBe('c.Owner_Picker_None');
    await expect(opened.element).toBeAccessible();
  });

  it('shows only the latest of two answers', async () => {
    let answerFirst: (found: OwnerCandidate[]) => void = () => undefined;
    searchMock.mockReturnValueOnce(
      new Promise((resolve) => {
        answerFirst = resolve;
      }),
    );
    const opened = open();
    await search(opened, 'd');
    await search(opened, 'may');
    answerFirst([{ id: '005B', name: 'Diego', roleName: null }]);
    await settled();

    expect(find(opened, '.candidates')?.options).toEqual([
      { label: 'c.Owner_Picker_Candidate', value: '005A' },
    ]);
  });

  it('shows an error', async () => {
    const error = { status: 500, body: { message: 'No access' } };
    searchMock.mockRejectedValue(error);
    const opened = open();
    await search(opened, 'may');

    expect(find(opened, 'c-error-panel')?.errors).toEqual(error);
    await expect(opened.element).toBeAccessible();
  });
});
