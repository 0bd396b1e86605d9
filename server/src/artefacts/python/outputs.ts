import type { Call, PythonFile } from './model.ts';
import type { Sink } from './sinks.ts';

const applications = [
  'gradio',
  'streamlit',
  'fastapi',
  'flask',
  'discord',
  'chainlit',
  'telegram',
  'slack_bolt',
  'starlette',
  'aiogram',
  'django',
  'nicegui',
  'textual',
  'sanic',
  'tornado',
];

/** `input()` in a loop: somebody talks with the program. Outside one it asks whether to go on. */
const talks = (file: PythonFile): boolean => {
  const asked = (file.callsOf.get('input') ?? []).filter((call) => call.callee === 'input').slice(0, 200);
  return asked.some(({ nameToken }) => {
    let inner = Infinity;
    for (let at = nameToken; at >= 0 && inner > 0; at -= 1) {
      const token = file.tokens[at];
      if (!token || token.column < 0 || token.column >= inner) continue;
      inner = token.column;
      if (token.kind === 'name' && token.text === 'while') return true;
      if (token.kind === 'name' && (token.text === 'def' || token.text === 'class')) return false;
    }
    return false;
  });
};

/** Serves people or talks with one: what it writes are logs of that. */
export const isApplication = (file: PythonFile): boolean =>
  talks(file) || [...file.imports.values()].some((origin) => applications.includes(origin.split('.')[0] ?? ''));

/** Parts of programs that people talk with, by the folders that they lie in. */
const isFront = (path: string): boolean =>
  /(?:^|\/)(?:gradio|streamlit|web_?ui|demos?|servers?|backend|frontend|chat_?bots?|bots?|apps?|ui|playground|cli)\//i.test(path);

/** The functions around a call, for their names. */
export const enclosing = (file: PythonFile, call: Call): string => {
  const names: string[] = [];
  for (let scope = call.scope; scope > 0; scope = file.scopes[scope]?.parent ?? -1) names.push(file.scopes[scope]?.name ?? '');
  return names.join(' ');
};

/** Names of the functions and classes around a token. */
export const symbolsAt = (file: PythonFile, at: number): string => {
  const out: string[] = [];
  for (let scope = file.inner[at] ?? 0; scope > 0; scope = file.scopes[scope]?.parent ?? -1) out.push(file.scopes[scope]?.name ?? '');
  return out.join(' ');
};

/** Judges, evaluations and tests: by a word of the file's name or of a function around the call. */
export const isEvaluating = (path: string, symbols: string): boolean =>
  /(?:^|[/_.\- ])(?:eval\w*|judg\w*|bench\w*|grad(?:e|er|ing)|scor(?:e|er|ing)\w*|review\w*|baselines?|tests?|mocks?|metrics?|verif\w*|compare|monitor\w*|rubrics?|rating|classif\w*|difficult\w*|decontaminat\w*|moderat\w*)(?:$|[/_.\- \d])/i.test(
    `${path} ${symbols.replace(/([a-z])([A-Z])/g, '$1_$2')}`,
  );

/** Words that only data for training have, in the names of files, folders and functions. */
const dataWords =
  /train|sft|dpo|rlhf|finetun|fine[-_]tun|instruct|alpaca|sharegpt|distil|synth|corpus|datasets?(?![a-z])|augment|evol(?!ution)|preference|reward|reject|chosen|trajector|reasoning|cot(?![a-z])|self[-_]?(?:chat|play)|seed_?task|(?:gen(?:erat)?|creat|mak|build|collect|gather|prepar|construct)[a-z]*_?\w*(?:data|instruction|question|answer|conversation|dialog|prompt|caption|qa|sample|example|problem)/i;
/** Words that data have, and much else. */
const weakWords =
  /data(?!base|class)|generat|collect|sample|conversation|dialog|annotat|rewrit|translat|caption|(?:^|[^a-z])qa(?:[^a-z]|$)|question|answer|prompt|response|quer|persona|trace|critique|label/i;
const otherWords =
  /eval|judg|bench|grad(?:e|ing)|scor|review|baseline|test|mock|metric|(?:^|[^a-z])log|cache|report|leaderboard|compar|verif|check|usage|cost|histor|checkpoint|config|setting|predict|submission|progress|error|fail|debug|token|index|embedding|schema|manifest|classif|difficult|summar(?:y|ies)(?![a-z])/i;
/** What people read or run, or hear and see: no rows of data. */
const documents = /\.(?:md|txt|html?|py|js|ts|tsx|css|log|tex|docx?|pdf|pptx?|svg|png|jpe?g|webp|mp3|wav|mp4|sh|sql|ya?ml|toml|xml|srt|vtt|rst|dot|mmd)\b/i;
const rows = /\.(?:jsonl|ndjson|parquet|arrow)\b/i;

/** Keys that the records of training data have, in pairs. */
const recordKeys: readonly (readonly string[])[] = [
  ['instruction', 'output'],
  ['instruction', 'response'],
  ['prompt', 'completion'],
  ['prompt', 'response'],
  ['question', 'answer'],
  ['query', 'response'],
  ['chosen', 'rejected'],
  ['conversations'],
  ['input', 'output'],
  ['from', 'value'],
];

/** Keys that the records of a run have, which tell how well it went. */
const resultKeys =
  'final_answer final_result execute_log execution_log check_index is_correct correct correctness prediction predicted pred gold golden gold_answer gt_answer ground_truth'.split(
    ' ',
  );

/** Keys under which a record keeps an answer, and how well it did by some measure: what was measured, whatever the file is called. */
const answerKeys = ['pred', 'preds', 'prediction', 'predicted', 'hypothesis'];
const measureKeys =
  'bleu sacrebleu rouge rouge1 rouge_l rougel meteor cider chrf ter wer cer f1 em exact_match accuracy acc is_correct correct bertscore bert_score'.split(' ');

/** Functions that tell how well answers are. */
const judges = /^(?:evaluate|eval|score|grade|check_answers?|is_correct|(?:compute|calc(?:ulate)?|get)_(?:accuracy|metrics?|scores?))$/i;

/** The strings that are keys of dictionaries in the file: `"output": x` and `row["output"] = x`. */
const keysOf = (file: PythonFile): ReadonlySet<string> => {
  const out = new Set<string>();
  for (const index of file.strings) {
    const token = file.tokens[index];
    if (token === undefined || token.text.length > 30) continue;
    const next = file.tokens[index + 1];
    if (next?.kind !== 'operator') continue;
    if (next.text === ':' || (next.text === ']' && file.tokens[index + 2]?.text === '=')) out.add(token.text.toLowerCase());
  }
  return out;
};

/** How much speaks for data that are collected for training, by what stands around the places that keep them. */
export interface Evidence {
  /** Of the whole file: its name, the records it makes, whether it hands a data set on. */
  readonly file: number;
  readonly of: (sink: Sink, symbols: string) => number;
}

/** Two signs are enough: one alone may be a word. */
export const enough = 2;

export const evidenceOf = (file: PythonFile, path: string, sinks: readonly Sink[]): Evidence => {
  const place = path.split('/').slice(-2).join('/');
  const keys = keysOf(file);
  // "config_generation" makes settings, whatever else its name says.
  const likely = dataWords.test(place) ? 2 : weakWords.test(place) && !otherWords.test(place.slice(place.lastIndexOf('/') + 1)) ? 1 : 0;
  const named = likely - (isFront(path) ? 2 : 0);
  const records = recordKeys.some((pair) => pair.every((key) => keys.has(key))) ? 1 : 0;
  const handedOn = sinks.some((sink) => sink.kind === 'hub' || sink.kind === 'training') ? 2 : 0;
  // How an agent or a model did on questions, not what the next one is to learn from.
  const judged = file.scopes.some(({ kind, name }) => kind === 'def' && judges.test(name));
  const measured = answerKeys.some((key) => keys.has(key)) && measureKeys.some((key) => keys.has(key));
  const results = measured || (likely < 2 && (judged || resultKeys.filter((key) => keys.has(key)).length > 1)) ? 2 : 0;
  const whole = named + records + handedOn - results;
  return {
    file: whole,
    of: (sink, symbols) => {
      if (sink.kind === 'hub' || sink.kind === 'training' || sink.kind === 'dataset') return enough;
      const told = sink.path;
      const strong = dataWords.test(told) || rows.test(told);
      if ((documents.test(told) || sink.binary) && !strong) return 0;
      if (otherWords.test(told) && !dataWords.test(told) && !(rows.test(told) && whole >= enough)) return 0;
      const around = `${symbols} ${enclosing(file, sink.call)}`;
      return (
        whole +
        (dataWords.test(told) ? 2 : rows.test(told) || weakWords.test(told) ? 1 : 0) +
        (dataWords.test(around) ? 2 : weakWords.test(around) && !otherWords.test(around) ? 1 : 0)
      );
    },
  };
};
