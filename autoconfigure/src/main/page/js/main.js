// Reads the endpoint once a second, and shows what it says.

import { remember, viewOf } from './address.js';
import { count } from './format.js';
import { filterBlocks, matcher } from './filter.js';
import { History, spoken } from './history.js';
import { setText } from './html.js';
import { layout } from './layout.js';
import { Model } from './model.js';
import { Picture } from './picture.js';
import { getJson, Poller, Problem } from './poll.js';
import { Side, troublesOf } from './side.js';
import { Status } from './status.js';
import { showTotals, StateButtons } from './totals.js';

/** The page is the endpoint's own answer: whatever led here leads to its JSON, through proxies too. */
const ENDPOINT = location.origin + location.pathname.replace(/\/+$/, '');
const TICK = 200;

/** The panel is a sheet over the lower part of the window. */
const NARROW = matchMedia('(max-width: 940px)');

const $ = (id) => document.getElementById(id);

const reader = new Model();
const history = new History();
const columns = {};
const picture = new Picture($('picture'), select);
const side = new Side($('side'), select);
const buttons = new StateButtons($('states'), render);
const poller = new Poller(ENDPOINT, answer, problem);
const status = new Status(poller);

let model = null;
let selected = null;
let wanted = null;

async function answer(json) {
	if (!Array.isArray(json?.sockets)) {
		throw new Problem('The endpoint gives an answer that this page does not know', 'There are no sockets in it.');
	}
	const before = model;
	model = reader.read(json, performance.now());
	const words = spoken(before, model, history.add(before, model));
	if (words) {
		$('announcement').textContent = words;
	}
	status.answered();
	selectWanted();
	render();
	await readDetail();
}

function problem(ex) {
	status.failed(ex instanceof Problem ? ex : new Problem('This page has a fault', String(ex)));
	if (!(ex instanceof Problem)) {
		console.error(ex);
	}
}

/** The last events of the selected socket are not in the list. */
async function readDetail() {
	if (!selected) {
		return;
	}
	const { id } = selected;
	const socket = model.sockets.find((candidate) => candidate.id === id);
	if (!socket) {
		selected.closed = true;
		showSide();
		return;
	}
	selected.socket = socket;
	selected.closed = false;
	let detail = null;
	try {
		const { sockets } = await getJson(`${ENDPOINT}/${encodeURIComponent(id)}`);
		detail = sockets.find((candidate) => candidate.id === id) ?? null;
	}
	catch {
		// It has closed since it was listed, or the next answer tells what is wrong.
	}
	if (selected?.id === id) {
		selected.detail = detail;
		showSide();
	}
}

function render() {
	if (!model) {
		return;
	}
	showTotals($('totals'), model.totals);
	buttons.show(model.totals.states);
	const matches = matcher($('filter').value, buttons.chosen);
	const blocks = filterBlocks(model.blocks, matches);
	picture.draw(layout(blocks, $('map').clientWidth, columns), selected?.id ?? null, performance.now());
	setText($('found'), matches.active ? `${count(model.endpoints.filter(matches.endpoint).length)} of ${count(model.endpoints.length)}` : '');
	$('empty').hidden = blocks.length > 0;
	setText($('empty'), model.sockets.length ? 'No endpoint matches the filter.' : 'The application has no ZeroMQ socket yet.');
	const troubles = troublesOf(model).length;
	$('jump').hidden = troubles === 0;
	setText($('jump'), `${count(troubles)} ${troubles === 1 ? 'needs' : 'need'} a look`);
	showSide();
	remember({ socket: selected?.id, words: $('filter').value, states: buttons.chosen });
}

function showSide() {
	if (selected) {
		side.showSocket(selected.socket, selected.detail, selected.closed);
	}
	else if (model) {
		side.showOverview(model, history.entries);
	}
}

function select(id, byKey) {
	const socket = model.sockets.find((candidate) => candidate.id === id);
	if (!socket) {
		return;
	}
	selected = selectionOf(socket);
	render();
	if (byKey) {
		side.focus();
	}
	if (NARROW.matches) {
		picture.reveal(id, $('side').getBoundingClientRect().top);
	}
	if (status.live) {
		readDetail();
	}
}

function selectionOf(socket) {
	return { id: socket.id, socket, detail: null, closed: false };
}

/** Shows what the address names. A socket that is not there any more is forgotten. */
function look() {
	const view = viewOf(location.hash);
	if (!view) {
		return;
	}
	$('filter').value = view.words;
	buttons.chosen = new Set(view.states);
	selected = selected?.id === view.socket ? selected : null;
	wanted = view.socket;
	selectWanted();
	render();
	if (status.live) {
		readDetail();
	}
}

function selectWanted() {
	if (!model || !wanted) {
		return;
	}
	const socket = model.sockets.find((candidate) => candidate.id === wanted);
	if (socket && selected?.id !== wanted) {
		selected = selectionOf(socket);
	}
	wanted = null;
}

function unselect() {
	const { id } = selected;
	selected = null;
	render();
	picture.focusSocket(id);
}

/** Which application this is, and where it was asked for. */
function introduce() {
	const { content } = document.querySelector('meta[name=application-name]');
	setText($('application'), content);
	setText($('address'), ENDPOINT);
	document.title = [content, 'ZeroMQ live', location.host].filter(Boolean).join(' · ');
}

/** Asks only while somebody looks. */
function follow() {
	poller.stop();
	if (!status.paused && document.visibilityState === 'visible') {
		poller.start();
	}
	status.show();
}

$('filter').addEventListener('input', render);
$('close').addEventListener('click', unselect);
$('try-now').addEventListener('click', () => poller.now());
$('pause').addEventListener('click', () => {
	status.paused = !status.paused;
	$('pause').setAttribute('aria-pressed', String(status.paused));
	follow();
});
document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && selected) {
		unselect();
	}
});
document.addEventListener('visibilitychange', follow);
addEventListener('hashchange', look);
new ResizeObserver(render).observe($('map'));

setInterval(() => {
	status.show();
	if (status.live) {
		picture.tick(performance.now());
	}
}, TICK);
introduce();
look();
follow();
