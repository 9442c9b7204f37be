// The panel beside the picture: one socket, or, if none is selected, what needs a look and what has happened.

import { detailsOf, errorWords } from './details.js';
import { count, isNumber, plural, time } from './format.js';
import { element, icon } from './html.js';
import { byRank, isTrouble, look, stallWords } from './states.js';

const TROUBLES = 20;
const HAPPENED = 30;

/** How many milliseconds a slow peer may take nothing. */
const STILL = 10_000;

export class Side {

	#panel;
	#title;
	#body;
	#close;
	#shown = null;

	constructor(panel, onSelect) {
		this.#panel = panel;
		this.#title = panel.querySelector('h2');
		this.#body = panel.querySelector('.side-body');
		this.#close = panel.querySelector('.close');
		this.#body.addEventListener('click', (event) => {
			const button = event.target.closest('[data-go]');
			if (button) {
				onSelect(button.dataset.go, true);
			}
		});
	}

	focus() {
		this.#title.focus({ preventScroll: true });
	}

	showOverview(model, happened) {
		const troubles = troublesOf(model);
		const key = JSON.stringify([troubles.map(({ socket, title, text }) => [socket.id, title, text]), happened[0]?.key, model.sockets.length > 0]);
		this.#show('Needs a look', false, key, () => [
			...troubleList(troubles, model),
			element('p', { class: 'note hint' }, 'Select a socket to see its numbers and last events.'),
			...happenedList(happened, new Set(model.sockets.map((socket) => socket.id))),
		]);
	}

	/** @param detail the answer for this socket alone, or null as long as there is none */
	showSocket(socket, detail, closed) {
		this.#show(socket.name, true, JSON.stringify([socket.id, detail ?? socket.json, socket.rates, closed], (name, value) => (name === 'lastAnswer' ? undefined : value)),
			() => detailsOf(detail ?? socket.json, closed ? null : socket.rates, closed));
	}

	/** Draws anew only what is another than before, and keeps scroll position and focus. */
	#show(title, closable, key, content) {
		const shown = `${title}\n${closable}\n${key}`;
		if (shown === this.#shown) {
			return;
		}
		const scroll = this.#title.textContent === title ? this.#panel.scrollTop : 0;
		const focused = this.#body.contains(document.activeElement) ? document.activeElement.dataset.go : undefined;
		this.#shown = shown;
		this.#title.textContent = title;
		this.#close.hidden = !closable;
		this.#panel.classList.toggle('open', closable);
		document.body.classList.toggle('open', closable);
		this.#body.replaceChildren(...content().filter(Boolean));
		this.#panel.scrollTop = scroll;
		if (focused !== undefined && !closable) {
			this.#body.querySelector(`[data-go="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
		}
	}

}

export function troublesOf(model) {
	const endpoints = model.endpoints.filter((endpoint) => isTrouble(endpoint.state)).sort((left, right) => byRank(left.state, right.state))
		.map((endpoint) => ({ socket: endpoint.socket, icon: look(endpoint.state), state: look(endpoint.state),
			title: `${endpoint.socket.name}: ${endpoint.state}`,
			text: [endpoint.endpoint, endpoint.json.lastError && errorWords(endpoint.json.lastError)].filter(Boolean).join(', ') }));
	const stalled = model.endpoints.flatMap((endpoint) => stallsOf(endpoint).map(([reason, number]) => ({ socket: endpoint.socket, icon: 'failed', state: 'warn',
		title: `${endpoint.socket.name}: ${stallWords(reason)}`, text: `${endpoint.endpoint}, ${plural(number, 'connection')}` })));
	const detached = model.sockets.filter((socket) => socket.json.monitored === false)
		.map((socket) => ({ socket, icon: 'other', state: 'other', title: `${socket.name}: no longer monitored`,
			text: 'Its monitor was taken away; its numbers stand still.' }));
	const full = model.sockets.filter((socket) => socket.pressure.length)
		.map((socket) => ({ socket, icon: 'failed', state: 'warn',
			title: `${socket.name}: ${socket.pressure.map((entry) => entry.words).join(', ')}`, text: queueWords(socket) }));
	return [...endpoints, ...stalled, ...detached, ...full];
}

/** How many connections of an endpoint have stood still for long, by the reason. */
function stallsOf(endpoint) {
	const counted = new Map();
	endpoint.peers?.map((peer) => peer.tcp).filter((tcp) => tcp?.stalled && Date.now() - Date.parse(tcp.stalledSince) >= STILL)
		.forEach(({ stalled: reason }) => counted.set(reason, (counted.get(reason) ?? 0) + 1));
	return [...counted];
}

function queueWords(socket) {
	return socket.pressure.map(({ direction }) => {
		const { size, limit } = socket.queues[direction];
		return [isNumber(size) ? `${plural(size, 'message')} ${direction === 'sent' ? 'to send' : 'to receive'}` : '',
			isNumber(limit) ? `limit ${count(limit)}` : ''].filter(Boolean).join(', ');
	}).join('; ');
}

function troubleList(troubles, model) {
	if (!troubles.length) {
		return [element('p', { class: 'note' }, model.sockets.length
			? 'Nothing: no endpoint is retrying, abandoned or failed, no peer stands still, and no queue is full.' : 'There is no socket.')];
	}
	const more = troubles.length - TROUBLES;
	return [
		element('ul', { class: 'trouble' }, ...troubles.slice(0, TROUBLES).map((trouble) => element('li', {},
			element('button', { type: 'button', class: `state-${trouble.state}`, 'data-go': trouble.socket.id },
				icon(trouble.icon, trouble.state), element('span', {}, trouble.title), element('small', {}, trouble.text))))),
		more > 0 ? element('p', { class: 'note' }, `and ${count(more)} more`) : null,
	];
}

function happenedList(happened, open) {
	if (!happened.length) {
		return [];
	}
	return [element('h3', {}, 'What has happened'), element('ol', { class: 'events' }, ...happened.slice(0, HAPPENED).map((entry) => element('li', {},
		element('time', { datetime: entry.at }, time(entry.at)),
		element('span', {}, icon(look(entry.state)),
			open.has(entry.id) ? element('button', { type: 'button', class: 'link', 'data-go': entry.id }, entry.name) : entry.name, ` ${entry.words}`),
		entry.about ? element('small', {}, entry.about) : null)))];
}
