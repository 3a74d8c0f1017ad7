import {
  asText,
  compare,
  count,
  day,
  dayAndTime,
  daysUntil,
  initials,
  money,
  numberText,
  parseNumber,
  percent,
  toneOf,
} from 'c/portalFormat';

describe('c-portal-format', () => {
  it('writes amounts with cents only where there are some', () => {
    expect(money(1250)).toBe('$1,250');
    expect(money(1250.5)).toBe('$1,250.50');
    expect(money(99, 'EUR')).toBe('€99');
    expect(money(null)).toBe('');
  });

  it('writes a day as it is, whatever the time zone', () => {
    expect(day('2026-11-21')).toBe('Nov 21, 2026');
    expect(day('')).toBe('');
    expect(day('nonsense')).toBe('');
  });

  it('writes a moment in the time zone of the user', () => {
    // The stub of @salesforce/i18n/timeZone is America/Los_Angeles.
    expect(dayAndTime('2026-11-21T02:30:00.000Z').replace(/\s/g, ' ')).toBe(
      'Nov 20, 2026, 6:30 PM',
    );
    expect(dayAndTime(undefined)).toBe('');
  });

  it('counts days until a day, and until a moment in the time zone of the user', () => {
    const now = new Date('2026-11-21T18:00:00Z');
    expect(daysUntil('2026-11-21', now)).toBe(0);
    expect(daysUntil('2026-11-24', now)).toBe(3);
    expect(daysUntil('2026-11-19', now)).toBe(-2);
    expect(daysUntil('2026-11-22T07:59:00.000Z', now)).toBe(0);
    expect(daysUntil(null, now)).toBeUndefined();
  });

  it('sorts numbers by size, text by alphabet, nothing last', () => {
    expect([10, 9, null, 2].sort(compare)).toEqual([2, 9, 10, null]);
    expect(['b10', 'b9', '', 'Ä'].sort(compare)).toEqual(['Ä', 'b9', 'b10', '']);
  });

  it('reads numbers in the way of the language, and nothing else', () => {
    expect(parseNumber('25000')).toBe(25000);
    expect(parseNumber(' 25,000.50 ')).toBe(25000.5);
    expect(parseNumber('-3')).toBe(-3);
    for (const wrong of ['', '25,0', '1.2.3', '1e5', 'ten', '12 000', 'Infinity']) {
      expect(parseNumber(wrong)).toBeUndefined();
    }
    expect(numberText(1200.5)).toBe('1200.5');
    expect(numberText(null)).toBe('');
  });

  it('writes the rest', () => {
    expect(percent(25)).toBe('25%');
    expect(count(1234)).toBe('1,234');
    expect(initials('Pia van der Berg')).toBe('PB');
    expect(initials('Cher')).toBe('C');
    expect(initials(undefined)).toBe('');
    expect(asText({})).toBe('');
    expect(asText(true)).toBe('true');
    expect(toneOf('Approved')).toBe('good');
    expect(toneOf('Whatever')).toBe('neutral');
  });
});
