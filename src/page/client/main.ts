/** The page's program: reads what the page holds, and shows it. */
import type {PageData} from '../data.ts';
import {projectOf} from '../state/project.ts';
import {titleOf} from '../state/words.ts';
import {chooseView} from './choose.ts';
import {isTyping} from './dom.ts';
import {drawingView} from './drawing.ts';
import {filtersView} from './filters.ts';
import {findView} from './find.ts';
import {frameOf} from './frame.ts';
import {listView} from './list.ts';
import {speaker} from './live.ts';
import {panelView} from './panel.ts';
import {Store} from './store.ts';

const data = JSON.parse(document.querySelector('#data')?.textContent ?? '') as PageData;
const place = document.querySelector<HTMLElement>('#drawing');
const drawn = place?.querySelector('svg');
if (!place || !drawn) throw new Error('the page has no drawing');

const store = new Store(projectOf(data));
const frame = frameOf(data, place);
const voice = speaker();
document.body.append(voice.element);
const drawing = drawingView(drawn, place, store);
listView(frame.list, store);
const finding = findView(frame.find, store, voice);
filtersView(frame.filters, store, voice);
panelView(frame.panel, store, key => drawing.show(key));
chooseView(frame.choose, store, voice);

store.watch(({state}, last) => {
  document.body.classList.toggle('telling', state.told.length > 0);
  if (last === undefined || state.told === last.state.told || state.told.length === 0) return;
  const thing = state.told.length === 1 ? store.thing(state.told[0]) : undefined;
  voice.say(thing === undefined ? `Details of ${state.told.length} things` : `Details of ${titleOf(thing)}`);
});
document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return;
  if (event.key === '/') finding.focus();
  else if (event.key === 'Escape' && store.view.state.told.length > 0) store.update({told: []});
  else return;
  event.preventDefault();
});
performance.mark('ready');
