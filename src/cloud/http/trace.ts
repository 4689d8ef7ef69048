import {type Logger} from '../types.ts';
import {isObject} from './json.ts';
import {redactHeaders, redactJson, redactUrl} from './redact.ts';
import {type HttpRequest} from './request.ts';
import {oneLine} from './text.ts';

/** Longer bodies are named by their size: a trace is for reading. */
const LONGEST_BODY = 64 * 1024;

/** Writes what is about to be sent to the debug log, without its secrets. */
export function traceRequest(request: HttpRequest, logger: Logger): void {
  if (logger.wants?.('debug') === false) return;
  const body =
    request.body === undefined
      ? ''
      : request.secret === true
        ? ' [body with credentials]'
        : ` ${JSON.stringify(redactJson('json' in request.body ? request.body.json : request.body.form))}`;
  const headers = JSON.stringify(redactHeaders(request.headers));
  logger.log('debug', `> ${request.method} ${redactUrl(request.url)} ${headers}${body}`);
}

/** The same for an answer. */
export function traceAnswer(
  request: HttpRequest,
  answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly text: string;
  },
  milliseconds: number,
  logger: Logger,
): void {
  if (logger.wants?.('debug') === false) return;
  const headers = JSON.stringify(redactHeaders(answer.headers));
  const body = request.secret === true ? '[not shown]' : shownBody(answer.text);
  logger.log('debug', `< ${answer.status} in ${Math.round(milliseconds)} ms ${headers} ${body}`);
}

function shownBody(text: string): string {
  if (text === '') return '';
  if (text.length > LONGEST_BODY) return `[${text.length} characters]`;
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body) || Array.isArray(body)) return JSON.stringify(redactJson(body));
  } catch {
    // Not JSON: only its size can be told without showing what may be secret.
  }
  return `[${text.length} characters of ${oneLine(text.slice(0, 12)).startsWith('<') ? 'markup' : 'text'}]`;
}
