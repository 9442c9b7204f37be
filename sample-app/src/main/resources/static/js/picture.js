// Draws the topology. Elements are kept from one answer to the next, so that focus and selection stay where they are.

import { count, plural, rate, seconds } from './format.js';
import { isGivenUp, isTrouble, look } from './states.js';

const SVG = 'http://www.w3.org/2000/svg';

const IDLE = 'idle';

const measure = document.createElement('canvas').getContext('2d');
const fitted = new Map();

function fit(text, width, font) {
	const key = `${Math.round(width)}|${font}|${text}`;
	const known = fitted.get(key);
	if (known !== undefined) {
		return known;
	}
	if (fitted.size > 5000) {
		fitted.clear();
	}
	measure.font = font;
	let result = text;
	if (measure.measureText(text).width > width) {
		let low = 0;
		let high = text.length;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if (measure.measureText(`${text.slice(0, middle)}…`).width <= width) {
				low = middle;
			}
			else {
				high = middle - 1;
			}
		}
		result = low > 0 ? `${text.slice(0, low)}…` : '';
	}
	fitted.set(key, result);
	return result;
}

function widthOf(text, font) {
	measure.font = font;
	return measure.measureText(text).width;
}

function element(name, attributes = {}, children = []) {
	const made = document.createElementNS(SVG, name);
	for (const [key, value] of Object.entries(attributes)) {
		made.setAttribute(key, value);
	}
	made.append(...children);
	return made;
}

export class Picture {

	#svg;
	#regions = element('g');
	#wires = element('g');
	#cards = element('g');
	#notes = element('g');
	#known = new Map();
	#font;
	#current = null;
	#onSelect;

	constructor(svg, onSelect) {
		this.#svg = svg;
		this.#onSelect = onSelect;
		this.#font = getComputedStyle(document.documentElement).getPropertyValue('--font') || 'sans-serif';
		svg.append(this.#regions, this.#wires, this.#cards, this.#notes);
		svg.addEventListener('click', (event) => this.#select(event.target.closest('[data-socket]'), false));
		svg.addEventListener('keydown', (event) => this.#key(event));
		svg.addEventListener('focusin', (event) => this.#rove(event.target.closest('[data-socket]')));
	}

	draw(drawing, selected) {
		this.#svg.setAttribute('height', Math.ceil(drawing.height));
		this.#svg.dataset.compact = drawing.compact;
		const focusLost = this.#removeAllBut(drawing);
		drawing.regions.forEach((region) => this.#region(region));
		drawing.wires.forEach((wire) => this.#wire(wire));
		drawing.cards.forEach((card, index) => this.#card(card, index, drawing.compact, selected));
		drawing.notes.forEach((note) => this.#note(note));
		this.#keepOneTabStop();
		if (focusLost) {
			this.#current?.focus({ preventScroll: true });
		}
	}

	/** Counts down to the next attempts. */
	tick(now) {
		for (const entry of this.#known.values()) {
			if (entry.retry && entry.retryText) {
				const words = retryWords(entry.retry, now, entry.compact);
				if (entry.retryText.textContent !== words) {
					entry.retryText.textContent = words;
				}
			}
		}
	}

	focusSocket(id) {
		this.#cards.querySelector(`[data-socket="${CSS.escape(id)}"]`)?.focus();
	}

	/** First, so that what stays need not move in the document: that would begin its animation anew. */
	#removeAllBut(drawing) {
		const kept = new Set([drawing.regions, drawing.wires, drawing.cards, drawing.notes].flat().map((part) => part.key));
		let focusLost = false;
		for (const [key, entry] of this.#known) {
			if (!kept.has(key)) {
				focusLost ||= entry.element === document.activeElement;
				entry.element.remove();
				this.#known.delete(key);
			}
		}
		return focusLost;
	}

	/** Scrolls so that the socket is not below the given height of the window. */
	reveal(id, bottom) {
		const card = this.#cards.querySelector(`[data-socket="${CSS.escape(id)}"]`);
		const below = (card?.getBoundingClientRect().bottom ?? 0) - bottom + 12;
		if (below > 0) {
			window.scrollBy({ top: below });
		}
	}

	#keep(key, layer, make) {
		let entry = this.#known.get(key);
		if (!entry) {
			entry = { element: make(), signature: null };
			layer.append(entry.element);
			this.#known.set(key, entry);
		}
		return entry;
	}

	#region(region) {
		const entry = this.#keep(region.key, this.#regions, () => element('rect', { class: 'region', rx: 1.5 }));
		for (const name of ['x', 'y', 'width', 'height']) {
			set(entry.element, name, region[name]);
		}
	}

	#wire(wire) {
		const entry = this.#keep(wire.key, this.#wires, () => element('path'));
		set(entry.element, 'd', wire.path);
		set(entry.element, 'class', `wire ${wire.state === 'gone' ? 'gone' : `state-${wire.state === 'outside' ? 'outside' : look(wire.state)}`}${wire.dim ? ' dim' : ''}`);
	}

	#note(note) {
		const entry = this.#keep(note.key, this.#notes, () => element('text', { class: 'hidden-note' }));
		set(entry.element, 'x', note.x);
		set(entry.element, 'y', note.y);
		if (entry.element.textContent !== note.text) {
			entry.element.textContent = note.text;
		}
	}

	#card(card, index, compact, selected) {
		const entry = this.#keep(card.key, this.#cards, () => element('g'));
		const content = contentOf(card);
		const group = entry.element;
		const here = this.#cards.children[index];
		if (here !== group && document.activeElement !== group) {
			this.#cards.insertBefore(group, here ?? null);
		}
		set(group, 'transform', `translate(${round(card.x)} ${round(card.y)})`);
		set(group, 'class', `card ${content.look}${content.bad ? ' bad' : ''}${card.dim ? ' dim' : ''}${content.socket
			&& content.socket.id === selected ? ' selected' : ''}`);
		if (content.socket) {
			set(group, 'role', 'button');
			set(group, 'data-socket', content.socket.id);
			set(group, 'aria-pressed', String(content.socket.id === selected));
			set(group, 'aria-label', content.label);
			if (!group.hasAttribute('tabindex')) {
				group.setAttribute('tabindex', '-1');
			}
		}
		entry.retry = content.retry;
		entry.compact = compact;
		const signature = `${compact}|${Math.round(card.width)}|${card.height}|${content.signature}`;
		if (entry.signature !== signature) {
			entry.signature = signature;
			group.replaceChildren(...(compact ? this.#small(card, content) : this.#full(card, content)));
			entry.retryText = group.querySelector('.countdown');
		}
	}

	#box(card, content, radius) {
		const parts = [element('title', {}, [content.title]),
			element('rect', { class: 'box', x: 0.5, y: 0.5, width: Math.max(0, card.width - 1), height: Math.max(0, card.height - 1), rx: radius })];
		if (content.socket) {
			parts.push(element('path', { class: 'edge-bar', d: `M${radius} 0H5V${card.height}H${radius}Q0 ${card.height} 0 ${card.height - radius}V${radius}Q0 0 ${radius} 0Z` }));
		}
		return parts;
	}

	#text(text, x, y, room, kind, weight, size, anchor = 'start') {
		const shown = fit(text, room, `${weight} ${size}px ${this.#font}`);
		return element('text', { class: kind, x: round(x), y, 'text-anchor': anchor }, [shown]);
	}

	/** One endpoint's state, as an icon and a word; tests and users of assistive technology read it here. */
	#state(row, x, y, size) {
		return element('use', { href: `#icon-${row.icon}`, x, y, width: size, height: size, class: `state-${row.icon}` });
	}

	#full(card, content) {
		const parts = this.#box(card, content, 8);
		const end = card.width - 12;
		const left = 36;
		const room = end - left;
		parts.push(this.#state(content, 14, 10, 16));
		const typeWidth = content.type ? widthOf(content.type, `400 11.5px ${this.#font}`) + 10 : 0;
		parts.push(content.socket ? this.#text(content.name, left, 23, room - typeWidth, 'name', 620, 13.5)
			: this.#text(content.name, left, 23, room - typeWidth, 'address', 400, 12.5));
		if (content.type) {
			parts.push(this.#text(content.type, end, 23, typeWidth, 'minor', 400, 11.5, 'end'));
		}
		let y = 43;
		for (const row of content.rows) {
			const group = this.#row(row, content);
			if (content.rows.length > 1 && row.endpoint) {
				group.append(this.#state(row, 15, y - 12, 14));
			}
			group.append(this.#text(row.address, left, y, room, 'address', 400, 12.5));
			if (row.words) {
				y += 19;
				group.append(element('text', { class: `state${row.countdown ? ' countdown' : ''}`, x: left, y }, [row.words]));
				const taken = Math.max(widthOf(row.words, `550 12.5px ${this.#font}`), row.countdown ? 112 : 0) + 10;
				if (row.count) {
					group.append(this.#text(row.count, end, y, room - taken, 'minor', 400, 11.5, 'end'));
				}
				else if (!content.hub) {
					parts.push(...this.#last(content, taken, y, left, end));
				}
			}
			parts.push(group);
			y += 19;
		}
		if (content.hidden) {
			parts.push(this.#text(`and ${plural(content.hidden, 'more endpoint')}`, left, y, room, 'minor', 400, 11.5));
			y += 19;
		}
		if (content.hub) {
			parts.push(...this.#last(content, 0, y, left, end));
		}
		return parts;
	}

	/** Messages and queues: below a listening socket, at the right of a connecting one. */
	#last(content, taken, y, left, end) {
		const { pressure, traffic } = content;
		const parts = [];
		let room = end - left - taken;
		let right = end;
		if (pressure) {
			const words = this.#text(pressure, end, y, room, 'state', 550, 12.5, 'end');
			parts.push(element('g', { class: 'state-warn' }, [words]));
			const used = widthOf(words.textContent, `550 12.5px ${this.#font}`) + 10;
			room -= used;
			right -= used;
		}
		if (traffic && !(pressure && traffic === IDLE) && widthOf(traffic, `400 11.5px ${this.#font}`) <= room) {
			parts.push(taken === 0 ? this.#text(traffic, left, y, room, 'minor', 400, 11.5) : this.#text(traffic, right, y, room, 'minor', 400, 11.5, 'end'));
		}
		return parts;
	}

	/** What is drawn of an endpoint says what it stands for. */
	#row(row, content) {
		return element('g', row.endpoint ? { class: `state-${row.icon}`, 'data-owner': content.socket.id, 'data-endpoint': row.endpoint.endpoint,
			'data-role': row.endpoint.role, 'data-state': row.endpoint.state } : {});
	}

	#small(card, content) {
		const parts = this.#box(card, content, 6);
		const row = content.rows[0] ?? content;
		const end = card.width - 9;
		const words = content.short ?? '';
		const room = words ? Math.max(widthOf(words, `550 12px ${this.#font}`), row.countdown ? 34 : 0) + 8 : 0;
		parts.push(this.#state({ icon: content.icon }, 11, 7, 14));
		parts.push(this.#text(content.name, 31, 19, end - 31 - room, 'name', 620, 13.5));
		const group = this.#row(row, content);
		if (words) {
			group.append(element('text', { class: `state${row.countdown ? ' countdown' : ''}`, x: round(end), y: 19, 'text-anchor': 'end' }, [words]));
		}
		parts.push(group);
		content.rows.slice(1).forEach((other) => parts.push(this.#row(other, content)));
		return parts;
	}

	/* Keyboard: one tab stop, arrows move in space. */

	#stops() {
		return [...this.#cards.querySelectorAll('[data-socket]')];
	}

	#keepOneTabStop() {
		if (!this.#current?.isConnected) {
			this.#current = this.#cards.querySelector('[data-socket]');
		}
		this.#current?.setAttribute('tabindex', '0');
	}

	#rove(target) {
		if (target && target !== this.#current) {
			this.#current?.setAttribute('tabindex', '-1');
			this.#current = target;
			target.setAttribute('tabindex', '0');
		}
	}

	#select(target, byKey) {
		if (target) {
			this.#rove(target);
			this.#onSelect(target.dataset.socket, byKey);
		}
	}

	#key(event) {
		const target = event.target.closest?.('[data-socket]');
		if (!target || event.ctrlKey || event.altKey || event.metaKey) {
			return;
		}
		const stops = this.#stops();
		let next = null;
		switch (event.key) {
			case 'Enter':
			case ' ':
				this.#select(target, true);
				break;
			case 'Home':
				next = stops[0];
				break;
			case 'End':
				next = stops[stops.length - 1];
				break;
			case 'ArrowDown':
			case 'ArrowUp':
			case 'ArrowLeft':
			case 'ArrowRight':
				next = nearest(target, stops, event.key);
				break;
			default:
				return;
		}
		event.preventDefault();
		if (next) {
			next.focus({ preventScroll: true });
			next.scrollIntoView({ block: 'nearest' });
		}
	}

}

function nearest(target, stops, key) {
	const center = (candidate) => {
		const box = candidate.getBoundingClientRect();
		return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	};
	const from = center(target);
	const along = key === 'ArrowDown' || key === 'ArrowUp' ? 'y' : 'x';
	const across = along === 'y' ? 'x' : 'y';
	const sign = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1;
	let best = null;
	let least = Infinity;
	for (const candidate of stops) {
		const to = center(candidate);
		const ahead = (to[along] - from[along]) * sign;
		if (candidate !== target && ahead > 4) {
			const distance = ahead + Math.abs(to[across] - from[across]) * 2.5;
			if (distance < least) {
				least = distance;
				best = candidate;
			}
		}
	}
	return best;
}

const round = (value) => Math.round(value * 10) / 10;

function set(target, name, value) {
	const words = typeof value === 'number' ? String(round(value)) : value;
	if (target.getAttribute(name) !== words) {
		target.setAttribute(name, words);
	}
}

/* What a card says */

/** "retrying in 3.2 s", as far as it can be told; an attempt that is due is under way. */
export function retryWords(retry, now, compact = false) {
	if (retry.due === null || retry.interval < 1000) {
		return compact ? seconds(retry.interval) : `retrying every ${seconds(retry.interval)}`;
	}
	const left = retry.due - now;
	if (left <= 0) {
		return compact ? 'now' : 'retrying now';
	}
	return compact ? seconds(left) : `retrying in ${seconds(left)}`;
}

function stateWords(endpoint) {
	if (endpoint.state === 'connected' && endpoint.connections > 1) {
		return `connected ×${endpoint.connections}`;
	}
	return endpoint.state;
}

function rowOf(endpoint) {
	const retry = endpoint.retry;
	return { endpoint, icon: look(endpoint.state), address: endpoint.endpoint, retry,
		count: endpoint.role === 'bind' && endpoint.connections !== null ? plural(endpoint.connections, 'connection') : null,
		words: retry ? retryWords(retry, performance.now()) : stateWords(endpoint), countdown: Boolean(retry) };
}

function trafficWords(socket) {
	const { sent, received } = socket.rates ?? {};
	const words = [];
	if (sent > 0) {
		words.push(`↑ ${rate(sent)}`);
	}
	if (received > 0) {
		words.push(`↓ ${rate(received)}`);
	}
	return words.length ? words.join('  ') : (sent === 0 && received === 0 ? IDLE : null);
}

function socketContent(socket, endpoints, hidden) {
	const rows = endpoints.map(rowOf);
	const states = rows.map((row) => row.endpoint.state);
	const worstState = [...endpoints].map((endpoint) => endpoint.state).find(isGivenUp) ?? states.find(isTrouble) ?? states[0];
	const icon = worstState ? look(worstState) : 'other';
	const pressure = socket.pressure.length ? socket.pressure.map((entry) => entry.short).join('  ') : null;
	const label = [`${socket.name}, ${socket.type}`, ...endpoints.map((endpoint) => `${endpoint.state} ${endpoint.role === 'bind' ? 'at'
		: 'to'} ${endpoint.endpoint}${endpoint.connections ? `, ${plural(endpoint.connections, 'connection')}` : ''}`),
	endpoints.length ? '' : 'no endpoint', ...socket.pressure.map((entry) => entry.words), socket.json.monitored === false ? 'no longer monitored' : ''].filter(Boolean).join('; ');
	const traffic = trafficWords(socket);
	const retry = rows.find((row) => row.retry)?.retry ?? null;
	const listening = endpoints.filter((endpoint) => endpoint.role === 'bind' && endpoint.connections !== null);
	const short = retry ? retryWords(retry, performance.now(), true)
		: listening.length ? count(listening.reduce((sum, endpoint) => sum + endpoint.connections, 0)) : null;
	return { socket, name: socket.name, type: socket.type, rows, hidden, traffic, pressure, label, title: label, retry, short, icon,
		look: `state-${icon}`, bad: rows.some((row) => isGivenUp(row.endpoint.state)),
		hub: endpoints.some((endpoint) => endpoint.role === 'bind') || !endpoints.length,
		signature: [socket.name, socket.type, traffic, pressure, label, retry ? `${retry.interval}|${retry.due}` : '',
			...rows.map((row) => `${row.address}|${row.endpoint.state}|${row.retry ? '' : row.words}|${row.count}`)].join('\n') };
}

function plainContent(look, name, lines, title, icon = 'outside') {
	return { socket: null, name, rows: lines.map((line) => ({ address: line, icon, words: '' })), look: `outside state-outside ${look}`, icon,
		title, signature: [name, ...lines].join('\n') };
}

function contentOf(card) {
	switch (card.kind) {
		case 'hub':
			return socketContent(card.socket, card.rows, card.hidden);
		case 'alone':
			return socketContent(card.socket, [], 0);
		case 'child':
			return socketContent(card.child.endpoint.socket, [card.child.endpoint], 0);
		case 'gone':
			return { ...plainContent('gone', card.gone.name, [card.gone.endpoint, 'closed'], `${card.gone.name} has closed`, 'closed'),
				type: card.gone.type, look: 'gone state-closed' };
		case 'stranger':
			return plainContent('', card.stranger.name, [], `Connected from outside this application: ${card.stranger.name}`);
		case 'more':
			return plainContent('', `${count(card.more)} ${card.named ? 'more ' : ''}from outside`, [], 'Connections that are none of the sockets here');
		default:
			return plainContent('', card.name, ['not in this application'], `${card.name} is not in this application`);
	}
}
