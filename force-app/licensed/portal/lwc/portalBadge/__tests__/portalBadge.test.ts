import { createElement } from 'lwc';
import PortalBadge from 'c/portalBadge';

describe('c-portal-badge', () => {
  it('says its status in words', async () => {
    const badge = createElement('c-portal-badge', { is: PortalBadge });
    Object.assign(badge, { label: 'Approved', tone: 'good' });
    document.body.appendChild(badge);
    expect(badge.shadowRoot!.textContent).toBe('Approved');
    expect(badge.shadowRoot!.querySelector('.badge_good')).not.toBeNull();
    await expect(badge).toBeAccessible();
  });
});
