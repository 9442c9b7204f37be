// Small pieces of HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** Children that are null are left out. */
export function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
	made.append(...children.filter((child) => child !== null && child !== undefined));
	return made;
}

export function icon(name, state = name) {
	const svg = document.createElementNS(SVG, 'svg');
	const use = document.createElementNS(SVG, 'use');
	svg.setAttribute('class', `icon state-${state}`);
	svg.setAttribute('aria-hidden', 'true');
	use.setAttribute('href', `#icon-${name}`);
	svg.append(use);
	return svg;
}

export function setText(target, words) {
	if (target.textContent !== words) {
		target.textContent = words;
	}
}

/** A list of names and values, of those that are known. */
export function pairs(entries) {
	const known = entries.filter(([, value]) => value !== undefined && value !== null && value !== '');
	return known.length ? element('dl', {}, ...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, String(value))])) : null;
}
