import { readExplainContent, type ExplainMessage } from '../../protocol/explain.ts';
import { startPage } from '../shared/page.ts';
import { el } from '../shared/elements.ts';

startPage<NonNullable<ReturnType<typeof readExplainContent>>, ExplainMessage>({
  readContent: readExplainContent,
  show: (content, root) => root.replaceChildren(el('h1', {}, content.headline)),
});
