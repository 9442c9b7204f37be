// What is looked at, in the address of the page: so that it can be sent to somebody, and is still there after a reload.

/** What a fragment tells; null if it is not ours, but that of a link within the page. */
export function viewOf(fragment) {
	if (fragment && !fragment.includes('=')) {
		return null;
	}
	const values = new URLSearchParams(fragment.slice(1));
	return { socket: values.get('socket'), words: values.get('filter') ?? '', states: values.getAll('state') };
}

export function remember({ socket, words, states }) {
	const values = new URLSearchParams([['socket', socket], ['filter', words.trim()], ...[...states].map((state) => ['state', state])]
		.filter(([, value]) => value));
	const fragment = values.toString() ? `#${values}` : '';
	if (fragment === location.hash) {
		return;
	}
	try {
		history.replaceState(history.state, '', fragment || location.pathname + location.search);
	}
	catch {
		// Some browsers allow a hundred changes in half a minute. The next answer tries again.
	}
}
