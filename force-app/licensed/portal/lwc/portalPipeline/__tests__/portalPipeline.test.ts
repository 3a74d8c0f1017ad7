import { createElement } from 'lwc';
import PortalPipeline from 'c/portalPipeline';

describe('c-portal-pipeline', () => {
  it('sums up, and draws each stage by its share of the largest', async () => {
    const pipeline = createElement('c-portal-pipeline', { is: PortalPipeline });
    Object.assign(pipeline, {
      currencyCode: 'EUR',
      stages: [
        { stage: 'Prospecting', label: 'Prospecting', count: 3, amount: 50000 },
        { stage: 'Proposal', label: 'Proposal', count: 1, amount: 100000 },
        { stage: 'Review', label: 'Review', count: 2, amount: null },
      ],
    });
    document.body.appendChild(pipeline);
    const root = pipeline.shadowRoot!;
    expect(root.querySelector('.total-amount')!.textContent).toBe('€150,000');
    const bars = [...root.querySelectorAll<HTMLElement>('.bar')].map((bar) =>
      bar.getAttribute('style'),
    );
    expect(bars).toEqual(['inline-size: 50%', 'inline-size: 100%', 'inline-size: 2%']);
    expect(root.querySelectorAll('.numbers')[0].textContent).toContain('€50,000');
    await expect(pipeline).toBeAccessible();
  });
});
