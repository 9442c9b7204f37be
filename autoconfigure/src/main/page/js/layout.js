// Where cards and wires go. A block is one listening socket (or an address outside) and what is connected to it.

const GAP = 16;
const COLUMN_GAP = 26;
const COMPACT_ABOVE = 60;
const SIDE_BY_SIDE = 460;
const GRID_ABOVE = 12;
const STRANGERS = 4;
const ROWS = 4;
const LINE = 19;

const sizes = {
	normal: { column: SIDE_BY_SIDE, gap: GAP, childGap: 8, indent: 26 },
	compact: { column: 290, gap: 12, childGap: 4, indent: 16, card: 28, cell: 205 },
};

/** @returns cards and wires with their places, notes, trunks, and the height of all */
export function layout(blocks, width, memory) {
	const cards = blocks.reduce((sum, block) => sum + 1 + block.children.length, 0);
	const compact = cards > COMPACT_ABOVE;
	const size = compact ? sizes.compact : sizes.normal;
	const columns = Math.max(1, Math.floor((width + COLUMN_GAP) / (size.column + COLUMN_GAP)));
	const column = (width - (columns - 1) * COLUMN_GAP) / columns;
	const drawing = { compact, cards: [], wires: [], trunks: [], notes: [], height: 0 };
	const heights = new Array(columns).fill(0);
	const shown = blocks.map((block) => contentOf(block, compact));
	const places = columnsOf(shown, columns, column, size, compact, memory);
	shown.forEach((content, index) => {
		const wide = isWide(content, columns);
		const at = wide ? 0 : places[index];
		const y = wide ? Math.max(...heights) : heights[at];
		const height = place(content, at * (column + COLUMN_GAP), y, wide ? width : column, size, compact, drawing);
		const next = y + height + size.gap;
		if (wide) {
			heights.fill(next);
		}
		else {
			heights[at] = next;
		}
	});
	drawing.height = Math.max(0, Math.max(...heights) - size.gap);
	return drawing;
}

const isWide = (content, columns) => columns > 1 && content.items.length > GRID_ABOVE;

/** The shortest column for each; as before, as long as the same blocks are there. */
function columnsOf(shown, columns, column, size, compact, memory) {
	const key = `${columns}|${compact}|${shown.map((content) => content.block.key).join(' ')}`;
	if (memory.key === key) {
		return memory.places;
	}
	const heights = new Array(columns).fill(0);
	memory.key = key;
	memory.places = shown.map((content) => {
		const wide = isWide(content, columns);
		const at = wide ? 0 : heights.indexOf(Math.min(...heights));
		const scratch = { compact, cards: [], wires: [], trunks: [], notes: [] };
		const next = place(content, 0, 0, column, size, compact, scratch) + size.gap;
		if (wide) {
			heights.fill(Math.max(...heights) + next);
		}
		else {
			heights[at] += next;
		}
		return at;
	});
	return memory.places;
}

/** Siblings in their order: sockets, those that have just gone, strangers. */
function contentOf(block, compact) {
	const items = [
		...block.children.map((child) => ({ kind: 'child', key: `child|${child.key}`, child, order: child.order,
			state: child.endpoint.state })),
		...(compact ? [] : block.gone.map((gone) => ({ kind: 'gone', key: gone.key, gone, order: gone.order, state: 'gone' }))),
	].sort((left, right) => left.order - right.order);
	const named = compact || block.strangers.length > STRANGERS + 1 ? block.strangers.slice(0, compact ? 0 : STRANGERS)
		: block.strangers;
	const more = block.strangers.length - named.length + block.unnamed;
	named.forEach((stranger) => items.push({ kind: 'stranger', key: stranger.key, stranger, state: 'outside' }));
	if (more > 0) {
		items.push({ kind: 'more', key: `more|${block.key}`, more, named: named.length, state: 'outside' });
	}
	return { block, items };
}

function hubOf(block, compact) {
	const card = block.hub ? listeningCard(block) : block.alone ? { kind: 'alone', socket: block.alone, lines: 0, lastLine: hasTraffic(block.alone) }
		: { kind: 'outside', name: block.outside, lines: 1 };
	const height = compact ? sizes.compact.card : 35 + LINE * (card.lines + (card.lastLine ? 1 : 0));
	return { ...card, key: `card|${block.key}`, dim: block.dim, height };
}

/** Messages and queues have a line of their own where the number of connections takes the right end of the last one. */
function listeningCard(block) {
	const rows = block.hub.endpoints.filter((endpoint) => endpoint.role === 'bind');
	const hidden = Math.max(0, rows.length - ROWS);
	const lastLine = hasTraffic(block.hub) && (rows.length > 1 || rows[0].connections !== null);
	return { kind: 'hub', socket: block.hub, rows: rows.slice(0, ROWS), hidden, lines: Math.min(rows.length, ROWS) * 2 + (hidden ? 1 : 0), lastLine };
}

const hasTraffic = (socket) => socket.rates !== null || socket.pressure.length > 0;

function heightOf(item, compact) {
	if (compact) {
		return sizes.compact.card;
	}
	return item.kind === 'child' || item.kind === 'gone' ? 35 + LINE * 2 : 36;
}

function place(content, x, y, width, size, compact, drawing) {
	const { block, items } = content;
	const hub = hubOf(block, compact);
	const note = block.left ? { text: `${block.left} more here ${block.left === 1 ? 'does' : 'do'} not match`, height: 20 } : null;
	const sideBySide = !compact && width >= SIDE_BY_SIDE && items.length > 0 && items.length <= GRID_ABOVE;
	const height = sideBySide ? placeSideBySide(hub, items, x, y, width, size, drawing)
		: placeBelow(hub, items, x, y, width, size, compact, drawing);
	if (note) {
		drawing.notes.push({ key: `note|${block.key}`, text: note.text, x: x + size.indent, y: y + height + 15 });
	}
	return height + (note ? note.height : 0);
}

function halves(width) {
	const wire = Math.min(110, Math.max(46, width * 0.1));
	return { wire, left: Math.round((width - wire) * 0.45) };
}

/** The listening side on the left, what is connected to it on the right. */
function placeSideBySide(hub, items, x, y, width, size, drawing) {
	const { wire, left } = halves(width);
	const right = width - wire - left;
	const heights = items.map((item) => heightOf(item, false));
	const total = heights.reduce((sum, height) => sum + height, 0) + size.childGap * (items.length - 1);
	const height = Math.max(total, hub.height);
	const hubY = y + (height - hub.height) / 2;
	drawing.cards.push({ ...hub, x, y: hubY, width: left });
	let at = y + (height - total) / 2;
	items.forEach((item, index) => {
		const card = { ...item, x: x + left + wire, y: at, width: right, height: heights[index] };
		drawing.cards.push(card);
		const from = { x: x + left, y: hubY + hub.height / 2 };
		const to = { x: card.x, y: at + heights[index] / 2 };
		drawing.wires.push(wireOf(item, hub, `M${from.x} ${from.y}C${from.x + wire / 2} ${from.y} ${to.x - wire / 2} ${to.y} ${to.x} ${to.y}`));
		at += heights[index] + size.childGap;
	});
	return height;
}

/** The listening side above, what is connected to it below, as in a list of files. */
function placeBelow(hub, items, x, y, width, size, compact, drawing) {
	const alone = !items.length && !compact && width >= SIDE_BY_SIDE;
	drawing.cards.push({ ...hub, x, y, width: alone ? halves(width).left : width });
	if (!items.length) {
		return hub.height;
	}
	const inner = width - size.indent;
	const cells = compact ? Math.max(1, Math.floor((inner + size.childGap) / (size.cell + size.childGap))) : Math.max(1, Math.floor(inner / 260));
	const columns = items.length > GRID_ABOVE || compact ? Math.min(cells, items.length) : 1;
	const cell = (inner - (columns - 1) * size.childGap) / columns;
	let top = y + hub.height + size.childGap;
	let end = 0;
	for (let begin = 0; begin < items.length; begin += columns) {
		const row = items.slice(begin, begin + columns);
		const tallest = Math.max(...row.map((item) => heightOf(item, compact)));
		row.forEach((item, index) => {
			const card = { ...item, x: x + size.indent + index * (cell + size.childGap), y: top, width: cell, height: tallest };
			drawing.cards.push(card);
			if (columns === 1) {
				const trunk = x + size.indent / 2;
				const middle = top + Math.min(card.height / 2, 24);
				end = middle - 8;
				drawing.wires.push(wireOf(item, hub, `M${trunk} ${end}Q${trunk} ${middle} ${trunk + 8} ${middle}H${card.x}`));
			}
		});
		top += tallest + size.childGap;
	}
	const height = top - size.childGap - y;
	if (columns === 1) {
		const trunk = x + size.indent / 2;
		drawing.trunks.push({ key: `trunk|${hub.key}`, x: trunk - 1, y: y + hub.height, width: 2, height: Math.max(0, end - y - hub.height) });
	}
	else {
		drawing.trunks.push({ key: `trunk|${hub.key}`, x: x + size.indent / 2 - 1, y: y + hub.height, width: 2, height: height - hub.height });
	}
	return height;
}

function wireOf(item, hub, path) {
	return { key: `wire|${item.key}`, state: item.state, path, dim: hub.dim };
}
