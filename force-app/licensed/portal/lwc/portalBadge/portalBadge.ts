import { LightningElement, api } from 'lwc';
import type { Tone } from 'c/portalFormat';

/** A status in words; the colour only repeats what the words say. */
export default class PortalBadge extends LightningElement {
  @api label = '';
  @api tone: Tone = 'neutral';

  get classes(): string {
    return `badge badge_${this.tone}`;
  }
}
