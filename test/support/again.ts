import type { Context, Suite } from 'mocha';

/** What starts programs, or measures time and memory: what else runs on the machine falls into it. */
const shared = /[\\/]test[\\/](?:(?:cli|client|host|lsp)[\\/]|hostile[\\/]life)/;

/** A machine that is put to sleep in the midst of a test has the test pay for it. */
const measuring = /\bcpuTime\b/;

const allow = (suite: Suite): void => {
  const isShared = suite.file !== undefined && shared.test(suite.file);
  for (const test of suite.tests) if (test.retries() < 1 && (isShared || measuring.test(test.body))) test.retries(1);
  suite.suites.forEach(allow);
};

/** Such tests are tried once more before they fail, and it is said aloud, so that what needs it often is seen. */
export const mochaHooks = {
  beforeAll(this: Context): void {
    const root = this.test?.parent;
    if (root) allow(root);
  },
  beforeEach(this: Context): void {
    const test = this.currentTest as unknown as { readonly currentRetry: () => number; readonly fullTitle: () => string } | undefined;
    if (test && test.currentRetry() > 0) console.log(`      once more: ${test.fullTitle()}`);
  },
};
