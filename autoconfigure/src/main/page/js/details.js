// What the panel says of one socket.

import { count, durationMillis, isNumber, percent, plural, rate, seconds, time } from './format.js';
import { element, icon, pairs } from './html.js';
import { peers } from './peers.js';
import { look } from './states.js';

const LISTED = 20;

const list = (value) => (Array.isArray(value) ? value : []);

export function detailsOf(json, rates, closed) {
	return [
		closed ? warning('closed', 'This socket has been closed. These are its last numbers.') : null,
		json.monitored === false ? warning('warn', 'No longer monitored: its numbers stand still.') : null,
		...list(json.hints).map((hint) => warning('warn', String(hint?.message ?? hint))),
		pairs([['Type', json.type], ['Id', json.id], ['Context', json.context], ['Origin', json.origin],
			['Created', json.createdAt && time(json.createdAt)],
			['Sent', messages(json.messages, 'sent', rates)],
			['Received', messages(json.messages, 'received', rates)],
			['Dropped', dropped(json.messages)],
			['Last activity', json.lastActivity && time(json.lastActivity)]]),
		...queues(json.queues),
		...unroutable(json.unroutable),
		...list(json.endpoints).filter(Boolean).map(endpointBox),
		...subscriptions(json.subscriptions),
		...ended(json.endedConnections),
		...events(json.recentEvents),
	];
}

export function errorWords(error) {
	const what = [error.operation, error.error].filter(Boolean).join(' ');
	return `${what || 'error'}${error.detail ? ` (${error.detail})` : ''}`;
}

function warning(state, words) {
	return element('p', { class: `warning state-${state}` }, words);
}

function messages(json, direction, rates) {
	const number = json?.[direction];
	const perSecond = rates?.[direction];
	const words = `${json?.lowerBound === true ? 'at least ' : ''}${isNumber(number) ? count(number) : ''}`;
	return isNumber(number) ? `${words}${isNumber(perSecond) ? `, ${rate(perSecond)}` : ''}` : null;
}

/** What was dropped, by reason; nothing where that isn't counted. */
function dropped(json) {
	const counts = Object.entries(json?.dropped ?? {}).filter(([, number]) => isNumber(number));
	if (!counts.length) {
		return null;
	}
	const shown = counts.filter(([, number]) => number > 0).map(([reason, number]) => `${count(number)} ${reason.replaceAll('_', ' ')}`);
	return `${json.droppedLowerBound === true ? 'at least ' : ''}${shown.length ? shown.join(', ') : '0'}`;
}

function unroutable(identities) {
	const shown = list(identities).filter(Boolean);
	return shown.length ? [element('h3', {}, 'Nobody has these identities'), element('ul', { class: 'peers' }, ...shown.map(({ identity, messages: number, lastAt }) => element('li', {},
		String(identity), element('small', {}, ` ${plural(number, 'message')}${lastAt ? `, last ${time(lastAt)}` : ''}`))))] : [];
}

function queues(json) {
	const shown = [['sent', 'To send'], ['received', 'To receive']].filter(([direction]) => isNumber(json?.[direction]?.size));
	return shown.length ? [element('h3', {}, 'Queues'), ...shown.map(([direction, title]) => queue(title, json[direction]))] : [];
}

/**
 * The bar is what a sender meets: a reader gives places back in batches, so that places can be taken though few
 * messages wait.
 */
function queue(title, { size, limit, utilization, full }) {
	const share = isNumber(utilization) ? Math.min(1, Math.max(0, utilization)) : null;
	const words = [`${count(size)} waiting`, full > 0 ? 'full' : share === null ? '' : `${percent(share)}${isNumber(limit) ? ` of ${count(limit)}` : ''} taken`];
	const bar = element('i');
	bar.style.width = `${(share ?? 0) * 100}%`;
	return element('div', { class: full > 0 ? 'meter state-warn' : 'meter' }, element('span', {}, title), element('span', {}, words.filter(Boolean).join(', ')),
		share === null ? null : element('span', { class: 'track', title: 'Places taken in the fullest queue. A reader gives them back in batches.' }, bar));
}

function endpointBox(json) {
	const state = String(json.state ?? 'unknown');
	const number = (value) => (isNumber(value) ? count(value) : null);
	const interval = durationMillis(json.retryInterval);
	return element('section', { class: `endpoint state-${look(state)}` },
		element('div', { class: 'endpoint-head' }, element('b', {}, json.endpoint ?? '?'), element('span', {}, icon(look(state)), state)),
		pairs([['Role', { bind: 'listens (bind)', connect: 'connects' }[json.role] ?? json.role],
			['Address', addresses(json)],
			['Since', json.since && time(json.since)],
			['Connections', number(json.connections)],
			['In handshake', number(json.handshaking)],
			['Accepted', number(json.accepted)], ['Established', number(json.established)],
			['Disconnected', number(json.disconnected)], ['Closed locally', number(json.closedLocally)],
			['Accept failures', json.acceptFailures > 0 ? number(json.acceptFailures) : null],
			['Bytes sent', bytes(json.bytes, 'sent')], ['Bytes received', bytes(json.bytes, 'received')],
			['Stand still', json.stalled > 0 ? plural(json.stalled, 'connection') : null],
			['Attempts', number(json.attempts)], ['Retries', number(json.retries)],
			['Retry interval', interval === null ? null : seconds(interval)],
			['Retries because', json.retryReason && String(json.retryReason).replaceAll('_', ' ')],
			['Last error', json.lastError && lastError(json.lastError)]]),
		...peers(json));
}

function addresses({ endpoint, address, addresses: several }) {
	const all = list(several);
	return all.length ? all.join(', ') : address === endpoint ? null : address;
}

/** What connections carried that have ended is known as last read only. */
function bytes(json, direction) {
	return isNumber(json?.[direction]) ? `${json.lowerBound ? 'at least ' : ''}${count(json[direction])}` : null;
}

function lastError(error) {
	return `${errorWords(error)}${error.at ? ` at ${time(error.at)}` : ''}${error.count > 1 ? `, ${count(error.count)} times` : ''}`;
}

function subscriptions(json) {
	const shown = list(json?.topics).slice(0, LISTED);
	if (!shown.length) {
		return [];
	}
	const all = isNumber(json.total) ? json.total : json.topics.length;
	return [
		element('h3', {}, isNumber(json.total) ? plural(all, 'topic') : 'Topics'),
		element('ul', { class: 'peers' }, ...shown.map(({ topic, peers }) => element('li', {}, topic === '' ? '(everything)' : String(topic),
			isNumber(peers) ? element('small', {}, ` ${plural(peers, 'peer')}`) : null))),
		all > shown.length ? element('p', { class: 'note' }, `and ${count(all - shown.length)} more`) : null,
	].filter(Boolean);
}

function ended(connections) {
	const shown = list(connections).filter(Boolean).slice(0, LISTED);
	return shown.length ? [element('h3', {}, 'Ended connections'), element('ol', { class: 'events' }, ...shown.map((connection) => element('li', {},
		element('time', {}, connection.endedAt ? time(connection.endedAt, true) : ''),
		element('span', {}, String(connection.remote ?? 'unknown address')),
		element('small', {}, [connection.identity, connection.reason, lived(connection)].filter(Boolean).join(', ')))))] : [];
}

function lived({ life }) {
	const millis = durationMillis(life);
	return millis === null ? null : `after ${seconds(millis)}`;
}

function events(recent) {
	const shown = list(recent).filter(Boolean).reverse();
	return shown.length ? [element('h3', {}, 'Last events'), element('ol', { class: 'events' }, ...shown.map((event) => element('li', {},
		element('time', {}, event.at ? time(event.at, true) : ''),
		element('span', {}, String(event.event ?? '?').toLowerCase().replaceAll('_', ' ')),
		element('small', {}, [event.address, event.peer, event.identity, valueWords(event), event.count > 1 ? `${count(event.count)} times` : null].filter(Boolean).join(', ')))))] : [];
}

function valueWords({ event, value }) {
	const number = Number(value ?? NaN);
	if (Number.isNaN(number)) {
		return value;
	}
	switch (event) {
		case 'CONNECT_RETRIED':
			return `again in ${seconds(number)}`;
		case 'HANDSHAKE_PROTOCOL':
			return number > 0 ? `ZMTP ${number}` : 'not ZMTP';
		default:
			return `code ${number}`;
	}
}
