// The peers of an endpoint in the panel, the slowest first.

import { count, durationMillis, isNumber, percent, plural, time } from './format.js';
import { element } from './html.js';
import { stallWords } from './states.js';

const LISTED = 20;

/** What a queue without a limit is measured by: JeroMQ's default. */
const USUAL_LIMIT = 1000;

export function peers(json) {
	const all = Array.isArray(json.peers) ? json.peers : [];
	if (!all.length) {
		return [];
	}
	const shown = [...all].sort(bySlowness).slice(0, LISTED);
	const total = all.length + (isNumber(json.peersOmitted) ? json.peersOmitted : 0);
	return [
		element('h3', {}, plural(total, 'peer')),
		element('ul', { class: 'peers' }, ...shown.map((peer) => element('li', {}, String(peer?.remote ?? 'unknown address'),
			...[who(peer), [peer?.ready === false ? 'in handshake' : '', peer?.since ? `since ${time(peer.since)}` : '', peer?.local ? `at ${peer.local}` : ''],
				passed(peer), ...(peer?.tcp ? [bytes(peer.tcp)] : [])].map(line), stalled(peer?.tcp)))),
		total > shown.length ? element('p', { class: 'note' }, `and ${count(total - shown.length)} more`) : null,
	].filter(Boolean);
}

/** Those that stand still first, then those with the fullest queue, then those that have missed the most. */
function bySlowness(left, right) {
	return still(right) - still(left) || fullness(right) - fullness(left) || missed(right) - missed(left);
}

const still = (peer) => (peer?.tcp?.stalled ? 1 : 0);

const fullness = (peer) => Math.max(...['sent', 'received'].map((direction) => peer?.queues?.[direction])
	.map((queue) => (isNumber(queue?.utilization) ? queue.utilization : isNumber(queue?.size) ? queue.size / USUAL_LIMIT : 0)));

const missed = (peer) => (isNumber(peer?.messages?.dropped?.queue_full) ? peer.messages.dropped.queue_full : 0);

function line(words) {
	const known = words.filter(Boolean);
	return known.length ? element('small', { class: 'tcp' }, known.join(', ')) : null;
}

function who(peer) {
	return [peer?.type, peer?.identity && `identity ${peer.identity}`, peer?.user && `user ${peer.user}`, peer?.mechanism,
		peer?.zmtp && `ZMTP ${peer.zmtp}`];
}

function passed(peer) {
	const { sent, received } = peer?.messages ?? {};
	return [isNumber(sent) ? `${count(sent)} sent` : '', isNumber(received) ? `${count(received)} received` : '',
		missed(peer) > 0 ? `${count(missed(peer))} dropped` : '', queue('to it', peer?.queues?.sent), queue('from it', peer?.queues?.received)];
}

function queue(direction, json) {
	if (json?.full > 0) {
		return `queue ${direction} full`;
	}
	return json?.size > 0 ? `${count(json.size)} waiting ${direction}${isNumber(json.utilization) ? ` (${percent(json.utilization)})` : ''}` : '';
}

/** What the kernel knows of a connection. */
function bytes(tcp) {
	const roundTrip = durationMillis(tcp.roundTrip);
	return [
		isNumber(tcp.bytesSent) ? `${count(tcp.bytesSent)} bytes sent` : '',
		isNumber(tcp.bytesReceived) ? `${count(tcp.bytesReceived)} received` : '',
		roundTrip === null ? '' : `round trip ${roundTrip.toFixed(1)} ms`,
		tcp.retransmits > 0 ? `${plural(tcp.retransmits, 'segment')} sent again` : '',
		tcp.unacknowledged > 0 ? `${count(tcp.unacknowledged)} bytes not acknowledged` : '',
		tcp.unread > 0 ? `${count(tcp.unread)} bytes not read here` : '',
	];
}

function stalled(tcp) {
	return tcp?.stalled
		? element('small', { class: 'tcp stalled' }, `${stallWords(tcp.stalled)}${tcp.stalledSince ? ` since ${time(tcp.stalledSince)}` : ''}`) : null;
}
