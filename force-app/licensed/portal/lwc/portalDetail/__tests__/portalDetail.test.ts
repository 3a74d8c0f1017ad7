import { createElement } from 'lwc';
import PortalDetail from 'c/portalDetail';

describe('c-portal-detail', () => {
  it('shows fields as terms, links as links, and says where there is nothing', async () => {
    const detail = createElement('c-portal-detail', { is: PortalDetail });
    Object.assign(detail, {
      fields: [
        { label: 'Customer', text: 'Acme' },
        { label: 'Amount', text: '' },
        { label: 'Website', text: 'acme.example', url: 'https://acme.example' },
        {
          label: 'Opportunity',
          text: 'Big one',
          target: { recordId: '006000000000001AAA', objectApiName: 'Opportunity' },
          wide: true,
        },
      ],
    });
    document.body.appendChild(detail);
    const root = detail.shadowRoot!;
    expect([...root.querySelectorAll('dt')].map(({ textContent }) => textContent)).toEqual([
      'Customer',
      'Amount',
      'Website',
      'Opportunity',
    ]);
    expect(root.querySelector('.text')!.textContent).toBe('Acme');
    expect(root.querySelector('.none')!.textContent).toBe('c.Site_No_Value');
    expect(root.querySelector('a')!.getAttribute('href')).toBe('https://acme.example');
    expect(root.querySelector('.entry_wide c-portal-link')).toMatchObject({ label: 'Big one' });
    await expect(detail).toBeAccessible();
  });
});
