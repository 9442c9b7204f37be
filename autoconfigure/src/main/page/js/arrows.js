// The keyboard in the picture: one stop for Tab, arrows move in space, Enter and the space bar select.

const ARROWS = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'];

export class ArrowKeys {

	#root;
	#selector;
	#onSelect;
	#current = null;

	constructor(root, selector, onSelect) {
		this.#root = root;
		this.#selector = selector;
		this.#onSelect = onSelect;
		root.addEventListener('keydown', (event) => this.#key(event));
		root.addEventListener('focusin', (event) => this.#move(event.target.closest(selector)));
	}

	/** Sees to it that there is a stop for Tab, whatever has come and gone. */
	refresh(focusLost) {
		for (const stop of this.#root.querySelectorAll(`${this.#selector}:not([tabindex])`)) {
			stop.setAttribute('tabindex', '-1');
		}
		if (!this.#current?.isConnected) {
			this.#move(this.#root.querySelector(this.#selector));
		}
		if (focusLost) {
			this.#current?.focus({ preventScroll: true });
		}
	}

	#move(target) {
		if (target && target !== this.#current) {
			this.#current?.setAttribute('tabindex', '-1');
			this.#current = target;
			target.setAttribute('tabindex', '0');
		}
	}

	#key(event) {
		const target = event.target.closest(this.#selector);
		if (!target || event.ctrlKey || event.altKey || event.metaKey) {
			return;
		}
		const stops = [...this.#root.querySelectorAll(this.#selector)];
		if (event.key === 'Enter' || event.key === ' ') {
			this.#onSelect(target);
		}
		else if (event.key === 'Home' || event.key === 'End') {
			go(stops.at(event.key === 'Home' ? 0 : -1));
		}
		else if (ARROWS.includes(event.key)) {
			go(nearest(target, stops, event.key));
		}
		else {
			return;
		}
		event.preventDefault();
	}

}

function go(target) {
	target?.focus({ preventScroll: true });
	target?.scrollIntoView({ block: 'nearest' });
}

/** The nearest one in the direction of the arrow; those that are beside it count as farther away. */
function nearest(target, stops, key) {
	const from = centre(target);
	const along = key === 'ArrowDown' || key === 'ArrowUp' ? 'y' : 'x';
	const across = along === 'y' ? 'x' : 'y';
	const sign = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1;
	let best = null;
	let least = Infinity;
	for (const stop of stops) {
		const to = centre(stop);
		const ahead = (to[along] - from[along]) * sign;
		const distance = ahead + Math.abs(to[across] - from[across]) * 2.5;
		if (stop !== target && ahead > 4 && distance < least) {
			least = distance;
			best = stop;
		}
	}
	return best;
}

function centre(element) {
	const box = element.getBoundingClientRect();
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
