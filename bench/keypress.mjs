// What a key press in a card costs the server, in a folder of many files.
//   npm run build && node bench/keypress.mjs [FILES...]
import { measureKeys } from './keys.mjs';

const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 5000, 50_000];
const told = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return [0.5, 0.95].map((share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1));
};

for (const count of counts)
  for (const { what, times, cpu } of await measureKeys(count)) {
    const [median, p95] = told(times);
    const [medianRun, p95Run] = told(cpu);
    console.log(`${what}: median ${median} ms, p95 ${p95} ms; of it run median ${medianRun} ms, p95 ${p95Run} ms`);
  }
