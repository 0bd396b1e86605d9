import type { Artefact } from '../artefacts/artefact.ts';
import { localLoad, lockedStage, rewritten, savedIn } from '../artefacts/via.ts';
import type { RelationFact, WorkId } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { factsOf } from './files.ts';
import { folderMeant, isPut } from './folders.ts';
import { isHelperFact } from './helpers.ts';
import type { HelperLink } from './helpers.ts';
import { folderOf, resolveHere } from './local.ts';
import type { Layout } from './local.ts';

/** What the scripts of the tree make, by the paths under which others know it. */
export interface Made {
  /** A path as one file writes it is the work that another file puts there: `./out/checkpoint-500` is the model of the script that saves in `./out`. */
  readonly target: (path: string, fact: RelationFact) => WorkId;
  /** False for what only counts where some other file puts something there, and none does. */
  readonly counts: (fact: RelationFact, to: WorkId) => boolean;
}

const within = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);

const pathOf = (work: WorkId): string => work.slice('local:'.length);

/** Folders with the model that is saved in each; several scripts that save in one folder leave open which. */
const savedModels = (artefacts: ReadonlyMap<string, Artefact>): ReadonlyMap<string, WorkId> => {
  const out = new Map<string, WorkId | null>();
  for (const { fact } of factsOf(artefacts, 'relation')) {
    if (fact.via !== savedIn) continue;
    const folder = pathOf(fact.from);
    const known = out.get(folder);
    out.set(folder, known === undefined || known === fact.to ? fact.to : null);
  }
  return new Map([...out].flatMap(([folder, work]) => (work === null ? [] : [[folder, work] as const])));
};

/** `noted` are data that the policy says a service wrote. */
export const madeHere = (
  artefacts: ReadonlyMap<string, Artefact>,
  knowledge: Knowledge,
  layout: Layout,
  links: readonly HelperLink[],
  noted: readonly WorkId[],
): Made => {
  const data = new Set<WorkId>([...noted, ...links.map((link) => link.data)]);
  const copies: { readonly path: string; readonly fact: RelationFact }[] = [];
  const staged = new Set<WorkId>();
  for (const { path, fact } of factsOf(artefacts, 'relation')) {
    if (isHelperFact(fact)) continue;
    if (fact.type === 'generatedBy') data.add(resolveHere(layout, path, fact.from));
    if (fact.via === rewritten) copies.push({ path, fact });
    if (fact.via === 'stage') staged.add(fact.from);
  }
  const models = savedModels(artefacts);
  const saved = new Set(models.values());

  /** Relative to the root, to the file, or to a folder that we cannot know: the one that is there. */
  const dataAt = (path: string, work: WorkId): WorkId | undefined => {
    if (data.has(work)) return work;
    const file = pathOf(work);
    if (artefacts.has(file) || file.includes('#')) return undefined;
    const beside: WorkId = `local:${folderOf(path) === '.' ? '' : `${folderOf(path)}/`}${file}`;
    if (data.has(beside)) return beside;
    const inside = [...data].find((id) => !id.includes('#') && (within(file, pathOf(id)) || within(pathOf(id), file)));
    if (inside) return inside;
    const tails = [...data].filter((id) => id.endsWith(`/${file}`));
    return tails.length === 1 ? tails[0] : undefined;
  };

  const modelAt = (path: string, work: WorkId): WorkId | undefined => {
    const own = pathOf(work);
    const beside = folderOf(path) === '.' ? own : `${folderOf(path)}/${own}`;
    for (const start of [own, beside])
      for (let folder = start; folder !== '.'; folder = folderOf(folder)) {
        const model = models.get(folder);
        // What a script loads from its own folder it saved earlier, or somebody put there.
        if (model !== undefined && !model.startsWith(`local:${path}#`)) return model;
      }
    return undefined;
  };

  // A file that is written from what was made is made as well, in however many steps.
  for (let grown = true, rounds = 0; grown && rounds < 10; rounds += 1) {
    grown = false;
    for (const { path, fact } of copies) {
      if (data.has(fact.from) || dataAt(path, fact.to) === undefined) continue;
      data.add(fact.from);
      grown = true;
    }
  }

  // The file of the last run repeats paths without the folder that a stage may work in.
  const isStaged = (work: WorkId): boolean => staged.has(work) || [...staged].some((own) => own.endsWith(`/${pathOf(work)}`));

  return {
    target: (path, { to: work, type }) => {
      if (!work.startsWith('local:')) return folderMeant(artefacts, knowledge, path, work) ?? work;
      const beside = `local:${folderOf(path) === '.' ? '' : `${folderOf(path)}/`}${pathOf(work)}`;
      const there = !data.has(work) && !artefacts.has(pathOf(work)) && artefacts.has(pathOf(beside)) ? beside : undefined;
      return there ?? dataAt(path, work) ?? (work.includes('#') || type === 'trainedOn' || type === 'testedOn' ? undefined : modelAt(path, work)) ?? work;
    },
    counts: (fact, to) => {
      if (isPut(artefacts, fact.to, to)) return false;
      if (fact.via === rewritten) return data.has(to);
      if (fact.via === localLoad) return saved.has(to);
      return fact.via === lockedStage ? !isStaged(fact.from) : fact.via !== savedIn;
    },
  };
};
