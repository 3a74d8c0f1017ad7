import { fillLabel } from 'c/fillLabel';

describe('c-fill-label', () => {
  it('puts each value where its number stands', () => {
    expect(fillLabel('{1} of {0} ({1})', 'Acme', 2)).toBe('2 of Acme (2)');
  });

  it('leaves a placeholder without a value as it is', () => {
    expect(fillLabel('{0} and {1}', 'Acme')).toBe('Acme and {1}');
  });

  it('does not read a value as a pattern', () => {
    expect(fillLabel('{0}', 'A $& B {1}')).toBe('A $& B {1}');
  });
});
