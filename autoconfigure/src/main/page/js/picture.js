// Draws the topology. Elements are kept from one answer to the next, so that focus and selection stay where they are.

import { ArrowKeys } from './arrows.js';
import { fullCard, smallCard } from './card.js';
import { contentOf, retryLeft, retryWords } from './content.js';
import { look } from './states.js';
import { create, fill, update } from './svg.js';

const LAYERS = ['trunks', 'wires', 'cards', 'notes'];

export class Picture {

	#svg;
	#arrows;
	#layers = Object.fromEntries(LAYERS.map((name) => [name, create('g')]));
	#known = new Map();
	#compact = false;

	/** @param onSelect takes the id of a socket, and whether it was selected by key */
	constructor(svg, onSelect) {
		this.#svg = svg;
		svg.append(...Object.values(this.#layers));
		this.#arrows = new ArrowKeys(svg, '[data-socket]', (card) => onSelect(card.dataset.socket, true));
		svg.addEventListener('click', (event) => {
			const card = event.target.closest('[data-socket]');
			if (card) {
				onSelect(card.dataset.socket, false);
			}
		});
	}

	draw(drawing, selected, now) {
		this.#compact = drawing.compact;
		update(this.#svg, { height: Math.ceil(drawing.height), 'data-compact': drawing.compact });
		const focusLost = this.#removeAllBut(LAYERS.flatMap((layer) => drawing[layer]));
		drawing.trunks.forEach(({ key, x, y, width, height }) => update(this.#element(key, 'trunks', 'rect'), { class: 'trunk', rx: 1.5, x, y, width, height }));
		drawing.wires.forEach((wire) => update(this.#element(wire.key, 'wires', 'path'), { class: wireClass(wire), d: wire.path }));
		drawing.notes.forEach(({ key, x, y, text }) => {
			const note = this.#element(key, 'notes', 'text');
			update(note, { class: 'note', x, y });
			fill(note, text);
		});
		drawing.cards.forEach((card, index) => this.#card(card, index, selected));
		this.#arrows.refresh(focusLost);
		this.tick(now);
	}

	/** Counts down to the next attempts. */
	tick(now) {
		for (const { retry, words, bar } of this.#known.values()) {
			if (words) {
				const text = retryWords(retry, now, this.#compact);
				if (words.textContent !== text) {
					words.textContent = text;
				}
			}
			bar?.setAttribute('width', Math.round(bar.dataset.room * (retryLeft(retry, now) ?? 0)));
		}
	}

	focusSocket(id) {
		this.#find(id)?.focus();
	}

	/** Scrolls so that the socket is not below the given height of the window. */
	reveal(id, bottom) {
		const below = (this.#find(id)?.getBoundingClientRect().bottom ?? 0) - bottom + 12;
		if (below > 0) {
			window.scrollBy({ top: below });
		}
	}

	#find(id) {
		return this.#layers.cards.querySelector(`[data-socket="${CSS.escape(id)}"]`);
	}

	/** First, so that what stays need not move in the document: that would begin its animation anew. */
	#removeAllBut(parts) {
		const kept = new Set(parts.map((part) => part.key));
		let focusLost = false;
		for (const [key, { element }] of this.#known) {
			if (!kept.has(key)) {
				focusLost ||= element === document.activeElement;
				element.remove();
				this.#known.delete(key);
			}
		}
		return focusLost;
	}

	#element(key, layer, name) {
		let entry = this.#known.get(key);
		if (!entry) {
			entry = { element: create(name) };
			this.#layers[layer].append(entry.element);
			this.#known.set(key, entry);
		}
		return entry.element;
	}

	#card(card, index, selected) {
		const content = contentOf(card);
		const element = this.#element(card.key, 'cards', 'g');
		const here = this.#layers.cards.children[index];
		if (here !== element && document.activeElement !== element) {
			this.#layers.cards.insertBefore(element, here ?? null);
		}
		const chosen = content.socket !== null && content.socket.id === selected;
		update(element, {
			transform: `translate(${Math.round(card.x)} ${Math.round(card.y)})`,
			class: ['card', content.look, content.bad && 'bad', card.dim && 'dim', chosen && 'selected'].filter(Boolean).join(' '),
			...(content.socket ? { role: 'button', 'data-socket': content.socket.id, 'aria-pressed': String(chosen), 'aria-label': content.label } : {}),
		});
		fill(element, this.#compact ? smallCard(card, content) : fullCard(card, content));
		const entry = this.#known.get(card.key);
		entry.retry = content.retry;
		entry.words = content.retry && element.querySelector('.countdown');
		entry.bar = content.retry && element.querySelector('.remaining');
	}

}

function wireClass(wire) {
	const colour = wire.state === 'gone' ? 'gone' : `state-${wire.state === 'outside' ? 'outside' : look(wire.state)}`;
	return `wire ${colour}${wire.dim ? ' dim' : ''}`;
}
