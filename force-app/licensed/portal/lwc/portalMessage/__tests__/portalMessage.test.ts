import { createElement } from 'lwc';
import PortalMessage from 'c/portalMessage';

function open(kind: string): HTMLElement {
  const message = createElement('c-portal-message', { is: PortalMessage });
  Object.assign(message, { kind });
  document.body.appendChild(message);
  return message;
}

describe('c-portal-message', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it.each([
    ['notFound', 'c.Site_Not_Found', 'c.Site_Not_Found_Explain'],
    ['problem', 'c.Site_Problem', 'c.Site_Problem_Explain'],
  ])('says %s and shows the way home', async (kind, title, explanation) => {
    const message = open(kind);
    expect(message.shadowRoot!.querySelector('h1')!.textContent).toBe(title);
    expect(message.shadowRoot!.querySelector('p')!.textContent).toBe(explanation);
    expect(message.shadowRoot!.querySelector('c-portal-link')).toMatchObject({
      target: { page: 'Home' },
    });
    await expect(message).toBeAccessible();
  });
});
