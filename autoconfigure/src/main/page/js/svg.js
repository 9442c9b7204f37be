// Draws parts, which are descriptions of SVG elements, and changes only what is another than before.

const SVG = 'http://www.w3.org/2000/svg';

const drawn = new WeakMap();
const fitted = new Map();
const measure = document.createElement('canvas').getContext('2d');
const family = getComputedStyle(document.documentElement).getPropertyValue('--font') || 'sans-serif';

/** @param content text, or parts, or nothing if somebody else fills it */
export function part(name, attributes, content = null) {
	return { name, attributes, content };
}

export function group(attributes, content) {
	return part('g', attributes, content);
}

/** A line of text that is cut, with three dots, where there is no room for all of it. */
export function line(text, x, y, room, font, attributes) {
	return part('text', { ...attributes, x, y }, fit(text, room, font));
}

export function create(name) {
	return document.createElementNS(SVG, name);
}

export function update(element, attributes) {
	const state = stateOf(element);
	const before = state.attributes;
	for (const name in attributes) {
		const value = attributes[name];
		if (value !== before[name]) {
			element.setAttribute(name, typeof value === 'number' ? Math.round(value * 10) / 10 : value);
		}
	}
	for (const name in before) {
		if (!(name in attributes)) {
			element.removeAttribute(name);
		}
	}
	state.attributes = attributes;
}

export function fill(element, content) {
	const state = stateOf(element);
	if (typeof content === 'string') {
		if (content !== state.content) {
			element.textContent = content;
		}
	}
	else if (content !== null) {
		content.forEach((wanted, index) => {
			const here = element.childNodes[index];
			const fits = here?.nodeName === wanted.name;
			const child = fits ? here : create(wanted.name);
			if (!fits) {
				here ? here.replaceWith(child) : element.append(child);
			}
			update(child, wanted.attributes);
			fill(child, wanted.content);
		});
		while (element.childNodes.length > content.length) {
			element.lastChild.remove();
		}
	}
	state.content = content;
}

function stateOf(element) {
	let state = drawn.get(element);
	if (!state) {
		state = { attributes: {}, content: null };
		drawn.set(element, state);
	}
	return state;
}

/** How wide a text is. A font is its weight and size. */
export function widthOf(text, font) {
	measure.font = `${font} ${family}`;
	return measure.measureText(text).width;
}

function fit(text, room, font) {
	const key = `${Math.round(room)}|${font}|${text}`;
	const known = fitted.get(key);
	if (known !== undefined) {
		return known;
	}
	if (fitted.size > 5000) {
		fitted.clear();
	}
	const result = widthOf(text, font) <= room ? text : cut(text, room, font);
	fitted.set(key, result);
	return result;
}

function cut(text, room, font) {
	let fits = 0;
	let above = text.length;
	while (fits < above) {
		const middle = Math.ceil((fits + above) / 2);
		if (widthOf(`${text.slice(0, middle)}…`, font) <= room) {
			fits = middle;
		}
		else {
			above = middle - 1;
		}
	}
	return fits > 0 ? `${text.slice(0, fits)}…` : '';
}
