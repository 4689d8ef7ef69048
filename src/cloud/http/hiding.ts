import {type Secrets} from '../../model/secrets.ts';
import {type Logger} from '../types.ts';

/** The same logger, through which no secret comes. */
export function hiding(logger: Logger, secrets: Secrets): Logger {
  const {timing, wants} = logger;
  return {
    log: (level, message) => logger.log(level, secrets.hide(message)),
    ...(timing === undefined ? {} : {timing: exchange => timing.call(logger, exchange)}),
    ...(wants === undefined ? {} : {wants: level => wants.call(logger, level)}),
  };
}
