/** Milliseconds of the processor that this process has used: what else runs on the machine makes no difference. */
export const cpuTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
