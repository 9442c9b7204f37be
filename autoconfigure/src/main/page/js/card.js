// A card as parts: with all its words, or, where there are many, on one line.

import { plural } from './format.js';
import { IDLE } from './content.js';
import { group, line, part, widthOf } from './svg.js';

const NAME = '620 13.5px';
const ADDRESS = '400 12.5px';
const STATE = '550 12.5px';
const MINOR = '400 11.5px';

const LEFT = 36;
const LINE = 19;
const GAP = 10;

/** Room for a countdown, so that what is beside it stands still. */
const COUNTDOWN = 112;

export function fullCard(card, content) {
	const end = card.width - 12;
	const type = content.type ? widthOf(content.type, MINOR) + GAP : 0;
	const parts = [
		...box(card, content, 8),
		icon(content.icon, 14, 10, 16),
		content.socket ? line(content.name, LEFT, 23, end - LEFT - type, NAME, { class: 'name' })
			: line(content.name, LEFT, 23, end - LEFT - type, ADDRESS, { class: 'address' }),
		atEnd(content.type, end, 23, type, MINOR, 'minor'),
	];
	let y = 43;
	content.rows.forEach((row, index) => {
		const below = row.words ? y + LINE : y;
		const taken = row.words ? GAP + (row.retry ? COUNTDOWN : widthOf(row.words, STATE)) : 0;
		parts.push(group(rowAttributes(row, content), [
			content.rows.length > 1 && row.endpoint ? icon(row.icon, 15, y - 12, 14) : group({}, []),
			line(row.address, LEFT, y, end - LEFT, ADDRESS, { class: 'address' }),
			...stateWords(row, LEFT, below, 'start'),
			atEnd(row.number ?? '', end, below, end - LEFT - taken, MINOR, 'minor'),
		]));
		if (index === 0 && content.socket && !card.lastLine) {
			parts.push(...traffic(content, LEFT + taken, below, end));
		}
		y = below + LINE;
	});
	if (content.hidden) {
		parts.push(line(`and ${plural(content.hidden, 'more endpoint')}`, LEFT, y, end - LEFT, MINOR, { class: 'minor' }));
		y += LINE;
	}
	if (card.lastLine) {
		parts.push(...traffic(content, LEFT, y, end));
	}
	if (content.retry) {
		parts.push(part('rect', { class: 'remaining', x: 5, y: card.height - 3, height: 2, 'data-room': Math.round(card.width - 10) }));
	}
	return parts;
}

export function smallCard(card, content) {
	const end = card.width - 9;
	const first = content.rows[0];
	const taken = content.retry ? 42 : content.number ? widthOf(content.number, STATE) + 8 : 0;
	const countdown = content.rows.findIndex((row) => row.retry);
	return [
		...box(card, content, 6),
		icon(content.icon, 11, 7, 14),
		line(content.name, 31, 19, end - 31 - taken, NAME, { class: 'name' }),
		...content.rows.map((row, index) => group(rowAttributes(row, content), index === countdown ? stateWords(row, end, 19, 'end')
			: row === first && content.number ? [line(content.number, end, 19, taken, STATE, { class: 'state', 'text-anchor': 'end' })] : [])),
	];
}

function box(card, content, radius) {
	const { width, height } = card;
	return [
		part('title', {}, content.title),
		part('rect', { class: 'box', x: 0.5, y: 0.5, width: Math.max(0, width - 1), height: Math.max(0, height - 1), rx: radius }),
		part('path', content.socket ? { class: 'edge-bar', d: `M${radius} 0H5V${height}H${radius}Q0 ${height} 0 ${height - radius}V${radius}Q0 0 ${radius} 0Z` } : {}),
	];
}

function icon(name, x, y, size) {
	return part('use', { href: `#icon-${name}`, x, y, width: size, height: size, class: `state-${name}` });
}

function atEnd(words, x, y, room, font, kind) {
	return line(words, x, y, room, font, { class: kind, 'text-anchor': 'end' });
}

/** What is drawn of an endpoint says what it stands for. */
function rowAttributes(row, content) {
	return row.endpoint ? { class: `state-${row.icon}`, 'data-owner': content.socket.id, 'data-endpoint': row.endpoint.endpoint,
		'data-role': row.endpoint.role, 'data-state': row.endpoint.state } : {};
}

/** A countdown is filled in by who counts. */
function stateWords(row, x, y, anchor) {
	if (!row.words) {
		return [];
	}
	return [part('text', { class: row.retry ? 'state countdown' : 'state', x, y, 'text-anchor': anchor }, row.retry ? null : row.words)];
}

/** Messages and queues. */
function traffic(content, left, y, end) {
	const pressure = atEnd(content.pressure, end, y, end - left, STATE, 'state');
	const used = pressure.content ? widthOf(pressure.content, STATE) + GAP : 0;
	const words = content.pressure && content.traffic === IDLE || widthOf(content.traffic, MINOR) > end - left - used ? '' : content.traffic;
	return [group({ class: 'state-warn' }, [pressure]),
		left === LEFT ? line(words, left, y, end - left, MINOR, { class: 'minor' }) : atEnd(words, end - used, y, end - left, MINOR, 'minor')];
}
