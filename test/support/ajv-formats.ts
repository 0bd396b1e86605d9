import type { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** Dates, addresses and the like, which the validator itself knows nothing of. */
export const addFormats = (ajv: Ajv2020): Ajv2020 => {
  // The package is CommonJS, whose one export stands under another name as its types have it.
  (formats as unknown as (to: Ajv2020) => void)(ajv);
  return ajv;
};
