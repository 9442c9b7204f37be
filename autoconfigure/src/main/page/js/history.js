// What has happened, told by the difference of two answers: the endpoint lists the events of one socket only.

import { isNumber, plural } from './format.js';
import { byRank, isTrouble } from './states.js';

const KEPT = 100;
const AT_FIRST = 8;
const SPOKEN = 5;

export class History {

	entries = [];

	#next = 0;

	/**
	 * @param before what was shown before, or null
	 * @returns what is new, oldest first
	 */
	add(before, model) {
		const found = before ? changes(before, model) : beginnings(model);
		found.forEach((entry) => {
			entry.key = this.#next++;
		});
		this.entries = [...found].reverse().concat(this.entries).slice(0, KEPT);
		return found;
	}

}

/** What is worth to be said aloud: what has become worse or better, not every coming and going. */
export function spoken(before, model, found) {
	const words = before ? found.filter((entry) => entry.important).map((entry) => `${entry.name} ${entry.words}`)
		: [plural(model.totals.sockets, 'socket'), ...[...model.totals.states].sort(([left], [right]) => byRank(left, right))
			.map(([state, number]) => `${number} ${state}`)];
	const more = before ? words.length - SPOKEN : 0;
	return more > 0 ? `${words.slice(0, SPOKEN).join(', ')} and ${more} more` : words.join(', ');
}

/** What the first answer tells of the time before it: when the present states began. */
function beginnings(model) {
	return model.endpoints.filter((endpoint) => typeof endpoint.json.since === 'string')
		.map((endpoint) => entry(endpoint.socket, endpoint.state, endpoint.state, { at: endpoint.json.since, about: endpoint.endpoint }))
		.sort((left, right) => left.at.localeCompare(right.at))
		.slice(-AT_FIRST);
}

function changes(before, model) {
	const then = new Map(before.endpoints.map((endpoint) => [endpoint.key, endpoint]));
	const gone = new Map(before.sockets.map((socket) => [socket.id, socket]));
	const found = [];
	for (const socket of model.sockets) {
		if (gone.delete(socket.id)) {
			found.push(...socket.endpoints.map((endpoint) => change(then.get(endpoint.key), endpoint)).flat());
		}
		else {
			found.push(opened(socket));
		}
	}
	gone.forEach((socket) => found.push(entry(socket, 'closed', 'closed')));
	return found.sort((left, right) => left.at.localeCompare(right.at));
}

function opened(socket) {
	const [first] = socket.endpoints;
	return entry(socket, 'opened', first?.state ?? 'other', { at: socket.json.createdAt, about: first?.endpoint });
}

function change(old, endpoint) {
	const { socket, state, json } = endpoint;
	const about = endpoint.endpoint;
	if (old?.state !== state) {
		return [entry(socket, state, state, { at: json.since, about, important: isTrouble(state) || isTrouble(old?.state) })];
	}
	const found = [];
	const more = (field) => (isNumber(json[field]) && isNumber(old.json[field]) ? Math.max(0, json[field] - old.json[field]) : 0);
	const lost = more('disconnected');
	const accepted = more('accepted');
	if (lost) {
		found.push(entry(socket, `lost ${plural(lost, 'connection')}`, 'disconnected', { about }));
	}
	if (accepted) {
		found.push(entry(socket, `accepted ${plural(accepted, 'connection')}`, 'listening', { about }));
	}
	return found;
}

/** Its time is that of the answer if the answer does not tell. */
function entry(socket, words, state, details = {}) {
	return { id: socket.id, name: socket.name, words, state, at: new Date().toISOString(), about: '', important: false,
		...Object.fromEntries(Object.entries(details).filter(([, value]) => value)) };
}
