import { here } from '../types.ts';
import { state } from './facts.ts';
import type { Telling } from './facts.ts';
import { resolve } from './resolve.ts';
import type { Argument, Resolved } from './resolve.ts';
import { valueOf } from './statements.ts';
import type { Script } from './statements.ts';
import type { ImageRow } from './table.ts';
import { modelTarget } from './targets.ts';

/** A variable of a container's environment. */
export interface Variable {
  readonly name: string;
  readonly value: Argument;
}

/** `-e NAME=value` and `--env NAME=value` in front of an image. */
export const variablesBefore = (before: readonly Argument[]): readonly Variable[] =>
  before.flatMap((argument, at): Variable[] => {
    const first = argument.word.parts[0];
    if (first?.kind !== 'text') return [];
    const inline = /^(?:--env=|-e)([A-Z]\w*)=/.exec(first.text);
    const previous = before[at - 1]?.word.parts[0];
    const behind = previous?.kind === 'text' && (previous.text === '-e' || previous.text === '--env') ? /^([A-Z]\w*)=/.exec(first.text) : null;
    const found = inline ?? behind;
    return found ? [{ name: found[1] ?? '', value: { ...argument, word: valueOf(argument.word, found[0].length) } }] : [];
  });

/** What the variables of a known image say that it serves. */
export const tellEnvironment = (telling: Telling, script: Script, image: ImageRow, variables: readonly Variable[]): void => {
  const valuesOf = (name: string | undefined): readonly Resolved[] =>
    name === undefined ? [] : variables.filter((variable) => variable.name === name).flatMap((variable) => resolve(script, variable.value).values);
  const revision = valuesOf(image.environment.revision)[0]?.value ?? null;
  const remoteCode = valuesOf(image.environment.remoteCode).some(({ value }) => /^(?:true|1|yes)$/i.test(value));
  for (const resolved of valuesOf(image.environment.model)) {
    const target = modelTarget(resolved.value, true, telling.draft.knowledge);
    if (!target) continue;
    state(telling, {
      from: here,
      to: target.to,
      type: 'loads',
      via: image.environment.model ?? '',
      span: resolved.span,
      role: telling.role,
      revision: revision ?? target.revision,
      pinnable: image.environment.revision !== undefined && target.revision === null,
      remoteCode,
    });
  }
};
