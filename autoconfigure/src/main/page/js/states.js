// The states of endpoints, the worst first. One that is not known here is shown as it is called.

const ORDER = ['failed', 'abandoned', 'disconnected', 'retrying', 'handshaking', 'connecting', 'connected', 'listening',
	'untracked', 'closed'];

const TROUBLE = new Set(['failed', 'abandoned', 'disconnected', 'retrying']);

export const isTrouble = (state) => TROUBLE.has(state);

export const isGivenUp = (state) => state === 'failed' || state === 'abandoned';

/** Why a connection stands still. */
export const stallWords = (reason) => ({ peer_not_reading: 'the peer does not read', unreachable: 'the peer can\'t be reached' }[reason]
	?? String(reason));

/** The name for classes and icons. */
export const look = (state) => (ORDER.includes(state) ? state : 'other');

function rank(state) {
	const index = ORDER.indexOf(state);
	return index < 0 ? ORDER.indexOf('connecting') : index;
}

export const byRank = (left, right) => rank(left) - rank(right) || left.localeCompare(right);
