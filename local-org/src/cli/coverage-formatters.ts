/** The formatters of `sf project deploy start --coverage-formatters`. */
export const COVERAGE_FORMATTERS = [
  'clover',
  'cobertura',
  'html-spa',
  'html',
  'json',
  'json-summary',
  'lcovonly',
  'none',
  'teamcity',
  'text',
  'text-summary',
] as const;

export type CoverageFormatter = (typeof COVERAGE_FORMATTERS)[number];
