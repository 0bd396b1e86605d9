import type { Artefact, FactPlace } from '../artefacts/artefact.ts';
import type { Fact } from '../artefacts/types.ts';
import type { Position } from 'vscode-languageserver/node';

export interface FactAt {
  readonly fact: Fact;
  readonly place: FactPlace;
}

const covers = (place: FactPlace, cell: number | null, { line, character }: Position): boolean => {
  if (place.cell !== cell || place.key !== null) return false;
  const at = line + 1;
  const column = character + 1;
  return (at > place.line || (at === place.line && column >= place.column)) && (at < place.endLine || (at === place.endLine && column <= place.endColumn));
};

const size = (place: FactPlace): number => (place.endLine - place.line) * 100_000 + place.endColumn - place.column;

/** The facts that stand at a position of a text, or of a cell, the narrowest first. */
export const factsAt = (artefact: Artefact, cell: number | null, position: Position): readonly FactAt[] =>
  artefact.facts
    .flatMap((fact): FactAt[] => {
      const place = artefact.places.get(fact.id);
      return place && covers(place, cell, position) ? [{ fact, place }] : [];
    })
    .toSorted((a, b) => size(a.place) - size(b.place));

/** Every fact that has a place in the text, or in the cell. */
export const placedFacts = (artefact: Artefact, cell: number | null): readonly FactAt[] =>
  artefact.facts.flatMap((fact): FactAt[] => {
    const place = artefact.places.get(fact.id);
    return place && place.cell === cell && place.key === null ? [{ fact, place }] : [];
  });
