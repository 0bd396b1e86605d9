import { limits } from '../../text/limits.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import type { Reader, Reading } from '../types.ts';
import { pythonFacts } from './facts.ts';
import { readPython } from './model.ts';
import { serviceNeedles } from './services.ts';

const needles = [
  'from_pretrained', 'load_dataset', 'snapshot_download', 'hf_hub', 'huggingface.co', 'hf://', 'SentenceTransformer', 'CrossEncoder', 'pipeline(', 'push_to_hub', 'hub_model_id', 'from_single_file', 'FaceAnalysis', 'LLM(', 'setup(', 'get_pretrained',
  'HuggingFaceEmbeddings', 'create_model', 'Trainer(', 'litellm', 'model=', 'model_name=', 'engine=',
];

/** Most files of a tree speak of no work: they are told by a few searches and never scanned. */
export const mayHaveFacts = (text: string, knowledge: Knowledge): boolean => needles.some((needle) => text.includes(needle)) || serviceNeedles(knowledge).some((needle) => text.includes(needle));

/** Python sources: works loaded, trained on and published, services called, what setup.py declares. */
export const pythonReader: Reader = {
  id: 'python',
  version: 1,
  matches: (_path, name) => name.endsWith('.py'),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (!mayHaveFacts(text, knowledge)) return { facts: [], anchors: {}, problems: [] };
    return { ...pythonFacts(path, readPython(text), knowledge, 'python'), problems: [] };
  },
};
