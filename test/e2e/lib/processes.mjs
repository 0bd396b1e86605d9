// Child processes that cannot outlive us: each runs in its own process group, and the whole group is killed.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const groups = new Set();
let hooked = false;

function hookExit() {
  if (hooked) return;
  hooked = true;
  process.on('exit', () => {
    for (const pid of groups) signalGroup(pid, 'SIGKILL');
  });
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
    process.on(signal, () => process.exit(code));
  }
}

/** True while something of the group is still alive (signal 0 only asks). */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Starts a command as the leader of its own group. `stop` ends the group: politely, then not. */
export function spawnGroup(command, args, options) {
  hookExit();
  const child = spawn(command, args, { ...options, detached: true });
  const { pid } = child;
  if (pid !== undefined) groups.add(pid);
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  exited.catch(() => {});

  async function stop() {
    if (pid === undefined || !groups.has(pid)) return;
    signalGroup(pid, 'SIGTERM');
    // The leader goes first; the extension host may take a moment longer to follow.
    for (const until = Date.now() + 5_000; Date.now() < until && signalGroup(pid, 0); ) await delay(50);
    signalGroup(pid, 'SIGKILL');
    groups.delete(pid);
  }

  return { child, exited, stop };
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
