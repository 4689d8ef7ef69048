/** Another host that redirects lead to: it answers whatever it is asked, and remembers what it was sent. */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

export interface Elsewhere {
  /** As `http://127.0.0.1:41235`: another port is another origin. */
  readonly origin: string;
  /** Everything that came in: request line, headers and body. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

/** Empty lists under all of these keys: an answer that would pass for a small project. */
export async function startElsewhere(keys: readonly string[]): Promise<Elsewhere> {
  const received: string[] = [];
  const empty = JSON.stringify(Object.fromEntries(keys.map(key => [key, []])));
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
    request.on('end', () => {
      received.push(
        `${request.method ?? ''} ${request.url ?? ''} ${JSON.stringify(request.headers)} ${body}`,
      );
      response.writeHead(200, {'content-type': 'application/json', 'x-subject-token': 'stolen'});
      response.end(empty);
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}
