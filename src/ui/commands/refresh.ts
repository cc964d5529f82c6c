import type { Session } from '../host/session.ts';

/** Reads the cluster anew; where none is open, or the connection fails, tries again now. */
export async function refresh(session: Session): Promise<void> {
  await session.reopen();
}

/** Ends the wait before the next try. */
export async function retry(session: Session): Promise<void> {
  if (session.state.is === 'open') session.state.cluster.connection.retryNow();
  else await session.reopen();
}
