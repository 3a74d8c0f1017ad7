import lwcJest from '@salesforce/sfdx-lwc-jest/config.js';

const { jestConfig } = lwcJest;

/** The component tests. TypeScript comes before JavaScript, so that a stale build is never what is tested. */
export default {
  ...jestConfig,
  roots: ['<rootDir>/force-app', '<rootDir>/config/jest'],
  moduleFileExtensions: ['ts', 'js', 'html'],
  testMatch: ['<rootDir>/force-app/**/__tests__/**/*.test.ts'],
  moduleNameMapper: {
    '^lightning/actions$': '<rootDir>/config/jest/stubs/actions',
    '^lightning/modal$': '<rootDir>/config/jest/stubs/modal',
  },
  setupFilesAfterEnv: [...(jestConfig.setupFilesAfterEnv ?? []), '<rootDir>/config/jest/setup.ts'],
  collectCoverageFrom: ['force-app/**/lwc/**/*.ts', '!**/__tests__/**'],
  clearMocks: true,
  // A busy machine is no failed test: axe alone takes seconds on one.
  testTimeout: 30_000,
};
