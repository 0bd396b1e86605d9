// What a failed run says, without what every run says.

/** code-server has none of VS Code's native modules here, no gallery and no signing service, and says so at length. */
const always = /bindings|native-watchdog|Release\/watchdog|spdlog|vsda|additional builtin extensions|\[(?:ManagementConnection|ExtensionHostConnection)\]|grace-time|\] info |^ +tries: \[|favicon|service ?worker|net::ERR_ABORTED|DeprecationWarning|ExperimentalWarning/i;
const restOfTrace = /^\s*(?:at |[\]}],?$|code: 'MODULE|requireStack)/;

export const isNoise = (line) => always.test(line);

/** The last lines that mean something, each short enough to be read. */
export function readable(lines, count = 25) {
  return lines
    .filter((line) => line.trim() !== '' && !isNoise(line) && !restOfTrace.test(line))
    .slice(-count)
    .map((line) => (line.length > 600 ? `${line.slice(0, 600)} ...` : line));
}
