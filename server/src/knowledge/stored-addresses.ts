import table from './data/stored-addresses.json';
import { memo } from './lookup.ts';

interface Row {
  /** How such addresses begin, behind the scheme. */
  readonly begins: string;
  readonly id: string;
}

/** By host, the longest first: it tells most. */
const byHost = memo(() => {
  const out = new Map<string, Row[]>();
  for (const row of table as readonly Row[]) {
    const host = row.begins.slice(0, row.begins.indexOf('/'));
    const rows = out.get(host);
    if (rows) rows.push(row);
    else out.set(host, [row]);
  }
  return out;
});

/** The work whose publisher hands out its files under such addresses: on the hub, or `pkg:github/owner/name`. */
export const workAtAddress = (address: string): string | undefined => {
  const scheme = /^https?:\/\//.exec(address)?.[0].length ?? 0;
  const slash = address.indexOf('/', scheme);
  if (scheme === 0 || slash < 0) return undefined;
  return byHost()
    .get(address.slice(scheme, slash))
    ?.find(({ begins }) => address.startsWith(begins, scheme))?.id;
};
