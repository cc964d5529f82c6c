import type { SessionState } from '../host/sessionState.ts';
import type { ViewState } from '../host/ids.ts';
import { isEmpty } from './emptiness.ts';

/** What the cluster view has to show. */
export function viewStateOf(session: SessionState): ViewState {
  switch (session.is) {
    case 'closed':
    case 'opening':
      return 'opening';
    case 'untrusted':
      return 'untrusted';
    case 'none':
      return 'noKubeconfig';
    case 'broken':
      return 'brokenKubeconfig';
    case 'no-context':
      return 'noContext';
    case 'lab-failed':
      return 'labFailed';
    case 'open':
      return openState(session);
  }
}

function openState({ cluster: { connection } }: Extract<SessionState, { is: 'open' }>): ViewState {
  const { snapshot, state } = connection;
  switch (state.is) {
    case 'idle':
    case 'connecting':
      return snapshot.count('Pod') + snapshot.count('Service') > 0 ? 'tree' : 'opening';
    case 'unreachable':
    case 'unauthorised':
    case 'forbidden':
      return state.is;
    case 'live':
    case 'catching-up':
    case 'stale':
      return isEmpty(snapshot) ? 'empty' : 'tree';
  }
}
