/** Options about how many stacks a bundle becomes. */
import type {Argv} from 'yargs';
import {layouts, type Layout, type Shape} from '../model/shape.ts';
import {whole} from './numbers.ts';
import {text} from './option-kinds.ts';

export interface LayoutArgs {
  readonly layout?: Layout | undefined;
  readonly 'max-resources'?: string | undefined;
  readonly 'max-template-size'?: string | undefined;
}

export function withLayout<T>(cli: Argv<T>): Argv<T & LayoutArgs> {
  return cli
    .option('layout', {
      ...text('One stack (default), or one for each layer or group of networks'),
      choices: layouts,
    })
    .option('max-resources', text('Resources that Heat takes in a stack (1000): past it there are several'))
    .option('max-template-size', text('Characters that Heat takes in a template (524288): likewise'));
}

/** @throws RekindleError 'usage' */
export function chosenLayout(args: LayoutArgs): Pick<Shape, 'layout' | 'maxResources' | 'maxTemplateSize'> {
  const maxResources = whole('max-resources', args['max-resources'], 1);
  const maxTemplateSize = whole('max-template-size', args['max-template-size'], 1000);
  return {
    ...(args.layout === undefined ? {} : {layout: args.layout}),
    ...(maxResources === undefined ? {} : {maxResources}),
    ...(maxTemplateSize === undefined ? {} : {maxTemplateSize}),
  };
}
