/** Fetches a plan's pages, and does nothing with them but parse them on request: what the network alone costs. */
import http from 'node:http';
import pLimit from 'p-limit';
import type {Planned} from './plan.ts';

/** As many at once as rekindle asks of one service. */
const AT_ONCE = 8;

/**
 * @param parses Whether each answer is made values, as it must be before anybody knows what to ask next.
 * @returns Bytes of all answers.
 */
export async function fetchAll(origin: string, plan: readonly Planned[], parses: boolean): Promise<number> {
  const agent = new http.Agent({keepAlive: true, maxSockets: 64});
  const limits = new Map<string, ReturnType<typeof pLimit>>();
  const done: Promise<number>[] = [];
  let token = '';
  try {
    for (const {method, path, query, headers, service, after} of plan) {
      const limit = limits.get(service) ?? pLimit(AT_ONCE);
      limits.set(service, limit);
      const run = async (): Promise<number> => {
        await Promise.all(after.map(async n => done[n]));
        return limit(async () => {
          const sent = {...headers, ...(token === '' ? {} : {'x-auth-token': token})};
          const url = `${origin}${path}${query === '' ? '' : `?${query}`}`;
          const answer = await ask(agent, url, method, sent, parses);
          token = answer.token ?? token;
          return answer.bytes;
        });
      };
      done.push(run());
    }
    return (await Promise.all(done)).reduce((sum, bytes) => sum + bytes, 0);
  } finally {
    agent.destroy();
  }
}

async function ask(
  agent: http.Agent,
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  parses: boolean,
): Promise<{readonly bytes: number; readonly token: string | undefined}> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, {agent, method, headers}, response => {
      let bytes = 0;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (parses) chunks.push(chunk);
      });
      response.once('error', reject);
      response.once('end', () => {
        const {statusCode = 0} = response;
        const token = response.headers['x-subject-token'];
        if (statusCode >= 400) {
          reject(new Error(`${method} ${url}: ${statusCode}`));
          return;
        }
        if (parses) JSON.parse(Buffer.concat(chunks).toString('utf8'));
        resolve({bytes, token: typeof token === 'string' ? token : undefined});
      });
    });
    request.once('error', reject);
    request.end(method === 'POST' ? '{}' : undefined);
  });
}
