import { setup } from '@sa11y/jest';

// Gives expect(element).toBeAccessible().
setup();
