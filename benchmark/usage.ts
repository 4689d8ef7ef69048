/** Loaded into a program from outside (`node --import`): writes what it used when it ends. */
import {writeFileSync} from 'node:fs';

const file = process.env['BENCHMARK_USAGE'];
if (file !== undefined) {
  process.once('exit', () => {
    const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
    writeFileSync(
      file,
      JSON.stringify({cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS * 1024}),
    );
  });
}
