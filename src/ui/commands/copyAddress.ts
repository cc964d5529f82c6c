import { subjectOf } from '../host/subject.ts';
import { copy } from './clipboard.ts';

/** Copies what an address row shows. Offered on such rows only. */
export async function copyAddress(argument: unknown): Promise<void> {
  const subject = subjectOf(argument);
  if (subject?.is === 'address') await copy(subject.address);
}
