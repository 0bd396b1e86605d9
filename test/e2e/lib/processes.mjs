// Child processes that cannot outlive us: each leads its own process group, and the whole group is ended.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { atExit } from './exit.mjs';

const groups = new Set();

/** False when nothing of the group is left (signal 0 only asks). */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

function remember(pid) {
  if (groups.size === 0) {
    atExit(() => {
      for (const group of groups) signalGroup(group, 'SIGKILL');
    });
  }
  groups.add(pid);
}

/** Starts a command as the leader of its own group. `stop` ends the group: politely, then not. */
export function spawnGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  const { pid } = child;
  if (pid !== undefined) remember(pid);
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  // Whoever waits sees the rejection; nobody has to.
  exited.catch(() => {});

  async function stop() {
    if (pid === undefined || !groups.has(pid)) return;
    signalGroup(pid, 'SIGTERM');
    // The leader goes first; the extension host may take a moment longer to follow.
    for (const until = Date.now() + 5_000; Date.now() < until && signalGroup(pid, 0); ) await delay(50);
    signalGroup(pid, 'SIGKILL');
    groups.delete(pid);
  }

  return { exited, stop };
}

/** A port that is free now, on the loopback interface only. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
