// The panel beside the picture: one socket with its last events, or, if none is selected, what needs a look.

import { count, durationMillis, isNumber, percent, plural, rate, seconds, time } from './format.js';
import { byRank, isTrouble, look } from './states.js';

const SVG = 'http://www.w3.org/2000/svg';
const PEERS = 20;

function element(name, properties = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(properties)) {
		if (key === 'class') {
			made.className = value;
		}
		else {
			made.setAttribute(key, value);
		}
	}
	made.append(...children.filter((child) => child !== null && child !== undefined));
	return made;
}

function icon(state, colour = state) {
	const svg = document.createElementNS(SVG, 'svg');
	svg.setAttribute('class', `icon state-${colour}`);
	svg.setAttribute('aria-hidden', 'true');
	const use = document.createElementNS(SVG, 'use');
	use.setAttribute('href', `#icon-${state}`);
	svg.append(use);
	return svg;
}

export class Side {

	#panel;
	#title;
	#body;
	#close;
	#onSelect;
	#signature = null;

	constructor(panel, title, body, close, onSelect) {
		this.#panel = panel;
		this.#title = title;
		this.#body = body;
		this.#close = close;
		this.#onSelect = onSelect;
		body.addEventListener('click', (event) => {
			const button = event.target.closest('[data-go]');
			if (button) {
				this.#onSelect(button.dataset.go, true);
			}
		});
	}

	focus() {
		this.#title.focus({ preventScroll: true });
	}

	showTrouble(model) {
		const found = [];
		for (const endpoint of [...model.endpoints].sort((left, right) => byRank(left.state, right.state))) {
			if (isTrouble(endpoint.state)) {
				found.push({ socket: endpoint.socket, state: look(endpoint.state), title: `${endpoint.socket.name}: ${endpoint.state}`,
					text: `${endpoint.endpoint}${endpoint.json.lastError ? `, ${errorWords(endpoint.json.lastError)}` : ''}` });
			}
		}
		for (const socket of model.sockets) {
			if (socket.json.monitored === false) {
				found.push({ socket, state: 'other', title: `${socket.name}: no longer monitored`, text: 'Its monitor was taken away; its numbers stand still.' });
			}
			if (socket.pressure.length) {
				found.push({ socket, state: 'warn', title: `${socket.name}: ${socket.pressure.map((entry) => entry.words).join(', ')}`, text: queueWords(socket) });
			}
		}
		this.#show('Needs a look', false, JSON.stringify(found.map((entry) => [entry.socket.id, entry.title, entry.text])), () => (found.length
			? [element('ul', { class: 'trouble' }, ...found.slice(0, 50).map((entry) => element('li', {},
				element('button', { type: 'button', class: `state-${entry.state}`, 'data-go': entry.socket.id },
					icon(entry.state === 'warn' ? 'failed' : entry.state, entry.state), element('span', {}, entry.title), element('small', {}, entry.text))))),
			found.length > 50 ? element('p', { class: 'note' }, `and ${count(found.length - 50)} more`) : null,
			element('p', { class: 'note hint' }, 'Select a socket to see its numbers and last events.')]
			: [element('p', { class: 'note' }, model.sockets.length ? 'Nothing: no endpoint is retrying, abandoned or failed, and no queue is full.'
				: 'There is no socket.'), element('p', { class: 'note hint' }, 'Select a socket to see its numbers and last events.')]));
	}

	/** @param detail the answer for this socket alone, or null as long as there is none */
	showSocket(socket, detail, closed) {
		const json = detail ?? socket.json;
		const signature = JSON.stringify([json, socket.rates, closed]);
		this.#show(socket.name, true, signature, () => [
			closed ? element('p', { class: 'warning state-closed' }, 'This socket has been closed. These are its last numbers.') : null,
			json.monitored === false ? element('p', { class: 'warning state-warn' }, 'No longer monitored: its numbers stand still.') : null,
			pairs([['Type', json.type], ['Id', json.id], ['Context', json.context], ['Created', json.createdAt && time(json.createdAt)],
				['Sent', messages(json.messages?.sent, closed ? null : socket.rates?.sent)],
				['Received', messages(json.messages?.received, closed ? null : socket.rates?.received)],
				['Last activity', json.lastActivity && time(json.lastActivity)]]),
			...queues(json.queues),
			...(Array.isArray(json.endpoints) ? json.endpoints : []).map(endpointBox),
			...events(json.recentEvents),
		]);
	}

	#show(title, closable, signature, content) {
		const key = `${title}\n${closable}\n${signature}`;
		if (key === this.#signature) {
			return;
		}
		const same = this.#title.textContent === title;
		const focused = document.activeElement?.dataset?.go;
		this.#signature = key;
		this.#title.textContent = title;
		this.#close.hidden = !closable;
		this.#panel.classList.toggle('open', closable);
		document.body.classList.toggle('open', closable);
		const scroll = this.#panel.scrollTop;
		this.#body.replaceChildren(...content().filter(Boolean));
		this.#panel.scrollTop = same ? scroll : 0;
		if (focused && !closable) {
			this.#body.querySelector(`[data-go="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
		}
	}

}

function queueWords(socket) {
	return socket.pressure.map(({ direction }) => {
		const queue = socket.queues[direction];
		return [isNumber(queue.size) ? `${plural(queue.size, 'message')} ${direction === 'sent' ? 'to send' : 'to receive'}` : '',
			isNumber(queue.limit) ? `limit ${count(queue.limit)}` : ''].filter(Boolean).join(', ');
	}).join('; ');
}

function errorWords(error) {
	const what = [error.operation, error.error].filter(Boolean).join(' ');
	return `${what || 'error'}${error.detail ? ` (${error.detail})` : ''}`;
}

function pairs(entries) {
	const known = entries.filter(([, value]) => value !== undefined && value !== null && value !== '');
	return known.length ? element('dl', {}, ...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, String(value))])) : null;
}

function messages(number, perSecond) {
	return isNumber(number) ? `${count(number)}${isNumber(perSecond) ? `, ${rate(perSecond)}` : ''}` : null;
}

function queues(json) {
	const shown = [['sent', 'To send'], ['received', 'To receive']].filter(([key]) => json?.[key] && isNumber(json[key].size))
		.map(([key, title]) => {
			const queue = json[key];
			const taken = isNumber(queue.utilization) ? Math.min(1, Math.max(0, queue.utilization)) : null;
			const full = queue.full > 0;
			return element('div', { class: `meter${full ? ' state-warn' : ''}` }, element('span', {}, title),
				taken === null ? element('span') : element('span', { class: 'track', title: `${percent(taken)} of the limit is taken` },
					bar(taken)),
				element('span', {}, `${count(queue.size)}${isNumber(queue.limit) ? ` of ${count(queue.limit)}` : ''}${full ? ', full' : ''}`));
		});
	return shown.length ? [element('h3', {}, 'Queues'), ...shown] : [];
}

function bar(share) {
	const made = element('i');
	made.style.width = `${share * 100}%`;
	return made;
}

function endpointBox(json) {
	const state = json.state ?? 'unknown';
	const error = json.lastError;
	const number = (value) => (isNumber(value) ? count(value) : null);
	return element('section', { class: `endpoint state-${look(state)}` },
		element('div', { class: 'endpoint-head' }, element('b', {}, json.endpoint ?? '?'),
			element('span', {}, icon(look(state)), state)),
		pairs([['Role', json.role === 'bind' ? 'listens (bind)' : json.role === 'connect' ? 'connects' : json.role],
			['Address', json.address !== json.endpoint ? json.address : null],
			['Since', json.since && time(json.since)],
			['Connections', number(json.connections)],
			['Accepted', number(json.accepted)], ['Established', number(json.established)],
			['Disconnected', number(json.disconnected)], ['Closed locally', number(json.closedLocally)],
			['Accept failures', number(json.acceptFailures) && json.acceptFailures > 0 ? number(json.acceptFailures) : null],
			['Attempts', number(json.attempts)], ['Retries', number(json.retries)], ['Retry interval', interval(json.retryInterval)],
			['Last error', error && `${errorWords(error)}${error.at ? ` at ${time(error.at)}` : ''}${error.count > 1 ? `, ${count(error.count)} times` : ''}`]]),
		...peers(json));
}

function interval(text) {
	const millis = durationMillis(text);
	return millis === null ? null : seconds(millis);
}

function peers(json) {
	if (!Array.isArray(json.peers) || !json.peers.length) {
		return [];
	}
	const more = json.peers.length - Math.min(json.peers.length, PEERS) + (isNumber(json.peersOmitted) ? json.peersOmitted : 0);
	return [element('h3', {}, 'Peers'), element('ul', { class: 'peers' }, ...json.peers.slice(0, PEERS).map((peer) => element('li',
		peer?.since ? { title: `since ${time(peer.since)}` } : {}, String(peer?.remote ?? 'unknown address')))),
	more > 0 ? element('p', { class: 'note' }, `and ${count(more)} more`) : null].filter(Boolean);
}

function events(recent) {
	if (!Array.isArray(recent) || !recent.length) {
		return [];
	}
	return [element('h3', {}, 'Last events'), element('ol', { class: 'events' }, ...[...recent].reverse().map((event) => element('li', {},
		element('time', {}, event?.at ? time(event.at, true) : ''),
		element('span', {}, String(event?.event ?? '?').toLowerCase().replaceAll('_', ' ')),
		event?.address || event?.value ? element('small', {}, [event.address, event.value].filter(Boolean).join('  ')) : null)))];
}
