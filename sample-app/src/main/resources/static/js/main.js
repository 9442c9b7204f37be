import { count, plural, rate } from './format.js';
import { filterBlocks, matcher } from './filter.js';
import { layout } from './layout.js';
import { Model } from './model.js';
import { Picture } from './picture.js';
import { getJson, Poller, Problem } from './poll.js';
import { Side } from './side.js';
import { byRank, isTrouble, look } from './states.js';

const ENDPOINT = 'actuator/zmq';
const TICK = 200;

/** The panel is a sheet over the lower part of the window. */
const NARROW = matchMedia('(max-width: 940px)');

const $ = (id) => document.getElementById(id);

const reader = new Model();
const states = new Set();
const columns = {};
const picture = new Picture($('picture'), select);
const side = new Side($('side'), $('side-title'), $('side-body'), $('close'), select);
const poller = new Poller(ENDPOINT, answer, problem);

let model = null;
let selected = null;
let updated = null;
let failed = false;
let paused = false;

/* Answers */

async function answer(json) {
	if (!json || typeof json !== 'object' || !Array.isArray(json.sockets)) {
		throw new Problem('The endpoint gives an answer that this page does not know', 'There are no sockets in it.');
	}
	updated = performance.now();
	failed = false;
	$('problem').hidden = true;
	document.body.classList.remove('stale', 'waiting');
	const before = model;
	model = reader.read(json, updated);
	announce(before);
	render();
	await readDetail();
	showStatus();
}

function problem(ex) {
	if (!(ex instanceof Problem)) {
		throw ex;
	}
	failed = true;
	document.body.classList.toggle('stale', model !== null);
	if ($('problem').hidden || $('problem-title').textContent !== ex.title) {
		$('problem-title').textContent = ex.title;
		$('problem-text').textContent = ex.message;
	}
	$('problem').hidden = false;
	showStatus();
}

/** The last events of the selected socket are not in the list. */
async function readDetail() {
	const socket = selected && model.sockets.find((candidate) => candidate.id === selected.id);
	if (!socket) {
		if (selected) {
			selected.closed = true;
			showSide();
		}
		return;
	}
	selected.socket = socket;
	try {
		const detail = await getJson(`${ENDPOINT}/${encodeURIComponent(socket.id)}`);
		if (selected?.id === socket.id) {
			selected.detail = detail.sockets?.find((candidate) => candidate.id === socket.id) ?? null;
		}
	}
	catch (ex) {
		// It has closed since it was listed, or the next answer tells what is wrong.
		if (selected?.id === socket.id) {
			selected.detail = null;
		}
	}
	showSide();
}

/** Says aloud what has become worse or better, not every coming and going. */
function announce(before) {
	const troubleOf = (which) => new Map(which.endpoints.filter((endpoint) => isTrouble(endpoint.state))
		.map((endpoint) => [endpoint.key, endpoint]));
	const now = troubleOf(model);
	if (!before) {
		$('announcement').textContent = `${plural(model.totals.sockets, 'socket')}, ${[...model.totals.states].sort(([left], [right]) => byRank(left, right))
			.map(([state, number]) => `${number} ${state}`).join(', ')}`;
		return;
	}
	const then = troubleOf(before);
	const words = [];
	for (const [key, endpoint] of now) {
		const old = then.get(key);
		if (old?.state !== endpoint.state) {
			words.push(`${endpoint.socket.name} ${endpoint.state}`);
		}
	}
	for (const [key, endpoint] of then) {
		const current = model.endpoints.find((candidate) => candidate.key === key);
		if (current && !now.has(key)) {
			words.push(`${endpoint.socket.name} ${current.state}`);
		}
	}
	if (words.length) {
		$('announcement').textContent = words.length > 5 ? `${words.slice(0, 5).join(', ')} and ${words.length - 5} more` : words.join(', ');
	}
}

/* Showing */

function render() {
	if (!model) {
		return;
	}
	showTotals();
	showStates();
	const matches = matcher($('filter').value, states);
	const blocks = filterBlocks(model.blocks, matches);
	const drawing = layout(blocks, $('map').clientWidth, columns);
	picture.draw(drawing, selected?.id ?? null);
	const found = matches.active ? model.endpoints.filter((endpoint) => matches.endpoint(endpoint)).length : null;
	setText($('found'), found === null ? '' : `${count(found)} of ${count(model.endpoints.length)}`);
	$('empty').hidden = blocks.length > 0;
	setText($('empty'), model.sockets.length ? 'No endpoint matches the filter.' : 'The application has no ZeroMQ socket yet.');
	showSide();
}

function showSide() {
	if (selected?.socket) {
		side.showSocket(selected.socket, selected.detail, selected.closed);
	}
	else if (model) {
		side.showTrouble(model);
	}
}

function showTotals() {
	const { totals } = model;
	const shown = [['sockets', totals.sockets, count], ['endpoints', totals.endpoints, count], ['connections', totals.connections, count],
		['received', totals.received, rate]].filter(([, value]) => value !== null);
	const list = $('totals');
	for (const [name, value, words] of shown) {
		let entry = list.querySelector(`[data-total=${name}]`);
		if (!entry) {
			entry = document.createElement('div');
			entry.dataset.total = name;
			entry.append(Object.assign(document.createElement('dt'), { textContent: name }), document.createElement('dd'));
			list.append(entry);
		}
		setText(entry.querySelector('dd'), words(value));
	}
	for (const entry of [...list.children]) {
		if (!shown.some(([name]) => name === entry.dataset.total)) {
			entry.remove();
		}
	}
}

function showStates() {
	const group = $('states');
	const shown = new Map(model.totals.states);
	states.forEach((state) => shown.set(state, shown.get(state) ?? 0));
	const names = [...shown.keys()].sort(byRank);
	names.forEach((state, index) => {
		let button = [...group.children].find((candidate) => candidate.dataset.state === state);
		if (!button) {
			button = document.createElement('button');
			button.type = 'button';
			button.dataset.state = state;
			button.className = `state-${look(state)}`;
			button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#icon-${look(state)}"/></svg><span></span>`;
			button.addEventListener('click', () => toggleState(state));
		}
		if (group.children[index] !== button) {
			group.insertBefore(button, group.children[index] ?? null);
		}
		button.setAttribute('aria-pressed', String(states.has(state)));
		setText(button.querySelector('span'), `${count(shown.get(state))} ${state}`);
	});
	for (const button of [...group.children]) {
		if (!shown.has(button.dataset.state)) {
			button.remove();
		}
	}
}

function showStatus() {
	const status = paused ? 'paused' : failed ? 'problem' : model ? 'live' : 'waiting';
	$('status').dataset.status = status;
	const age = updated === null ? null : Math.round((performance.now() - updated) / 1000);
	const old = age === null ? '' : `, last answer ${age} s ago`;
	setText($('status-text'), { paused: `Paused${old}`, problem: `No answer${old}`, live: age > 3 ? `Waiting${old}` : 'Live',
		waiting: 'Waiting for the first answer' }[status]);
	if (failed) {
		const { due } = poller;
		setText($('problem-next'), due === null ? 'Trying now' : `Next try in ${Math.max(0, Math.ceil((due - performance.now()) / 1000))} s`);
	}
}

function setText(target, words) {
	if (target.textContent !== words) {
		target.textContent = words;
	}
}

/* Doing */

function select(id, byKey) {
	const socket = model?.sockets.find((candidate) => candidate.id === id);
	if (!socket) {
		return;
	}
	selected = { id, socket, detail: null, closed: false };
	render();
	if (byKey) {
		side.focus();
	}
	if (NARROW.matches) {
		picture.reveal(id, $('side').getBoundingClientRect().top);
	}
	if (!paused && !failed) {
		readDetail();
	}
}

function unselect() {
	const id = selected?.id;
	selected = null;
	render();
	if (id) {
		picture.focusSocket(id);
	}
}

function toggleState(state) {
	if (!states.delete(state)) {
		states.add(state);
	}
	render();
}

$('filter').addEventListener('input', render);
$('close').addEventListener('click', unselect);
$('try-now').addEventListener('click', () => poller.now());
$('pause').addEventListener('click', () => {
	paused = !paused;
	$('pause').setAttribute('aria-pressed', String(paused));
	follow();
});
document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && selected) {
		unselect();
	}
});
document.addEventListener('visibilitychange', follow);
new ResizeObserver(render).observe($('map'));

/** Asks only while somebody looks. */
function follow() {
	poller.stop();
	if (!paused && document.visibilityState === 'visible') {
		poller.start();
	}
	showStatus();
}

setInterval(() => {
	showStatus();
	if (!paused && !failed) {
		picture.tick(performance.now());
	}
}, TICK);
follow();
