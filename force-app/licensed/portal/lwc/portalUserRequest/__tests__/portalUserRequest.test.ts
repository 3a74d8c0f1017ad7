import { createElement } from 'lwc';
import requestUser from '@salesforce/apex/PortalTeamController.requestUser';
import PortalUserRequest from 'c/portalUserRequest';
import { settled } from '../../../../../../config/jest/component';

jest.mock(
  '@salesforce/apex/PortalTeamController.requestUser',
  () => ({ __esModule: true, default: jest.fn() }),
  { virtual: true },
);

const requestMock = requestUser as unknown as jest.Mock<Promise<unknown>>;
const DETAIL = {
  firstName: 'Lukas',
  lastName: 'Lerch',
  email: 'l@x.example',
  tier: 'USER',
  note: '',
};

function open(): HTMLElement {
  const request = createElement('c-portal-user-request', { is: PortalUserRequest });
  Object.assign(request, { tiers: [{ value: 'USER', label: 'Partner User' }] });
  document.body.appendChild(request);
  return request;
}

function form(request: HTMLElement): HTMLElement {
  return request.shadowRoot!.querySelector('c-portal-form')!;
}

async function save(request: HTMLElement): Promise<void> {
  form(request).dispatchEvent(new CustomEvent('save', { detail: DETAIL }));
  await settled();
}

describe('c-portal-user-request', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('asks, and says so', async () => {
    requestMock.mockResolvedValue({ request: {}, problems: [] });
    const request = open();
    const requested = jest.fn();
    request.addEventListener('requested', requested);
    await expect(request).toBeAccessible();
    await save(request);
    expect(requestMock).toHaveBeenCalledWith({ request: DETAIL });
    expect(requested).toHaveBeenCalledTimes(1);
  });

  it('says what is wrong, and what the server refuses', async () => {
    const problem = { field: 'email', message: 'Taken' };
    requestMock.mockResolvedValueOnce({ request: null, problems: [problem] });
    requestMock.mockRejectedValueOnce({ body: { message: 'Only executives' } });
    const request = open();
    const requested = jest.fn();
    request.addEventListener('requested', requested);
    await save(request);
    expect(form(request)).toMatchObject({ problems: [problem] });
    await save(request);
    expect(form(request)).toMatchObject({ problems: [{ message: 'Only executives' }] });
    expect(requested).not.toHaveBeenCalled();
    await expect(request).toBeAccessible();
  });

  it('can be cancelled', () => {
    const request = open();
    const cancelled = jest.fn();
    request.addEventListener('cancel', cancelled);
    form(request).dispatchEvent(new CustomEvent('cancel'));
    expect(cancelled).toHaveBeenCalledTimes(1);
  });
});
