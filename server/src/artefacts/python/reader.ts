import packs from '../../knowledge/data/python-names.json';
import { limits } from '../../text/limits.ts';
import { needleFinder } from '../../text/needles.ts';
import type { NeedleFinder, NeedleGroup } from '../../text/needles.ts';
import { libraryNames } from '../../knowledge/library-names.ts';
import { copiedFileNames } from '../../knowledge/mirrors.ts';
import { callWords, signWords } from '../../knowledge/data-signs.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { mayAddress } from '../addresses.ts';
import { mayNameData } from '../data-files.ts';
import { limitHit, moreThan, nothingRead } from '../draft.ts';
import type { ReadProblem, Reader, Reading } from '../types.ts';
import { mayNameFolder, mayNameWeights } from '../weights-paths.ts';
import { pythonFacts } from './facts.ts';
import { readPython } from './model.ts';
import type { PythonFile } from './model.ts';
import { mayNameModels } from './named-models.ts';
import { mayNameSets } from './named-sets.ts';
import { serviceNeedles } from './service-index.ts';

const needles = [
  'from_pretrained',
  'load_dataset',
  'snapshot_download',
  'hf_hub',
  'hf-hub:',
  'huggingface.co',
  '/resolve/',
  'hub.load',
  'torch.hub',
  'trust_remote_code',
  'hf://',
  'SentenceTransformer',
  'CrossEncoder',
  'pipeline(',
  'push_to_hub',
  'hub_model_id',
  'from_single_file',
  'FaceAnalysis',
  ' LLM(',
  '=LLM(',
  '(LLM(',
  '.LLM(',
  '[LLM(',
  'setup(',
  'get_pretrained',
  'HuggingFaceEmbeddings',
  'create_model',
  'Trainer(',
  'litellm',
  'model=',
  'model_name=',
  'model_type=',
  'engine=',
  '.jsonl',
  'json.dump',
  'to_json(',
  'to_parquet(',
  'from_list(',
  'upload_file(',
  'upload_folder(',
  'upload_large_folder(',
  'source=',
  'dataset_name=',
  'dataset_path=',
  'dataset_repo=',
  '_repo=',
  '_dataset=',
  'dataset_id=',
];

const finders = new WeakMap<Knowledge, NeedleFinder>();
const groups = new WeakMap<Knowledge, NeedleGroup>();

/** "import x", "from x", import_module("x"): elsewhere the name of a module may be any word. */
const isImport = (text: string, at: number): boolean => {
  if (text[at] !== ' ') return true;
  const before = text.slice(Math.max(text.lastIndexOf('\n', at) + 1, at - limits.importLength), at);
  return /\b(?:import|from)\b/.test(before);
};

/** A name of two or three letters, and what may stand behind it: nothing shorter can be looked for with the rest. */
const behind = [' ', '.', ',', ';', ')', '"', "'", '\n', '\r'];
const withSign = (word: string): readonly string[] => (word.length > 4 ? [word] : behind.map((sign) => `${word}${sign}`));

const groupOf = (knowledge: Knowledge): NeedleGroup => {
  const known = groups.get(knowledge);
  if (known) return known;
  const { modules, hosts } = serviceNeedles(knowledge);
  const names = new Set([
    ...needles,
    ...packs.rows.flatMap((row) => [row.call, ...row.values]),
    ...libraryNames,
    ...callWords,
    ...signWords,
    ...copiedFileNames(),
    ...hosts,
  ]);
  const imported = modules.flatMap((name) => [` ${name}`, `"${name}`, `'${name}`]).flatMap(withSign);
  const group: NeedleGroup = { needles: [...names, ...imported], isMeant: (text, at, needle) => names.has(needle) || isImport(text, at) };
  groups.set(knowledge, group);
  return group;
};

const finderOf = (knowledge: Knowledge): NeedleFinder => {
  const known = finders.get(knowledge);
  if (known) return known;
  const group = groupOf(knowledge);
  const finder = needleFinder(group.needles, group);
  finders.set(knowledge, finder);
  return finder;
};

/** Most files of a tree speak of no work: they are told by one search and never scanned. `worded`: what was found before. */
export const mayHaveFacts = (text: string, knowledge: Knowledge, worded = finderOf(knowledge).inText(text)): boolean =>
  worded ||
  mayNameWeights(text) ||
  mayNameData(text) ||
  mayNameModels(text, knowledge) ||
  mayNameSets(text, knowledge) ||
  mayAddress(text, knowledge) ||
  mayNameFolder(text, knowledge);

/** What of a file was left out. */
export const limitsHit = ({ tokens, budget, hit }: PythonFile): readonly ReadProblem[] => [
  ...(tokens.length > limits.pythonTokens ? [moreThan(limits.pythonTokens, 'tokens of Python')] : []),
  ...(budget.left < 0 ? [limitHit('more names of Python than are followed')] : []),
  ...[...hit].map(limitHit),
];

/** Python sources: works loaded, trained on and published, services called, what setup.py declares. */
export const pythonReader: Reader = {
  id: 'python',
  version: 8,
  matches: (_path, name) => name.endsWith('.py'),
  wants: 'text',
  words: groupOf,
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text, worded }, knowledge): Reading => {
    if (!mayHaveFacts(text, knowledge, worded)) return nothingRead;
    const file = readPython(text);
    const { facts, anchors } = pythonFacts(path, file, knowledge, 'python');
    return { facts, anchors, problems: limitsHit(file) };
  },
};
