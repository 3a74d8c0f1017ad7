/** A Double inside an `Object`: keeps apart 1.0 and the Integer 1. */
export class ApexDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** As Java (and Apex) prints a double: `1.0`, `1.0E10`, `1.5E-5`, `NaN`, `Infinity`. */
export function doubleToText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}
