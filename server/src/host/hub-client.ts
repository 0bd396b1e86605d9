import { limits } from '../text/limits.ts';

/**
 * The one file that talks to a network, in a bundle of its own that is loaded when somebody asked for the hub. It asks what
 * is there at a revision, and for one or two small files of it.
 */
export interface HubSettings {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** Goes to the endpoint's own host and to no other. */
  readonly token: string | null;
  /** Milliseconds of one request. */
  readonly timeout: number;
}

export interface HubQuestion {
  readonly type: 'model' | 'dataset';
  readonly id: string;
  readonly revision: string | null;
}

/** What the hub says of a work. `card` holds the front matter at least. */
interface HubFound {
  readonly kind: 'found';
  readonly id: string;
  readonly commit: string | null;
  readonly date: string | null;
  readonly gated: boolean;
  readonly card: string | null;
  /** The text beside a card that says no more than "other". */
  readonly licence: HubText | null;
}

interface HubText {
  readonly name: string;
  readonly text: string;
}

interface HubNothing {
  /** `refused`: not there, or not for everybody; `unclear`: the work may be there, the revision is not. */
  readonly kind: 'absent' | 'refused' | 'unclear';
}

interface HubFailure {
  readonly kind: 'failed';
  readonly reason: string;
  /** Nothing better is to be expected of the next question. */
  readonly final: boolean;
}

export type HubReply = HubFound | HubNothing | HubFailure;
type HubFile = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' } | HubFailure;

interface Got {
  readonly kind: 'got';
  readonly status: number;
  /** The hub's own word for what went wrong. */
  readonly code: string;
  readonly text: string;
  readonly cut: boolean;
}

const failed = (reason: string, final = false): HubFailure => ({ kind: 'failed', reason, final });

/** The text of a body up to a number of bytes; the rest is not taken off the line. */
const readHead = async (response: Response, maximum: number): Promise<{ readonly text: string; readonly cut: boolean }> => {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
    if (size > maximum) {
      await reader.cancel();
      break;
    }
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maximum)), cut: size > maximum };
};

/** Where a redirect leads, or why it is not followed. */
const nextOf = (from: URL, location: string | null): URL | string => {
  if (location === null || !URL.canParse(location, from.href)) return 'a redirect that leads nowhere';
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return 'a redirect to no address of the web';
  if (from.protocol === 'https:' && to.protocol === 'http:') return 'a redirect to an address that is not encrypted';
  return to.username !== '' || to.password !== '' ? 'a redirect with a password in it' : to;
};

/** Never the error's own message: it may quote what was sent. */
const reasonOf = (error: unknown, timeout: number): HubFailure => {
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError') return failed(`no answer within ${timeout / 1000} s`);
  if (name === 'AbortError') return failed('cancelled', true);
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  const code = typeof cause?.code === 'string' && /^[A-Z_0-9]{1,40}$/.test(cause.code) ? cause.code : 'error';
  return failed(`not reached: ${code}`);
};

/**
 * A signal that is given after some milliseconds, or when somebody cancels. Its timer holds it: what `AbortSignal.any` makes of `AbortSignal.timeout` may be
 * collected as rubbish in Node 20, and then nobody is told.
 */
const limitedTo = (milliseconds: number, cancel: AbortSignal): { readonly signal: AbortSignal; readonly done: () => void } => {
  const controller = new AbortController();
  const give = (): void => controller.abort(cancel.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('too slow', 'TimeoutError')), milliseconds);
  if (cancel.aborted) give();
  else cancel.addEventListener('abort', give);
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      cancel.removeEventListener('abort', give);
    },
  };
};

const get = async (settings: HubSettings, path: string, maximum: number, cancel: AbortSignal): Promise<Got | HubFailure> => {
  let url = new URL(`${settings.endpoint}${path}`);
  const home = url.origin;
  const { signal, done } = limitedTo(settings.timeout, cancel);
  let token = settings.token;
  try {
    for (let hops = 0; hops <= limits.hubRedirects; hops += 1) {
      // Once a redirect has led to another host, the token stays behind, even if the next one leads back.
      if (url.origin !== home) token = null;
      const response = await fetch(url.href, {
        redirect: 'manual',
        signal,
        headers: { accept: 'application/json, text/plain, */*', 'user-agent': 'pedigree', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      });
      if (response.status < 300 || response.status > 399) {
        const { text, cut } = response.ok ? await readHead(response, maximum) : { text: '', cut: false };
        if (!response.ok) await response.body?.cancel();
        return { kind: 'got', status: response.status, code: response.headers.get('x-error-code') ?? '', text, cut };
      }
      await response.body?.cancel();
      const next = nextOf(url, response.headers.get('location'));
      if (typeof next === 'string') return failed(next);
      url = next;
    }
    return failed(`more than ${limits.hubRedirects} redirects`);
  } catch (error) {
    return reasonOf(error, settings.timeout);
  } finally {
    done();
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What of a card's front matter says whose terms hold and what it came from; the rest may be long. */
const cardKeys = [
  'license',
  'licenses',
  'license_name',
  'license_link',
  'base_model',
  'base_model_relation',
  'datasets',
  'source_datasets',
  'library_name',
  'quantized_by',
  'tags',
  'pipeline_tag',
];

/** A word or a list of words: no card has anything else under these keys. */
const wordsOf = (value: unknown): string | readonly string[] | undefined => {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, limits.hubCardWords) : undefined;
};

/** Front matter as the hub read it, written down again: values of JSON are values of YAML. */
const cardOf = (data: Readonly<Record<string, unknown>>): string => {
  const lines = cardKeys.flatMap((key) => {
    const words = wordsOf(data[key]);
    return words === undefined ? [] : [`${key}: ${JSON.stringify(words)}`];
  });
  return lines.length === 0 ? '' : `---\n${lines.join('\n')}\n---\n`;
};

/** `org/name`, or a name of the time before there were organisations. */
export const isId = (id: string): boolean => /^[\w.-]{1,96}(?:\/[\w.-]{1,96})?$/.test(id) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(id);

const pathOf = ({ type, id }: HubQuestion): string => `/${type === 'dataset' ? 'datasets/' : ''}${id}`;

/** One small file at a revision; only the head of a large one. */
const askFile = async (settings: HubSettings, question: HubQuestion, revision: string, name: string, cancel: AbortSignal): Promise<HubFile> => {
  const path = `${pathOf(question)}/resolve/${encodeURIComponent(revision)}/${name.split('/').map(encodeURIComponent).join('/')}`;
  const got = await get(settings, path, limits.hubCardBytes, cancel);
  if (got.kind === 'failed') return got;
  if (got.status === 429 || got.status >= 500) return failed(`answered ${got.status}`, got.status === 429);
  return got.status === 200 ? { kind: 'text', text: got.text } : { kind: 'none' };
};

const nothing = ({ status, code }: Got, { revision }: HubQuestion): HubReply => {
  if (status === 401 || status === 403 || status === 451) return { kind: 'refused' };
  if (status === 404) return { kind: revision === null || code === 'RepoNotFound' ? 'absent' : 'unclear' };
  return failed(`answered ${status}`, status === 429);
};

/** A card's own word for terms that its list lacks, and the file that it may name for them. */
const licenceFileOf = (card: string | null): string | undefined => {
  const head = card?.slice(0, limits.frontMatterLength) ?? '';
  if (!/^license:[ \t]*["']?other["']?[ \t]*\r?$/m.test(head)) return undefined;
  const link =
    /^license_link:([^\r\n]*)\r?$/m
      .exec(head)?.[1]
      ?.trim()
      .replace(/^["']|["']$/g, '') ?? '';
  return /^(?!.*\.\.)[\w. -]+(?:\/[\w. -]+){0,3}$/.test(link) ? link : 'LICENSE';
};

/** What the hub says of a work at a revision. */
export const askWork = async (settings: HubSettings, question: HubQuestion, cancel: AbortSignal): Promise<HubReply> => {
  const { type, id, revision } = question;
  const at = revision === null ? '' : `/revision/${encodeURIComponent(revision)}`;
  const query = ['sha', 'lastModified', 'gated', 'cardData'].map((key) => `expand=${key}`).join('&');
  const got = await get(settings, `/api/${type}s/${id}${at}?${query}`, limits.hubAnswerBytes, cancel);
  if (got.kind === 'failed') return got;
  if (got.status !== 200) return nothing(got, question);
  if (got.cut) return failed(`an answer larger than ${limits.hubAnswerBytes / 1000} kB`);
  const body = parse(got.text);
  if (!isObject(body)) return failed('an answer that is no JSON');
  const { id: stated, sha, lastModified, gated, cardData } = body;
  const present = typeof stated === 'string' && isId(stated) ? stated : id;
  const commit = typeof sha === 'string' && /^[0-9a-f]{40}$/.test(sha) ? sha : null;
  const data = isObject(cardData) ? cardOf(cardData) : null;
  const ask = (name: string): Promise<HubFile> => askFile(settings, { ...question, id: present }, commit ?? revision ?? 'main', name, cancel);
  // Of a revision the file itself is the best word; else it is only asked where the hub could not read its front matter.
  const file = revision === null && data !== null ? undefined : await ask('README.md');
  if (file?.kind === 'failed' && data === null) return file;
  const card = file?.kind === 'text' ? file.text : data;
  const name = licenceFileOf(card);
  const text = name === undefined ? undefined : await ask(name);
  return {
    kind: 'found',
    id: present,
    commit,
    date: typeof lastModified === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(lastModified) ? lastModified.slice(0, 10) : null,
    gated: gated !== undefined && gated !== null && gated !== false,
    card,
    licence: name !== undefined && text?.kind === 'text' ? { name, text: text.text } : null,
  };
};
