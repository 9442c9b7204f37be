// The numbers at the top, and the states, which are buttons that filter.

import { count, rate } from './format.js';
import { element, icon, setText } from './html.js';
import { byRank, look } from './states.js';

export function showTotals(list, totals) {
	const shown = [['sockets', totals.sockets, count], ['endpoints', totals.endpoints, count], ['connections', totals.connections, count],
		['received', totals.received, rate]].filter(([, value]) => value !== null);
	keep(list, shown.map(([name]) => name), (name) => element('div', {}, element('dt', {}, name), element('dd')));
	shown.forEach(([, value, words], index) => setText(list.children[index].querySelector('dd'), words(value)));
}

export class StateButtons {

	/** The states that are pressed. */
	chosen = new Set();

	#group;
	#onChange;

	constructor(group, onChange) {
		this.#group = group;
		this.#onChange = onChange;
		group.addEventListener('click', (event) => {
			const { state } = event.target.closest('button')?.dataset ?? {};
			if (state !== undefined) {
				this.#toggle(state);
			}
		});
	}

	show(numbers) {
		const states = [...new Set([...numbers.keys(), ...this.chosen])].sort(byRank);
		keep(this.#group, states, (state) => element('button', { type: 'button', class: `state-${look(state)}`, 'data-state': state },
			icon(look(state)), element('span')));
		states.forEach((state, index) => {
			const button = this.#group.children[index];
			button.setAttribute('aria-pressed', String(this.chosen.has(state)));
			setText(button.querySelector('span'), `${count(numbers.get(state) ?? 0)} ${state}`);
		});
	}

	#toggle(state) {
		if (!this.chosen.delete(state)) {
			this.chosen.add(state);
		}
		this.#onChange();
	}

}

/** Leaves one child for each name, in this order; those that stay keep the focus. */
function keep(parent, names, make) {
	for (const child of [...parent.children]) {
		if (!names.includes(child.dataset.name)) {
			child.remove();
		}
	}
	names.forEach((name, index) => {
		if (parent.children[index]?.dataset.name !== name) {
			const known = [...parent.children].find((child) => child.dataset.name === name);
			const child = known ?? make(name);
			child.dataset.name = name;
			parent.insertBefore(child, parent.children[index] ?? null);
		}
	});
}
