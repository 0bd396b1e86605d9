import type { HubSettings } from './hub-client.ts';
import { limits } from '../text/limits.ts';

const publicHub = 'https://huggingface.co';

/** Its own machine may be talked to without encryption; a token goes over no other such line. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

const isOn = (value: string | undefined): boolean => value !== undefined && /^(?:1|on|yes|true)$/i.test(value);

/** How the hub's own library is told where the hub is, and who asks. A reason in words where it cannot be asked; `notes` say what was left out. */
export const hubSettings = (environment: NodeJS.ProcessEnv = process.env): { readonly settings: HubSettings; readonly notes: readonly string[] } | string => {
  if (isOn(environment['HF_HUB_OFFLINE'])) return 'HF_HUB_OFFLINE is set';
  const stated = environment['HF_ENDPOINT']?.trim() || publicHub;
  if (!URL.canParse(stated)) return 'HF_ENDPOINT is no address';
  const url = new URL(stated);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'HF_ENDPOINT is no address of the web';
  if (url.username !== '' || url.password !== '') return 'HF_ENDPOINT holds a password: HF_TOKEN is the place for secrets';
  if (url.search !== '' || url.hash !== '') return 'HF_ENDPOINT has more than a host and a path';
  const notes: string[] = [];
  let token = environment['HF_TOKEN']?.trim() || null;
  if (token !== null && !/^[\x21-\x7e]{1,500}$/.test(token)) {
    notes.push('HF_TOKEN is not used: it holds what no token holds');
    token = null;
  }
  if (token !== null && url.protocol === 'http:' && !isLoopback(url.hostname)) {
    notes.push('HF_TOKEN is not used: the line to HF_ENDPOINT is not encrypted');
    token = null;
  }
  const seconds = Number(environment['HF_HUB_DOWNLOAD_TIMEOUT']);
  const timeout = seconds > 0 && seconds < 60 ? seconds * 1000 : limits.hubRequestMilliseconds;
  return { settings: { endpoint: url.href.replace(/\/+$/, ''), token, timeout }, notes };
};
