import { money, numberText, parseNumber } from 'c/portalFormat';

jest.mock('@salesforce/i18n/locale', () => ({ __esModule: true, default: 'de-DE' }), {
  virtual: true,
});

describe('c-portal-format in German', () => {
  it('parts thousands by points and decimals by a comma', () => {
    expect(parseNumber('25.000,50')).toBe(25000.5);
    expect(parseNumber('25000')).toBe(25000);
    // Neither a decimal point nor thousands: rather ask than guess.
    expect(parseNumber('25.5')).toBeUndefined();
    expect(numberText(1200.5)).toBe('1200,5');
    expect(money(1250).replace(/\s/g, ' ')).toBe('1.250 $');
  });
});
