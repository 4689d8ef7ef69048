import {type Secrets} from '../../model/secrets.ts';
import {type Logger} from '../types.ts';

/** The same logger, through which no secret comes. */
export function hiding(logger: Logger, secrets: Secrets): Logger {
  return {
    // A trace quotes others; the rest are sentences of ours.
    log: (level, message) =>
      logger.log(level, level === 'debug' ? secrets.hide(message) : secrets.hideKnown(message)),
    ...(logger.timing === undefined ? {} : {timing: exchange => logger.timing?.(exchange)}),
    ...(logger.wants === undefined ? {} : {wants: level => logger.wants?.(level) !== false}),
  };
}
