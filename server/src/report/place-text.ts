import type { Finding } from '../protocol/report.ts';

/** How a place is written for a person: the line, or what stands for it where there is none. */
export const placeText = ({ path, line, cell, key }: Pick<Finding, 'path' | 'line' | 'cell' | 'key'>): string => {
  if (key !== null) return `${path}, ${key}`;
  return cell === null ? `${path}:${line}` : `${path}, cell ${cell + 1}:${line}`;
};
